#include "viewer/action/actions.h"

#include <string.h>

#include "base/mem.h"
#include "viewer/app/app_file.h"
#include "viewer/keys/bindings.h"

static void carry_out(App *app, const ActionRow *row, Strike strike)
{
    app->clock.dirty = true;
    strike.action = row->action;
    row->act(app, &strike);
}

void actions_do(App *app, Action action)
{
    ActionTable table = app->keys.bindings.table;
    for (int i = 0; i < table.count; i++) {
        if (!table.rows[i].act || table.rows[i].action != action)
            continue;
        carry_out(app, &table.rows[i], (Strike){.argument = "", .amount = 1});
        return;
    }
}

void actions_named(App *app, const char *name)
{
    ActionTable table = app->keys.bindings.table;
    int row = action_row_find(table, name, strlen(name));
    if (row >= 0)
        carry_out(app, &table.rows[row], (Strike){.argument = "", .amount = 1});
}

/* What a key does. On a keyboard whose letters are not Latin the place of the key
 * counts. */
static const Binding *find(const App *app, SDL_Keysym key, bool *coarse)
{
    Stroke stroke = stroke_of(key.sym, key.mod);
    const Binding *found = bindings_find(&app->keys.bindings, stroke, coarse);
    bool letter = key.scancode >= SDL_SCANCODE_A && key.scancode <= SDL_SCANCODE_Z;
    if (!found && letter && key.sym > 0x24f && key.sym < MOUSE_KEYS) {
        stroke.key = 'a' + (int32_t)(key.scancode - SDL_SCANCODE_A);
        found = bindings_find(&app->keys.bindings, stroke, coarse);
    }
    return found;
}

const ActionRow *actions_row(const App *app, SDL_Keysym key)
{
    bool coarse;
    const Binding *found = find(app, key, &coarse);
    return found ? &app->keys.bindings.table.rows[found->row] : NULL;
}

Action actions_of(const App *app, SDL_Keysym key)
{
    const ActionRow *row = actions_row(app, key);
    return row ? row->action : ACTION_NONE;
}

static bool is_character(SDL_Keysym key)
{
    return key.sym > SDLK_SPACE && key.sym != SDLK_DELETE &&
           !(key.sym & SDLK_SCANCODE_MASK);
}

bool actions_is_shortcut(const App *app, SDL_Keysym key)
{
    bool character = is_character(key);
    bool function = key.sym >= SDLK_F1 && key.sym <= SDLK_F12;
    bool chord = character && key.mod & (KMOD_CTRL | KMOD_ALT | KMOD_GUI);
    return (function || chord) && actions_row(app, key);
}

char *actions_keys(const App *app, const char *action)
{
    const Bindings *bindings = &app->keys.bindings;
    return bindings_labels(bindings,
                           action_row_find(bindings->table, action, strlen(action)));
}

/* What was tried is answered. */
static void tell_of_none(App *app, Stroke stroke)
{
    char label[STROKE_TEXT];
    if (bindings_is_ignored(&app->keys.bindings, stroke))
        return;
    char *help = actions_keys(app, "help");
    char *text = mem_printf("%s has no action.%s%s", stroke_label(stroke, label),
                            *help ? " Help: " : "", help);
    app->clock.dirty = true;
    app_notice(app, text);
    mem_free(text);
    mem_free(help);
}

/* The action of a held key must hear of its release, whatever the modifiers are then.
 */
static void come_up(App *app, HeldKey *held, uint32_t ms)
{
    const ActionRow *row = &app->keys.bindings.table.rows[held->row];
    held->code = 0;
    carry_out(app, row, (Strike){.argument = "", .up = true, .amount = 1, .ms = ms});
}

/* A key that SDL has no scancode for is known by what it means: 0 is no key. */
static int code_of(SDL_Keysym key)
{
    return key.scancode ? (int)key.scancode : SDL_NUM_SCANCODES + key.sym;
}

/* Codes of the mouse are negative. */
static void let_go(App *app, int code, uint32_t ms)
{
    for (int i = 0; i < HELD_KEYS; i++)
        if (app->keys.held[i].code == code)
            come_up(app, &app->keys.held[i], ms);
}

