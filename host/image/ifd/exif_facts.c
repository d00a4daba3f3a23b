#include "image/ifd/exif_facts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text/printable.h"
#include "image/ifd/ifd.h"

enum {
    TAG_MAKE = 0x010F,
    TAG_MODEL = 0x0110,
    TAG_CHANGED = 0x0132,
    TAG_EXPOSURE = 0x829A,
    TAG_APERTURE = 0x829D,
    TAG_ISO = 0x8827,
    TAG_ISO_INDEX = 0x8832, /* the recommended exposure index */
    TAG_TAKEN = 0x9003,
    TAG_FOCAL = 0x920A,
    TAG_FOCAL_35 = 0xA405,
    TAG_LENS_RANGE = 0xA432,
    TAG_LENS = 0xA434,
};
enum { TEXT_BYTES = 96 };

typedef struct Exif {
    IfdSource source;
    Ifd *first, *second; /* NULL: there is none */
} Exif;

static const IfdField *fetched(Exif *exif, const Ifd *ifd, int tag)
{
    IfdField *field = ifd ? ifd_find(ifd, tag) : NULL;
    return field && field->count && ifd_fetch(&exif->source, field) ? field : NULL;
}

static double number(Exif *exif, int tag)
{
    const IfdField *field = fetched(exif, exif->second, tag);
    bool good = field && (field->type == IFD_SHORT || field->type == IFD_LONG);
    return good ? (double)ifd_number(field, 0) : 0;
}

static double fraction(Exif *exif, int tag, uint64_t index)
{
    const IfdField *field = fetched(exif, exif->second, tag);
    return field ? ifd_fraction(field, index) : 0;
}

/* Without the blanks and NULs that makers put behind it. */
static void text(Exif *exif, const Ifd *ifd, int tag, char out[TEXT_BYTES])
{
    const IfdField *field = fetched(exif, ifd, tag);
    bool good = field && field->type == IFD_ASCII;
    size_t size = good ? strnlen((const char *)field->data, field->size) : 0;
    if (size > TEXT_BYTES - 1)
        size = TEXT_BYTES - 1;
    while (size && field->data[size - 1] == ' ')
        size--;
    if (size)
        memcpy(out, field->data, size);
    out[size] = '\0';
}

/* "NIKON CORPORATION" and "NIKON D850" are one maker. */
static void join_camera(const char *make, const char *model, ExifFacts *facts)
{
    size_t word = strcspn(make, " ");
    bool named = word == 0 || strncasecmp(make, model, word) == 0;
    char camera[sizeof facts->camera];
    snprintf(camera, sizeof camera, "%.40s%s%.50s", named ? "" : make,
             named || !*model ? "" : " ", model);
    printable_escape(facts->camera, sizeof facts->camera, camera);
}

static void read_lens(Exif *exif, ExifFacts *facts)
{
    double least = fraction(exif, TAG_LENS_RANGE, 0);
    double most = fraction(exif, TAG_LENS_RANGE, 1);
    double stop = fraction(exif, TAG_LENS_RANGE, 2);
    char lens[TEXT_BYTES];
    text(exif, exif->second, TAG_LENS, lens);
    printable_escape(facts->lens, sizeof facts->lens, lens);
    if (facts->lens[0] || least <= 0)
        return;
    int n = most > least
                ? snprintf(facts->lens, sizeof facts->lens, "%g–%g mm", least, most)
                : snprintf(facts->lens, sizeof facts->lens, "%g mm", least);
    if (stop > 0)
        snprintf(facts->lens + n, sizeof facts->lens - (size_t)n, " f/%g", stop);
}

/* Times up to a third of a second are spoken of as fractions. */
static void read_exposure(Exif *exif, ExifFacts *facts)
{
    double time = fraction(exif, TAG_EXPOSURE, 0);
    double stop = fraction(exif, TAG_APERTURE, 0);
    if (time > 0 && time < 0.34)
        snprintf(facts->exposure, sizeof facts->exposure, "1/%.0f s", 1 / time);
    else if (time > 0)
        snprintf(facts->exposure, sizeof facts->exposure, "%.3g s", time);
    if (stop > 0)
        snprintf(facts->aperture, sizeof facts->aperture, "f/%.3g", stop);
}

/* A sensitivity that 16 bits cannot hold is 65535 in one field and true in another. */
static void read_iso(Exif *exif, ExifFacts *facts)
{
    double iso = number(exif, TAG_ISO), index = number(exif, TAG_ISO_INDEX);
    if (iso <= 0 || (iso >= UINT16_MAX && index > 0))
        iso = index;
    if (iso > 0)
        snprintf(facts->iso, sizeof facts->iso, "ISO %.0f", iso);
}

static void read_focal(Exif *exif, ExifFacts *facts)
{
    double focal = fraction(exif, TAG_FOCAL, 0), like = number(exif, TAG_FOCAL_35);
    if (focal <= 0)
        return;
    int n = snprintf(facts->focal, sizeof facts->focal, "%.3g mm", focal);
    if (like > 0 && fabs(like - focal) >= 1)
        snprintf(facts->focal + n, sizeof facts->focal - (size_t)n, " (like %.0f mm)",
                 like);
}

/* "2024:05:01 12:33:10" as people write it; cameras without a clock have blanks. */
static void read_date(Exif *exif, ExifFacts *facts)
{
    char date[TEXT_BYTES] = "";
    text(exif, exif->second, TAG_TAKEN, date);
    if (!date[0])
        text(exif, exif->first, TAG_CHANGED, date);
    if (strlen(date) < 10 || date[4] != ':' || date[7] != ':' || date[0] == ' ')
        return;
    date[4] = date[7] = '-';
    printable_escape(facts->date, sizeof facts->date, date);
}

static void read_all(Exif *exif, ExifFacts *facts)
{
    char make[TEXT_BYTES], model[TEXT_BYTES];
    text(exif, exif->first, TAG_MAKE, make);
    text(exif, exif->first, TAG_MODEL, model);
    join_camera(make, model, facts);
    read_lens(exif, facts);
    read_exposure(exif, facts);
    read_iso(exif, facts);
    read_focal(exif, facts);
    read_date(exif, facts);
}

ExifFacts exif_facts(const Block *exif)
{
    ExifFacts facts = {0};
    Exif read = {0};
    if (!exif->data || !ifd_source_block(&read.source, exif))
        return facts;
    read.first = ifd_read(&read.source, read.source.first);
    const IfdField *link = fetched(&read, read.first, IFD_TAG_EXIF);
    if (link)
        read.second = ifd_read(&read.source, ifd_number(link, 0));
    read_all(&read, &facts);
    ifd_free(read.second);
    ifd_free(read.first);
    return facts;
}
