#include "image/meta/xmp_editor.h"

#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "image/meta/xmp_parse.h"

enum { PREFIXES_MAX = 16, PREFIX_BYTES = 32, CHANGES_MAX = 65536 };

/* A change: bytes [from, to) become `text`. */
typedef struct Change {
    size_t from, to;
    const char *text;
} Change;

typedef struct Editor {
    XmpParse parse; /* first: it is the parser's */
    const Block *xmp;
    const XmpEdit *edit;
    unsigned lost;
    int level; /* of the element that is open */
    /* the element that is being changed as a whole; level 0: none */
    int changing;
    Change change;
    /* prefixes of namespaces that the next element declares and no property will use */
    char prefixes[PREFIXES_MAX][PREFIX_BYTES];
    int n_prefixes;
    Change *changes; /* owned, in order */
    size_t n_changes, room;
} Editor;

static bool make_room(Editor *e)
{
    size_t room = e->room ? 2 * e->room : 16;
    Change *larger = mem_try(room, sizeof *larger, NULL);
    if (!larger)
        return false;
    if (e->n_changes)
        memcpy(larger, e->changes, e->n_changes * sizeof *larger);
    mem_free(e->changes);
    e->changes = larger;
    e->room = room;
    return true;
}

static void push(Editor *e, Change change)
{
    if (e->n_changes == CHANGES_MAX) {
        xmp_parse_give_up(&e->parse);
        return;
    }
    if (e->n_changes == e->room && !make_room(e)) {
        e->parse.starved = true;
        xmp_parse_give_up(&e->parse);
        return;
    }
    e->changes[e->n_changes++] = change;
}

/* The rule for "SPACE\nNAME\nPREFIX", as the parser gives names; the prefix may be
 * missing. */
static const XmpRule *find_rule(const Editor *e, const char *name)
{
    const char *local = strchr(name, '\n');
    if (!local)
        return NULL;
    size_t size = (size_t)(local++ - name);
    for (const XmpRule *rule = e->edit->rules; rule->space; rule++)
        if (strlen(rule->space) == size && memcmp(rule->space, name, size) == 0 &&
            (!rule->name || strncmp(local, rule->name, strlen(rule->name)) == 0))
            return rule;
    return NULL;
}

static size_t skip_space(const char *tag, size_t at, size_t size)
{
    while (at < size && isspace((unsigned char)tag[at]))
        at++;
    return at;
}

/* Where an attribute stands in its tag. */
typedef struct Attribute {
    const char *name; /* as the file has it: PREFIX:NAME */
    size_t length;    /* of the name */
    Change whole;     /* with the space before it */
    Change value;
} Attribute;

/* Read the attribute at `*at`, which moves behind it. False: there is none. The parser
 * has found the tag well-formed. */
static bool next_attribute(const char *tag, size_t size, size_t *at, Attribute *found)
{
    size_t before = *at, start = skip_space(tag, before, size), end = start;
    while (end < size && !strchr("= \t\r\n/>", tag[end]))
        end++;
    size_t equal = skip_space(tag, end, size);
    if (equal >= size || tag[equal] != '=')
        return false;
    size_t open = skip_space(tag, equal + 1, size);
    const char *quote =
        open < size ? memchr(tag + open + 1, tag[open], size - open - 1) : NULL;
    if (!quote)
        return false;
    size_t close = (size_t)(quote - tag);
    *at = close + 1;
    *found = (Attribute){
        tag + start, end - start, {before, *at, NULL}, {open + 1, close, NULL}};
    return true;
}

/* Does the attribute have the property's local name? */
static bool has_local_name(const Attribute *found, const char *name)
{
    const char *local = strchr(name, '\n') + 1;
    size_t length = strcspn(local, "\n");
    return found->length >= length &&
           memcmp(found->name + found->length - length, local, length) == 0;
}

/* Is it the declaration of a namespace? The parser does not count it as an
 * attribute. */
static bool is_declaration(const Attribute *found)
{
    return found->length >= 5 && memcmp(found->name, "xmlns", 5) == 0 &&
           (found->length == 5 || found->name[5] == ':');
}

static bool is_unused(const Editor *e, const Attribute *found)
{
    for (int i = 0; i < e->n_prefixes; i++) {
        size_t length = strlen(e->prefixes[i]);
        if (found->length == 6 + length &&
            memcmp(found->name + 6, e->prefixes[i], length) == 0)
            return true;
    }
    return false;
}

/* Note a property that has a rule or stands inside one that has. */
static void note(Editor *e, const XmpRule *rule, const char *name, const char *value)
{
    if (e->edit->found)
        e->lost |= e->edit->found(rule, name, value);
}

