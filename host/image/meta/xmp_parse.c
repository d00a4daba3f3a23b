#include "image/meta/xmp_parse.h"

#include <errno.h>

/* The parser starts a tag anew with each further piece of it, and reports all
 * attributes of a tag at once: some 30 ms for the longest tag. */
enum { PIECE = 256 << 10, TAG_MAX = 512 << 10 };

void xmp_parse_give_up(XmpParse *parse)
{
    parse->broken = true;
    XML_StopParser(parse->parser, XML_FALSE);
}

size_t xmp_parse_from(const XmpParse *parse)
{
    return (size_t)XML_GetCurrentByteIndex(parse->parser);
}

size_t xmp_parse_to(const XmpParse *parse)
{
    return xmp_parse_from(parse) + (size_t)XML_GetCurrentByteCount(parse->parser);
}

/* No real packet has a document type, and entities can exhaust memory. */
static void XMLCALL refuse_doctype(void *context, const char *name, const char *system,
                                   const char *public, int internal)
{
    (void)name, (void)system, (void)public, (void)internal;
    xmp_parse_give_up(context);
}

/* Piece by piece, with a look at the cancel between two. */
static void read_all(XmpParse *parse, const Block *xmp, Cancel *cancel)
{
    size_t size = xmp->size, at = 0;
    while (size > 0 && xmp->data[size - 1] == 0)
        size--;
    parse->broken = size == 0;
    while (!parse->broken && !cancel_is_set(cancel)) {
        size_t piece = size - at < PIECE ? size - at : PIECE;
        const char *text = (const char *)xmp->data + at;
        at += piece;
        if (XML_Parse(parse->parser, text, (int)piece, at == size) != XML_STATUS_OK)
            parse->broken = true;
        if (at == size)
            return;
        if (at - xmp_parse_from(parse) > TAG_MAX)
            xmp_parse_give_up(parse);
    }
}

bool xmp_parse(XmpParse *parse, const Block *xmp, const XmpHandlers *handlers,
               Cancel *cancel, Err *err)
{
    XML_Parser parser = XML_ParserCreateNS(NULL, '\n');
    if (!parser)
        return err_set(err, ERR_MEMORY, "out of memory");
    *parse = (XmpParse){.parser = parser};
    XML_SetReturnNSTriplet(parser, 1);
    XML_SetUserData(parser, parse);
    XML_SetElementHandler(parser, handlers->start, handlers->end);
    XML_SetStartNamespaceDeclHandler(parser, handlers->declare);
    XML_SetStartDoctypeDeclHandler(parser, refuse_doctype);
    errno = 0;
    read_all(parse, xmp, cancel);
    /* The parser may report a lack of memory as another error. */
    bool starved = parse->starved || (parse->broken && errno == ENOMEM);
    XML_ParserFree(parser);
    parse->parser = NULL;
    if (cancel_is_set(cancel))
        return err_set(err, ERR_CANCELLED, "interrupted");
    return !starved || err_set(err, ERR_MEMORY, "out of memory");
}
