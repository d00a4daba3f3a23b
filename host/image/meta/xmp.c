#include "image/meta/xmp.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "image/meta/xmp_editor.h"

static const char ITEM[] = "http://ns.google.com/photos/1.0/container/item/";
static const char CAMERA[] = "http://ns.google.com/photos/1.0/camera/";
static const char EXIF[] = "http://ns.adobe.com/exif/1.0/";
static const char TIFF[] = "http://ns.adobe.com/tiff/1.0/";

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
    {0},
};
/* A packet that cannot be parsed is taken to announce a part if it has one of these
 * words. */
static const char *const SIGNS[] = {"hdr-gain-map", "HDRGainMap",     "GainMap",
                                    "MotionPhoto",  "HasExtendedXMP", "Thumbnails"};

static bool is_named(const char *name, const char *space, const char *local)
{
    size_t size = strlen(space), length = strlen(local);
    return strncmp(name, space, size) == 0 && name[size] == '\n' &&
           strncmp(name + size + 1, local, length) == 0 &&
           (name[size + 1 + length] == '\n' || !name[size + 1 + length]);
}

/* The parts that a property with that value announces. */
static unsigned announced(const XmpRule *rule, const char *name, const char *value)
{
    unsigned lost = rule ? rule->lost : 0;
    if (is_named(name, ITEM, "Semantic") && strcmp(value, "GainMap") == 0)
        lost |= XMP_GAIN_MAP;
    if (is_named(name, ITEM, "Semantic") && strcmp(value, "MotionPhoto") == 0)
        lost |= XMP_MOTION;
    if ((is_named(name, CAMERA, "MotionPhoto") ||
         is_named(name, CAMERA, "MicroVideo")) &&
        strcmp(value, "1") == 0)
        lost |= XMP_MOTION;
    return lost;
}

static bool has_sign(const Block *xmp)
{
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
        if (memmem(xmp->data, xmp->size, SIGNS[i], strlen(SIGNS[i])))
            return true;
    return false;
}

bool xmp_drop_announcements(Block *xmp, unsigned *lost, Cancel *cancel, Err *err)
{
    static const XmpEdit edit = {ANNOUNCEMENTS, announced};
    XmpOutcome outcome = {0};
    *lost = 0;
    if (xmp->data && !xmp_editor_run(xmp, &edit, &outcome, cancel, err))
        return false;
    if (!outcome.broken) {
        *lost = outcome.lost;
    } else if (has_sign(xmp)) {
        mem_free(xmp->data);
        *xmp = (Block){0};
        *lost = XMP_BROKEN;
    }
    return true;
}

/* Set properties; a packet that cannot be changed stays as it is. */
static bool set(Block *xmp, const XmpRule *rules, Cancel *cancel, Err *err)
{
    XmpOutcome outcome;
    return !xmp->data ||
           xmp_editor_run(xmp, &(XmpEdit){rules, NULL}, &outcome, cancel, err);
}

bool xmp_set_size(Block *xmp, int width, int height, Cancel *cancel, Err *err)
{
    char wide[16], high[16];
    const XmpRule rules[] = {
        {TIFF, "ImageWidth", 0, wide},
        {TIFF, "ImageLength", 0, high},
        {EXIF, "PixelXDimension", 0, wide},
        {EXIF, "PixelYDimension", 0, high},
        {0},
    };
    snprintf(wide, sizeof wide, "%d", width);
    snprintf(high, sizeof high, "%d", height);
    return set(xmp, rules, cancel, err);
}

bool xmp_set_upright(Block *xmp, Cancel *cancel, Err *err)
{
    static const XmpRule rules[] = {{TIFF, "Orientation", 0, "1"}, {0}};
    return set(xmp, rules, cancel, err);
}
