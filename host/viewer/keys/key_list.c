#include "viewer/keys/key_list.h"

#include <string.h>

#include "base/mem.h"
#include "base/text/json.h"

static const char OWN[] = "Your own";

/* Lines. */

typedef struct Lines {
    KeyLine *list;
    size_t count;
} Lines;

/* Takes both. */
static void add_line(Lines *lines, char *key, char *text)
{
    lines->list = mem_more(lines->list, lines->count, 2, sizeof *lines->list);
    lines->list[lines->count++] = (KeyLine){key, text};
    lines->list[lines->count] = (KeyLine){0};
}

static char *labels_of(const Bindings *bindings, int row)
{
    const ActionRow *action = &bindings->table.rows[row];
    return action->act ? bindings_labels(bindings, row) : mem_dup(action->keys);
}

static void add_group(Lines *lines, const Bindings *bindings, ActionGroup group)
{
    bool any = false;
    for (int i = 0; i < bindings->table.count; i++) {
        const ActionRow *row = &bindings->table.rows[i];
        char *labels = row->group == group ? labels_of(bindings, i) : mem_dup("");
        if (!*labels) {
            mem_free(labels);
            continue;
        }
        if (!any)
            add_line(lines, NULL, mem_dup(action_row_heading(group)));
        any = true;
        add_line(lines, labels, mem_dup(row->help));
    }
}

static void add_own(Lines *lines, const Bindings *bindings)
{
    bool any = false;
    for (int i = 0; i < bindings->count; i++) {
        const Binding *own = &bindings->list[i];
        char label[STROKE_TEXT];
        if (!own->own || own->row == BINDING_IGNORE || !*own->argument ||
            bindings_is_hidden_by_other(bindings, i))
            continue;
        if (!any)
            add_line(lines, NULL, mem_dup(OWN));
        any = true;
        add_line(
            lines, mem_dup(stroke_label(own->stroke, label)),
            mem_printf("%s %s", bindings->table.rows[own->row].name, own->argument));
    }
}

KeyLine *key_list_lines(const Bindings *bindings)
{
    Lines lines = {0};
    for (int group = 0; group < ACTION_GROUPS; group++)
        add_group(&lines, bindings, (ActionGroup)group);
    add_own(&lines, bindings);
    return lines.list;
}

void key_list_free(KeyLine *lines)
{
    for (KeyLine *line = lines; line && line->text; line++) {
        mem_free(line->key);
        mem_free(line->text);
    }
    mem_free(lines);
}

/* Text. */

static void print_binding(const Bindings *bindings, int index, FILE *out)
{
    const Binding *binding = &bindings->list[index];
    const ActionRow *row = &bindings->table.rows[binding->row];
    char key[STROKE_TEXT], action[96];
    snprintf(action, sizeof action, "%s%s%s", row->name, *binding->argument ? " " : "",
             binding->argument);
    fprintf(out, "%-15s %-23s # %s\n", stroke_text(binding->stroke, key), action,
            row->help);
}

/* The keys of an action. False: it has none. */
static bool print_action(const Bindings *bindings, int row, FILE *out)
{
    bool any = false;
    for (int i = 0; i < bindings->count; i++) {
        if (bindings->list[i].row != row || bindings_is_hidden_by_other(bindings, i))
            continue;
        print_binding(bindings, i, out);
        any = true;
    }
    return any;
}

static void print_row(const Bindings *bindings, int index, FILE *out)
{
    const ActionRow *row = &bindings->table.rows[index];
    if (!row->act)
        fprintf(out, "# %-13s %-23s # %s\n", row->keys, "", row->help);
    else if (!print_action(bindings, index, out))
        fprintf(out, "# %-13s %s%s%-*s # %s\n", "(no key)", row->name,
                row->argument ? " " : "",
                (int)(row->argument ? 22 - strlen(row->name) : 23 - strlen(row->name)),
                row->argument ? row->argument : "", row->help);
}

static void print_ignored(const Bindings *bindings, FILE *out)
{
    char key[STROKE_TEXT];
    for (int i = 0; i < bindings->count; i++)
        if (bindings->list[i].row == BINDING_IGNORE &&
            !bindings_is_hidden_by_other(bindings, i))
            fprintf(out, "%-15s ignore\n", stroke_text(bindings->list[i].stroke, key));
}

void key_list_print(const Bindings *bindings, FILE *out)
{
    for (int group = 0; group < ACTION_GROUPS; group++) {
        fprintf(out, "%s# %s\n", group ? "\n" : "",
                action_row_heading((ActionGroup)group));
        for (int i = 0; i < bindings->table.count; i++)
            if (bindings->table.rows[i].group == (ActionGroup)group)
                print_row(bindings, i, out);
    }
    print_ignored(bindings, out);
}

/* JSON. */

static void json_keys(Json *json, const Bindings *bindings, int row)
{
    char key[STROKE_TEXT];
    json_begin(json, "keys", '[');
    for (int i = 0; i < bindings->count; i++) {
        const Binding *binding = &bindings->list[i];
        if (binding->row != row || bindings_is_hidden_by_other(bindings, i))
            continue;
        json_begin(json, NULL, '{');
        json_text(json, "key", stroke_text(binding->stroke, key));
        json_text(json, "argument", *binding->argument ? binding->argument : NULL);
        json_bool(json, "own", binding->own);
        json_end(json, '}');
    }
    json_end(json, ']');
}

static void json_row(Json *json, const Bindings *bindings, int index)
{
    const ActionRow *row = &bindings->table.rows[index];
    char *labels = labels_of(bindings, index);
    json_line(json, 2);
    json_begin(json, NULL, '{');
    json_text(json, "action", row->name);
    json_text(json, "group", action_row_heading(row->group));
    json_text(json, "arguments", row->argument);
    json_text(json, "help", row->help);
    json_bool(json, "repeats", row->flags & ACT_REPEAT);
    json_text(json, "shown", labels);
    json_keys(json, bindings, index);
    json_end(json, '}');
    mem_free(labels);
}

void key_list_print_json(const Bindings *bindings, FILE *out)
{
    Json json = {.file = out};
    json_begin(&json, NULL, '[');
    for (int group = 0; group < ACTION_GROUPS; group++)
        for (int i = 0; i < bindings->table.count; i++)
            if (bindings->table.rows[i].group == (ActionGroup)group)
                json_row(&json, bindings, i);
    json_line(&json, 0);
    json_end(&json, ']');
    fputc('\n', out);
}

/* Markdown. */

void key_list_print_markdown(const Bindings *bindings, FILE *out)
{
    KeyLine *lines = key_list_lines(bindings);
    for (const KeyLine *line = lines; line && line->text; line++)
        if (line->key)
            fprintf(out, "| %s | %s |\n", line->key, line->text);
        else
            fprintf(out, "%s| %s | |\n|---|---|\n", line == lines ? "" : "\n",
                    line->text);
    key_list_free(lines);
}
