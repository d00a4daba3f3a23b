#include "bench/facts/window_facts.h"

#include <math.h>
#include <stdio.h>

void window_facts_save(Json *json, const WindowFacts *facts)
{
    json_text(json, "view", facts->view);
    json_text(json, "renderer", facts->renderer);
    json_number(json, "window_width", facts->width);
    json_number(json, "window_height", facts->height);
    json_number(json, "image_width", facts->image_width);
    json_number(json, "image_height", facts->image_height);
    json_rounded(json, "megapixels", facts->megapixels > 0 ? facts->megapixels : NAN,
                 4);
    json_number(json, "events", facts->events);
    json_rounded(json, "p95_ms", facts->p95_ms, 3);
    json_rounded(json, "p99_ms", facts->p99_ms, 3);
    json_rounded(json, "max_ms", facts->max_ms, 3);
    json_rounded(json, "made_ms", facts->made_ms < 0 ? NAN : facts->made_ms, 3);
    json_rounded(json, "made_max_ms", facts->made_max_ms < 0 ? NAN : facts->made_max_ms,
                 3);
    json_rounded(json, "shown_ms", facts->shown_ms < 0 ? NAN : facts->shown_ms, 3);
    json_rounded(json, "stall_ms", facts->stall_ms < 0 ? NAN : facts->stall_ms, 3);
    json_rounded(json, "own_ms", facts->own_ms < 0 ? NAN : facts->own_ms, 3);
    json_rounded(json, "at_hand", facts->at_hand < 0 ? NAN : (double)facts->at_hand, 0);
    json_rounded(json, "peak_bytes", (double)facts->peak_bytes, 0);
    json_rounded(json, "cache_bytes", (double)facts->cache_bytes, 0);
}

void window_facts_heading(void)
{
    printf("%-14s %-7s %10s %7s %8s %8s %8s %8s %8s %8s %9s %7s %11s\n", "op", "view",
           "MP a frame", "events", "p50 ms", "p95 ms", "p99 ms", "max ms", "made ms",
           "shown ms", "stall ms", "own ms", "peak memory");
}

/* Empty for what was not measured. */
static const char *in_ms(char text[16], double ms)
{
    text[0] = '\0';
    if (ms >= 0)
        snprintf(text, 16, "%.1f", ms);
    return text;
}

void window_facts_print(const char *op, double ms, const WindowFacts *facts)
{
    char size[16] = "", made[16], shown[16], stall[16], own[16];
    if (facts->megapixels > 0)
        snprintf(size, sizeof size, "%.2f", facts->megapixels);
    printf("%-14s %-7s %10s %7d %8.1f %8.1f %8.1f %8.1f %8s %8s %9s %7s %8.0f MB\n", op,
           facts->view ? facts->view : "", size, facts->events, ms, facts->p95_ms,
           facts->p99_ms, facts->max_ms, in_ms(made, facts->made_max_ms),
           in_ms(shown, facts->shown_ms), in_ms(stall, facts->stall_ms),
           in_ms(own, facts->own_ms), (double)facts->peak_bytes / 1e6);
}
