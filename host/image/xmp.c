#include "image/xmp.h"

#include <ctype.h>
#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { PREFIXES_MAX = 16, PREFIX_BYTES = 32, PART_BYTES = 64 * 1024 };

static const char ITEM[] = "http://ns.google.com/photos/1.0/container/item/";
static const char CAMERA[] = "http://ns.google.com/photos/1.0/camera/";
static const char EXIF[] = "http://ns.adobe.com/exif/1.0/";
static const char TIFF[] = "http://ns.adobe.com/tiff/1.0/";

/* What happens to a property, be it an attribute or an element. */
typedef struct XmpRule {
    const char *space;
    const char *name;  /* as far as it goes; NULL: all of the namespace */
    unsigned lost;     /* what it announces */
    const char *value; /* NULL: the property is taken out */
} XmpRule;

static const XmpRule ANNOUNCEMENTS[] = {
    {"http://ns.adobe.com/hdr-gain-map/1.0/", NULL, XMP_GAIN_MAP, NULL},
    {"http://ns.apple.com/HDRGainMap/1.0/", NULL, XMP_GAIN_MAP, NULL},
    {"http://ns.apple.com/pixeldatainfo/1.0/", NULL, XMP_GAIN_MAP, NULL},
    {"http://ns.google.com/photos/1.0/container/", NULL, 0, NULL}, /* its items say */
    {ITEM, NULL, 0, NULL},
    {CAMERA, "MotionPhoto", 0, NULL},
    {CAMERA, "MicroVideo", 0, NULL},
    {"http://ns.adobe.com/xmp/note/", "HasExtendedXMP", XMP_EXTENSION, NULL},
    {"http://ns.adobe.com/xap/1.0/", "Thumbnails", 0, NULL},
    {NULL},
};
/* Found in a packet that cannot be parsed, these are as good as an announcement. */
static const char *const SIGNS[] = {"hdr-gain-map", "HDRGainMap",     "GainMap",
                                    "MotionPhoto",  "HasExtendedXMP", "Thumbnails"};

/* A change: bytes [from, to) become `text`. */
typedef struct Change {
    size_t from, to;
    const char *text;
} Change;

typedef struct Editor {
    const Block *xmp;
    const XmpRule *rules;
    XML_Parser parser;
    unsigned lost;
    bool broken;
    int depth; /* of the element that is open */
    /* the element that is being changed as a whole; depth 0: none */
    int changing;
    Change change;
    /* namespaces that the next element declares and nobody will use */
    char prefixes[PREFIXES_MAX][PREFIX_BYTES];
    int n_prefixes;
    Change *changes; /* owned, in order */
    int n_changes;
} Editor;

static void push(Editor *e, Change change)
{
    e->changes = mem_grow(e->changes, (size_t)e->n_changes + 1, sizeof *e->changes);
    e->changes[e->n_changes++] = change;
}

/* "SPACE\nNAME\nPREFIX", as the parser gives names; the prefix may be missing. */
static const XmpRule *find_rule(const Editor *e, const char *name)
{
    const char *local = strchr(name, '\n');
    if (!local)
        return NULL;
    size_t size = (size_t)(local++ - name);
    for (const XmpRule *rule = e->rules; rule->space; rule++)
        if (strlen(rule->space) == size && memcmp(rule->space, name, size) == 0 &&
            (!rule->name || strncmp(local, rule->name, strlen(rule->name)) == 0))
            return rule;
    return NULL;
}

static bool is_named(const char *name, const char *space, const char *local)
{
    size_t size = strlen(space), length = strlen(local);
    return strncmp(name, space, size) == 0 && name[size] == '\n' &&
           strncmp(name + size + 1, local, length) == 0 &&
           (name[size + 1 + length] == '\n' || !name[size + 1 + length]);
}

/* What a property with that value announces. */
static void note_lost(Editor *e, const XmpRule *rule, const char *name,
                      const char *value)
{
    e->lost |= rule ? rule->lost : 0;
    if (is_named(name, ITEM, "Semantic") && strcmp(value, "GainMap") == 0)
        e->lost |= XMP_GAIN_MAP;
    if (is_named(name, ITEM, "Semantic") && strcmp(value, "MotionPhoto") == 0)
        e->lost |= XMP_MOTION;
    if ((is_named(name, CAMERA, "MotionPhoto") ||
         is_named(name, CAMERA, "MicroVideo")) &&
        strcmp(value, "1") == 0)
        e->lost |= XMP_MOTION;
}

