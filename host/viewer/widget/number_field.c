#include "viewer/widget/number_field.h"

#include <stdio.h>
#include <string.h>

void number_field_begin(NumberField *edit, int param, const char *text)
{
    *edit = (NumberField){.param = param, .all = true};
    snprintf(edit->text, sizeof edit->text, "%s", text);
    edit->caret = strlen(edit->text);
    SDL_StartTextInput();
}

void number_field_end(NumberField *edit)
{
    *edit = (NumberField){.param = -1};
    SDL_StopTextInput();
}

bool number_field_is_open(const NumberField *edit)
{
    return edit->param >= 0;
}

static void touched(NumberField *edit)
{
    edit->all = false;
    edit->why[0] = '\0';
}

static void clear_selection(NumberField *edit)
{
    if (edit->all) {
        edit->text[0] = '\0';
        edit->caret = 0;
    }
    touched(edit);
}

void number_field_type(NumberField *edit, const char *text)
{
    clear_selection(edit);
    size_t length = strcspn(text, "\r\n\t"), rest = strlen(edit->text + edit->caret);
    if (edit->caret + length + rest + 1 > sizeof edit->text)
        return;
    memmove(edit->text + edit->caret + length, edit->text + edit->caret, rest + 1);
    memcpy(edit->text + edit->caret, text, length);
    edit->caret += length;
}

static bool inside_character(const NumberField *edit)
{
    return (edit->text[edit->caret] & 0xc0) == 0x80;
}

static void step(NumberField *edit, int direction)
{
    bool at_end = direction < 0 ? edit->caret == 0 : !edit->text[edit->caret];
    if (edit->all)
        edit->caret = direction < 0 ? 0 : strlen(edit->text);
    else if (!at_end)
        do
            edit->caret += (size_t)direction;
        while (inside_character(edit));
    touched(edit);
}

/* Remove the character before the caret. */
static void erase(NumberField *edit)
{
    if (edit->all) {
        clear_selection(edit);
        return;
    }
    size_t end = edit->caret;
    step(edit, -1);
    memmove(edit->text + edit->caret, edit->text + end, strlen(edit->text + end) + 1);
}

static void erase_next(NumberField *edit)
{
    if (!edit->all)
        step(edit, 1);
    erase(edit);
}

static void paste(NumberField *edit)
{
    char *text = SDL_GetClipboardText();
    if (text)
        number_field_type(edit, text);
    SDL_free(text);
}

static void control(NumberField *edit, SDL_Keycode key)
{
    if (key == SDLK_a)
        edit->all = true;
    else if (key == SDLK_v)
        paste(edit);
    else if (key == SDLK_c)
        SDL_SetClipboardText(edit->text);
}

EditKey number_field_key(NumberField *edit, SDL_Keysym key)
{
    if (key.mod & KMOD_CTRL) {
        control(edit, key.sym);
        return EDIT_GOES_ON;
    }
    switch (key.sym) {
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
        return EDIT_ENTER;
    case SDLK_ESCAPE:
        return EDIT_ESCAPE;
    case SDLK_TAB:
        return EDIT_TAB;
    case SDLK_LEFT:
        step(edit, -1);
        break;
    case SDLK_RIGHT:
        step(edit, 1);
        break;
    case SDLK_HOME:
        touched(edit);
        edit->caret = 0;
        break;
    case SDLK_END:
        touched(edit);
        edit->caret = strlen(edit->text);
        break;
    case SDLK_BACKSPACE:
        erase(edit);
        break;
    case SDLK_DELETE:
        if (edit->all || edit->text[edit->caret])
            erase_next(edit);
        break;
    default:
        break;
    }
    return EDIT_GOES_ON;
}

void number_field_draw(Ui *ui, const NumberField *edit, SDL_Rect rect)
{
    int pad = ui_px(ui, 6), line = ui_px(ui, 1);
    SDL_Rect inside = ui_inset(rect, pad);
    inside.y = rect.y + ui_px(ui, 2);
    inside.h = rect.h - 2 * ui_px(ui, 2);
    ui_frame(ui, rect, edit->why[0] ? THEME_ALARM : THEME_ACCENT, THEME_SUNKEN);
    char before[sizeof edit->text];
    snprintf(before, edit->caret + 1, "%s", edit->text);
    int width = font_width(ui->font, FONT_BODY, edit->text);
    int caret = font_width(ui->font, FONT_BODY, before);
    int shift = SDL_max(caret + line - inside.w, 0); /* the caret stays in sight */
    if (edit->all)
        ui_rect(ui, (SDL_Rect){inside.x, inside.y, SDL_min(width, inside.w), inside.h},
                THEME_PRESSED);
    ui_text_from(ui, FONT_BODY, edit->text, inside.x - shift, inside, THEME_TEXT);
    if (!edit->all)
        ui_rect(ui, (SDL_Rect){inside.x + caret - shift, inside.y, line, inside.h},
                THEME_TEXT);
    SDL_SetTextInputRect(&rect);
}

void number_field_draw_why(Ui *ui, const NumberField *edit, SDL_Rect rect,
                           SDL_Rect bounds)
{
    if (!edit->why[0])
        return;
    int pad = ui_px(ui, 8), gap = ui_px(ui, PT_GAP);
    SDL_Rect box = {bounds.x, rect.y + rect.h + gap, bounds.w, ui_px(ui, 90)};
    bool drawing = ui->drawing;
    ui->drawing = false;
    int height =
        ui_paragraph(ui, FONT_SMALL, edit->why, ui_inset(box, pad), THEME_TEXT);
    ui->drawing = drawing;
    box.h = height + 2 * pad;
    if (box.y + box.h > bounds.y + bounds.h)
        box.y = rect.y - gap - box.h;
    ui_frame(ui, box, THEME_ALARM, THEME_ALARM_GROUND);
    ui_paragraph(ui, FONT_SMALL, edit->why, ui_inset(box, pad), THEME_TEXT);
    trace_place(ui->trace, "why", box.x, box.y, box.w, box.h);
}
