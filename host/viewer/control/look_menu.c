#include "viewer/control/look_menu.h"

#include <string.h>

#include "base/file/folder.h"
#include "base/mem.h"
#include "base/path.h"
#include "viewer/widget/widget.h"

enum { OWNER = 0 };

static void label(LookMenu *looks)
{
    mem_free(looks->labels);
    looks->labels = mem_new((size_t)looks->specs.count + 1, sizeof *looks->labels);
    for (int i = 0; i < looks->specs.count; i++)
        looks->labels[i] = path_name(looks->specs.names[i]);
    looks->labels[looks->specs.count] = "Open a file …";
}

void look_menu_init(LookMenu *looks)
{
    *looks = (LookMenu){0};
    menu_close(&looks->menu);
    file_chooser_close(&looks->chooser);
    label(looks);
}

void look_menu_use_errands(LookMenu *looks, Errands *errands)
{
    looks->errands = looks->chooser.errands = errands;
}

void look_menu_term(LookMenu *looks)
{
    script_names_clear(&looks->specs);
    file_chooser_close(&looks->chooser);
    mem_free(looks->labels);
    mem_free(looks->present);
    looks->labels = NULL;
    looks->present = NULL;
    looks->awaited = NULL;
}

static int find(const LookMenu *looks, const char *spec)
{
    for (int i = 0; i < looks->specs.count; i++)
        if (strcmp(looks->specs.names[i], spec) == 0)
            return i;
    return -1;
}

static void add(LookMenu *looks, const char *spec)
{
    ScriptNames *specs = &looks->specs;
    specs->names = mem_more(specs->names, (size_t)specs->count, 1, sizeof(char *));
    specs->names[specs->count++] = mem_dup(spec);
}

/* Takes `names`, which the folders have now; the files stay. */
static void renew(LookMenu *looks, ScriptNames names)
{
    ScriptNames old = looks->specs;
    const char *current =
        looks->menu.current < old.count ? old.names[looks->menu.current] : NULL;
    looks->specs = names;
    for (int i = looks->named; i < old.count; i++)
        if (find(looks, old.names[i]) < 0)
            add(looks, old.names[i]);
    looks->named = names.count;
    looks->listed = true;
    int at = current ? find(looks, current) : looks->specs.count;
    if (menu_is_open(&looks->menu))
        looks->menu.current = rect_max(at, 0);
    script_names_clear(&old);
    label(looks);
}

static void set_present(LookMenu *looks, const char *spec)
{
    char *copy = mem_dup(spec);
    mem_free(looks->present);
    looks->present = copy;
}

/* -1: it is none of the list. */
static int at_present(const LookMenu *looks)
{
    return looks->present ? find(looks, looks->present) : -1;
}

/* The errand that lists the names. */

typedef struct Listing {
    LookMenu *looks; /* the UI thread's */
    ScriptNames names;
} Listing;

static void listing_free(void *data)
{
    Listing *listing = data;
    script_names_clear(&listing->names);
    mem_free(listing);
}

static void read_names(void *data)
{
    Listing *listing = data;
    listing->names = script_names_list();
}

static void go(LookMenu *looks, int steps)
{
    int count = looks->specs.count, at = at_present(looks);
    if (at < 0)
        at = steps > 0 ? -1 : 0;
    if (count && steps)
        look_menu_want(looks,
                       looks->specs.names[((at + steps) % count + count) % count]);
}

static void take_names(void *data)
{
    Listing *listing = data;
    LookMenu *looks = listing->looks;
    if (looks->awaited != listing)
        return;
    looks->awaited = NULL;
    renew(looks, listing->names);
    listing->names = (ScriptNames){0};
    go(looks, looks->steps);
    looks->steps = 0;
}

static void refresh(LookMenu *looks)
{
    Listing *listing = mem_new(1, sizeof *listing);
    listing->looks = looks;
    looks->awaited = listing;
    errands_do(looks->errands, looks,
               &(Errand){read_names, take_names, listing_free, listing});
}