static size_t skip_space(const char *tag, size_t at, size_t size)
{
    while (at < size && isspace((unsigned char)tag[at]))
        at++;
    return at;
}

/* Where attribute `name` stands in a start tag: its bytes with the space before it, and
 * its value. False: nowhere. The parser has found the tag well-formed. */
static bool find_attribute(const char *tag, size_t size, const char *name,
                           Change *whole, Change *value)
{
    size_t at = strcspn(tag, " \t\r\n/>"), length = strlen(name);
    while (at < size) {
        size_t before = at, start = skip_space(tag, at, size), end = start;
        while (end < size && !strchr("= \t\r\n/>", tag[end]))
            end++;
        at = skip_space(tag, end, size);
        if (at >= size || tag[at] != '=')
            return false;
        at = skip_space(tag, at + 1, size);
        const char *quote =
            at < size ? memchr(tag + at + 1, tag[at], size - at - 1) : NULL;
        if (!quote)
            return false;
        *value = (Change){at + 1, (size_t)(quote - tag), NULL};
        at = value->to + 1;
        *whole = (Change){before, at, NULL};
        if (end - start == length && memcmp(tag + start, name, length) == 0)
            return true;
    }
    return false;
}

/* Take an attribute of the tag at `from` out, or set its value. */
static void change_attribute(Editor *e, size_t from, size_t size, const char *name,
                             const char *text)
{
    Change whole, value;
    const char *tag = (const char *)e->xmp->data + from;
    if (!find_attribute(tag, size, name, &whole, &value)) {
        e->broken = true;
        return;
    }
    Change *change = text ? &value : &whole;
    push(e, (Change){from + change->from, from + change->to, text ? text : ""});
}

/* The name as the file has it: PREFIX:NAME. */
static void change_property(Editor *e, size_t from, size_t size, const char *name,
                            const char *text)
{
    const char *local = strchr(name, '\n') + 1, *prefix = strchr(local, '\n');
    char *raw = prefix ? mem_printf("%s:%.*s", prefix + 1, (int)(prefix - local), local)
                       : mem_dup(local);
    change_attribute(e, from, size, raw, text);
    mem_free(raw);
}

static void drop_prefixes(Editor *e, size_t from, size_t size)
{
    for (int i = 0; i < e->n_prefixes; i++) {
        char name[PREFIX_BYTES + 8];
        snprintf(name, sizeof name, "xmlns:%s", e->prefixes[i]);
        change_attribute(e, from, size, name, NULL);
    }
}

static int by_place(const void *a, const void *b)
{
    const Change *x = a, *y = b;
    return x->from < y->from ? -1 : x->from > y->from;
}

static void change_tag(Editor *e, size_t from, size_t size, const char **attributes)
{
    int before = e->n_changes;
    for (; *attributes; attributes += 2) {
        const XmpRule *rule = find_rule(e, attributes[0]);
        if (!rule)
            continue;
        note_lost(e, rule, attributes[0], attributes[1]);
        change_property(e, from, size, attributes[0], rule->value);
    }
    drop_prefixes(e, from, size);
    if (e->n_changes > before)
        qsort(e->changes + before, (size_t)(e->n_changes - before), sizeof *e->changes,
              by_place);
}

static void XMLCALL start_element(void *context, const char *name,
                                  const char **attributes)
{
    Editor *e = context;
    size_t from = (size_t)XML_GetCurrentByteIndex(e->parser);
    size_t size = (size_t)XML_GetCurrentByteCount(e->parser);
    const XmpRule *rule = find_rule(e, name);
    e->depth++;
    if (!e->changing && rule) {
        e->changing = e->depth;
        e->change =
            rule->value ? (Change){from + size, 0, rule->value} : (Change){from, 0, ""};
    }
    if (e->changing) {
        note_lost(e, rule, name, "");
        for (; *attributes; attributes += 2)
            note_lost(e, find_rule(e, attributes[0]), attributes[0], attributes[1]);
    } else {
        change_tag(e, from, size, attributes);
    }
    e->n_prefixes = 0;
}

