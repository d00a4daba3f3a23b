#include "bench/bench_plot.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bench/facts/mode_facts.h"

enum {
    WIDTH = 760,
    LEFT = 92,   /* names of modes */
    RIGHT = 190, /* room for a label behind the longest bar */
    TOP = 74,    /* title, note */
    STEP = 34,
    BAR = 22,
    BOTTOM = 60, /* the scale and its name */
};

/* The scale: whole powers of ten around all times. */
typedef struct Scale {
    int lo, hi; /* exponents */
} Scale;

#define OPENING "<svg xmlns=\"http://www.w3.org/2000/svg\""

static const char HEAD[] = OPENING
    " width=\"%d\" height=\"%d\" "
    "viewBox=\"0 0 %d %d\" font-family=\"system-ui, sans-serif\" font-size=\"14\">\n"
    "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n";

static void write_text(FILE *file, const char *text)
{
    for (; *text; text++)
        if (*text == '&')
            fputs("&amp;", file);
        else if (*text == '<')
            fputs("&lt;", file);
        else if (*text == '>')
            fputs("&gt;", file);
        else if ((unsigned char)*text >= ' ')
            fputc(*text, file);
}

static void label(FILE *file, double x, double y, const char *style, const char *text)
{
    fprintf(file, "<text x=\"%.1f\" y=\"%.1f\" %s>", x, y, style);
    write_text(file, text);
    fputs("</text>\n", file);
}

static Scale scale_of(const BenchResults *rows)
{
    double lo = INFINITY, hi = -INFINITY;
    for (int i = 0; i < rows->count; i++) {
        const BenchResult *row = &rows->rows[i];
        if (!row->facts || row->facts->reason[0])
            continue;
        lo = fmin(lo, floor(log10(row->ms)));
        hi = fmax(hi, ceil(log10(row->ms)));
    }
    if (lo > hi)
        lo = hi = 0;
    return (Scale){(int)lo, (int)fmax(hi, lo + 1)};
}

static double place(Scale scale, double ms)
{
    double part = (log10(ms) - scale.lo) / (scale.hi - scale.lo);
    return LEFT + part * (WIDTH - LEFT - RIGHT);
}

static void draw_scale(FILE *file, Scale scale, double bottom)
{
    for (int e = scale.lo; e <= scale.hi; e++) {
        char text[48];
        double x = place(scale, pow(10, e));
        snprintf(text, sizeof text, "%g", pow(10, e));
        fprintf(file,
                "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%.1f\" "
                "stroke=\"#dddddd\"/>\n",
                x, x, TOP - 8, bottom);
        label(file, x, bottom + 18,
              "text-anchor=\"middle\" fill=\"#555555\" font-size=\"12\"", text);
    }
    label(file, LEFT, bottom + 40, "fill=\"#555555\" font-size=\"12\"",
          "milliseconds, on a logarithmic scale: shorter is faster");
}

static void describe(const BenchResult *row, char text[96])
{
    const ModeFacts *facts = row->facts;
    bool python = strcmp(row->mode, "python") == 0;
    int digits = row->ms < 0.995 ? 2 : row->ms < 9.95 ? 1 : 0;
    int used = snprintf(text, 96, "%.*f ms", digits, row->ms);
    if (!python)
        snprintf(text + used, 96 - (size_t)used, ", %.*f × python",
                 facts->against_python < 9.95 ? 1 : 0, facts->against_python);
    else if (facts->measured < facts->megapixels)
        snprintf(text + used, 96 - (size_t)used, ", extrapolated");
}

static bool is_native(const BenchResult *row)
{
    return strcmp(row->mode, "single") == 0 || strcmp(row->mode, "parallel") == 0;
}

static void draw_bar(FILE *file, const BenchResult *row, Scale scale, double y)
{
    char text[96];
    label(file, LEFT - 10, y + 16, "text-anchor=\"end\" fill=\"#222222\"", row->mode);
    if (row->facts->reason[0]) {
        label(file, LEFT + 4, y + 16, "fill=\"#888888\"", "cannot run here");
        return;
    }
    double end = fmax(place(scale, row->ms), LEFT + 2);
    fprintf(file,
            "<rect x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
            LEFT, y, end - LEFT, BAR, is_native(row) ? "#c98a1b" : "#8a97a6");
    describe(row, text);
    label(file, end + 8, y + 16,
          "fill=\"#222222\" stroke=\"#ffffff\" stroke-width=\"4\" "
          "paint-order=\"stroke\"",
          text);
}

static void draw(FILE *file, const BenchResults *rows, const char *title,
                 const char *note)
{
    Scale scale = scale_of(rows);
    int bottom = TOP, height;
    for (int i = 0; i < rows->count; i++)
        bottom += rows->rows[i].facts ? STEP : 0;
    height = bottom + BOTTOM;
    fprintf(file, HEAD, WIDTH, height, WIDTH, height);
    label(file, 12, 28, "fill=\"#222222\" font-size=\"17\" font-weight=\"600\"", title);
    label(file, 12, 49, "fill=\"#555555\" font-size=\"13\"", note);
    draw_scale(file, scale, bottom);
    for (int i = 0, y = TOP; i < rows->count; i++)
        if (rows->rows[i].facts) {
            draw_bar(file, &rows->rows[i], scale, y);
            y += STEP;
        }
    fputs("</svg>\n", file);
}

Outfile *bench_plot_open(const char *path, Err *err)
{
    static const OutfileKind kind = {"plot of a measurement", OPENING};
    OutfileRules rules = {
        .overwrite = true, .guard = outfile_guard_kind, .context = (void *)&kind};
    return outfile_open(path, &rules, err);
}

bool bench_plot_modes(const BenchResults *rows, const char *title, const char *note,
                      const char *path, Err *err)
{
    Outfile *out = bench_plot_open(path, err);
    if (!out)
        return false;
    draw(outfile_file(out), rows, title, note);
    return outfile_save(out, err);
}
