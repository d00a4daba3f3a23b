#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "base/mem.h"
#include "cmd/cmd.h"
#include "cmd/report/report_part.h"
#include "cmd/report_file.h"

/* Parts without a report that are told of one by one. */
enum { MOST_TOLD = 10 };

typedef struct Merge {
    ReportPart *parts; /* owned: in the order of their numbers, once they are read */
    int count, missing;
} Merge;

static int by_number(const void *a, const void *b)
{
    const ReportPart *left = a, *right = b;
    return left->part.number - right->part.number;
}

static bool read_parts(Merge *merge, const char *const *paths, int count, Err *err)
{
    merge->parts = mem_new((size_t)count, sizeof *merge->parts);
    for (; merge->count < count; merge->count++)
        if (!report_part_read(&merge->parts[merge->count], paths[merge->count], err)) {
            report_part_clear(&merge->parts[merge->count]);
            return false;
        }
    qsort(merge->parts, (size_t)count, sizeof *merge->parts, by_number);
    return true;
}

static bool is_same(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

/* Was its look loaded? A run that was stopped before has the script's name as it was
 * given, and no parameters. */
static bool has_look(const ReportPart *part)
{
    bool has = !part->error;
    for (int i = 0; i < part->count && !has; i++)
        has = part->items[i].state == BATCH_DONE;
    return has;
}

/* The part whose look is that of the batch. */
static const ReportPart *first_with_look(const Merge *merge)
{
    for (int i = 0; i < merge->count; i++)
        if (has_look(&merge->parts[i]))
            return &merge->parts[i];
    return &merge->parts[0];
}

static bool check_batch(const ReportPart *a, const ReportPart *b, Err *err)
{
    bool looks = has_look(a) && has_look(b);
    const char *differs = a->part.of != b->part.of         ? "another number of parts"
                          : !is_same(a->folder, b->folder) ? "another folder"
                          : looks && !is_same(a->script, b->script) ? "another script"
                          : looks && strcmp(a->values, b->values) != 0
                              ? "other parameters"
                              : NULL;
    return !differs || err_set(err, ERR_USAGE, "%s: its batch had %s than that of %s",
                               b->path, differs, a->path);
}

/* Are the parts of one batch, and none another's? */
static bool check_parts(const Merge *merge, Err *err)
{
    const ReportPart *first = first_with_look(merge);
    for (int i = 0; i < merge->count; i++) {
        const ReportPart *part = &merge->parts[i], *before = i ? part - 1 : NULL;
        if (!check_batch(first, part, err))
            return false;
        if (before && before->part.number == part->part.number)
            return err_set(err, ERR_USAGE, "%s: is of the same part as %s", part->path,
                           before->path);
    }
    return true;
}

static void tell_missing(Merge *merge)
{
    int of = merge->parts[0].part.of, next = 0;
    for (int number = 1; number <= of; number++) {
        if (next < merge->count && merge->parts[next].part.number == number)
            next++;
        else if (++merge->missing <= MOST_TOLD)
            log_error("part %d/%d has no report", number, of);
    }
    if (merge->missing > MOST_TOLD)
        log_error("and so have %d more parts", merge->missing - MOST_TOLD);
}

/* In the order of one run. Files that were added between two parts may share a place.
 */
static int by_index(const void *a, const void *b)
{
    const BatchItem *left = a, *right = b;
    if (left->index != right->index)
        return left->index < right->index ? -1 : 1;
    return strcmp(left->input, right->input);
}

/* The items' strings stay the parts'. */
static void join(const Merge *merge, BatchReport *whole)
{
    for (int i = 0; i < merge->count; i++) {
        const ReportPart *part = &merge->parts[i];
        whole->items = mem_more(whole->items, (size_t)whole->count, (size_t)part->count,
                                sizeof *whole->items);
        if (part->count)
            memcpy(whole->items + whole->count, part->items,
                   (size_t)part->count * sizeof *whole->items);
        whole->count += part->count;
        whole->ms += part->ms;
    }
    if (whole->count)
        qsort(whole->items, (size_t)whole->count, sizeof *whole->items, by_index);
    batch_report_count(whole);
}

/* New: why the first of the parts that did not come to their end ended; NULL: all did.
 */
static char *error_of(const Merge *merge)
{
    for (int i = 0; i < merge->count; i++) {
        const ReportPart *part = &merge->parts[i];
        if (part->error)
            return mem_printf("part %d/%d: %s", part->part.number, part->part.of,
                              part->error);
    }
    return NULL;
}

static bool save(const Merge *merge, const BatchReport *whole, const char *error,
                 const char *path, Err *err)
{
    Claims *none = claims_new();
    const ReportPart *first = first_with_look(merge);
    ReportHead head = {.script = first->script,
                       .values_text = first->values,
                       .folder = first->folder,
                       .error = error};
    ReportFile *file = report_file_open(path, none, err);
    bool saved = file && report_file_save(file, &head, whole, err);
    claims_free(none);
    return saved;
}

/* Is `path` none of the parts' reports, by whatever name? */
static bool check_output(const Merge *merge, const char *path, Err *err)
{
    struct stat part, whole;
    if (stat(path, &whole) != 0)
        return true;
    for (int i = 0; i < merge->count; i++)
        if (stat(merge->parts[i].path, &part) == 0 && part.st_dev == whole.st_dev &&
            part.st_ino == whole.st_ino)
            return err_set(err, ERR_USAGE, "-o %s: is the report %s of part %d/%d",
                           path, merge->parts[i].path, merge->parts[i].part.number,
                           merge->parts[i].part.of);
    return true;
}

static bool write_whole(Merge *merge, const char *path, int *code, Err *err)
{
    BatchReport whole = {0};
    char *error = error_of(merge);
    tell_missing(merge);
    join(merge, &whole);
    bool saved = save(merge, &whole, error, path, err);
    if (saved && error)
        log_error("%s", error);
    if (saved)
        log_info("%d of %d parts: %d done, %d skipped, %d failed, %d not done",
                 merge->count, merge->count + merge->missing, whole.done, whole.skipped,
                 whole.failed, whole.left);
    *code = merge->missing || error || whole.failed || whole.left;
    mem_free(whole.items);
    mem_free(error);
    return saved;
}

bool cmd_report(const Options *options, int *code, Err *err)
{
    Merge merge = {0};
    if (strcmp(options->args[0], "merge") != 0)
        return err_set(err, ERR_USAGE, "report: '%s' is unknown; use merge",
                       options->args[0]);
    if (options->n_args < 2)
        return err_set(err, ERR_USAGE, "report merge: the parts' reports are missing");
    if (!options->output)
        return err_set(err, ERR_USAGE,
                       "report merge: -o REPORT is missing: a .json file");
    bool fine = read_parts(&merge, options->args + 1, options->n_args - 1, err) &&
                check_parts(&merge, err) &&
                check_output(&merge, options->output, err) &&
                write_whole(&merge, options->output, code, err);
    for (int i = 0; i < merge.count; i++)
        report_part_clear(&merge.parts[i]);
    mem_free(merge.parts);
    return fine;
}