void look_menu_note(LookMenu *looks, const char *spec)
{
    set_present(looks, spec);
    bool known = find(looks, spec) >= 0;
    if (!known) {
        add(looks, spec);
        label(looks);
    }
    if (!known || !looks->listed)
        refresh(looks);
}

static MenuList entries(const LookMenu *looks)
{
    return (MenuList){.count = looks->specs.count + 1,
                      .names = looks->labels,
                      .marks = true,
                      .marked = at_present(looks),
                      .apart = looks->specs.count};
}

void look_menu_open(LookMenu *looks, bool pressed)
{
    refresh(looks);
    menu_open(&looks->menu, OWNER, rect_max(at_present(looks), 0), pressed);
}

bool look_menu_is_open(const LookMenu *looks)
{
    return menu_is_open(&looks->menu) || file_chooser_is_open(&looks->chooser);
}

void look_menu_close(LookMenu *looks)
{
    menu_close(&looks->menu);
    file_chooser_close(&looks->chooser);
}

void look_menu_want(LookMenu *looks, const char *spec)
{
    set_present(looks, spec);
    looks->wanted = true;
}

void look_menu_step(LookMenu *looks, int step)
{
    looks->steps += step;
    refresh(looks);
}

/* A look from a file has others beside it. The folders of those with names are listed
 * already: what is wanted then is more likely where the program was started. */
static void open_chooser(LookMenu *looks, const char *home)
{
    bool file = at_present(looks) >= looks->named;
    char *path = file ? path_join(home, path_name(looks->present)) : mem_dup("");
    char *here = file ? NULL : folder_working();
    file_chooser_open(&looks->chooser, OWNER, path, here && *here ? here : home,
                      &(ChooserKind){.pattern = "*.py"}, false);
    mem_free(path);
    mem_free(here);
}

/* Apply the outcome of menu_pass or menu_key. */
static void choose(LookMenu *looks, int outcome, const char *home)
{
    if (outcome >= 0 && outcome < looks->specs.count)
        look_menu_want(looks, looks->specs.names[outcome]);
    if (outcome != MENU_OPEN)
        menu_close(&looks->menu);
    if (outcome == looks->specs.count)
        open_chooser(looks, home);
}

/* There is no field for a path here: to type one there is -s. */
static void choose_file(LookMenu *looks, ChooserAct act)
{
    if (act == CHOOSER_CHOSEN && looks->chooser.chosen[0])
        look_menu_want(looks, looks->chooser.chosen);
    if (act != CHOOSER_NONE)
        file_chooser_close(&looks->chooser);
}

void look_menu_pass(LookMenu *looks, Ui *ui, Rect box, const char *name)
{
    UiId id = UI_ID(WIDGET_LOOKS, 0);
    ui_place(ui, "looks", box);
    if (widget_dropdown(ui, id, box, name, menu_is_open(&looks->menu)))
        look_menu_open(looks, true);
    looks->menu.box = looks->chooser.box = box;
}

void look_menu_above(LookMenu *looks, Ui *ui, Rect bounds, const char *home)
{
    if (file_chooser_is_open(&looks->chooser)) {
        UiId id = UI_ID(WIDGET_CHOOSER, 2);
        choose_file(looks, file_chooser_pass(&looks->chooser, ui, id, bounds));
    }
    if (menu_is_open(&looks->menu))
        choose(looks, menu_pass(&looks->menu, ui, entries(looks), bounds), home);
}

bool look_menu_key(LookMenu *looks, SDL_Keycode key, const char *home)
{
    if (file_chooser_is_open(&looks->chooser))
        choose_file(looks, file_chooser_key(&looks->chooser, key));
    else if (menu_is_open(&looks->menu))
        choose(looks, menu_key(&looks->menu, entries(looks), key), home);
    else
        return false;
    return true;
}
