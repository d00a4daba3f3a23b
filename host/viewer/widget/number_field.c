#include "viewer/widget/number_field.h"

#include <SDL_clipboard.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

enum { PT_WHY = 260, PT_WHY_LEAST = 160 }; /* the width of the error beside the panel */

void number_field_begin(NumberField *field, int index, const Param *param,
                        ParamValue value)
{
    char *text = param_literal(param, value);
    number_field_begin_text(field, index, text);
    mem_free(text);
}

void number_field_begin_text(NumberField *field, int index, const char *text)
{
    *field = (NumberField){.param = index, .all = true};
    snprintf(field->text, sizeof field->text, "%s", text);
    field->caret = strlen(field->text);
}

void number_field_end(NumberField *field)
{
    *field = (NumberField){.param = FIELD_CLOSED};
}

bool number_field_is_open(const NumberField *field)
{
    return field->param != FIELD_CLOSED;
}

/* The errors of param_parse begin with "name=text", as on a command line. The field
 * stands in the parameter's row, so that the name is left out. */
static void tell(NumberField *field, const Param *param, const char *error)
{
    size_t name = strlen(param->name);
    bool named = strncmp(error, param->name, name) == 0 && error[name] == '=';
    const char *rest = named ? error + name + 1 : error;
    const char *subject = *rest == ' ' ? "An empty text" : "";
    enum { ROOM = sizeof field->why - sizeof "An empty text" };
    snprintf(field->why, sizeof field->why, "%s%.*s", subject, ROOM, rest);
}

bool number_field_parse(NumberField *field, const Param *param, ParamValue *value)
{
    Err err = {0};
    bool good = param_read(param, field->text, value, &err);
    if (!good)
        tell(field, param, err.text);
    return good;
}

static void touched(NumberField *field)
{
    field->all = false;
    field->why[0] = '\0';
}

static void clear_selection(NumberField *field)
{
    if (field->all) {
        field->text[0] = '\0';
        field->caret = 0;
    }
    touched(field);
}

void number_field_type(NumberField *field, const char *text)
{
    size_t length = strcspn(text, "\r\n\t");
    size_t kept = field->all ? 0 : strlen(field->text);
    if (kept + length + 1 > sizeof field->text)
        return;
    clear_selection(field);
    size_t rest = strlen(field->text + field->caret);
    memmove(field->text + field->caret + length, field->text + field->caret, rest + 1);
    memcpy(field->text + field->caret, text, length);
    field->caret += length;
}

/* The name of a file may be no UTF-8, and begin in the middle of a character. */
static bool inside_character(const NumberField *field)
{
    return field->caret && (field->text[field->caret] & 0xc0) == 0x80;
}

static void step(NumberField *field, int direction)
{
    bool at_end = direction < 0 ? field->caret == 0 : !field->text[field->caret];
    if (field->all)
        field->caret = direction < 0 ? 0 : strlen(field->text);
    else if (!at_end)
        do
            field->caret += (size_t)direction;
        while (inside_character(field));
    touched(field);
}

/* Remove the character before the caret. */
static void erase(NumberField *field)
{
    if (field->all) {
        clear_selection(field);
        return;
    }
    size_t end = field->caret;
    step(field, -1);
    memmove(field->text + field->caret, field->text + end,
            strlen(field->text + end) + 1);
}

static void erase_next(NumberField *field)
{
    if (!field->all)
        step(field, 1);
    erase(field);
}

static void paste(NumberField *field)
{
    char *text = SDL_GetClipboardText();
    if (text)
        number_field_type(field, text);
    SDL_free(text);
}

static void control(NumberField *field, SDL_Keycode key)
{
    if (key == SDLK_a)
        field->all = true;
    else if (key == SDLK_v)
        paste(field);
    else if (key == SDLK_c)
        SDL_SetClipboardText(field->text);
}

bool number_field_has_control(SDL_Keysym key)
{
    return key.mod & KMOD_CTRL &&
           (key.sym == SDLK_a || key.sym == SDLK_c || key.sym == SDLK_v);
}

