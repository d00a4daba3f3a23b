#include "viewer/control/file_chooser.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/thread/thread.h"

enum { PT_WIDE = 380, ROWS = 14 }; /* points; entries, where the window has room */

/* The entries before those of the folder. */
static int nones(const FileChooser *chooser)
{
    return chooser->kind.none != NULL;
}

static int count_of(const FileChooser *chooser)
{
    return chooser->list.count + nones(chooser);
}

static void keep_in_sight(FileChooser *chooser)
{
    int rows = chooser->rows;
    if (!rows) /* not laid out yet */
        return;
    chooser->first =
        rect_clamp(chooser->first, chooser->current - rows + 1, chooser->current);
    chooser->first = rect_clamp(chooser->first, 0, count_of(chooser) - rows);
}

enum { PLACES = 3 };

/* A folder to be listed, on its way to the errands and back. */
typedef struct Listing {
    FileChooser *chooser; /* the UI thread's */
    char *places[PLACES]; /* the first that can be read; owned, as all strings */
    char *pattern;
    char *name; /* the current entry in the first place; else the first file is */
    bool none;  /* the current entry is "no file" */
    bool good;
    FolderList list;
    Err err; /* if none can be read */
} Listing;

static void listing_free(void *data)
{
    Listing *listing = data;
    for (int i = 0; i < PLACES; i++)
        mem_free(listing->places[i]);
    mem_free(listing->pattern);
    mem_free(listing->name);
    folder_list_close(&listing->list);
    mem_free(listing);
}

/* Above "/a/.." is not "/a". */
static void resolve_dots(char **place)
{
    char *real = strstr(*place, "/.") ? realpath(*place, NULL) : NULL;
    if (!real)
        return;
    mem_free(*place);
    *place = mem_dup(real);
    free(real);
}

static void read_listing(void *data)
{
    Listing *listing = data;
    for (int i = 0; i < PLACES && listing->places[i] && !listing->good; i++) {
        resolve_dots(&listing->places[i]);
        listing->good = folder_list_read(&listing->list, listing->places[i],
                                         listing->pattern, &listing->err);
    }
}

static int entry_of(const Listing *listing, const FolderList *list)
{
    bool first = strcmp(list->path, listing->places[0]) == 0;
    int at = folder_list_find(list, first ? listing->name : "");
    for (int i = 0; at < 0 && i < list->count; i++)
        at = list->entries[i].folder ? -1 : i;
    return at < 0 ? 0 : at;
}

static void take_listing(void *data)
{
    Listing *listing = data;
    FileChooser *chooser = listing->chooser;
    FolderList old = chooser->list;
    if (chooser->awaited != listing)
        return;
    chooser->awaited = NULL;
    if (!listing->good) {
        snprintf(chooser->problem, sizeof chooser->problem, "%s", listing->err.text);
        return;
    }
    chooser->list = listing->list;
    listing->list = old;
    int entry = listing->none ? 0 : entry_of(listing, &chooser->list) + nones(chooser);
    chooser->problem[0] = '\0';
    chooser->typed = (TypeAhead){0};
    chooser->current = rect_clamp(entry, 0, count_of(chooser) - 1);
    chooser->first = chooser->rows = 0;
}

/* Takes `path`. List that folder, or `home`, or "/"; NULL `home`: only that folder. */
static void go_to(FileChooser *chooser, char *path, const char *name, const char *home,
                  bool none)
{
    Listing *listing = mem_new(1, sizeof *listing);
    *listing = (Listing){.chooser = chooser,
                         .places = {path, mem_dup(home), home ? mem_dup("/") : NULL},
                         .pattern = mem_dup(chooser->kind.pattern),
                         .name = mem_dup(name),
                         .none = none};
    chooser->awaited = listing;
    errands_do(chooser->errands, chooser,
               &(Errand){read_listing, take_listing, listing_free, listing});
}

void file_chooser_open(FileChooser *chooser, int param, const char *path,
                       const char *home, const ChooserKind *kind, bool pressed)
{
    file_chooser_close(chooser);
    chooser->param = param;
    chooser->kind = *kind;
    chooser->kind.pattern = mem_dup(kind->pattern);
    chooser->fresh = pressed;
    go_to(chooser, path[0] ? path_dir(path) : mem_dup(home), path_name(path), home,
          !path[0] && kind->none);
}

void file_chooser_close(FileChooser *chooser)
{
    folder_list_close(&chooser->list);
    mem_free((char *)chooser->kind.pattern);
    mem_free(chooser->chosen);
    *chooser = (FileChooser){.errands = chooser->errands, .param = -1};
}

bool file_chooser_is_open(const FileChooser *chooser)
{
    return chooser->param >= 0;
}

const char *file_chooser_folder(const FileChooser *chooser)
{
    return chooser->list.path ? chooser->list.path : "/";
}

static void go_up(FileChooser *chooser)
{
    const char *folder = file_chooser_folder(chooser);
    go_to(chooser, path_dir(folder), path_name(folder), NULL, false);
}

