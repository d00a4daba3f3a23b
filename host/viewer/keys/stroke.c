#include "viewer/keys/stroke.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

typedef struct KeyName {
    int32_t key;
    const char *name;  /* in keys.conf */
    const char *label; /* for people; NULL: the name */
} KeyName;

/* The first name of a key is the one that is written; the others are read. */
static const KeyName NAMES[] = {
    {SDLK_ESCAPE, "ESC", "Esc"},
    {SDLK_RETURN, "ENTER", "Enter"},
    {SDLK_KP_ENTER, "KP_ENTER", "Enter (pad)"},
    {SDLK_SPACE, "SPACE", "Space"},
    {SDLK_TAB, "TAB", "Tab"},
    {SDLK_BACKSPACE, "BS", "Backspace"},
    {SDLK_DELETE, "DEL", "Delete"},
    {SDLK_INSERT, "INS", "Insert"},
    {SDLK_HOME, "HOME", "Home"},
    {SDLK_END, "END", "End"},
    {SDLK_PAGEUP, "PGUP", "Page Up"},
    {SDLK_PAGEDOWN, "PGDWN", "Page Down"},
    {SDLK_UP, "UP", "↑"},
    {SDLK_DOWN, "DOWN", "↓"},
    {SDLK_LEFT, "LEFT", "←"},
    {SDLK_RIGHT, "RIGHT", "→"},
    {SDLK_HASH, "SHARP", "#"},
    {SDLK_MINUS, "-", "−"},
    {SDLK_F1, "F1", NULL},
    {SDLK_F2, "F2", NULL},
    {SDLK_F3, "F3", NULL},
    {SDLK_F4, "F4", NULL},
    {SDLK_F5, "F5", NULL},
    {SDLK_F6, "F6", NULL},
    {SDLK_F7, "F7", NULL},
    {SDLK_F8, "F8", NULL},
    {SDLK_F9, "F9", NULL},
    {SDLK_F10, "F10", NULL},
    {SDLK_F11, "F11", NULL},
    {SDLK_F12, "F12", NULL},
    {SDLK_F13, "F13", NULL},
    {SDLK_F14, "F14", NULL},
    {SDLK_F15, "F15", NULL},
    {SDLK_F16, "F16", NULL},
    {SDLK_F17, "F17", NULL},
    {SDLK_F18, "F18", NULL},
    {SDLK_F19, "F19", NULL},
    {SDLK_F20, "F20", NULL},
    {SDLK_F21, "F21", NULL},
    {SDLK_F22, "F22", NULL},
    {SDLK_F23, "F23", NULL},
    {SDLK_F24, "F24", NULL},
    {SDLK_KP_0, "KP0", "0 (pad)"},
    {SDLK_KP_1, "KP1", "1 (pad)"},
    {SDLK_KP_2, "KP2", "2 (pad)"},
    {SDLK_KP_3, "KP3", "3 (pad)"},
    {SDLK_KP_4, "KP4", "4 (pad)"},
    {SDLK_KP_5, "KP5", "5 (pad)"},
    {SDLK_KP_6, "KP6", "6 (pad)"},
    {SDLK_KP_7, "KP7", "7 (pad)"},
    {SDLK_KP_8, "KP8", "8 (pad)"},
    {SDLK_KP_9, "KP9", "9 (pad)"},
    {SDLK_KP_PERIOD, "KP_DEC", "Decimal (pad)"},
    {SDLK_KP_PLUS, "KP_ADD", "+ (pad)"},
    {SDLK_KP_MINUS, "KP_SUBTRACT", "− (pad)"},
    {SDLK_KP_MULTIPLY, "KP_MULTIPLY", "× (pad)"},
    {SDLK_KP_DIVIDE, "KP_DIVIDE", "÷ (pad)"},
    {SDLK_APPLICATION, "MENU", "Menu"},
    {SDLK_PRINTSCREEN, "PRINT", "Print"},
    {SDLK_PAUSE, "PAUSE", "Pause"},
    {SDLK_LALT, "ALT", "Alt"},
    {SDLK_LCTRL, "CTRL", "Ctrl"},
    {SDLK_LSHIFT, "SHIFT", "Shift"},
    {SDLK_LGUI, "META", "Meta"},
    {MOUSE_LEFT, "MBTN_LEFT", "Click"},
    {MOUSE_LEFT_DOUBLE, "MBTN_LEFT_DBL", "Double-click"},
    {MOUSE_MIDDLE, "MBTN_MID", "Middle click"},
    {MOUSE_RIGHT, "MBTN_RIGHT", "Right click"},
    {MOUSE_BACK, "MBTN_BACK", "Back button"},
    {MOUSE_FORWARD, "MBTN_FORWARD", "Forward button"},
    {MOUSE_WHEEL_UP, "WHEEL_UP", "Wheel up"},
    {MOUSE_WHEEL_DOWN, "WHEEL_DOWN", "Wheel down"},
    {MOUSE_WHEEL_LEFT, "WHEEL_LEFT", "Wheel left"},
    {MOUSE_WHEEL_RIGHT, "WHEEL_RIGHT", "Wheel right"},
    {SDLK_PAGEDOWN, "PGDN", NULL},
    {SDLK_BACKSPACE, "BACKSPACE", NULL},
    {SDLK_ESCAPE, "ESCAPE", NULL},
    {SDLK_RETURN, "RETURN", NULL},
    {SDLK_DELETE, "DELETE", NULL},
    {SDLK_INSERT, "INSERT", NULL},
};
enum { N_NAMES = sizeof NAMES / sizeof *NAMES };

