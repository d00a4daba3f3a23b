#include "viewer/widget/help_card.h"

#include <math.h>

#include "viewer/widget/widget.h"

enum {
    PT_CARD = 520,  /* the card's width, if the window allows */
    PT_KEYS = 120,  /* the column of the keys, if the card does */
    PT_ABOVE = 6,   /* over a heading, more than over a line */
    PT_BETWEEN = 6, /* from line to line */
    PT_STEP = 48,   /* a wheel step, an arrow key */
};

void help_card_toggle(HelpCard *card)
{
    card->open = !card->open;
    card->scroll = 0;
}

/* One entry with its upper left at (x, y); returns its height. */
static int entry(Ui *ui, const HelpLine *line, Rect at)
{
    int between = ui_px(ui, PT_BETWEEN);
    if (!line->key) {
        at.y += ui_px(ui, PT_ABOVE);
        at.h = text_line_height(&ui->measure, FONT_BODY);
        ui_text(ui, FONT_BODY, line->text, at, UI_START, THEME_ACCENT);
        return ui_px(ui, PT_ABOVE) + at.h + between;
    }
    int column = rect_min(ui_px(ui, PT_KEYS), at.w * 2 / 5);
    Rect keys = {at.x, at.y, column - ui_px(ui, 8), at.h};
    Rect text = {at.x + column, at.y, at.w - column, at.h};
    int left = ui_paragraph(ui, FONT_SMALL, line->key, keys, THEME_TEXT);
    int right = ui_paragraph(ui, FONT_SMALL, line->text, text, THEME_DIM);
    return rect_max(left, right) + between;
}

/* All entries from `at` down; returns their height. */
static int entries(Ui *ui, const HelpLine *lines, Rect at)
{
    int height = 0;
    for (const HelpLine *line = lines; line->text; line++) {
        Rect room = {at.x, at.y + height, at.w, ui_px(ui, 200)};
        height += entry(ui, line, room);
    }
    return height - ui_px(ui, PT_BETWEEN);
}

static int measure(Ui *ui, const HelpLine *lines, int width)
{
    bool recording = ui->recording;
    ui->recording = false;
    int height = entries(ui, lines, (Rect){0, 0, width, 0});
    ui->recording = recording;
    return height;
}

void help_card_pass(HelpCard *card, Ui *ui, Rect window, const HelpLine *lines)
{
    int pad = ui_px(ui, 16), margin = ui_px(ui, PT_PAD);
    int width = rect_min(ui_px(ui, PT_CARD), window.w - 2 * margin);
    int height = measure(ui, lines, width - 2 * pad);
    int high = rect_min(height + 2 * pad, window.h - 2 * margin);
    Rect place = {window.x + (window.w - width) / 2, window.y + (window.h - high) / 2,
                  width, high};
    Rect area = rect_inset(place, pad);
    card->page = rect_max(area.h, 1);
    card->scroll -= (int)lroundf(ui->in.wheel * (float)ui_px(ui, PT_STEP));
    card->scroll = rect_clamp(card->scroll, 0, rect_max(height - area.h, 0));
    ui_rect(ui, window, THEME_SHADE);
    ui_frame(ui, place, THEME_OFF, THEME_PANEL);
    Rect track = {area.x + area.w + ui_px(ui, 6), area.y, ui_px(ui, 4), area.h};
    ui_scroll_bar(ui, track, height, card->scroll, area.h);
    Rect before = ui_clip(ui, area);
    entries(ui, lines, (Rect){area.x, area.y - card->scroll, area.w, 0});
    ui_clip(ui, before);
    ui_place(ui, "help", place);
    if (ui_click(ui, UI_ID(WIDGET_HELP, 0), window))
        card->open = false;
}

bool help_card_key(HelpCard *card, SDL_Keycode key)
{
    int line = card->page / 8;
    switch (key) {
    case SDLK_UP:
        card->scroll -= line;
        return true;
    case SDLK_DOWN:
        card->scroll += line;
        return true;
    case SDLK_PAGEUP:
        card->scroll -= card->page - line;
        return true;
    case SDLK_PAGEDOWN:
        card->scroll += card->page - line;
        return true;
    case SDLK_HOME:
        card->scroll = 0;
        return true;
    case SDLK_END:
        card->scroll = 1 << 20;
        return true;
    default:
        return false;
    }
}
