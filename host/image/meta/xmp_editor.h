/* xmp_editor — changes to an XMP packet by rules, by way of an XML parser (expat).
 *
 * The parser says where things stand; bytes that no rule is about stay as they are. A
 * packet that is no XML, or has a tag of more than 512 KiB, is left alone.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_META_XMP_EDITOR_H
#define LUTIST_IMAGE_META_XMP_EDITOR_H

#include "base/err.h"
#include "base/thread/cancel.h"
#include "image/meta/block.h"

/* A change to a property, be it an attribute or an element. */
typedef struct XmpRule {
    const char *space; /* its namespace */
    const char *name;  /* as far as it goes; NULL: all of the namespace */
    unsigned lost;     /* announced by it */
    const char *value; /* NULL: the property is taken out */
} XmpRule;

typedef struct XmpEdit {
    const XmpRule *rules; /* a zeroed one ends them */
    /* What a property announces: it has a rule, or stands inside one that has (`rule`
     * NULL). `name` is as expat gives it: "SPACE\nNAME\nPREFIX". NULL: nothing. */
    unsigned (*found)(const XmpRule *rule, const char *name, const char *value);
} XmpEdit;

typedef struct XmpOutcome {
    unsigned lost; /* all that was announced */
    bool broken;   /* the packet cannot be parsed or changed and was left alone */
} XmpOutcome;

/* Fails: ERR_MEMORY, ERR_CANCELLED; the packet is then untouched. */
bool xmp_editor_run(Block *xmp, const XmpEdit *edit, XmpOutcome *outcome,
                    Cancel *cancel, Err *err);

#endif
