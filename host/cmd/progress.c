#include "cmd/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text/printable.h"
#include "base/thread/thread.h"
#include "cmd/results.h"

enum {
    REDRAW_MS = 100,
    LINE_MS = 10000,
    JSON_MS = 1000,
    MOST_LEFT = 20,
    USUAL_COLUMNS = 80
};

bool progress_form(const char *word, ProgressForm *form, Err *err)
{
    if (!word || strcmp(word, "auto") == 0)
        *form = PROGRESS_AUTO;
    else if (strcmp(word, "json") == 0)
        *form = PROGRESS_JSON;
    else if (strcmp(word, "none") == 0)
        *form = PROGRESS_NONE;
    else
        return err_set(err, ERR_USAGE,
                       "--progress '%s' is unknown; use auto, json or none", word);
    return true;
}

static ProgressForm form_of_stderr(void)
{
    const char *term = getenv("TERM");
    bool dumb = !term || strcmp(term, "dumb") == 0;
    return !dumb && isatty(STDERR_FILENO) ? PROGRESS_BAR : PROGRESS_LINES;
}

void progress_start(Progress *progress, ProgressForm form, bool quiet, bool all,
                    bool print0)
{
    bool json = form == PROGRESS_JSON;
    *progress = (Progress){
        .quiet = quiet,
        .results = !quiet && !json && (all || print0 || !isatty(STDOUT_FILENO)),
        .print0 = print0,
        .form = form,
    };
    if (form == PROGRESS_AUTO)
        progress->form = quiet ? PROGRESS_NONE : form_of_stderr();
}

/* If the reader of stdout goes away, or a disk is full, only the lines end, not the
 * batch. */
static bool flush(Progress *progress)
{
    Err err;
    if (results_flush(&err))
        return true;
    log_status(NULL);
    if (err.kind)
        log_error("%s", err.text);
    progress->unwritten = err.kind != ERR_NONE;
    return false;
}

static void put_json(Progress *progress, const char *event, const BatchItem *item)
{
    tally_json(&progress->tally, stdout, event, item, thread_clock_ms());
    if (!flush(progress))
        progress->form = PROGRESS_NONE;
}

void progress_begin(Progress *progress, int total, uint64_t bytes)
{
    tally_begin(&progress->tally, total, bytes, thread_clock_ms());
    if (progress->form == PROGRESS_BAR)
        progress->tally.told = 0; /* with the first file */
    if (progress->form == PROGRESS_JSON)
        put_json(progress, "begin", NULL);
}

/* Asked for every line, because a window can change its size. */
static int columns(void)
{
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    const char *asked = getenv("COLUMNS");
    long number = asked ? strtol(asked, NULL, 10) : 0;
    return number > 0 && number < 10000 ? (int)number : USUAL_COLUMNS;
}

static void draw(const Tally *tally, double now)
{
    char line[TALLY_LINE];
    int room = columns() - 1; /* in the last column some terminals wrap */
    tally_line(tally, now, line);
    if (room < (int)sizeof line)
        line[room] = '\0';
    log_status(line);
}

static void print_line(const Tally *tally, double now)
{
    char line[TALLY_LINE];
    tally_line(tally, now, line);
    log_info("%s", line);
}

void progress_tick(Progress *progress)
{
    static const double every[] = {[PROGRESS_BAR] = REDRAW_MS,
                                   [PROGRESS_LINES] = LINE_MS,
                                   [PROGRESS_JSON] = JSON_MS};
    Tally *tally = &progress->tally;
    double now = thread_clock_ms();
    if (progress->form == PROGRESS_NONE || !tally->total ||
        (progress->form == PROGRESS_BAR && !tally->bytes) ||
        !tally_is_due(tally, now, every[progress->form]))
        return;
    if (progress->form == PROGRESS_JSON)
        put_json(progress, "progress", NULL);
    else if (progress->form == PROGRESS_LINES)
        print_line(tally, now);
    else
        draw(tally, now);
}

static void put_names(const BatchItem *item, bool print0)
{
    if (print0) {
        printf("%s%c%s%c", item->input, 0, item->output, 0);
        return;
    }
    printable_put(stdout, item->input);
    fputs(" -> ", stdout);
    printable_put(stdout, item->output);
    fputc('\n', stdout);
}

static void print_result(Progress *progress, const BatchItem *item)
{
    put_names(item, progress->print0);
    progress->results = flush(progress);
}

/* A loss is reported even with --quiet. */
static void print_note(const BatchItem *item)
{
    if (!item->note[0])
        return;
    if (item->damaged)
        log_error("%s: warning: %s", item->input, item->note);
    else
        log_info("%s: %s", item->input, item->note);
}

void progress_done(Progress *progress, const BatchItem *item, int finished, int total)
{
    tally_add(&progress->tally, item, finished, total);
    if (item->state == BATCH_FAILED)
        log_error("%s", item->reason);
    else
        print_note(item);
    if (item->state == BATCH_DONE && progress->results) {
        log_status(NULL);
        print_result(progress, item);
    }
    if (progress->form == PROGRESS_JSON)
        put_json(progress, "file", item);
    progress_tick(progress);
}

static void list_left(const Progress *progress, const BatchReport *report)
{
    int most = progress->form == PROGRESS_BAR ? MOST_LEFT : report->left;
    int listed = 0;
    for (int i = 0; i < report->count && listed < most; i++)
        if (report->items[i].state == BATCH_LEFT) {
            log_info("%s: not done", report->items[i].input);
            listed++;
        }
    if (listed < report->left)
        log_info("and %d more not done", report->left - listed);
}

void progress_end(Progress *progress, const BatchReport *report, bool dry_run)
{
    char rate[64], skipped[32] = "", failed[32] = "", left[32] = "";
    log_status(NULL);
    list_left(progress, report);
    if (report->stopped)
        log_error("%s", report->stopped);
    if (report->skipped)
        snprintf(skipped, sizeof skipped, ", %d skipped", report->skipped);
    if (report->failed)
        snprintf(failed, sizeof failed, ", %d failed", report->failed);
    if (report->left)
        snprintf(left, sizeof left, ", %d not done", report->left);
    if (dry_run) {
        log_info("%d would be written%s%s", report->done, skipped, failed);
        return;
    }
    tally_rate(rate, sizeof rate, report->done, progress->tally.pixels, report->ms);
    log_info("%d done%s%s%s in %.2f s (%s)", report->done, skipped, failed, left,
             report->ms / 1e3, rate);
}

void progress_close(Progress *progress)
{
    if (progress->form == PROGRESS_JSON)
        put_json(progress, "end", NULL);
}