static void hold(App *app, int code, int row)
{
    for (int i = 0; i < HELD_KEYS; i++) {
        if (app->keys.held[i].code)
            continue;
        app->keys.held[i] = (HeldKey){code, row};
        return;
    }
}

/* Every picture is seen while a key is held, and the end of the key is the end. */
static bool may_repeat(const App *app, const ActionRow *row)
{
    return row->flags & ACT_REPEAT &&
           (!(row->flags & ACT_SHOWN) || app_file_is_settled(app));
}

bool actions_has_alt_gr(SDL_Keysym key)
{
    return key.mod & (KMOD_RALT | KMOD_MODE);
}

static void begin(App *app, const Binding *found, int code, Strike strike)
{
    const ActionRow *row = &app->keys.bindings.table.rows[found->row];
    strike.argument = found->argument;
    strike.amount = 1;
    if (row->flags & ACT_HOLD)
        hold(app, code, found->row);
    carry_out(app, row, strike);
}

void actions_text(App *app, const char *text)
{
    int code = app->keys.lettered;
    bool coarse;
    app->keys.lettered = 0;
    if (!code || !text[0] || text[1])
        return;
    Stroke stroke = stroke_of((unsigned char)text[0], 0);
    const Binding *found = bindings_find(&app->keys.bindings, stroke, &coarse);
    if (found)
        begin(app, found, code, (Strike){.ms = SDL_GetTicks()});
    else
        tell_of_none(app, stroke);
}

void actions_key(App *app, const SDL_KeyboardEvent *event)
{
    int code = code_of(event->keysym);
    bool coarse;
    app->keys.lettered = 0;
    if (event->state == SDL_RELEASED) {
        let_go(app, code, event->timestamp);
        return;
    }
    const Binding *found = find(app, event->keysym, &coarse);
    bool tried = is_character(event->keysym) || event->keysym.sym == SDLK_DELETE;
    if (!found && tried && !event->repeat) {
        if (actions_has_alt_gr(event->keysym))
            app->keys.lettered = code;
        else
            tell_of_none(app, stroke_of(event->keysym.sym, event->keysym.mod));
    }
    if (!found)
        return;
    const ActionRow *row = &app->keys.bindings.table.rows[found->row];
    if (event->repeat && !may_repeat(app, row))
        return;
    begin(app, found, code, (Strike){.coarse = coarse, .ms = event->timestamp});
}

/* Most actions count whole steps of the wheel; a touch pad's parts of steps add up. */
static void roll(App *app, const ActionRow *row, Strike strike)
{
    if (row->flags & ACT_AMOUNT) {
        carry_out(app, row, strike);
        return;
    }
    app->keys.rolled += strike.amount;
    for (strike.amount = 1; app->keys.rolled >= 1; app->keys.rolled--)
        carry_out(app, row, strike);
}

bool actions_mouse(App *app, int32_t key, double amount)
{
    bool coarse, wheel = key >= MOUSE_WHEEL_UP;
    Stroke stroke = stroke_of(key, app->keys.modifiers);
    const Binding *found = bindings_find(&app->keys.bindings, stroke, &coarse);
    if (!found && key == MOUSE_RIGHT)
        tell_of_none(app, stroke);
    if (!found)
        return false;
    const ActionRow *row = &app->keys.bindings.table.rows[found->row];
    Strike strike = {.argument = found->argument,
                     .coarse = coarse,
                     .mouse = true,
                     .amount = amount,
                     .ms = SDL_GetTicks()};
    if (row->flags & ACT_HOLD && !wheel)
        hold(app, -key, found->row);
    if (wheel)
        roll(app, row, strike);
    else
        carry_out(app, row, strike);
    return true;
}

void actions_mouse_up(App *app, int32_t key)
{
    let_go(app, -key, SDL_GetTicks());
}

void actions_release(App *app)
{
    for (int i = 0; i < HELD_KEYS; i++)
        if (app->keys.held[i].code)
            come_up(app, &app->keys.held[i], SDL_GetTicks());
}
