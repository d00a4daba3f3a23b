#include "viewer/control/file_opener.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "image/codec/format.h"
#include "viewer/widget/field_card.h"
#include "viewer/widget/widget.h"

enum { OWNER = 0 };

/* New: of all images that lutist reads. */
static char *image_pattern(void)
{
    char *pattern = mem_dup("");
    const Format *format;
    for (int i = 0; (format = format_at(i)); i++)
        for (const char *const *ext = format->extensions; *ext; ext++) {
            char *longer = mem_printf("%s *.%s", pattern, *ext);
            mem_free(pattern);
            pattern = longer;
        }
    return pattern;
}

void file_opener_open(FileOpener *opener, const char *path)
{
    char *pattern = image_pattern();
    ChooserKind kind = {.pattern = pattern,
                        .none = "All images of this folder",
                        .foot = "An image opens with all of its folder"};
    file_opener_close(opener);
    opener->state = OPENER_LISTS;
    file_chooser_open(&opener->chooser, OWNER, path, "/", &kind, false);
    mem_free(pattern);
}

void file_opener_close(FileOpener *opener)
{
    Rect box = opener->chooser.box;
    file_chooser_close(&opener->chooser);
    opener->chooser.box = box;
    number_field_end(&opener->field);
    mem_free(opener->chosen);
    opener->chosen = NULL;
    opener->state = OPENER_CLOSED;
}

void file_opener_ask(FileOpener *opener)
{
    const char *folder = file_chooser_folder(&opener->chooser);
    char *start = path_join(folder, "");
    number_field_begin_text(&opener->field, OWNER, start);
    mem_free(start);
    opener->field.all = false;
    opener->state = OPENER_TYPES;
}

void file_opener_ask_again(FileOpener *opener, const char *path, const char *why)
{
    file_opener_open(opener, path);
    number_field_begin_text(&opener->field, OWNER, path);
    opener->field.all = false; /* it is mended, not replaced */
    snprintf(opener->field.why, sizeof opener->field.why, "%s", why);
    opener->state = OPENER_TYPES;
}

/* Takes `path`. */
static void choose(FileOpener *opener, char *path, bool typed)
{
    file_opener_close(opener);
    opener->chosen = path;
    opener->typed = typed;
}

static void apply(FileOpener *opener, ChooserAct act)
{
    const FileChooser *chooser = &opener->chooser;
    if (act == CHOOSER_CHOSEN)
        choose(opener,
               mem_dup(chooser->chosen[0] ? chooser->chosen
                                          : file_chooser_folder(chooser)),
               false);
    else if (act == CHOOSER_TYPE)
        file_opener_ask(opener);
    else if (act == CHOOSER_CLOSED)
        file_opener_close(opener);
}

/* New: what is typed counts from the folder that is listed. */
static char *typed_path(const FileOpener *opener)
{
    char *named = path_at_home(opener->field.text);
    char *path = path_join(file_chooser_folder(&opener->chooser), named);
    mem_free(named);
    return path;
}

void file_opener_key(FileOpener *opener, SDL_Keysym key)
{
    if (opener->state == OPENER_LISTS) {
        apply(opener, file_chooser_key(&opener->chooser, key.sym));
        return;
    }
    switch (number_field_key(&opener->field, key)) {
    case FIELD_ENTER:
        choose(opener, typed_path(opener), true);
        break;
    case FIELD_ESCAPE:
        file_opener_close(opener);
        break;
    default:
        break;
    }
}

void file_opener_type(FileOpener *opener, const char *text)
{
    if (opener->state == OPENER_TYPES)
        number_field_type(&opener->field, text);
}

static void field_pass(FileOpener *opener, Ui *ui, Rect room)
{
    const char *why = opener->field.why;
    FieldCard card = {.name = "open",
                      .title = "Open an image or a folder",
                      .hint = *why ? why
                                   : "Enter opens it, an image with all of its folder. "
                                     "Esc closes.",
                      .alarm = *why};
    Rect box = field_card_pass(&opener->field, ui, room, &card);
    if (ui->in.pressed && !rect_has(box, ui->in.x, ui->in.y))
        file_opener_close(opener);
}

void file_opener_pass(FileOpener *opener, Ui *ui, Rect bounds, Rect room)
{
    UiId id = UI_ID(WIDGET_CHOOSER, 4);
    if (opener->state == OPENER_LISTS)
        apply(opener, file_chooser_pass(&opener->chooser, ui, id, bounds));
    else if (opener->state == OPENER_TYPES)
        field_pass(opener, ui, room);
}
