#include "viewer/keys/bindings.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static Binding *new_place(Bindings *bindings)
{
    if (bindings->count == bindings->room) {
        bindings->room = bindings->room ? 2 * bindings->room : 64;
        bindings->list =
            mem_grow(bindings->list, (size_t)bindings->room, sizeof *bindings->list);
    }
    return &bindings->list[bindings->count++];
}

/* One word of a row's default keys: "F6" or "F6(python)". */
static void add_default(Bindings *bindings, int row, const char *word, size_t length,
                        bool hidden)
{
    Binding binding = {.row = row, .hidden = hidden};
    const char *open = length > 3 && word[length - 1] == ')'
                           ? memchr(word + 1, '(', length - 2)
                           : NULL;
    size_t size = open ? (size_t)(open - word) : length;
    Err err;
    REQUIRE(stroke_parse(word, size, &binding.stroke, &err));
    binding.argument =
        open ? mem_printf("%.*s", (int)(length - size - 2), open + 1) : mem_dup("");
    *new_place(bindings) = binding;
}

static void add_defaults(Bindings *bindings, int row, const char *keys)
{
    bool hidden = false;
    for (keys += strspn(keys, " "); *keys; keys += strspn(keys, " ")) {
        size_t length = strcspn(keys, " ");
        if (length == 1 && keys[0] == '|')
            hidden = true;
        else
            add_default(bindings, row, keys, length, hidden);
        keys += length;
    }
}

void bindings_init(Bindings *bindings, ActionTable table)
{
    *bindings = (Bindings){.table = table};
    for (int i = 0; i < table.count; i++)
        if (table.rows[i].name)
            add_defaults(bindings, i, table.rows[i].keys);
}

void bindings_term(Bindings *bindings)
{
    for (int i = 0; i < bindings->count; i++)
        mem_free(bindings->list[i].argument);
    mem_free(bindings->list);
    *bindings = (Bindings){0};
}

void bindings_add(Bindings *bindings, Stroke stroke, int row, const char *argument)
{
    *new_place(bindings) = (Binding){
        .stroke = stroke, .row = row, .argument = mem_dup(argument), .own = true};
}

static const Binding *find_exact(const Bindings *bindings, Stroke stroke)
{
    for (int i = stroke.key ? bindings->count - 1 : -1; i >= 0; i--)
        if (stroke_is(bindings->list[i].stroke, stroke))
            return &bindings->list[i];
    return NULL;
}

const Binding *bindings_find(const Bindings *bindings, Stroke stroke, bool *coarse)
{
    const Binding *found = find_exact(bindings, stroke);
    *coarse = false;
    if (!found)
        found = find_exact(bindings, stroke_shifted(stroke));
    if (!found) {
        found = find_exact(bindings, stroke_unshifted(stroke));
        *coarse = found != NULL;
    }
    return found && found->row != BINDING_IGNORE ? found : NULL;
}

bool bindings_is_ignored(const Bindings *bindings, Stroke stroke)
{
    const Binding *found = find_exact(bindings, stroke);
    return found && found->row == BINDING_IGNORE;
}

bool bindings_is_hidden_by_other(const Bindings *bindings, int index)
{
    const Binding *binding = &bindings->list[index];
    return find_exact(bindings, binding->stroke) != binding;
}

char *bindings_labels(const Bindings *bindings, int row)
{
    char *text = mem_dup(""), label[STROKE_TEXT];
    for (int i = 0; i < bindings->count; i++) {
        const Binding *binding = &bindings->list[i];
        if (binding->row != row || binding->hidden ||
            (binding->own && *binding->argument) ||
            bindings_is_hidden_by_other(bindings, i))
            continue;
        char *longer = mem_printf("%s%s%s", text, *text ? "  " : "",
                                  stroke_label(binding->stroke, label));
        mem_free(text);
        text = longer;
    }
    return text;
}
