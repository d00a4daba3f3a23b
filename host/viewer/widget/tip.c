#include "viewer/widget/tip.h"

#include <string.h>

#include "base/mem.h"

enum { REST_MS = 500, PT_TIP = 260, PT_INSIDE = 8 };

void tip_stir(Tip *tip, double now)
{
    tip->rest_ms = now;
    tip->waits = tip->shown = false;
}

double tip_due(const Tip *tip, double now)
{
    double due = tip->rest_ms + REST_MS;
    if (!tip->waits || tip->shown)
        return 0;
    return due > now ? due : now + 1; /* it passed while a frame was drawn */
}

void tip_rest(Tip *tip, Rect of, double now)
{
    if (tip->used || !rect_is_same(tip->quiet, of))
        tip->quiet = tip->used ? of : (Rect){0};
    tip->used = false;
    tip->waits = !rect_is_empty(of) && rect_is_empty(tip->quiet) && !tip->typed;
    tip->shown = tip->waits && now >= tip->rest_ms + REST_MS;
}

/* Above `of`, else below; beside one that is as high as the window. */
static Rect place_across(const Ui *ui, Rect window, Rect of, int width, int height)
{
    int gap = ui_px(ui, 6), end = window.y + window.h;
    int x = rect_clamp(of.x + of.w / 2 - width / 2, window.x + gap,
                       rect_max(window.x + window.w - width - gap, window.x + gap));
    if (of.y - gap - height >= window.y)
        return (Rect){x, of.y - gap - height, width, height};
    if (of.y + of.h + gap + height <= end)
        return (Rect){x, of.y + of.h + gap, width, height};
    int right = of.x + of.w + gap;
    bool fits = right + width <= window.x + window.w;
    return (Rect){fits ? right : rect_max(of.x - gap - width, window.x),
                  rect_clamp(of.y + gap, window.y, end - height), width, height};
}

/* Beside a row of the panel, towards the middle of the window, where that has room,
 * else across from it. */
static Rect place(const Ui *ui, Rect window, Rect of, int width, int height)
{
    int gap = ui_px(ui, 6), right = of.x + of.w + gap;
    bool low = of.y + height <= window.y + window.h;
    bool row = of.w > window.w / 8 && of.h > ui_px(ui, 30) && low;
    if (row && of.x > window.w / 2 && of.x - gap - width >= window.x)
        return (Rect){of.x - gap - width, of.y, width, height};
    if (row && right <= window.w / 2 && right + width <= window.w)
        return (Rect){right, of.y, width, height};
    return place_across(ui, window, of, width, height);
}

/* New string: spaces but those after a "·" are such that no line ends there. */
static char *unbroken(const char *keys)
{
    static const char space[] = "\u00a0", dot[] = "·";
    const size_t wide = sizeof dot - 1;
    char *text = mem_new(2 * strlen(keys) + 1, 1), *to = text;
    for (const char *at = keys; *at; at++) {
        bool after = (size_t)(at - keys) >= wide && memcmp(at - wide, dot, wide) == 0;
        if (*at == ' ' && !after) {
            *to++ = space[0];
            *to++ = space[1];
        } else {
            *to++ = *at;
        }
    }
    return text;
}

/* A paragraph at the top of *rest, which begins below it then. Drawn only if `draw`. */
static void paragraph(Ui *ui, FontSize size, const char *text, Color ink, Rect *rest,
                      bool draw)
{
    int height = *text ? ui_paragraph_height(ui, size, text, *rest) : 0;
    int used = height ? height + ui_px(ui, PT_GAP) : 0;
    if (draw && height)
        ui_paragraph(ui, size, text, *rest, ink);
    rest->y += used;
    rest->h -= used;
}

/* Returns the height. */
static int paragraphs(Ui *ui, const TipLines *lines, const char *keys, Rect inside,
                      bool draw)
{
    Rect rest = inside;
    paragraph(ui, FONT_BODY, lines->title, THEME_TEXT, &rest, draw);
    paragraph(ui, FONT_SMALL, lines->text, THEME_DIM, &rest, draw);
    paragraph(ui, FONT_SMALL, keys, THEME_DIM, &rest, draw);
    return rest.y - inside.y - ui_px(ui, PT_GAP);
}

void tip_draw(Ui *ui, Rect window, Rect of, const TipLines *lines)
{
    int pad = ui_px(ui, PT_INSIDE), most = rect_min(ui_px(ui, PT_TIP), window.w / 2);
    char *keys = unbroken(lines->keys);
    char *told = mem_printf("%s%s%s", lines->text, *lines->text && *keys ? " " : "",
                            lines->keys);
    int high = paragraphs(ui, lines, keys, (Rect){0, 0, most, window.h / 2}, false);
    Rect box = place(ui, window, of, most + 2 * pad, high + 2 * pad);
    ui_frame(ui, box, THEME_OFF, THEME_RAISED);
    ui_place(ui, "tip", box);
    ui_note(ui, "tip", lines->title);
    ui_note(ui, "tip", told);
    paragraphs(ui, lines, keys, (Rect){box.x + pad, box.y + pad, most, high + pad},
               true);
    mem_free(told);
    mem_free(keys);
}
