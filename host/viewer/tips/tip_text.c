#include "viewer/tips/tip_text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

void tip_text_add(TipText *tip, const char *sentence)
{
    size_t used = strlen(tip->text), length = strlen(sentence);
    if (!length)
        return;
    snprintf(tip->text + used, sizeof tip->text - used, "%s%s%s", used ? " " : "",
             sentence, strchr(".!?", sentence[length - 1]) ? "" : ".");
}

static void add_keys(TipText *tip, const char *text)
{
    size_t used = strlen(tip->keys);
    snprintf(tip->keys + used, sizeof tip->keys - used, "%s%s",
             used && *text ? " · " : "", text);
}

void tip_text_keys(TipText *tip, const Bindings *bindings, const char *label,
                   const char *action)
{
    int row = action_row_find(bindings->table, action, strlen(action));
    char *keys = row < 0 ? mem_dup("") : bindings_labels(bindings, row);
    char *text = *keys ? mem_printf("%s: %s", label, keys) : mem_dup("");
    add_keys(tip, text);
    mem_free(text);
    mem_free(keys);
}

/* What the binding gives its action besides the name of `param`; NULL: it is not about
 * that. */
static const char *argument_about(const ActionRow *row, const Binding *binding,
                                  const char *param)
{
    static const char blank[] = " \t";
    size_t length = strlen(param), named = strcspn(binding->argument, blank);
    const char *rest = binding->argument + named;
    bool fits = row->argument && strstr(row->argument, "PARAM") && named == length &&
                strncmp(binding->argument, param, length) == 0;
    return fits ? rest + strspn(rest, blank) : NULL;
}

static void add_own_key(TipText *tip, const ActionRow *row, const char *argument,
                        Stroke stroke)
{
    char key[STROKE_TEXT];
    char *text = mem_printf("%s%s%s: %s", row->name, *argument ? " " : "", argument,
                            stroke_label(stroke, key));
    text[0] = (char)toupper((unsigned char)text[0]);
    add_keys(tip, text);
    mem_free(text);
}

void tip_text_own_keys(TipText *tip, const Bindings *bindings, const char *param)
{
    for (int i = 0; i < bindings->count; i++) {
        const Binding *binding = &bindings->list[i];
        if (binding->row < 0 || bindings_is_hidden_by_other(bindings, i))
            continue;
        const ActionRow *row = &bindings->table.rows[binding->row];
        const char *argument = argument_about(row, binding, param);
        if (argument)
            add_own_key(tip, row, argument, binding->stroke);
    }
}

void tip_text_title(TipText *tip, const char *title)
{
    snprintf(tip->title, sizeof tip->title, "%s", title);
    tip->title[0] = (char)toupper((unsigned char)tip->title[0]);
}
