/* layout — checks of a recorded frame: all inside, nothing over anything else.
 *
 * Threads: the thread that runs the test only.
 * Python:  unaware.
 */
#ifndef LUTIST_TESTS_UNIT_VIEWER_LAYOUT_H
#define LUTIST_TESTS_UNIT_VIEWER_LAYOUT_H

#include "ui_probe.h"

static inline bool layout_is_drawn(const DrawCommand *command)
{
    return command->kind != DRAW_PLACE && command->kind != DRAW_NOTE;
}

static inline bool layout_is_inside(Rect inner, Rect outer)
{
    Rect common = rect_common(inner, outer);
    return memcmp(&common, &inner, sizeof inner) == 0;
}

/* All that is drawn lies whole inside `room`. */
static inline void layout_expect_inside(const Ui *ui, Rect room)
{
    for (int i = 0; i < ui->list.count; i++) {
        const DrawCommand *command = &ui->list.commands[i];
        Rect r = command->rect;
        if (layout_is_drawn(command) && !rect_is_empty(r) && !layout_is_inside(r, room))
            fail_msg(
                "command %d (kind %d, \"%s\") at %d %d %d %d is outside %d %d %d %d", i,
                command->kind, probe_text(ui, command), r.x, r.y, r.w, r.h, room.x,
                room.y, room.w, room.h);
    }
}

/* What of a command is seen. */
static inline Rect layout_seen(const DrawCommand *command)
{
    return rect_common(command->rect, command->clip);
}

/* No two of the commands [from, to) that are texts are drawn over each other. */
static inline void layout_expect_texts_apart(const Ui *ui, int from, int to)
{
    for (int i = from; i < to; i++)
        for (int k = i + 1; k < to; k++) {
            const DrawCommand *a = &ui->list.commands[i], *b = &ui->list.commands[k];
            if (a->kind == DRAW_TEXT && b->kind == DRAW_TEXT &&
                !rect_is_empty(rect_common(layout_seen(a), layout_seen(b))))
                fail_msg("\"%s\" and \"%s\" overlap", probe_text(ui, a),
                         probe_text(ui, b));
        }
}

/* No two places overlap. */
static inline void layout_expect_places_apart(const Ui *ui)
{
    for (int i = 0; i < ui->list.count; i++)
        for (int k = i + 1; k < ui->list.count; k++) {
            const DrawCommand *a = &ui->list.commands[i], *b = &ui->list.commands[k];
            if (a->kind == DRAW_PLACE && b->kind == DRAW_PLACE &&
                !rect_is_empty(rect_common(layout_seen(a), layout_seen(b))))
                fail_msg("%s and %s overlap", probe_text(ui, a), probe_text(ui, b));
        }
}

#endif
