#include "viewer/save/save_dialog.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "viewer/save/save_place.h"
#include "viewer/widget/field_card.h"

enum { FIELD_SAVE = 0 }; /* the field has no parameter */

void save_dialog_open(SaveDialog *dialog, SaveWish *wish)
{
    save_dialog_close(dialog);
    dialog->wish = wish;
    number_field_begin_text(&dialog->field, FIELD_SAVE, wish->name);
}

void save_dialog_open_again(SaveDialog *dialog, SaveWish *wish, bool exists,
                            const char *why)
{
    NumberField *field = &dialog->field;
    save_dialog_open(dialog, wish);
    dialog->asks = exists;
    field->all = false;
    if (!exists)
        snprintf(field->why, sizeof field->why, "%s", why);
}

void save_dialog_close(SaveDialog *dialog)
{
    save_wish_free(dialog->wish);
    *dialog = (SaveDialog){.field = {.param = FIELD_CLOSED}};
}

bool save_dialog_is_open(const SaveDialog *dialog)
{
    return dialog->wish;
}

/* False: the typed name will not do, and the field says why. */
static bool commit(SaveDialog *dialog)
{
    NumberField *field = &dialog->field;
    SaveWish *wish = dialog->wish;
    Err err = {0};
    char *place = save_place_named(wish->input, field->text, &err);
    if (!place) {
        snprintf(field->why, sizeof field->why, "%s", err.text);
        return false;
    }
    wish->replace = dialog->asks && strcmp(wish->name, field->text) == 0;
    mem_free(wish->name);
    wish->name = mem_dup(field->text);
    mem_free(place);
    return true;
}

SaveAct save_dialog_key(SaveDialog *dialog, SDL_Keysym key)
{
    switch (number_field_key(&dialog->field, key)) {
    case FIELD_ENTER:
        return commit(dialog) ? SAVE_TAKEN : SAVE_NONE;
    case FIELD_ESCAPE:
        return SAVE_CLOSED;
    default:
        return SAVE_NONE;
    }
}

void save_dialog_type(SaveDialog *dialog, const char *text)
{
    number_field_type(&dialog->field, text);
}

/* What Enter does. */
static const char *hint_of(const SaveDialog *dialog)
{
    bool same = dialog->asks && strcmp(dialog->wish->name, dialog->field.text) == 0;
    if (dialog->field.why[0])
        return dialog->field.why;
    return same
               ? "It already exists. Enter replaces it, Esc keeps it; or type another "
                 "name."
               : "Enter saves it beside the picture, or where a path says; Esc closes. "
                 "The extension chooses the format.";
}

void save_dialog_pass(SaveDialog *dialog, Ui *ui, Rect room)
{
    if (!save_dialog_is_open(dialog))
        return;
    char *title = mem_printf("Save %s as", path_name(dialog->wish->input));
    FieldCard card = {.name = "save",
                      .title = title,
                      .hint = hint_of(dialog),
                      .alarm = dialog->field.why[0] || dialog->asks};
    Rect box = field_card_pass(&dialog->field, ui, room, &card);
    mem_free(title);
    if (ui->in.pressed && !rect_has(box, ui->in.x, ui->in.y))
        save_dialog_close(dialog);
}
