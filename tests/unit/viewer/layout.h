/* layout — checks of a recorded frame: all of it inside, nothing over anything else.
 *
 * Threads: the thread that runs the test only.
 * Python:  unaware.
 */
#ifndef LUTIST_TESTS_UNIT_VIEWER_LAYOUT_H
#define LUTIST_TESTS_UNIT_VIEWER_LAYOUT_H

#include "ui_probe.h"

static inline bool layout_is_inside(Rect inner, Rect outer)
{
    Rect common = rect_common(inner, outer);
    return memcmp(&common, &inner, sizeof inner) == 0;
}

/* The part of a command that is seen. */
static inline Rect layout_seen(const DrawCommand *command)
{
    return rect_common(command->rect, command->clip);
}

/* Each command lies inside its clip, which lies inside `room`. Where a list is scrolled
 * its clip may cut commands at the top and the end. */
static inline void layout_expect_inside(const Ui *ui, Rect room)
{
    for (int i = 0; i < ui->list.count; i++) {
        const DrawCommand *command = &ui->list.commands[i];
        Rect clip = command->clip, part = command->rect;
        bool scrolled = clip.h < ui->window.h;
        if (scrolled)
            part = rect_common(part, (Rect){part.x, clip.y, part.w, clip.h});
        if (command->kind == DRAW_NOTE || rect_is_empty(part))
            continue;
        if (!layout_is_inside(part, clip) || !layout_is_inside(clip, room))
            fail_msg("command %d (kind %d, \"%s\") at %d %d %d %d, clip %d %d %d %d", i,
                     (int)command->kind, probe_text(ui, command), part.x, part.y,
                     part.w, part.h, clip.x, clip.y, clip.w, clip.h);
    }
}

/* No two commands of `kind` from number `from` on are seen over each other. */
static inline void layout_expect_apart(const Ui *ui, DrawKind kind, int from)
{
    for (int i = from; i < ui->list.count; i++)
        for (int k = i + 1; k < ui->list.count; k++) {
            const DrawCommand *a = &ui->list.commands[i], *b = &ui->list.commands[k];
            if (a->kind == kind && b->kind == kind &&
                !rect_is_empty(rect_common(layout_seen(a), layout_seen(b))))
                fail_msg("\"%s\" and \"%s\" overlap", probe_text(ui, a),
                         probe_text(ui, b));
        }
}

#endif