static const struct {
    uint8_t with;
    const char *name;
} MODIFIERS[] = {
    {WITH_CTRL, "Ctrl"}, {WITH_ALT, "Alt"}, {WITH_META, "Meta"}, {WITH_SHIFT, "Shift"}};
enum { N_MODIFIERS = sizeof MODIFIERS / sizeof *MODIFIERS };

bool stroke_is(Stroke a, Stroke b)
{
    return a.key == b.key && a.with == b.with;
}

/* The one character that is all of `text`; 0: it is none, or not to be seen. */
static int32_t character(const char *text, size_t length)
{
    const unsigned char *byte = (const unsigned char *)text;
    size_t more = byte[0] < 0x80   ? 0
                  : byte[0] < 0xc2 ? SIZE_MAX
                  : byte[0] < 0xe0 ? 1
                  : byte[0] < 0xf0 ? 2
                  : byte[0] < 0xf5 ? 3
                                   : SIZE_MAX;
    if (more == SIZE_MAX || length != more + 1)
        return 0;
    int32_t code = more ? byte[0] & (0x3f >> more) : byte[0];
    for (size_t i = 1; i <= more; i++) {
        if ((byte[i] & 0xc0) != 0x80)
            return 0;
        code = code << 6 | (byte[i] & 0x3f);
    }
    return code > ' ' && code != 0x7f && code <= 0x10ffff ? code : 0;
}

static size_t put_character(int32_t code, char *out)
{
    if (code < 0x80)
        return out[0] = (char)code, 1;
    size_t more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xc0, 0xe0, 0xf0};
    out[0] = (char)(lead[more] | code >> (6 * more));
    for (size_t i = 1; i <= more; i++)
        out[i] = (char)(0x80 | (code >> (6 * (more - i)) & 0x3f));
    return more + 1;
}

static bool is_letter(int32_t key)
{
    return (key >= 'a' && key <= 'z') || (key >= 0xc0 && key < 0x10000);
}

/* Capitals stand for Shift with the letter that SDL has. */
static Stroke lower(Stroke stroke)
{
    bool latin = stroke.key >= 'A' && stroke.key <= 'Z';
    bool accented = stroke.key >= 0xc0 && stroke.key <= 0xde && stroke.key != 0xd7;
    if (!latin && !accented)
        return stroke;
    return (Stroke){stroke.key + 32, stroke.with | WITH_SHIFT};
}

/* Cut "Ctrl+" and the like off the start; "+" alone is a key. */
static uint8_t take_modifiers(const char **text, size_t *length)
{
    uint8_t with = 0;
    for (int i = 0; i < N_MODIFIERS; i++) {
        size_t size = strlen(MODIFIERS[i].name);
        if (*length < size + 2 || (*text)[size] != '+' ||
            strncasecmp(*text, MODIFIERS[i].name, size) != 0)
            continue;
        with |= MODIFIERS[i].with;
        *text += size + 1;
        *length -= size + 1;
        i = -1; /* in any order */
    }
    return with;
}

