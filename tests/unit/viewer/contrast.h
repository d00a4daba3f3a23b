/* contrast — how well a colour is seen on another one: WCAG 2.1, level AA.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_TESTS_UNIT_VIEWER_CONTRAST_H
#define LUTIST_TESTS_UNIT_VIEWER_CONTRAST_H

#include <math.h>

#include "ui_probe.h"

/* Success criteria 1.4.3 and 1.4.11. */
static const double CONTRAST_TEXT = 4.5, CONTRAST_CONTROL = 3;

/* WCAG 2.1, "relative luminance". */
static inline double contrast_linear(uint8_t value)
{
    double v = value / 255.0;
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static inline double contrast_luminance(Color color)
{
    return 0.2126 * contrast_linear(color.r) + 0.7152 * contrast_linear(color.g) +
           0.0722 * contrast_linear(color.b);
}

/* 1 to 21. */
static inline double contrast_of(Color ink, Color ground)
{
    double a = contrast_luminance(ink) + 0.05, b = contrast_luminance(ground) + 0.05;
    return a > b ? a / b : b / a;
}

/* `over` drawn on an opaque colour. */
static inline Color contrast_blend(Color over, Color under)
{
    int a = over.a, rest = 255 - over.a;
    return (Color){(uint8_t)((over.r * a + under.r * rest) / 255),
                   (uint8_t)((over.g * a + under.g * rest) / 255),
                   (uint8_t)((over.b * a + under.b * rest) / 255), 255};
}

/* Does a command put a colour there? */
static inline bool contrast_is_drawn(const DrawCommand *command, int x, int y)
{
    bool box = command->kind == DRAW_BOX || command->kind == DRAW_BLEND;
    return box && rect_has(rect_common(command->rect, command->clip), x, y);
}

/* What the first `count` commands have made of that point. Where they show a picture,
 * it is of the colour `picture`. */
static inline Color contrast_ground(const Ui *ui, int count, int x, int y,
                                    Color picture)
{
    Color ground = THEME_PANEL;
    for (int i = 0; i < count; i++) {
        const DrawCommand *command = &ui->list.commands[i];
        DrawPlace at = command->place;
        Rect seen = rect_common(
            command->clip, (Rect){(int)at.x, (int)at.y, (int)at.w + 1, (int)at.h + 1});
        if (contrast_is_drawn(command, x, y))
            ground = contrast_blend(command->color, ground);
        else if (command->kind == DRAW_PICTURE && rect_has(seen, x, y))
            ground = picture;
    }
    return ground;
}

/* Something that is drawn later lies over that point: a card, or a veil. */
static inline bool contrast_is_covered(const Ui *ui, int from, int x, int y)
{
    bool covered = false;
    for (int i = from; i < ui->list.count; i++)
        covered = covered || contrast_is_drawn(&ui->list.commands[i], x, y);
    return covered;
}

/* Every text of the frame can be read on what lies below it, whatever the picture is.
 * Texts of what cannot be used (THEME_OFF) are exempt. Returns how many there are. */
static inline int contrast_expect_texts(const Ui *ui)
{
    static const Color pictures[] = {{0, 0, 0, 255}, {255, 255, 255, 255}};
    const Color off = THEME_OFF;
    int texts = 0;
    for (int i = 0; i < ui->list.count; i++) {
        const DrawCommand *command = &ui->list.commands[i];
        Rect seen = rect_common(command->rect, command->clip);
        int x = seen.x + seen.w / 2, y = seen.y + seen.h / 2;
        if (command->kind != DRAW_TEXT || rect_is_empty(seen) ||
            memcmp(&command->color, &off, sizeof off) == 0 ||
            contrast_is_covered(ui, i + 1, x, y))
            continue;
        for (int p = 0; p < 2; p++) {
            Color ground = contrast_ground(ui, i, x, y, pictures[p]);
            Color ink = contrast_blend(command->color, ground);
            if (contrast_of(ink, ground) < CONTRAST_TEXT)
                fail_msg("\"%s\": #%02x%02x%02x on #%02x%02x%02x is %.2f to 1",
                         probe_text(ui, command), ink.r, ink.g, ink.b, ground.r,
                         ground.g, ground.b, contrast_of(ink, ground));
        }
        texts++;
    }
    return texts;
}

#endif
