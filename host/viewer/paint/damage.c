#include "viewer/paint/damage.h"

#include <string.h>

Damage damage_all(Rect window)
{
    return (Damage){{window}, rect_is_empty(window) ? 0 : 1};
}

static Rect around(Rect a, Rect b)
{
    int x = rect_min(a.x, b.x), y = rect_min(a.y, b.y);
    int right = rect_max(a.x + a.w, b.x + b.w), end = rect_max(a.y + a.h, b.y + b.h);
    return (Rect){x, y, right - x, end - y};
}

/* Parts that meet the new one, or the last one where there is no more room, become one
 * with it. */
static void add(Damage *damage, Rect rect)
{
    if (rect_is_empty(rect))
        return;
    for (int i = damage->count - 1; i >= 0; i--) {
        bool full = damage->count == DAMAGE_PARTS && i == damage->count - 1;
        if (!full && !rect_meets(damage->parts[i], rect))
            continue;
        rect = around(damage->parts[i], rect);
        damage->parts[i] = damage->parts[--damage->count];
        i = damage->count; /* it has grown: the others once more */
    }
    damage->parts[damage->count++] = rect;
}

/* Where a command draws, at most. */
static Rect reach(const DrawCommand *command, Rect window)
{
    Rect rect = command->rect;
    switch (command->kind) {
    case DRAW_PLACE:
    case DRAW_NOTE:
        return (Rect){0};
    case DRAW_TEXT: /* marks over letters make a line higher than its measure */
        rect.w += rect.h;
        rect.h *= 2;
        break;
    default:
        break;
    }
    return rect_common(rect_common(rect, command->clip), window);
}

static bool is_same_color(Color a, Color b)
{
    return a.r == b.r && a.g == b.g && a.b == b.b && a.a == b.a;
}

static bool is_same_place(DrawPlace a, DrawPlace b)
{
    return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

static bool is_same(const DrawList *there, const DrawCommand *a, const DrawList *next,
                    const DrawCommand *b, DamagePictures fresh)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == DRAW_PLACE || a->kind == DRAW_NOTE)
        return true;
    if (a->kind == DRAW_PICTURE && fresh >> b->picture & 1)
        return false;
    return rect_is_same(a->rect, b->rect) && rect_is_same(a->clip, b->clip) &&
           is_same_color(a->color, b->color) && is_same_color(a->end, b->end) &&
           a->down == b->down && a->radius == b->radius && a->thick == b->thick &&
           a->shape == b->shape && a->size == b->size &&
           is_same_place(a->place, b->place) && a->picture == b->picture &&
           a->smooth == b->smooth &&
           strcmp(draw_list_text(there, a), draw_list_text(next, b)) == 0;
}

static bool is_same_at(const DrawList *there, int i, const DrawList *next, int j,
                       DamagePictures fresh)
{
    return is_same(there, &there->commands[i], next, &next->commands[j], fresh);
}

/* Lists of one length are compared command by command. Of others, what both begin and
 * end with is the same, and all between differs. */
static void compare(Damage *damage, const DrawList *there, const DrawList *next,
                    DamagePictures fresh, Rect window)
{
    bool even = there->count == next->count;
    int first = 0, tail = 0;
    int least = rect_min(there->count, next->count);
    while (!even && first < least && is_same_at(there, first, next, first, fresh))
        first++;
    while (
        !even && tail < least - first &&
        is_same_at(there, there->count - 1 - tail, next, next->count - 1 - tail, fresh))
        tail++;
    for (int i = first; i < there->count - tail; i++)
        if (!even || !is_same_at(there, i, next, i, fresh))
            add(damage, reach(&there->commands[i], window));
    for (int i = first; i < next->count - tail; i++)
        if (!even || !is_same_at(there, i, next, i, fresh))
            add(damage, reach(&next->commands[i], window));
}

static bool can_be_cut(const DrawCommand *command)
{
    return command->kind != DRAW_PICTURE && command->kind != DRAW_BLEND &&
           command->kind != DRAW_CURVE;
}

static bool cuts(const Damage *damage, Rect rect)
{
    for (int i = 0; i < damage->count; i++)
        if (rect_meets(damage->parts[i], rect) &&
            !rect_is_inside(rect, damage->parts[i]))
            return true;
    return false;
}

/* A part that grows may cut a command that it had not reached. */
static void spare_whole_commands(Damage *damage, const DrawList *next, Rect window)
{
    for (bool grown = true; grown;) {
        grown = false;
        for (int i = 0; i < next->count; i++) {
            Rect rect = reach(&next->commands[i], window);
            if (can_be_cut(&next->commands[i]) || !cuts(damage, rect))
                continue;
            add(damage, rect);
            grown = true;
        }
    }
}

Damage damage_between(const DrawList *there, const DrawList *next, DamagePictures fresh,
                      Rect window)
{
    Damage damage = {.count = 0};
    compare(&damage, there, next, fresh, window);
    spare_whole_commands(&damage, next, window);
    return damage;
}