static ChooserAct choose(FileChooser *chooser, char *path)
{
    mem_free(chooser->chosen);
    chooser->chosen = path;
    return CHOOSER_CHOSEN;
}

/* Take an entry: a file is chosen, a folder listed. */
static ChooserAct take(FileChooser *chooser, int entry)
{
    int at = entry - nones(chooser);
    if (at < 0)
        return choose(chooser, mem_dup(""));
    if (at >= chooser->list.count)
        return CHOOSER_NONE;
    const FolderEntry *taken = &chooser->list.entries[at];
    if (strcmp(taken->name, "..") == 0) {
        go_up(chooser);
        return CHOOSER_NONE;
    }
    char *path = folder_list_path(&chooser->list, at);
    if (!taken->folder)
        return choose(chooser, path);
    go_to(chooser, path, "", NULL, false);
    return CHOOSER_NONE;
}

/* Drawing, and the mouse. */

typedef struct Layout {
    Rect box, head, rows, foot;
} Layout;

/* As wide as the window allows, with the row's end where it can; below the row, or
 * above it where it fits only there. */
static Layout layout_of(const FileChooser *chooser, const Ui *ui, Rect bounds)
{
    int pad = ui_px(ui, PT_GAP), line = ui_px(ui, PT_LINE), row = ui_px(ui, PT_BUTTON);
    Rect from = chooser->box;
    int rest = 2 * line + 4 * pad, room = ui->window.w - 2 * pad;
    int wide = rect_min(rect_max(ui_px(ui, PT_WIDE), from.w), room);
    int x = rect_clamp(from.x + from.w - wide, pad, pad + room - wide);
    int rows = rect_clamp((bounds.h - rest) / row, rect_min(count_of(chooser), 1),
                          rect_min(count_of(chooser), ROWS));
    Rect box = {x, from.y + from.h + pad, wide, rows * row + rest};
    int above = from.y - pad - box.h;
    if (box.y + box.h > bounds.y + bounds.h && above >= bounds.y)
        box.y = above;
    box.y = rect_clamp(box.y, bounds.y, bounds.y + bounds.h - box.h);
    Rect head = {box.x + pad, box.y + pad, wide - 2 * pad, line + pad};
    Rect list = {head.x, head.y + head.h, head.w, rows * row};
    Rect foot = {head.x, list.y + list.h, head.w, line + pad};
    return (Layout){box, head, list, foot};
}

/* A path, without as many of its first folders as there is no room for. */
static void draw_path(Ui *ui, const char *path, Rect rect, Color ink)
{
    char *text = mem_dup(path);
    const char *rest = strchr(path + 1, '/');
    for (; rest && ui_text_width(ui, FONT_SMALL, text) > rect.w;
         rest = strchr(rest + 1, '/')) {
        mem_free(text);
        text = mem_printf("…%s", rest);
    }
    ui_text(ui, FONT_SMALL, text, rect, UI_START, ink);
    mem_free(text);
}

/* True: clicked, to type the path. */
static bool head_pass(const FileChooser *chooser, Ui *ui, UiId id, Rect head)
{
    int pad = ui_px(ui, 8);
    bool over = ui_over(ui, id, head);
    if (over)
        ui->cursor = UI_TEXT;
    draw_path(ui, file_chooser_folder(chooser),
              (Rect){head.x + pad, head.y, head.w - 2 * pad, head.h},
              over ? THEME_TEXT : THEME_DIM);
    ui_place(ui, "folder", head);
    return ui_click(ui, id, head);
}

static void draw_foot(const FileChooser *chooser, Ui *ui, Rect foot)
{
    int pad = ui_px(ui, 8);
    bool wrong = chooser->problem[0];
    Rect text = {foot.x + pad, foot.y, foot.w - 2 * pad, foot.h};
    char *files = mem_printf("Files: %s", chooser->kind.pattern);
    const char *told = wrong                ? chooser->problem
                       : chooser->awaited   ? "Reading the folder …"
                       : chooser->kind.foot ? chooser->kind.foot
                                            : files;
    ui_rect(ui, (Rect){foot.x, foot.y, foot.w, ui_px(ui, 1)}, THEME_PRESSED);
    ui_text(ui, FONT_SMALL, told, text, UI_START, wrong ? THEME_ALARM : THEME_DIM);
    mem_free(files);
}

static void draw_entry(const FileChooser *chooser, Ui *ui, int entry, Rect row)
{
    int at = entry - nones(chooser);
    const FolderEntry *shown = at >= 0 ? &chooser->list.entries[at] : NULL;
    bool up = shown && strcmp(shown->name, "..") == 0;
    char *text = up ? mem_dup("../  the folder above")
                    : mem_printf("%s%s", shown ? shown->name : chooser->kind.none,
                                 shown && shown->folder ? "/" : "");
    char *place = mem_printf("file:%s", shown ? shown->name : "none");
    int pad = ui_px(ui, 8);
    Rect line = {row.x + pad, row.y, row.w - 2 * pad, row.h};
    if (entry == chooser->current)
        ui_box(ui, row, THEME_PRESSED);
    char fit[TEXT_LINE_BYTES];
    text_line_fit_middle(&ui->measure, FONT_BODY, text, line.w, fit);
    ui_text(ui, FONT_BODY, fit, line, UI_START, THEME_TEXT);
    ui_place(ui, place, row);
    mem_free(place);
    mem_free(text);
}

