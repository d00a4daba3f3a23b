#include "viewer/widget/toast.h"

enum { LINES = 4, WIDEST = 640 }; /* points */

void toast_pass(Ui *ui, Rect room, const char *text)
{
    int pad = ui_px(ui, PT_PAD), inner = ui_px(ui, 8);
    int wide = rect_min(room.w - 2 * pad, ui_px(ui, WIDEST));
    Rect lines = {0, 0, wide - 2 * inner, LINES * ui_px(ui, PT_LINE)};
    if (!text || lines.w < 1)
        return;
    int needed = ui_text_width(ui, FONT_BODY, text);
    lines.w = rect_min(lines.w, needed);
    lines.h = ui_paragraph_height(ui, FONT_BODY, text, lines);
    Rect box = {room.x + pad, 0, lines.w + 2 * inner, lines.h + 2 * inner};
    box.y = rect_max(room.y + room.h - pad - box.h, room.y);
    lines.x = box.x + inner;
    lines.y = box.y + inner;
    ui_box(ui, box, THEME_BADGE);
    ui_paragraph(ui, FONT_BODY, text, lines, THEME_TEXT);
    ui_note(ui, "message", text);
}
