/* ui_probe — a window without a screen: characters of one width, and a look at what the
 * widgets recorded.
 *
 * Threads: the thread that runs the test only.
 * Python:  unaware.
 */
#ifndef LUTIST_TESTS_UNIT_VIEWER_UI_PROBE_H
#define LUTIST_TESTS_UNIT_VIEWER_UI_PROBE_H

#include <string.h>

#include "viewer/ui/ui.h"

/* Points: about those of DejaVu Sans, so the window's widths mean the same. */
static const double PROBE_WIDTH[FONT_SIZES] = {7, 8, 10};
static const double PROBE_HEIGHT[FONT_SIZES] = {14, 16, 20};

static int probe_height(const void *scale, FontSize size)
{
    return (int)(PROBE_HEIGHT[size] * *(const double *)scale);
}

static int probe_unit(const void *scale, FontSize size)
{
    return (int)(PROBE_WIDTH[size] * *(const double *)scale);
}

static int probe_width(const void *scale, FontSize size, const char *text)
{
    int count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count * probe_unit(scale, size);
}

static int probe_count(const void *scale, FontSize size, const char *text, int width)
{
    int fit = width / probe_unit(scale, size), all = probe_width(scale, size, text);
    return rect_min(fit, all / probe_unit(scale, size));
}

/* `scale` is borrowed. */
static inline TextMeasure probe_measure(const double *scale)
{
    return (TextMeasure){scale, probe_height, probe_width, probe_count};
}

static inline void probe_init(Ui *ui, const double *scale)
{
    ui_init(ui, probe_measure(scale), *scale);
}

/* What was recorded. */

static inline const char *probe_text(const Ui *ui, const DrawCommand *command)
{
    return draw_list_text(&ui->list, command);
}

/* The first command of `kind` with that text; NULL: there is none. */
static inline const DrawCommand *probe_find(const Ui *ui, DrawKind kind,
                                            const char *text)
{
    for (int i = 0; i < ui->list.count; i++) {
        const DrawCommand *command = &ui->list.commands[i];
        if (command->kind == kind && strcmp(probe_text(ui, command), text) == 0)
            return command;
    }
    return NULL;
}

static inline Rect probe_place(const Ui *ui, const char *name)
{
    const DrawCommand *command = probe_find(ui, DRAW_PLACE, name);
    if (!command)
        print_error("no place %s\n", name);
    assert_non_null(command);
    return command->rect;
}

/* How many commands of `kind` have a text that starts with `start`. */
static inline int probe_count_of(const Ui *ui, DrawKind kind, const char *start)
{
    int count = 0;
    for (int i = 0; i < ui->list.count; i++) {
        const DrawCommand *command = &ui->list.commands[i];
        count += command->kind == kind &&
                 strncmp(probe_text(ui, command), start, strlen(start)) == 0;
    }
    return count;
}

#endif
