#include "image/raw/raw_exif.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include "image/ifd/ifd_store.h"

enum {
    TAG_MAKE = 0x010F,
    TAG_MODEL = 0x0110,
    TAG_ARTIST = 0x013B,
    TAG_EXPOSURE = 0x829A,
    TAG_APERTURE = 0x829D,
    TAG_ISO = 0x8827,
    TAG_TAKEN = 0x9003,
    TAG_FOCAL = 0x920A,
    TAG_LENS = 0xA434,
    FIELDS = 8,
    FRACTION = 100000, /* a denominator */
};

/* A directory whose values stand here; fields come in the order of their tags. */
typedef struct Directory {
    Ifd ifd;
    IfdField fields[FIELDS];
    uint32_t fractions[FIELDS][2];
    uint16_t shorts[FIELDS];
} Directory;

static IfdField *add(Directory *d, int tag, int type, size_t size, void *data)
{
    IfdField *field = &d->fields[d->ifd.count++];
    *field = (IfdField){.tag = (uint16_t)tag,
                        .type = (uint16_t)type,
                        .count = 1,
                        .size = size,
                        .data = data};
    d->ifd.fields = d->fields;
    return field;
}

static void add_text(Directory *d, int tag, const char *text)
{
    size_t size = strlen(text) + 1;
    if (size > 1)
        add(d, tag, IFD_ASCII, size, (void *)text)->count = size;
}

static void add_fraction(Directory *d, int tag, double value)
{
    uint32_t *fraction = d->fractions[d->ifd.count];
    if (!(value > 0) || value >= UINT32_MAX / FRACTION)
        return;
    fraction[0] = (uint32_t)lround(value * FRACTION);
    fraction[1] = FRACTION;
    if (value < 1 && fabs(1 / value - round(1 / value)) < 0.01 / value) {
        fraction[0] = 1;
        fraction[1] = (uint32_t)lround(1 / value);
    }
    add(d, tag, IFD_RATIONAL, sizeof d->fractions[0], fraction);
}

static void add_short(Directory *d, int tag, double value)
{
    uint16_t *number = &d->shorts[d->ifd.count];
    if (!(value >= 1))
        return;
    *number = value < UINT16_MAX ? (uint16_t)lround(value) : UINT16_MAX;
    add(d, tag, IFD_SHORT, sizeof *number, number);
}

/* LibRaw has read the camera's clock as one of this machine's zone. */
static void print_time(time_t seconds, char *text, size_t size)
{
    struct tm when;
    text[0] = 0;
    if (seconds > 0 && localtime_r(&seconds, &when))
        strftime(text, size, "%Y:%m:%d %H:%M:%S", &when);
}

bool raw_exif_make(const libraw_data_t *raw, Block *exif, Err *err)
{
    Directory main = {0}, more = {0};
    char taken[32];
    print_time(raw->other.timestamp, taken, sizeof taken);
    add_text(&main, TAG_MAKE, raw->idata.make);
    add_text(&main, TAG_MODEL, raw->idata.model);
    add_text(&main, TAG_ARTIST, raw->other.artist);
    add_fraction(&more, TAG_EXPOSURE, (double)raw->other.shutter);
    add_fraction(&more, TAG_APERTURE, (double)raw->other.aperture);
    add_short(&more, TAG_ISO, (double)raw->other.iso_speed);
    add_text(&more, TAG_TAKEN, taken);
    add_fraction(&more, TAG_FOCAL, (double)raw->other.focal_len);
    add_text(&more, TAG_LENS, raw->lens.Lens);
    if (more.ifd.count)
        add(&main, IFD_TAG_EXIF, IFD_LONG, 4, NULL)->sub = &more.ifd;
    return !main.ifd.count || ifd_store_block(&main.ifd, exif, err);
}