FieldKey number_field_key(NumberField *field, SDL_Keysym key)
{
    if (key.mod & KMOD_CTRL) {
        control(field, key.sym);
        return FIELD_GOES_ON;
    }
    switch (key.sym) {
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
        return FIELD_ENTER;
    case SDLK_ESCAPE:
        return FIELD_ESCAPE;
    case SDLK_TAB:
        return FIELD_TAB;
    case SDLK_LEFT:
        step(field, -1);
        break;
    case SDLK_RIGHT:
        step(field, 1);
        break;
    case SDLK_HOME:
        touched(field);
        field->caret = 0;
        break;
    case SDLK_END:
        touched(field);
        field->caret = strlen(field->text);
        break;
    case SDLK_BACKSPACE:
        erase(field);
        break;
    case SDLK_DELETE:
        if (field->all || field->text[field->caret])
            erase_next(field);
        break;
    default:
        break;
    }
    return FIELD_GOES_ON;
}

void number_field_pass(NumberField *field, Ui *ui, Rect box)
{
    field->box = box;
    int pad = ui_px(ui, 6), line = ui_px(ui, 1);
    Rect inside = rect_inset(box, pad);
    inside.y = box.y + ui_px(ui, 2);
    inside.h = box.h - 2 * ui_px(ui, 2);
    ui_frame(ui, box, field->why[0] ? THEME_ALARM : THEME_ACCENT, THEME_SUNKEN);
    char before[sizeof field->text];
    snprintf(before, field->caret + 1, "%s", field->text);
    int width = ui_text_width(ui, FONT_BODY, field->text);
    int caret = ui_text_width(ui, FONT_BODY, before);
    int shift = rect_max(caret + line - inside.w, 0); /* the caret stays in sight */
    if (field->all)
        ui_rect(ui, (Rect){inside.x, inside.y, rect_min(width, inside.w), inside.h},
                THEME_PRESSED);
    if (field->param == FIELD_NAME && !field->text[0])
        ui_text(ui, FONT_BODY, "Name of the preset", inside, UI_START, THEME_DIM);
    ui_text_from(ui, FONT_BODY, field->text, inside.x - shift, inside, THEME_TEXT);
    if (!field->all)
        ui_rect(ui, (Rect){inside.x + caret - shift, inside.y, line, inside.h},
                THEME_TEXT);
}

/* Beside `panel`, at the height of `row`, where the window has room, so that no other
 * row is covered; else below the row, else above it. */
static Rect why_place(const NumberField *field, const Ui *ui, Rect row, Rect panel)
{
    int pad = ui_px(ui, 8), gap = ui_px(ui, PT_GAP), least = ui_px(ui, PT_WHY_LEAST);
    Rect window = ui->window;
    int left = panel.x - window.x, right = window.x + window.w - panel.x - panel.w;
    int room = rect_max(left, right) - 2 * gap;
    bool beside = room >= least;
    int text = ui_text_width(ui, FONT_SMALL, field->why) + 2 * pad;
    int width = rect_min(text, beside ? rect_min(room, ui_px(ui, PT_WHY))
                                      : panel.w - 2 * ui_px(ui, PT_PAD));
    Rect box = {panel.x + ui_px(ui, PT_PAD), row.y + row.h + gap, width, ui_px(ui, 90)};
    box.h =
        ui_paragraph_height(ui, FONT_SMALL, field->why, rect_inset(box, pad)) + 2 * pad;
    if (beside) {
        box.x = left >= right ? panel.x - gap - width : panel.x + panel.w + gap;
        box.y = rect_clamp(row.y, window.y, window.y + window.h - box.h);
    } else if (box.y + box.h > panel.y + panel.h) {
        box.y = rect_max(row.y - gap - box.h, panel.y);
    }
    return box;
}

void number_field_draw_why(const NumberField *field, Ui *ui, Rect panel)
{
    if (!field->why[0])
        return;
    Rect row = rect_is_empty(field->row) ? field->box : field->row;
    Rect box = why_place(field, ui, row, panel);
    ui_frame(ui, box, THEME_ALARM, THEME_ALARM_GROUND);
    ui_paragraph(ui, FONT_SMALL, field->why, rect_inset(box, ui_px(ui, 8)), THEME_TEXT);
    ui_place(ui, "why", box);
}
