#include "viewer/widget/tip.h"

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

bool tip_is_ripe(const Tip *tip, double now)
{
    return now >= tip->rest_ms + REST_MS;
}

/* Beside a row of the panel, towards the middle of the window, where that has room,
 * else above `of`, else below. */
static Rect place(const Ui *ui, Rect window, Rect of, int width, int height)
{
    int gap = ui_px(ui, 6), right = of.x + of.w + gap;
    bool low = of.y + height <= window.y + window.h;
    bool row = of.w > window.w / 8 && of.h > ui_px(ui, 30) && low;
    if (row && of.x > window.w / 2 && of.x - gap - width >= window.x)
        return (Rect){of.x - gap - width, of.y, width, height};
    if (row && right <= window.w / 2 && right + width <= window.w)
        return (Rect){right, of.y, width, height};
    bool above = of.y - gap - height >= window.y;
    int x = rect_clamp(of.x + of.w / 2 - width / 2, window.x + gap,
                       rect_max(window.x + window.w - width - gap, window.x + gap));
    return (Rect){x, above ? of.y - gap - height : of.y + of.h + gap, width, height};
}

void tip_draw(Ui *ui, Rect window, Rect of, const char *title, const char *text)
{
    int pad = ui_px(ui, PT_INSIDE), most = rect_min(ui_px(ui, PT_TIP), window.w / 2);
    Rect lines = {0, 0, most, window.h / 2};
    int head = ui_paragraph_height(ui, FONT_BODY, title, lines);
    int body = *text ? ui_paragraph_height(ui, FONT_SMALL, text, lines) + pad / 2 : 0;
    Rect box = place(ui, window, of, most + 2 * pad, head + body + 2 * pad);
    ui_frame(ui, box, THEME_OFF, THEME_RAISED);
    ui_place(ui, "tip", box);
    ui_note(ui, "tip", title);
    ui_note(ui, "tip", text);
    lines = (Rect){box.x + pad, box.y + pad, most, head + pad};
    ui_paragraph(ui, FONT_BODY, title, lines, THEME_TEXT);
    lines = (Rect){lines.x, lines.y + head + pad / 2, most, body + pad};
    ui_paragraph(ui, FONT_SMALL, text, lines, THEME_DIM);
}
