#include "viewer/widget/toast.h"

#include <string.h>

#include "base/mem.h"

enum { LINES = 4, PT_WIDEST = 640, PT_INNER = 8 };

/* New: a word that is wider than a line, such as a path, is cut in its middle, so that
 * the words behind it are seen. */
static char *short_words(const Ui *ui, const char *text, int width)
{
    char *result = mem_dup(""), fitting[TEXT_LINE_BYTES];
    while (*text) {
        size_t length = rect_max((int)strcspn(text, " "), 1);
        char *word = mem_printf("%.*s", (int)length, text);
        text_line_fit_middle(&ui->measure, FONT_BODY, word, width, fitting);
        char *longer = mem_printf("%s%s", result, fitting);
        mem_free(word);
        mem_free(result);
        result = longer;
        text += length;
    }
    return result;
}

/* `box`, or above what it would cover; where that would leave the room, `box`. */
static Rect lifted(const Ui *ui, Rect box, Rect room)
{
    int gap = ui_px(ui, PT_GAP);
    Rect at = box;
    for (int i = 0; i < ui->told.count; i++) {
        Rect told = ui->told.list[i];
        if (!rect_meets(at, rect_inset(told, -gap)))
            continue;
        at.y = told.y - gap - at.h;
        i = -1; /* it may be in the way of one before */
    }
    return at.y < room.y ? box : at;
}

static void draw(Ui *ui, Rect room, const char *text, int wide)
{
    int pad = ui_px(ui, PT_PAD), inner = ui_px(ui, PT_INNER);
    Rect lines = {0, 0, rect_min(wide, ui_text_width(ui, FONT_BODY, text)),
                  LINES * ui_px(ui, PT_LINE)};
    lines.h = ui_paragraph_height(ui, FONT_BODY, text, lines);
    Rect box = {room.x + pad, 0, lines.w + 2 * inner, lines.h + 2 * inner};
    box.y = rect_max(room.y + room.h - pad - box.h, room.y);
    box = lifted(ui, box, room);
    lines.x = box.x + inner;
    lines.y = box.y + inner;
    ui_box(ui, box, THEME_BADGE);
    ui_paragraph(ui, FONT_BODY, text, lines, THEME_TEXT);
}

void toast_pass(Ui *ui, Rect room, const char *text)
{
    int wide = rect_min(room.w - 2 * ui_px(ui, PT_PAD), ui_px(ui, PT_WIDEST)) -
               2 * ui_px(ui, PT_INNER);
    if (!text || wide < 1)
        return;
    char *cut = short_words(ui, text, wide);
    draw(ui, room, cut, wide);
    mem_free(cut);
    ui_note(ui, "message", text);
}
