#include "viewer/remember/remembered.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file/outfile.h"
#include "base/file/regular.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "viewer/remember/text_size.h"

enum { PANEL_MOST = 10000, LINE = 8192 };
static const double UNIT_LEAST = 0.1, UNIT_MOST = 10;

void remembered_init(Remembered *remembered)
{
    *remembered = (Remembered){.text_size = 1, .mode = MODES};
}

void remembered_term(Remembered *remembered)
{
    mem_free(remembered->script);
    remembered_init(remembered);
}

/* The values of the lines. */

static bool read_place(const char *text, Remembered *remembered)
{
    Placement found;
    int maximized, end = 0;
    if (sscanf(text, "%9d %9d %9d %9d %9d%n", &found.x, &found.y, &found.width,
               &found.height, &maximized, &end) != 5 ||
        found.width < 1 || found.height < 1)
        return false;
    double unit = strtod(text + end, NULL);
    found.maximized = maximized;
    found.unit = unit >= UNIT_LEAST && unit <= UNIT_MOST ? unit : 0;
    remembered->place = found;
    return true;
}

static bool read_panel(const char *text, Remembered *remembered)
{
    int width;
    char side[8];
    if (sscanf(text, "%9d %7s", &width, side) != 2 || width < 0 || width > PANEL_MOST ||
        (strcmp(side, "left") != 0 && strcmp(side, "right") != 0))
        return false;
    remembered->panel_width = width;
    remembered->panel_left = strcmp(side, "left") == 0;
    return true;
}

static bool read_text(const char *text, Remembered *remembered)
{
    double size = strtod(text, NULL);
    if (!text_size_is_valid(size))
        return false;
    remembered->text_size = size;
    return true;
}

static bool read_times(const char *text, Remembered *remembered)
{
    remembered->times = strcmp(text, "shown") == 0;
    return remembered->times;
}

static bool read_script(const char *text, Remembered *remembered)
{
    if (!*text)
        return false;
    mem_free(remembered->script);
    remembered->script = mem_dup(text);
    return true;
}

static bool read_mode(const char *text, Remembered *remembered)
{
    Err err;
    return mode_parse(text, &remembered->mode, &err);
}

static const struct {
    const char *key;
    bool (*read)(const char *text, Remembered *remembered);
} KEYS[] = {{"place", read_place}, {"panel", read_panel},   {"text", read_text},
            {"times", read_times}, {"script", read_script}, {"mode", read_mode}};

/* False: the line is none of ours. */
static bool take_line(char *line, Remembered *remembered)
{
    line[strcspn(line, "\n")] = '\0';
    char *value = strchr(line, ' ');
    if (!value)
        return false;
    *value++ = '\0';
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        if (strcmp(line, KEYS[i].key) == 0)
            return KEYS[i].read(value, remembered);
    return false;
}

void remembered_load(Remembered *remembered)
{
    char *path = path_own(PATH_STATE, "window"), line[LINE];
    Err err;
    FILE *file = path ? regular_open(path, "the window's state", NULL, &err) : NULL;
    for (int number = 1; file && fgets(line, sizeof line, file); number++)
        if (!take_line(line, remembered))
            log_debug("%s:%d: says nothing about the window; it is passed over", path,
                      number);
    if (file)
        fclose(file);
    mem_free(path);
}

static void write(FILE *file, const Remembered *remembered)
{
    const Placement *place = &remembered->place;
    if (place->width)
        fprintf(file, "place %d %d %d %d %d %g\n", place->x, place->y, place->width,
                place->height, place->maximized, place->unit);
    fprintf(file, "panel %d %s\ntext %g\n", remembered->panel_width,
            remembered->panel_left ? "left" : "right", remembered->text_size);
    if (remembered->times)
        fputs("times shown\n", file);
    if (remembered->script && !strchr(remembered->script, '\n'))
        fprintf(file, "script %s\n", remembered->script);
    if (remembered->mode != MODES)
        fprintf(file, "mode %s\n", mode_name(remembered->mode));
}

static bool save(const char *path, const Remembered *remembered, Err *err)
{
    Outfile *out = outfile_open(path, &(OutfileRules){.overwrite = true}, err);
    if (!out)
        return false;
    write(outfile_file(out), remembered);
    if (!outfile_flush(out, err)) {
        outfile_abort(out);
        return false;
    }
    return outfile_commit(out, err);
}

void remembered_save(const Remembered *remembered)
{
    char *path = path_own(PATH_STATE, "window"), *own = path ? path_dir(path) : NULL;
    Err err = {0};
    if (path && (!folder_make_own(own, &err) || !save(path, remembered, &err)))
        log_debug("%s", err.text);
    mem_free(own);
    mem_free(path);
}
