#include "cmd/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text/printable.h"
#include "base/thread/thread.h"

enum { REDRAW_MS = 100, MOST_LEFT = 20, USUAL_COLUMNS = 80 };

void progress_start(Progress *progress, bool quiet, bool all, bool print0)
{
    const char *term = getenv("TERM");
    bool dumb = !term || strcmp(term, "dumb") == 0;
    *progress = (Progress){
        .quiet = quiet,
        .results = !quiet && (all || print0 || !isatty(STDOUT_FILENO)),
        .print0 = print0,
        .bar = !quiet && !dumb && isatty(STDERR_FILENO),
        .start = thread_clock_ms(),
    };
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

/* "12.3 img/s, 250 MP/s" */
static void format_rate(char *text, size_t size, int files, uint64_t pixels, double ms)
{
    double seconds = ms > 1 ? ms / 1e3 : 1e-3;
    snprintf(text, size, "%.1f img/s, %.0f MP/s", files / seconds,
             (double)pixels / 1e6 / seconds);
}

static void draw(Progress *progress, double now)
{
    char rate[64];
    double spent = now - progress->start;
    int left = progress->total - progress->finished;
    int done = progress->finished - progress->skipped; /* the others took no time */
    int seconds = done ? (int)(spent / done * left / 1e3 + 0.5) : 0;
    format_rate(rate, sizeof rate, done, progress->pixels, spent);
    char line[160];
    snprintf(line, sizeof line, "%d/%d  %d%%  %s  %d:%02d to go", progress->finished,
             progress->total, (int)(100.0 * progress->finished / progress->total), rate,
             seconds / 60, seconds % 60);
    int room = columns() - 1; /* in the last column some terminals wrap */
    if (room < (int)sizeof line)
        line[room] = '\0';
    log_status(line);
    progress->last = now;
}

void progress_tick(Progress *progress)
{
    double now = thread_clock_ms();
    if (progress->bar && progress->finished && now - progress->last >= REDRAW_MS)
        draw(progress, now);
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

/* If the reader of stdout goes away, only the lines end, not the batch. */
static void print_result(Progress *progress, const BatchItem *item)
{
    put_names(item, progress->print0);
    if (fflush(stdout) != 0)
        progress->results = false;
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
    progress->finished = finished;
    progress->total = total;
    progress->skipped += item->state == BATCH_SKIPPED;
    progress->pixels += item->pixels;
    if (item->state == BATCH_FAILED)
        log_error("%s", item->reason);
    else
        print_note(item);
    if (item->state == BATCH_DONE && progress->results) {
        log_status(NULL);
        print_result(progress, item);
    }
    progress_tick(progress);
}

static void list_left(const Progress *progress, const BatchReport *report)
{
    int most = progress->bar ? MOST_LEFT : report->left;
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
    format_rate(rate, sizeof rate, report->done, progress->pixels, report->ms);
    log_info("%d done%s%s%s in %.2f s (%s)", report->done, skipped, failed, left,
             report->ms / 1e3, rate);
}
