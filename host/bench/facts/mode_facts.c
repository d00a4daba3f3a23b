#include "bench/facts/mode_facts.h"

#include <stdio.h>

void mode_facts_heading(void)
{
    printf("%-9s %7s %11s %11s %9s %10s %9s  %s\n", "mode", "threads", "ms", "ms min",
           "MP/s", "speed-up", "same bits", "copies");
}

static double per_second(const ModeFacts *facts, double ms)
{
    return facts->megapixels / ms * 1e3;
}

static bool is_part(const ModeFacts *facts)
{
    return facts->measured < facts->megapixels;
}

void mode_facts_print(const ModeFacts *facts, const char *mode, int threads, double ms,
                      double ms_min)
{
    if (facts->reason[0]) {
        printf("%-9s cannot run: %s\n", mode, facts->reason);
        return;
    }
    int digits = ms < 9.995 ? 3 : ms < 99.95 ? 2 : 1;
    printf("%-9s %7d %11.*f %11.*f %9.1f %10.1f %9s  %s", mode, threads, digits, ms,
           digits, ms_min, per_second(facts, ms), facts->against_python,
           facts->same_bits ? "yes" : "NO", facts->copies);
    if (is_part(facts))
        printf("  (extrapolated from %.2f of %.2f MP)", facts->measured,
               facts->megapixels);
    printf("\n");
    fflush(stdout);
}

void mode_facts_save(Json *json, const ModeFacts *facts, double ms)
{
    json_rounded(json, "megapixels", facts->megapixels, 4);
    if (facts->reason[0]) {
        json_text(json, "reason", facts->reason);
        return;
    }
    json_rounded(json, "megapixels_measured", facts->measured, 4);
    json_bool(json, "extrapolated", is_part(facts));
    json_rounded(json, "megapixels_per_second", per_second(facts, ms), 4);
    json_rounded(json, "against_python", facts->against_python, 4);
    json_bool(json, "same_bits", facts->same_bits);
    json_text(json, "copies", facts->copies);
}