static int32_t named_key(const char *text, size_t length)
{
    for (int i = 0; i < N_NAMES; i++)
        if (strlen(NAMES[i].name) == length &&
            strncasecmp(NAMES[i].name, text, length) == 0)
            return NAMES[i].key;
    return 0;
}

bool stroke_parse(const char *text, size_t length, Stroke *out, Err *err)
{
    const char *all = text;
    int whole = length < STROKE_TEXT ? (int)length : STROKE_TEXT;
    Stroke stroke = {.with = take_modifiers(&text, &length)};
    if (length)
        stroke.key = named_key(text, length);
    if (!stroke.key && length)
        stroke.key = character(text, length);
    if (!stroke.key)
        return err_set(err, ERR_USAGE,
                       "'%.*s' is not a key; a key is a character, a name such as F5, "
                       "SPACE or WHEEL_UP, or one of these after Ctrl+, Alt+ or Shift+",
                       whole, all);
    *out = lower(stroke);
    return true;
}

static const KeyName *name_of(int32_t key)
{
    for (int i = 0; i < N_NAMES; i++)
        if (NAMES[i].key == key)
            return &NAMES[i];
    return NULL;
}

static const char *write_stroke(Stroke stroke, bool label, char out[STROKE_TEXT])
{
    const KeyName *name = name_of(stroke.key);
    size_t used = 0;
    for (int i = 0; i < N_MODIFIERS; i++)
        if (stroke.with & MODIFIERS[i].with)
            used += (size_t)snprintf(out + used, STROKE_TEXT - used, "%s+",
                                     MODIFIERS[i].name);
    if (name) {
        snprintf(out + used, STROKE_TEXT - used, "%s",
                 label && name->label ? name->label : name->name);
        return out;
    }
    bool capital = label && stroke.with && stroke.key >= 'a' && stroke.key <= 'z';
    used += put_character(capital ? stroke.key - 32 : stroke.key, out + used);
    out[used] = '\0';
    return out;
}

const char *stroke_text(Stroke stroke, char out[STROKE_TEXT])
{
    return write_stroke(stroke, false, out);
}

const char *stroke_label(Stroke stroke, char out[STROKE_TEXT])
{
    return write_stroke(stroke, true, out);
}

Stroke stroke_of(int32_t key, unsigned sdl_modifiers)
{
    static const struct {
        int32_t right, left;
        uint8_t with;
    } own[] = {{SDLK_RALT, SDLK_LALT, WITH_ALT},
               {SDLK_RCTRL, SDLK_LCTRL, WITH_CTRL},
               {SDLK_RSHIFT, SDLK_LSHIFT, WITH_SHIFT},
               {SDLK_RGUI, SDLK_LGUI, WITH_META}};
    Stroke stroke = {.key = key};
    stroke.with = (uint8_t)(((sdl_modifiers & KMOD_SHIFT) ? WITH_SHIFT : 0) |
                            ((sdl_modifiers & KMOD_CTRL) ? WITH_CTRL : 0) |
                            ((sdl_modifiers & KMOD_ALT) ? WITH_ALT : 0) |
                            ((sdl_modifiers & KMOD_GUI) ? WITH_META : 0));
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (key == own[i].right || key == own[i].left)
            return (Stroke){own[i].left, (uint8_t)(stroke.with & ~own[i].with)};
    return stroke;
}

Stroke stroke_shifted(Stroke stroke)
{
    static const char plain[] = "`1234567890-=[]\\;',./";
    static const char shifted[] = "~!@#$%^&*()_+{}|:\"<>?";
    const char *at =
        stroke.key > 0 && stroke.key < 0x80 ? strchr(plain, stroke.key) : NULL;
    if (!(stroke.with & WITH_SHIFT) || !at)
        return (Stroke){0};
    return (Stroke){shifted[at - plain], (uint8_t)(stroke.with & ~WITH_SHIFT)};
}

Stroke stroke_unshifted(Stroke stroke)
{
    bool free = (stroke.with & WITH_SHIFT) &&
                (!is_letter(stroke.key) || (stroke.with & WITH_CTRL));
    if (!free)
        return (Stroke){0};
    return (Stroke){stroke.key, (uint8_t)(stroke.with & ~WITH_SHIFT)};
}
