#include "image/meta/xmp_extension.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "image/meta/meta.h"
#include "image/meta/xmp_editor.h"
#include "image/meta/xmp_parse.h"

enum { ELEMENTS_MAX = 1024 };

static const char RDF[] = "http://www.w3.org/1999/02/22-rdf-syntax-ns#\nRDF\nrdf";
static const char PACKET[] = "<?xpacket";
static const char END_OF_PACKET[] = "<?xpacket end=\"w\"?>";

typedef struct Range {
    size_t from, to;
} Range;

/* Where the parts of a packet stand in it. */
typedef struct Layout {
    XmpParse parse;     /* first: it is the parser's */
    int level;          /* of the element that is open */
    int rdf;            /* the level of rdf:RDF; 0: it has not come */
    Range root;         /* the outermost element */
    size_t open, close; /* behind the tag of rdf:RDF; before its end */
    Range *elements;    /* owned: those in it */
    int count;
    bool odd; /* it is no such packet */
} Layout;

static void XMLCALL start_element(void *context, const char *name,
                                  const char **attributes)
{
    Layout *layout = context;
    (void)attributes;
    if (layout->close) { /* rdf:RDF is to be the last */
        xmp_parse_give_up(&layout->parse);
        return;
    }
    if (++layout->level == 1)
        layout->root.from = xmp_parse_from(&layout->parse);
    if (!layout->rdf && strcmp(name, RDF) == 0) {
        layout->rdf = layout->level;
        layout->open = xmp_parse_to(&layout->parse);
    } else if (layout->rdf && layout->level == layout->rdf + 1) {
        if (layout->count == ELEMENTS_MAX)
            xmp_parse_give_up(&layout->parse);
        else
            layout->elements[layout->count].from = xmp_parse_from(&layout->parse);
    }
}

static void XMLCALL end_element(void *context, const char *name)
{
    Layout *layout = context;
    (void)name;
    if (layout->parse.broken) /* by the start of this element, which is empty */
        return;
    if (layout->rdf && layout->level == layout->rdf + 1)
        layout->elements[layout->count++].to = xmp_parse_to(&layout->parse);
    if (layout->rdf && layout->level == layout->rdf)
        layout->close = xmp_parse_from(&layout->parse);
    if (layout->level-- == 1)
        layout->root.to = xmp_parse_to(&layout->parse);
}

/* Elements are moved into the other part's rdf:RDF, whose prefixes are other ones. */
static void XMLCALL declare(void *context, const char *prefix, const char *space)
{
    Layout *layout = context;
    (void)space;
    bool usual = prefix && (strcmp(prefix, "rdf") == 0 || strcmp(prefix, "x") == 0);
    if (!layout->rdf && !usual)
        xmp_parse_give_up(&layout->parse);
}

/* On success the caller frees layout->elements. */
static bool read_layout(Layout *layout, const Block *xmp, Cancel *cancel, Err *err)
{
    static const XmpHandlers handlers = {start_element, end_element, declare};
    *layout = (Layout){.elements = mem_new(ELEMENTS_MAX, sizeof *layout->elements)};
    if (!xmp_parse(&layout->parse, xmp, &handlers, cancel, err)) {
        mem_free(layout->elements);
        return false;
    }
    /* An empty element has no end to put others before, nor has UTF-16. */
    layout->odd = layout->parse.broken || !layout->close ||
                  layout->close + 2 > xmp->size ||
                  memcmp(xmp->data + layout->close, "</", 2) != 0;
    return true;
}

/* Joining. */

static bool append(Block *to, const Block *from, size_t begin, size_t end, Err *err)
{
    return end <= begin || meta_append(to, from->data + begin, end - begin, err);
}

static bool join(Block *xmp, const Block *extension, bool *joined, Cancel *cancel,
                 Err *err)
{
    Layout first, second;
    Block whole = {0};
    if (!read_layout(&first, xmp, cancel, err))
        return false;
    if (!read_layout(&second, extension, cancel, err)) {
        mem_free(first.elements);
        return false;
    }
    bool fit = !first.odd && !second.odd;
    bool good = !fit || (append(&whole, xmp, 0, first.close, err) &&
                         append(&whole, extension, second.open, second.close, err) &&
                         append(&whole, xmp, first.close, xmp->size, err));
    mem_free(first.elements);
    mem_free(second.elements);
    *joined = good && fit;
    if (*joined) {
        mem_free(xmp->data);
        *xmp = whole;
    } else {
        meta_drop(&whole);
    }
    return good;
}

/* Take properties out of a packet; *read: it can be. */
static bool take_out(Block *xmp, const XmpRule *rules, bool *read, Cancel *cancel,
                     Err *err)
{
    XmpOutcome outcome = {0};
    bool good = xmp_editor_run(xmp, &(XmpEdit){rules, NULL}, &outcome, cancel, err);
    *read = good && !outcome.broken;
    return good;
}