/* Take a part of the tag at `from` out, or set it. */
static void change_part(Editor *e, size_t from, const Attribute *found,
                        const char *text)
{
    const Change *part = text ? &found->value : &found->whole;
    push(e, (Change){from + part->from, from + part->to, text ? text : ""});
}

static void change_attribute(Editor *e, size_t from, const Attribute *found,
                             const char *name, const char *value)
{
    const XmpRule *rule = find_rule(e, name);
    if (!rule)
        return;
    note(e, rule, name, value);
    if (has_local_name(found, name))
        change_part(e, from, found, rule->value);
    else
        xmp_parse_give_up(&e->parse);
}

/* The parser gives attributes in the order in which they stand in the tag. */
static void change_tag(Editor *e, size_t from, size_t size, const char **attributes)
{
    const char *tag = (const char *)e->xmp->data + from;
    size_t at = 0;
    while (at < size && !strchr(" \t\r\n/>", tag[at]))
        at++;
    Attribute found;
    while (!e->parse.broken && next_attribute(tag, size, &at, &found)) {
        if (is_declaration(&found)) {
            if (is_unused(e, &found))
                change_part(e, from, &found, NULL);
        } else if (*attributes) {
            change_attribute(e, from, &found, attributes[0], attributes[1]);
            attributes += 2;
        }
    }
    for (; *attributes && !e->parse.broken; attributes += 2)
        if (find_rule(e, attributes[0]))
            xmp_parse_give_up(&e->parse);
}

static void XMLCALL start_element(void *context, const char *name,
                                  const char **attributes)
{
    Editor *e = context;
    size_t from = xmp_parse_from(&e->parse), to = xmp_parse_to(&e->parse);
    const XmpRule *rule = find_rule(e, name);
    e->level++;
    if (!e->changing && rule) {
        e->changing = e->level;
        e->change = rule->value ? (Change){to, 0, rule->value} : (Change){from, 0, ""};
    }
    if (e->changing) {
        note(e, rule, name, "");
        for (; *attributes; attributes += 2)
            note(e, find_rule(e, attributes[0]), attributes[0], attributes[1]);
    } else {
        change_tag(e, from, to - from, attributes);
    }
    e->n_prefixes = 0;
}

static void XMLCALL end_element(void *context, const char *name)
{
    (void)name;
    Editor *e = context;
    if (e->changing == e->level) {
        bool whole = !e->change.text[0];
        e->change.to = whole ? xmp_parse_to(&e->parse) : xmp_parse_from(&e->parse);
        if (e->change.to > e->change.from)
            push(e, e->change);
        e->changing = 0;
    }
    e->level--;
}

static void XMLCALL declare(void *context, const char *prefix, const char *space)
{
    Editor *e = context;
    if (!prefix || !space || strlen(prefix) >= PREFIX_BYTES)
        return;
    for (const XmpRule *rule = e->edit->rules; rule->space; rule++)
        if (e->n_prefixes < PREFIXES_MAX && !rule->name &&
            strcmp(rule->space, space) == 0)
            memcpy(e->prefixes[e->n_prefixes++], prefix, strlen(prefix) + 1);
}

static bool apply(const Editor *e, Block *xmp, Err *err)
{
    size_t room = xmp->size + 1, size = 0, at = 0;
    for (size_t i = 0; i < e->n_changes; i++)
        room += strlen(e->changes[i].text);
    uint8_t *made = mem_try(room, 1, err);
    if (!made)
        return false;
    for (size_t i = 0; i <= e->n_changes; i++) {
        const Change end = {xmp->size, xmp->size, ""};
        const Change *change = i < e->n_changes ? &e->changes[i] : &end;
        memcpy(made + size, xmp->data + at, change->from - at);
        size += change->from - at;
        memcpy(made + size, change->text, strlen(change->text));
        size += strlen(change->text);
        at = change->to;
    }
    mem_free(xmp->data);
    *xmp = (Block){made, size};
    return true;
}

bool xmp_editor_run(Block *xmp, const XmpEdit *edit, XmpOutcome *outcome,
                    Cancel *cancel, Err *err)
{
    static const XmpHandlers handlers = {start_element, end_element, declare};
    Editor e = {.xmp = xmp, .edit = edit};
    bool good = xmp_parse(&e.parse, xmp, &handlers, cancel, err) &&
                (e.parse.broken || !e.n_changes || apply(&e, xmp, err));
    mem_free(e.changes);
    *outcome = (XmpOutcome){.lost = e.lost, .broken = e.parse.broken};
    return good;
}