/* The entry that was clicked; -1: none. */
static int rows_pass(FileChooser *chooser, Ui *ui, UiId id, Rect rect)
{
    int row = ui_px(ui, PT_BUTTON), clicked = -1, wide = ui_px(ui, 3);
    if (ui_over(ui, id, rect))
        chooser->first -= 3 * (int)lroundf(ui->in.wheel);
    chooser->first = rect_clamp(chooser->first, 0, count_of(chooser) - chooser->rows);
    for (int i = 0; i < chooser->rows; i++) {
        int entry = chooser->first + i;
        Rect line = {rect.x, rect.y + i * row, rect.w, row};
        if (ui_over(ui, id, line)) {
            chooser->current = ui->in.moved ? entry : chooser->current;
            ui->cursor = UI_HAND;
        }
        if (ui_click(ui, id, line) && !chooser->fresh)
            clicked = entry;
        draw_entry(chooser, ui, entry, line);
    }
    ui_scroll_bar(ui, (Rect){rect.x + rect.w - wide, rect.y, wide, rect.h},
                  count_of(chooser), chooser->first, chooser->rows);
    return clicked;
}

/* Keys, of which those that came early are taken by the pass. */

static const char *name_at(const void *list, int entry)
{
    return ((const FolderList *)list)->entries[entry].name;
}

static void type_name(FileChooser *chooser, SDL_Keycode key)
{
    TypeAheadList names = {&chooser->list, chooser->list.count, name_at};
    int before = nones(chooser);
    chooser->current =
        before + type_ahead_key(&chooser->typed, &names, chooser->current - before, key,
                                thread_clock_ms());
}

/* Where a key moves the current entry to. */
static int moved(const FileChooser *chooser, SDL_Keycode key)
{
    int page = rect_max(chooser->rows - 1, 1);
    switch (key) {
    case SDLK_UP:
        return chooser->current - 1;
    case SDLK_DOWN:
        return chooser->current + 1;
    case SDLK_PAGEUP:
        return chooser->current - page;
    case SDLK_PAGEDOWN:
        return chooser->current + page;
    case SDLK_HOME:
        return 0;
    case SDLK_END:
        return count_of(chooser) - 1;
    default:
        return chooser->current;
    }
}

static ChooserAct act_on(FileChooser *chooser, SDL_Keycode key)
{
    switch (key) {
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
        return take(chooser, chooser->current);
    case SDLK_BACKSPACE:
        go_up(chooser);
        return CHOOSER_NONE;
    default:
        type_name(chooser, key);
        chooser->current = rect_clamp(moved(chooser, key), 0, count_of(chooser) - 1);
        keep_in_sight(chooser);
        return CHOOSER_NONE;
    }
}

ChooserAct file_chooser_key(FileChooser *chooser, SDL_Keycode key)
{
    if (key == SDLK_ESCAPE || key == SDLK_TAB)
        return CHOOSER_CLOSED;
    if (!chooser->awaited && !chooser->n_early)
        return act_on(chooser, key);
    if (chooser->n_early < CHOOSER_EARLY)
        chooser->early[chooser->n_early++] = key;
    return CHOOSER_NONE;
}

/* The keys that have waited for the folder. */
static ChooserAct act_on_early(FileChooser *chooser)
{
    ChooserAct act = CHOOSER_NONE;
    int done = 0;
    while (done < chooser->n_early && !chooser->awaited && act == CHOOSER_NONE)
        act = act_on(chooser, chooser->early[done++]);
    chooser->n_early -= done;
    memmove(chooser->early, chooser->early + done,
            (size_t)chooser->n_early * sizeof *chooser->early);
    return act;
}

ChooserAct file_chooser_pass(FileChooser *chooser, Ui *ui, UiId id, Rect bounds)
{
    ChooserAct early = act_on_early(chooser);
    if (early != CHOOSER_NONE)
        return early;
    Layout layout = layout_of(chooser, ui, bounds);
    int rows = layout.rows.h / ui_px(ui, PT_BUTTON);
    bool first = rows != chooser->rows;
    chooser->rows = rows;
    if (first)
        keep_in_sight(chooser);
    bool beside = ui->in.pressed && !chooser->fresh && !ui_over(ui, 0, layout.box);
    ui_frame(ui, layout.box, THEME_OFF, THEME_RAISED);
    bool typed = head_pass(chooser, ui, id + 1, layout.head);
    int clicked = rows_pass(chooser, ui, id, layout.rows);
    draw_foot(chooser, ui, layout.foot);
    chooser->fresh = chooser->fresh && !ui->in.released;
    if (clicked >= 0)
        return take(chooser, clicked);
    return typed ? CHOOSER_TYPE : beside ? CHOOSER_CLOSED : CHOOSER_NONE;
}