bool xmp_extension_join(Block *xmp, const Block *extension, bool *joined,
                        Cancel *cancel, Err *err)
{
    static const XmpRule notes[] = {{"http://ns.adobe.com/xmp/note/", NULL, 0, NULL},
                                    {0}};
    static const XmpRule media[] = {
        {"http://ns.google.com/photos/1.0/image/", NULL, 0, NULL},
        {"http://ns.google.com/photos/1.0/depthmap/", NULL, 0, NULL},
        {"http://ns.google.com/photos/1.0/audio/", NULL, 0, NULL},
        {0}};
    Block rest = {0}, first = {0};
    bool readable = false;
    *joined = false;
    bool good = meta_set(&first, xmp->data, xmp->size, err) &&
                meta_set(&rest, extension->data, extension->size, err) &&
                take_out(&rest, media, &readable, cancel, err) &&
                (!readable || take_out(&first, notes, &readable, cancel, err)) &&
                (!readable || join(&first, &rest, joined, cancel, err));
    if (*joined) {
        mem_free(xmp->data);
        *xmp = first;
        first = (Block){0};
    }
    meta_drop(&first);
    meta_drop(&rest);
    return good;
}

/* Dividing. */

/* How many elements stay within `room` bytes, from the first one on. */
static int count_fitting(const Layout *layout, size_t room)
{
    int count = 0;
    while (count < layout->count && layout->elements[count].to - layout->open <= room)
        count++;
    return count;
}

/* The extension has no packet's head, and its name is a hash: readers compare it with
 * that of the segments alone. */
static bool make_extension(const Block *xmp, const Layout *layout, size_t from,
                           XmpParts *parts, Err *err)
{
    char digits[HASH_TEXT];
    Block *to = &parts->extension;
    if (!append(to, xmp, layout->root.from, layout->open, err) ||
        !append(to, xmp, from, layout->root.to, err))
        return false;
    Hash *hash = hash_new();
    hash_add(hash, to->data, to->size);
    hash_finish(hash, digits);
    for (int i = 0; i < XMP_NAME; i++)
        parts->name[i] = (char)toupper((unsigned char)digits[i]);
    return true;
}

typedef char NoteText[192];

static size_t write_note(NoteText text, const char *name)
{
    return (size_t)snprintf(text, sizeof(NoteText),
                            "<rdf:Description rdf:about=\"\" "
                            "xmlns:xmpNote=\"http://ns.adobe.com/xmp/note/\" "
                            "xmpNote:HasExtendedXMP=\"%.*s\"/>",
                            XMP_NAME, name);
}

/* `note` is empty if all elements stay. */
static bool make_first(const Block *xmp, const Layout *layout, size_t to,
                       const char *note, XmpParts *parts, Err *err)
{
    Block *first = &parts->first;
    bool is_packet = memmem(xmp->data, layout->root.from, PACKET, sizeof PACKET - 1);
    return append(first, xmp, 0, to, err) &&
           (!*note || meta_append(first, note, strlen(note), err)) &&
           append(first, xmp, layout->close, layout->root.to, err) &&
           (!is_packet ||
            meta_append(first, END_OF_PACKET, sizeof END_OF_PACKET - 1, err));
}

static bool divide(const Block *xmp, const Layout *layout, size_t most, XmpParts *parts,
                   Err *err)
{
    static const char any[XMP_NAME + 1] = "00000000000000000000000000000000";
    NoteText note = "";
    size_t around =
        layout->open + layout->root.to - layout->close + sizeof END_OF_PACKET - 1;
    size_t inside = layout->close - layout->open, noted = write_note(note, any);
    if (around + inside <= most) /* the room for changes behind it is too much */
        return make_first(xmp, layout, layout->close, "", parts, err);
    if (around + noted > most || !layout->count)
        return true;
    int kept = count_fitting(layout, most - around - noted);
    size_t cut = kept ? layout->elements[kept - 1].to : layout->open;
    if (!make_extension(xmp, layout, cut, parts, err))
        return false;
    write_note(note, parts->name);
    return make_first(xmp, layout, cut, note, parts, err);
}

bool xmp_extension_divide(const Block *xmp, size_t most, XmpParts *parts,
                          Cancel *cancel, Err *err)
{
    Layout layout;
    *parts = (XmpParts){0};
    if (!read_layout(&layout, xmp, cancel, err))
        return false;
    bool good = layout.odd || divide(xmp, &layout, most, parts, err);
    mem_free(layout.elements);
    if (!good)
        xmp_parts_clear(parts);
    return good;
}

void xmp_parts_clear(XmpParts *parts)
{
    meta_drop(&parts->first);
    meta_drop(&parts->extension);
}
