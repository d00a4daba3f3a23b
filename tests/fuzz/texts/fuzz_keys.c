/* fuzz_keys: keys.conf. Each line binds a key, or is a fault in one line; the list of
 * all keys can be read again.
 *
 * A libFuzzer target, and a program: fuzz_texts.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fuzz_texts.h"
#include "viewer/keys/key_list.h"
#include "viewer/keys/keys_file.h"

static bool check(const char *argument, Err *err)
{
    return strlen(argument) < 9 || err_set(err, ERR_USAGE, "%s is too long", argument);
}

static const ActionRow rows[] = {
    {.name = "next", .keys = "n SPACE | PGDN", .help = "the next picture"},
    {.name = "set",
     .keys = "Ctrl+t(tint)",
     .argument = "NAME [VALUE]",
     .help = "sets",
     .check = check},
    {.keys = "a drag", .help = "moves"},
};
static const ActionTable table = {rows, sizeof rows / sizeof *rows};

static void check_faults(const KeysFaults *faults)
{
    for (int i = 0; i < faults->count && i < KEYS_FAULTS; i++) {
        char *text = keys_file_tell("keys.conf", &faults->list[i]);
        REQUIRE(!strchr(text, '\n'));
        mem_free(text);
    }
}

static void read_again(const Bindings *bindings)
{
    char *text = NULL;
    size_t size = 0;
    KeysFaults faults = {0};
    Bindings again;
    FILE *file = open_memstream(&text, &size);
    REQUIRE(file);
    key_list_print(bindings, file);
    fclose(file);
    bindings_init(&again, table);
    keys_file_parse(text, size, &again, &faults);
    REQUIRE(faults.count == 0);
    keys_file_clear(&faults);
    bindings_term(&again);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Bindings bindings;
    KeysFaults faults = {0};
    bindings_init(&bindings, table);
    keys_file_parse((const char *)data, size, &bindings, &faults);
    check_faults(&faults);
    read_again(&bindings);
    fuzz_texts.read += faults.count == 0;
    keys_file_clear(&faults);
    bindings_term(&bindings);
    return 0;
}

static const char *const texts[] = {
    "\xEF\xBB\xBF# mine\nx next\r\n\nCtrl+Shift+t set a 0.5 # brighter\nn ignore\n",
    "WHEEL_UP set b\nSHARP next\nF5 unbind\nMOUSE_BACK next", NULL};
static const char *const parts[] = {
    "\n",   "\r\n",     " ",    "\t",  "#",      " # ",    "Ctrl+", "Shift+",
    "Alt+", "+",        "next", "set", "ignore", "unbind", "F12",   "SPACE",
    "ESC",  "\xC3\xA9", "\xFF", "R",   "-",      NULL};

FuzzTexts fuzz_texts = {"files", texts, parts, 0};
