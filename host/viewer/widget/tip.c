#include "viewer/widget/tip.h"

#include <string.h>

#include "base/mem.h"

static const char DOT[] = " · "; /* between the parts of its keys */

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

static size_t part_of_keys(const char *keys)
{
    const char *dot = strstr(keys, DOT);
    return dot ? (size_t)(dot - keys) : strlen(keys);
}

/* How many bytes of `keys` make a line: as many of its parts as fit, at least one. */
static size_t line_of_keys(const Ui *ui, const char *keys, int width)
{
    size_t end = part_of_keys(keys);
    while (keys[end]) {
        size_t more = end + sizeof DOT - 1;
        more += part_of_keys(keys + more);
        char *line = mem_printf("%.*s", (int)more, keys);
        bool fits = ui_text_width(ui, FONT_SMALL, line) <= width;
        mem_free(line);
        if (!fits)
            break;
        end = more;
    }
    return end;
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
static int paragraphs(Ui *ui, const TipLines *lines, Rect inside, bool draw)
{
    Rect rest = inside;
    paragraph(ui, FONT_BODY, lines->title, THEME_TEXT, &rest, draw);
    paragraph(ui, FONT_SMALL, lines->text, THEME_DIM, &rest, draw);
    for (const char *keys = lines->keys; *keys;) {
        size_t length = line_of_keys(ui, keys, inside.w);
        char *line = mem_printf("%.*s", (int)length, keys);
        paragraph(ui, FONT_SMALL, line, THEME_DIM, &rest, draw);
        mem_free(line);
        keys += length;
        keys += *keys ? sizeof DOT - 1 : 0;
    }
    return rest.y - inside.y - ui_px(ui, PT_GAP);
}

void tip_draw(Ui *ui, Rect window, Rect of, const TipLines *lines)
{
    int pad = ui_px(ui, PT_INSIDE), most = rect_min(ui_px(ui, PT_TIP), window.w / 2);
    const char *space = *lines->text && *lines->keys ? " " : "";
    char *told = mem_printf("%s%s%s", lines->text, space, lines->keys);
    int high = paragraphs(ui, lines, (Rect){0, 0, most, window.h / 2}, false);
    Rect box = place(ui, window, of, most + 2 * pad, high + 2 * pad);
    ui_frame(ui, box, THEME_OFF, THEME_RAISED);
    ui_place(ui, "tip", box);
    ui_note(ui, "tip", lines->title);
    ui_note(ui, "tip", told);
    paragraphs(ui, lines, (Rect){box.x + pad, box.y + pad, most, high + pad}, true);
    mem_free(told);
}
