#include "cmd/report_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file/outfile.h"
#include "base/file/tempname.h"
#include "base/mem.h"
#include "base/path.h"
#include "cmd/info/describe_json.h"

static const OutfileKind KIND = {"report", "{\n  \"lutist\": "};
static const OutfileRules RULES = {
    .overwrite = true, .guard = outfile_guard_kind, .context = (void *)&KIND};

struct ReportFile {
    Outfile *out;
    char *folder; /* the folder that relative names start from */
};

/* Opened by a handle: a script may change the folder before the file gets its name. */
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

ReportFile *report_file_open(const char *path, Claims *claims, Err *err)
{
    Outfile *out = open_file(path, claims, err);
    if (!out)
        return NULL;
    ReportFile *report = mem_new(1, sizeof *report);
    report->folder = folder_working();
    report->out = out;
    return report;
}

bool report_file_check(const char *path, Err *err)
{
    return outfile_check(path, &RULES, err);
}

void report_file_abort(ReportFile *file)
{
    if (!file)
        return;
    outfile_abort(file->out);
    mem_free(file->folder);
    mem_free(file);
}

static void write_values(Json *json, const ReportHead *head)
{
    if (head->values_text)
        json_raw(json, "params", head->values_text);
    else
        describe_json_values(json, "params", head->params, head->values);
}

static void write_part(Json *json, Part part)
{
    char *text = mem_printf("%d/%d", part.number, part.of);
    json_line(json, 2);
    json_text(json, "part", text);
    mem_free(text);
}

/* The opening must be KIND.opening. */
static void write_head(Json *json, const char *folder, const ReportHead *head,
                       const BatchReport *report)
{
    json_line(json, 2);
    json_text(json, "lutist", LUTIST_VERSION);
    json_line(json, 2);
    json_text(json, "script", head->script);
    json_line(json, 2);
    write_values(json, head);
    json_line(json, 2);
    json_text(json, "folder", head->folder ? head->folder : folder);
    if (head->part.of)
        write_part(json, head->part);
    json_line(json, 2);
    json_text(json, "error", head->error);
    json_line(json, 2);
    json_number(json, "done", report->done);
    json_number(json, "skipped", report->skipped);
    json_number(json, "failed", report->failed);
    json_number(json, "left", report->left);
    json_line(json, 2);
    json_rounded(json, "ms", report->ms, 1);
}

static const char *text_or_null(const char *text)
{
    return text[0] ? text : NULL;
}

/* The report of a part tells the places of its files among all. */
static void write_item(Json *json, const BatchItem *item, bool of_part)
{
    json_line(json, 4);
    json_begin(json, NULL, '{');
    json_text(json, "input", item->input);
    json_text(json, "output", text_or_null(item->output));
    json_text(json, "state", batch_report_word(item->state));
    json_text(json, "reason", text_or_null(item->reason));
    json_text(json, "note", text_or_null(item->note));
    json_bool(json, "damaged", item->damaged);
    json_rounded(json, "ms", item->ms, 1);
    json_number(json, "pixels", (double)item->pixels);
    if (of_part)
        json_integer(json, "index", item->index);
    json_end(json, '}');
}

static void write_all(FILE *file, const char *folder, const ReportHead *head,
                      const BatchReport *report)
{
    Json json = {.file = file};
    uint64_t pixels = 0;
    json_begin(&json, NULL, '{');
    write_head(&json, folder, head, report);
    for (int i = 0; i < report->count; i++)
        pixels += report->items[i].pixels;
    json_line(&json, 2);
    json_number(&json, "pixels", (double)pixels);
    json_line(&json, 2);
    json_begin(&json, "files", '[');
    for (int i = 0; i < report->count; i++)
        write_item(&json, &report->items[i], head->part.of);
    json_line(&json, 2);
    json_end(&json, ']');
    json_line(&json, 0);
    json_end(&json, '}');
    fputc('\n', file);
}

bool report_file_save(ReportFile *file, const ReportHead *head,
                      const BatchReport *report, Err *err)
{
    write_all(outfile_file(file->out), file->folder, head, report);
    bool saved = outfile_save(file->out, err);
    file->out = NULL;
    report_file_abort(file);
    return saved;
}
