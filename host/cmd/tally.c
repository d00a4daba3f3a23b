#include "cmd/tally.h"

#include "base/text/json.h"
#include "batch/batch.h"

void tally_begin(Tally *tally, int total, uint64_t bytes, double now)
{
    *tally = (Tally){.total = total, .bytes_total = bytes, .start = now, .told = now};
}

void tally_add(Tally *tally, const BatchItem *item, int finished, int total)
{
    tally->finished = finished;
    tally->total = total;
    tally->failed += item->state == BATCH_FAILED;
    tally->skipped += item->state == BATCH_SKIPPED;
    if (item->state == BATCH_SKIPPED) /* its look was known late */
        tally->bytes_total -= item->bytes;
    else
        tally->bytes += item->bytes;
    tally->pixels += item->pixels;
}

double tally_left(const Tally *tally, double now)
{
    if (!tally->bytes)
        return -1;
    double rest = (double)tally->bytes_total - (double)tally->bytes;
    return (now - tally->start) * rest / (double)tally->bytes;
}

bool tally_is_due(Tally *tally, double now, double every)
{
    if (now - tally->told < every)
        return false;
    tally->told = now;
    return true;
}

void tally_rate(char *text, size_t size, int files, uint64_t pixels, double ms)
{
    double seconds = ms > 1 ? ms / 1e3 : 1e-3;
    snprintf(text, size, "%.1f img/s, %.0f MP/s", files / seconds,
             (double)pixels / 1e6 / seconds);
}

/* "0.2 of 4.1 GB": both in the unit of the whole. */
static void put_bytes(char *text, size_t size, const Tally *tally)
{
    static const char *const units[] = {"kB", "MB", "GB", "TB"};
    double unit = 1e3;
    int i = 0;
    while (i < 3 && (double)tally->bytes_total >= 1000 * unit) {
        unit *= 1e3;
        i++;
    }
    snprintf(text, size, "%.1f of %.1f %s", (double)tally->bytes / unit,
             (double)tally->bytes_total / unit, units[i]);
}

/* "  0:55 to go", "  12:03:44 to go"; nothing where it is not known. */
static void put_left(char *text, size_t size, double ms)
{
    long seconds = ms < 0 ? 0 : (long)(ms / 1e3 + 0.5);
    long hours = seconds / 3600, minutes = seconds / 60 % 60;
    text[0] = '\0';
    if (hours && ms >= 0)
        snprintf(text, size, "  %ld:%02ld:%02ld to go", hours, minutes, seconds % 60);
    else if (ms >= 0)
        snprintf(text, size, "  %ld:%02ld to go", minutes, seconds % 60);
}

static int percent(const Tally *tally)
{
    if (tally->bytes_total)
        return (int)(100.0 * (double)tally->bytes / (double)tally->bytes_total);
    return tally->total ? 100 * tally->finished / tally->total : 0;
}

void tally_line(const Tally *tally, double now, char text[TALLY_LINE])
{
    char bytes[48], rate[48], failed[24] = "", left[40];
    put_bytes(bytes, sizeof bytes, tally);
    tally_rate(rate, sizeof rate, tally->finished - tally->skipped, tally->pixels,
               now - tally->start);
    if (tally->failed)
        snprintf(failed, sizeof failed, "  %d failed", tally->failed);
    put_left(left, sizeof left, tally_left(tally, now));
    snprintf(text, TALLY_LINE, "%d/%d  %d%%  %s  %s%s%s", tally->finished, tally->total,
             percent(tally), bytes, rate, failed, left);
}

static void put_item(Json *json, const BatchItem *item)
{
    json_text(json, "input", item->input);
    json_text(json, "output", item->output[0] ? item->output : NULL);
    json_text(json, "state", batch_report_word(item->state));
    json_text(json, "reason", item->reason[0] ? item->reason : NULL);
}

void tally_json(const Tally *tally, FILE *file, const char *event,
                const BatchItem *item, double now)
{
    Json json = {.file = file};
    double left = tally_left(tally, now);
    json_begin(&json, NULL, '{');
    json_text(&json, "event", event);
    if (item)
        put_item(&json, item);
    json_integer(&json, "finished", tally->finished);
    json_integer(&json, "total", tally->total);
    json_integer(&json, "skipped", tally->skipped);
    json_integer(&json, "failed", tally->failed);
    json_integer(&json, "bytes", (int64_t)tally->bytes);
    json_integer(&json, "bytes_total", (int64_t)tally->bytes_total);
    json_integer(&json, "pixels", (int64_t)tally->pixels);
    json_rounded(&json, "ms", now - tally->start, 1);
    if (left < 0)
        json_text(&json, "ms_left", NULL);
    else
        json_rounded(&json, "ms_left", left, 0);
    json_end(&json, '}');
    fputc('\n', file);
}
