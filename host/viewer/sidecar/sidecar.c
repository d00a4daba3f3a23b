#include "viewer/sidecar/sidecar.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text/json.h"
#include "base/text/json_read.h"

/* Members. */

static void members_free(SidecarMember *members, int count)
{
    for (int i = 0; i < count; i++) {
        mem_free(members[i].name);
        mem_free(members[i].json);
    }
    mem_free(members);
}

/* Takes both strings. */
static void add(SidecarMember **members, int *count, char *name, char *json)
{
    *members = mem_more(*members, (size_t)*count, 1, sizeof **members);
    (*members)[(*count)++] = (SidecarMember){name, json};
}

void sidecar_free(Sidecar *sidecar)
{
    if (!sidecar)
        return;
    members_free(sidecar->values, sidecar->n_values);
    members_free(sidecar->others, sidecar->n_others);
    mem_free(sidecar->script);
    mem_free(sidecar);
}

/* Reading. */

/* The next value as it stands in `text`, of which the reader has a copy; new. NULL:
 * there is none. */
static char *raw_value(JsonReader *reader, const char *copy, const char *text)
{
    const char *from = reader->at + strspn(reader->at, " \t\r\n");
    if (!json_skip(reader, json_next(reader)))
        return NULL;
    return mem_printf("%.*s", (int)(reader->at - from), text + (from - copy));
}

/* All of an object that is the whole text. */
static bool read_members(const char *text, SidecarMember **members, int *count)
{
    char *copy = mem_dup(text);
    JsonReader reader;
    json_read(&reader, copy);
    JsonToken token = json_next(&reader);
    bool fine = token == JSON_OBJECT;
    while (fine && (token = json_next(&reader)) == JSON_NAME) {
        char *name = mem_dup(reader.text), *json = raw_value(&reader, copy, text);
        fine = json;
        add(members, count, name, json);
    }
    fine = fine && token == JSON_OBJECT_END && json_next(&reader) == JSON_END;
    mem_free(copy);
    return fine;
}

/* New; NULL: it is no string. */
static char *string_of(const char *json)
{
    char *copy = mem_dup(json);
    JsonReader reader;
    json_read(&reader, copy);
    char *found = json_next(&reader) == JSON_TEXT ? mem_dup(reader.text) : NULL;
    mem_free(copy);
    return found;
}

/* The members that are ours leave `others`. */
static bool take_ours(Sidecar *sidecar)
{
    int kept = 0;
    bool fine = true;
    for (int i = 0; i < sidecar->n_others; i++) {
        SidecarMember member = sidecar->others[i];
        bool values = strcmp(member.name, "values") == 0;
        bool script = strcmp(member.name, "script") == 0;
        if (!values && !script && strcmp(member.name, "lutist") != 0) {
            sidecar->others[kept++] = member;
            continue;
        }
        if (values)
            fine = fine && !sidecar->n_values &&
                   read_members(member.json, &sidecar->values, &sidecar->n_values);
        if (script && !sidecar->script)
            sidecar->script = string_of(member.json);
        mem_free(member.name);
        mem_free(member.json);
    }
    sidecar->n_others = kept;
    return fine;
}

Sidecar *sidecar_parse(const char *text, Err *err)
{
    Sidecar *sidecar = mem_new(1, sizeof *sidecar);
    if (strncmp(text, SIDECAR_OPENING, strlen(SIDECAR_OPENING)) != 0)
        err_set(err, ERR_FILE, "is not a lutist sidecar");
    else if (!read_members(text, &sidecar->others, &sidecar->n_others) ||
             !take_ours(sidecar))
        err_set(err, ERR_FILE,
                "is damaged: it is not a JSON object with values by name");
    else
        return sidecar;
    sidecar_free(sidecar);
    return NULL;
}

/* Values. */

/* As -p takes it; new string. */
static char *text_of(const char *json)
{
    return *json == '"' ? string_of(json) : mem_dup(json);
}

void sidecar_apply(const Sidecar *sidecar, const ParamSet *set, ParamValue *values)
{
    for (int i = 0; i < sidecar->n_values; i++) {
        int index = param_find(set, sidecar->values[i].name);
        char *text = text_of(sidecar->values[i].json);
        ParamValue value;
        Err err;
        if (index >= 0 && param_read(&set->params[index], text, &value, &err)) {
            param_clear(&values[index]);
            values[index] = value;
        }
        mem_free(text);
    }
}

/* Writing. */

static void put_text(FILE *out, const char *text)
{
    Json json = {.file = out};
    json_text(&json, NULL, text);
}

static void put_value(FILE *out, const Param *param, ParamValue value)
{
    char *literal = param_literal(param, value);
    if (param->kind == PARAM_SLIDER)
        fputs(literal, out);
    else
        put_text(out, literal);
    mem_free(literal);
}

typedef struct Content {
    const char *script;
    const ParamSet *set;
    const ParamValue *values;
} Content;

static void put_content(FILE *out, void *context)
{
    const Content *content = context;
    const ParamSet *set = content->set;
    fputs(SIDECAR_OPENING "\n  \"script\": ", out);
    put_text(out, content->script);
    fputs(",\n  \"values\": {", out);
    for (int i = 0; i < set->count; i++) {
        fputs(i ? ",\n    " : "\n    ", out);
        put_text(out, set->params[i].name);
        fputs(": ", out);
        put_value(out, &set->params[i], content->values[i]);
    }
    fputs("\n  }\n}\n", out);
}

char *sidecar_text(const char *script, const ParamSet *set, const ParamValue *values)
{
    return mem_written(put_content, &(Content){script, set, values});
}

/* Two texts as one. */

static bool has(const SidecarMember *members, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp(members[i].name, name) == 0)
            return true;
    return false;
}

static void put_member(FILE *out, const char *before, const SidecarMember *member)
{
    fputs(before, out);
    put_text(out, member->name);
    fprintf(out, ": %s", member->json);
}

typedef struct Merge {
    Sidecar *newer, *older; /* owned */
} Merge;

static void put_values(FILE *out, const Merge *merge)
{
    const Sidecar *newer = merge->newer, *older = merge->older;
    const char *before = "\n    ";
    for (int i = 0; i < newer->n_values; i++, before = ",\n    ")
        put_member(out, before, &newer->values[i]);
    for (int i = 0; i < older->n_values; i++) {
        if (has(newer->values, newer->n_values, older->values[i].name))
            continue;
        put_member(out, before, &older->values[i]);
        before = ",\n    ";
    }
}

static void put_merged(FILE *out, void *context)
{
    const Merge *merge = context;
    const Sidecar *newer = merge->newer, *older = merge->older;
    fputs(SIDECAR_OPENING "\n  \"script\": ", out);
    put_text(out, newer->script);
    fputs(",\n  \"values\": {", out);
    put_values(out, merge);
    fputs("\n  }", out);
    for (int i = 0; i < newer->n_others; i++)
        put_member(out, ",\n  ", &newer->others[i]);
    for (int i = 0; i < older->n_others; i++)
        if (!has(newer->others, newer->n_others, older->others[i].name))
            put_member(out, ",\n  ", &older->others[i]);
    fputs("\n}\n", out);
}

char *sidecar_merge(const char *newer, const char *older, Err *err)
{
    Err none;
    Merge merge = {sidecar_parse(newer, &none), sidecar_parse(older, err)};
    REQUIRE(merge.newer && merge.newer->script);
    char *text = merge.older ? mem_written(put_merged, &merge) : NULL;
    sidecar_free(merge.newer);
    sidecar_free(merge.older);
    return text;
}
