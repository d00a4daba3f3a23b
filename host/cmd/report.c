#include "cmd/report.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file/outfile.h"
#include "base/file/tempname.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/path.h"
#include "cmd/describe.h"

static const OutfileKind KIND = {"report", "{\n  \"lutist\": "};
static const OutfileRules RULES = {
    .overwrite = true, .guard = outfile_guard_kind, .context = (void *)&KIND};

struct ReportFile {
    Outfile *out;
    char *folder; /* that relative names count from */
};

/* Through a handle: a script may change the folder before the file gets its name. */
static Outfile *open_file(const char *path, Claims *claims, Err *err)
{
    char *dir = path_dir(path);
    Folder *folder = folder_open(dir, true, err);
    mem_free(dir);
    if (!folder) {
        err_in(err, path);
        return NULL;
    }
    tempname_clean(folder_handle(folder), claims_keep, claims);
    OutfileRules rules = RULES;
    rules.folder = folder;
    Outfile *out = outfile_open(path, &rules, err);
    folder_unref(&folder);
    return out;
}

ReportFile *report_open(const char *path, Claims *claims, Err *err)
{
    Outfile *out = open_file(path, claims, err);
    if (!out)
        return NULL;
    char *here = getcwd(NULL, 0);
    ReportFile *report = mem_new(1, sizeof *report);
    report->folder = here ? here : mem_dup("");
    report->out = out;
    return report;
}

bool report_check(const char *path, Err *err)
{
    return outfile_check(path, &RULES, err);
}

void report_abort(ReportFile *file)
{
    if (!file)
        return;
    outfile_abort(file->out);
    mem_free(file->folder);
    mem_free(file);
}

static void write_head(FILE *file, const char *folder, const ReportHead *head,
                       const BatchReport *report)
{
    json_string(file, LUTIST_VERSION);
    fputs(",\n  \"script\": ", file);
    json_string(file, head->script);
    fputs(",\n  \"params\": {", file);
    for (int i = 0; head->params && i < head->params->count; i++) {
        fputs(i ? ", " : "", file);
        json_string(file, head->params->params[i].name);
        fputs(": ", file);
        describe_value(file, &head->params->params[i], head->values[i]);
    }
    fputs("},\n  \"folder\": ", file);
    json_string(file, folder);
    fputs(",\n  \"error\": ", file);
    json_string(file, head->error);
    fprintf(file, ",\n  \"done\": %d, \"failed\": %d, \"left\": %d,\n  \"ms\": %.1f,\n",
            report->done, report->failed, report->left, report->ms);
}

static void write_item(FILE *file, const BatchItem *item)
{
    static const char *const states[] = {
        [BATCH_DONE] = "done", [BATCH_FAILED] = "failed", [BATCH_LEFT] = "left"};
    fputs("    {\"input\": ", file);
    json_string(file, item->input);
    fputs(", \"output\": ", file);
    json_string(file, item->output[0] ? item->output : NULL);
    fprintf(file, ", \"state\": \"%s\", \"reason\": ", states[item->state]);
    json_string(file, item->reason[0] ? item->reason : NULL);
    fputs(", \"note\": ", file);
    json_string(file, item->note[0] ? item->note : NULL);
    fprintf(file, ", \"damaged\": %s", item->damaged ? "true" : "false");
    fprintf(file, ", \"ms\": %.1f, \"pixels\": %llu}", item->ms,
            (unsigned long long)item->pixels);
}

static void write_all(FILE *file, const char *folder, const ReportHead *head,
                      const BatchReport *report)
{
    uint64_t pixels = 0;
    fputs(KIND.opening, file);
    write_head(file, folder, head, report);
    for (int i = 0; i < report->count; i++)
        pixels += report->items[i].pixels;
    fprintf(file, "  \"pixels\": %llu,\n  \"files\": [\n", (unsigned long long)pixels);
    for (int i = 0; i < report->count; i++) {
        write_item(file, &report->items[i]);
        fputs(i + 1 < report->count ? ",\n" : "\n", file);
    }
    fputs("  ]\n}\n", file);
}

bool report_save(ReportFile *file, const ReportHead *head, const BatchReport *report,
                 Err *err)
{
    write_all(outfile_file(file->out), file->folder, head, report);
    bool saved = outfile_save(file->out, err);
    file->out = NULL;
    report_abort(file);
    return saved;
}
