#include "viewer/scope/picture_facts.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "image/codec/format.h"
#include "image/ifd/exif_facts.h"

__attribute__((format(printf, 3, 4))) static void
add(PictureFacts *facts, const char *label, const char *format, ...)
{
    PictureFact *fact = &facts->facts[facts->count];
    va_list args;
    va_start(args, format);
    vsnprintf(fact->text, sizeof fact->text, format, args);
    va_end(args);
    fact->label = label;
    facts->count += fact->text[0] != '\0';
}

#define STAY "\u00a0" /* a blank at which no line is broken */

/* "1/250 s   f/2.8   ISO 400"; a number and its unit stay together. */
static void add_exposure(PictureFacts *facts, const ExifFacts *exif)
{
    const char *parts[] = {exif->exposure, exif->aperture, exif->iso};
    char text[sizeof exif->exposure + sizeof exif->aperture + sizeof exif->iso + 16] =
        "";
    size_t used = 0;
    for (int i = 0; i < 3; i++) {
        int word = (int)strcspn(parts[i], " ");
        const char *unit = parts[i] + word;
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%.*s%s%s",
                                 used && word ? "   " : "", word, parts[i],
                                 *unit ? STAY : "", *unit ? unit + 1 : "");
    }
    add(facts, "Exposure", "%s", text);
}

static void add_format(PictureFacts *facts, const char *path)
{
    const Format *format = format_by_path(path);
    char name[16] = "";
    for (size_t i = 0; format && format->name[i] && i + 1 < sizeof name; i++)
        name[i] = (char)toupper((unsigned char)format->name[i]);
    add(facts, "Format", "%s", name);
}

/* Of a tiny picture without its megapixels. */
static void add_size(PictureFacts *facts, ImageInfo info)
{
    double megapixels = (double)info.width * info.height / 1e6;
    char more[32] = "";
    if (megapixels >= 0.01)
        snprintf(more, sizeof more, ", %.3g" STAY "MP", megapixels);
    add(facts, "Size", "%d" STAY "×" STAY "%d%s", info.width, info.height, more);
}

PictureFacts picture_facts(const Image *image, const char *path, const char *profile)
{
    static const char *const kinds[] = {"gray", "gray and alpha", "RGB",
                                        "RGB and alpha"};
    ImageInfo info = image->info;
    PictureFacts facts = {0};
    ExifFacts exif = exif_facts(image->meta ? &image->meta->exif : &(Block){0});
    add(&facts, "Camera", "%s", exif.camera);
    add(&facts, "Lens", "%s", exif.lens);
    add_exposure(&facts, &exif);
    add(&facts, "Focal length", "%s", exif.focal);
    add(&facts, "Taken", "%s", exif.date);
    if (!facts.count)
        add(&facts, "Camera", "the file says nothing of it");
    add_size(&facts, info);
    add(&facts, "Depth", "%d bits, %s", info.depth, kinds[info.channels - 1]);
    add_format(&facts, path);
    add(&facts, "Profile", "%s", profile[0] ? profile : "none: taken as sRGB");
    return facts;
}
