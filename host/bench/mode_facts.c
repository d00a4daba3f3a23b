#include "bench/mode_facts.h"

#include "bench/rows.h"

void mode_facts_heading(void)
{
    printf("%-9s %7s %11s %11s %9s %10s %9s  %s\n", "mode", "threads", "ms", "ms min",
           "MP/s", "speed-up", "same bits", "copies");
}

static double per_second(const Row *row)
{
    return row->facts->megapixels / row->ms * 1e3;
}

static bool is_part(const ModeFacts *facts)
{
    return facts->measured < facts->megapixels;
}

void mode_facts_print(const Row *row)
{
    const ModeFacts *facts = row->facts;
    if (facts->reason[0]) {
        printf("%-9s cannot run: %s\n", row->mode, facts->reason);
        return;
    }
    int digits = row->ms < 9.995 ? 3 : row->ms < 99.95 ? 2 : 1;
    printf("%-9s %7d %11.*f %11.*f %9.1f %10.1f %9s  %s", row->mode, row->threads,
           digits, row->ms, digits, row->ms_min, per_second(row), facts->against_python,
           facts->same_bits ? "yes" : "NO", facts->copies);
    if (is_part(facts))
        printf("  (extrapolated from %.2f of %.2f MP)", facts->measured,
               facts->megapixels);
    printf("\n");
    fflush(stdout);
}

/* A string of JSON; control characters are left out. */
static void save_text(FILE *file, const char *text)
{
    fputc('"', file);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            fputc('\\', file);
        if ((unsigned char)*text >= ' ')
            fputc(*text, file);
    }
    fputc('"', file);
}

void mode_facts_save(FILE *file, const Row *row)
{
    const ModeFacts *facts = row->facts;
    fprintf(file, ", \"megapixels\": %.4f", facts->megapixels);
    if (facts->reason[0]) {
        fputs(", \"reason\": ", file);
        save_text(file, facts->reason);
        return;
    }
    fprintf(file,
            ", \"megapixels_measured\": %.4f, \"extrapolated\": %s, "
            "\"megapixels_per_second\": %.4f, \"against_python\": %.4f, "
            "\"same_bits\": %s, \"copies\": ",
            facts->measured, is_part(facts) ? "true" : "false", per_second(row),
            facts->against_python, facts->same_bits ? "true" : "false");
    save_text(file, facts->copies);
}