static void XMLCALL end_element(void *context, const char *name)
{
    (void)name;
    Editor *e = context;
    size_t at = (size_t)XML_GetCurrentByteIndex(e->parser);
    if (e->changing == e->depth) {
        bool whole = !e->change.text[0];
        e->change.to = at + (whole ? (size_t)XML_GetCurrentByteCount(e->parser) : 0);
        if (e->change.to > e->change.from)
            push(e, e->change);
        e->changing = 0;
    }
    e->depth--;
}

static void XMLCALL declare(void *context, const char *prefix, const char *space)
{
    Editor *e = context;
    if (!prefix || !space || strlen(prefix) >= PREFIX_BYTES)
        return;
    for (const XmpRule *rule = e->rules; rule->space; rule++)
        if (e->n_prefixes < PREFIXES_MAX && !rule->name &&
            strcmp(rule->space, space) == 0)
            memcpy(e->prefixes[e->n_prefixes++], prefix, strlen(prefix) + 1);
}

/* No packet has one, and entities are nothing to play with. */
static void XMLCALL refuse_doctype(void *context, const char *name, const char *system,
                                   const char *public, int internal)
{
    (void)name, (void)system, (void)public, (void)internal;
    Editor *e = context;
    e->broken = true;
    XML_StopParser(e->parser, XML_FALSE);
}

static void parse(Editor *e)
{
    size_t size = e->xmp->size;
    while (size > 0 && e->xmp->data[size - 1] == 0)
        size--;
    for (size_t at = 0, some; at < size && !e->broken; at += some) {
        some = size - at < PART_BYTES ? size - at : PART_BYTES;
        e->broken |= XML_Parse(e->parser, (const char *)e->xmp->data + at, (int)some,
                               at + some == size) != XML_STATUS_OK;
    }
}

static void apply(const Editor *e, Block *xmp)
{
    size_t room = xmp->size + 1, size = 0, at = 0;
    for (int i = 0; i < e->n_changes; i++)
        room += strlen(e->changes[i].text);
    uint8_t *made = mem_new(room, 1);
    for (int i = 0; i <= e->n_changes; i++) {
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
}

/* False: the packet is not to be parsed. */
static bool edit(Block *xmp, const XmpRule *rules, unsigned *lost)
{
    Editor e = {.xmp = xmp, .rules = rules, .parser = XML_ParserCreateNS(NULL, '\n')};
    XML_SetReturnNSTriplet(e.parser, 1);
    XML_SetUserData(e.parser, &e);
    XML_SetElementHandler(e.parser, start_element, end_element);
    XML_SetStartNamespaceDeclHandler(e.parser, declare);
    XML_SetStartDoctypeDeclHandler(e.parser, refuse_doctype);
    parse(&e);
    if (!e.broken && e.n_changes)
        apply(&e, xmp);
    XML_ParserFree(e.parser);
    mem_free(e.changes);
    *lost = e.lost;
    return !e.broken;
}

unsigned xmp_drop_announcements(Block *xmp)
{
    unsigned lost = 0;
    if (!xmp->data || edit(xmp, ANNOUNCEMENTS, &lost))
        return lost;
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
        if (memmem(xmp->data, xmp->size, SIGNS[i], strlen(SIGNS[i]))) {
            mem_free(xmp->data);
            *xmp = (Block){0};
            return XMP_BROKEN;
        }
    return 0;
}

void xmp_set_size(Block *xmp, int width, int height)
{
    char wide[16], high[16];
    unsigned lost;
    const XmpRule rules[] = {
        {TIFF, "ImageWidth", 0, wide},
        {TIFF, "ImageLength", 0, high},
        {EXIF, "PixelXDimension", 0, wide},
        {EXIF, "PixelYDimension", 0, high},
        {NULL},
    };
    snprintf(wide, sizeof wide, "%d", width);
    snprintf(high, sizeof high, "%d", height);
    if (xmp->data)
        edit(xmp, rules, &lost);
}

void xmp_set_upright(Block *xmp)
{
    static const XmpRule rules[] = {{TIFF, "Orientation", 0, "1"}, {NULL}};
    unsigned lost;
    if (xmp->data)
        edit(xmp, rules, &lost);
}
