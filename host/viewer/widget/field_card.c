#include "viewer/widget/field_card.h"

enum { PT_WIDE = 440 };

Rect field_card_pass(NumberField *field, Ui *ui, Rect room, const FieldCard *card)
{
    int pad = ui_px(ui, PT_PAD), line = ui_px(ui, PT_LINE), gap = ui_px(ui, PT_GAP);
    int width = rect_min(room.w - 2 * pad, ui_px(ui, PT_WIDE));
    Rect box = {room.x + (room.w - width) / 2, room.y + pad, width, 0};
    Rect title = {box.x + pad, box.y + pad, width - 2 * pad, line};
    Rect at = {title.x, title.y + line + gap, title.w, ui_px(ui, PT_BUTTON)};
    Rect hint = {title.x, at.y + at.h + 2 * gap, title.w, room.h};
    hint.h = ui_paragraph_height(ui, FONT_SMALL, card->hint, hint);
    box.h = hint.y + hint.h + pad - box.y;
    char fitting[TEXT_LINE_BYTES];
    ui_frame(ui, box, THEME_EDGE, THEME_PANEL);
    text_line_fit_middle(&ui->measure, FONT_BODY, card->title, title.w, fitting);
    ui_text(ui, FONT_BODY, fitting, title, UI_START, THEME_TEXT);
    number_field_pass(field, ui, at);
    ui_paragraph(ui, FONT_SMALL, card->hint, hint,
                 card->alarm ? THEME_TEXT : THEME_DIM);
    ui_place(ui, card->name, box);
    ui_note(ui, "hint", card->hint);
    return box;
}
