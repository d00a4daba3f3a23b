#include "image/tiff_blocks.h"

#include <math.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "image/tiff_iptc.h"

static const double CM_PER_INCH = 2.54;
static const double CHROMA_SCALE = 100000; /* meta.h */

/* What the main directory says about the picture and not about how it is stored. */
static const struct {
    uint16_t tag;
    uint16_t type;
    const char *unknown; /* what to call it where libtiff does not know it */
} texts[] = {
    {TIFFTAG_DOCUMENTNAME, IFD_ASCII, NULL},
    {TIFFTAG_IMAGEDESCRIPTION, IFD_ASCII, NULL},
    {TIFFTAG_MAKE, IFD_ASCII, NULL},
    {TIFFTAG_MODEL, IFD_ASCII, NULL},
    {TIFFTAG_PAGENAME, IFD_ASCII, NULL},
    {TIFFTAG_SOFTWARE, IFD_ASCII, NULL},
    {TIFFTAG_DATETIME, IFD_ASCII, NULL},
    {TIFFTAG_ARTIST, IFD_ASCII, NULL},
    {TIFFTAG_HOSTCOMPUTER, IFD_ASCII, NULL},
    {18246, IFD_SHORT, "Rating"},
    {TIFFTAG_COPYRIGHT, IFD_ASCII, NULL},
    {40091, IFD_BYTE, "XPTitle"},
    {40092, IFD_BYTE, "XPComment"},
    {40093, IFD_BYTE, "XPAuthor"},
    {40094, IFD_BYTE, "XPKeywords"},
    {40095, IFD_BYTE, "XPSubject"},
};
enum { N_TEXTS = sizeof texts / sizeof texts[0] };

static bool is_text(const IfdField *field)
{
    for (int i = 0; i < N_TEXTS; i++)
        if (texts[i].tag == field->tag)
            return texts[i].type == field->type;
    return false;
}

/* The field's bytes; false where there are none to be had. */
static bool fetch(IfdSource *source, const Ifd *ifd, int tag, IfdField **field)
{
    *field = ifd_find(ifd, tag);
    return *field && (*field)->size && ifd_fetch(source, *field);
}

static void take_block(IfdSource *source, const Ifd *ifd, int tag, Block *block)
{
    IfdField *field = ifd_find(ifd, tag);
    if (field)
        field->type = IFD_BYTE; /* some call them numbers: no byte order is meant */
    if (fetch(source, ifd, tag, &field))
        meta_set(block, field->data, field->size);
}

static void take_iptc(IfdSource *source, const Ifd *ifd, Block *block)
{
    Block resources = {0}, iptc = {0};
    take_block(source, ifd, TIFFTAG_PHOTOSHOP, &resources);
    take_block(source, ifd, TIFFTAG_RICHTIFFIPTC, &iptc);
    tiff_iptc_join(block, &resources, &iptc);
    meta_set(&resources, NULL, 0);
    meta_set(&iptc, NULL, 0);
}

static void take_resolution(IfdSource *source, const Ifd *ifd, Meta *meta)
{
    IfdField *field;
    uint64_t unit = RESUNIT_INCH;
    if (fetch(source, ifd, TIFFTAG_RESOLUTIONUNIT, &field))
        unit = ifd_number(field, 0);
    if (unit != RESUNIT_NONE && fetch(source, ifd, TIFFTAG_XRESOLUTION, &field))
        meta->dpi =
            ifd_fraction(field, 0) * (unit == RESUNIT_CENTIMETER ? CM_PER_INCH : 1);
}

/* Only both together say what the colours are. */
static void take_chroma(IfdSource *source, const Ifd *ifd, Meta *meta)
{
    IfdField *white, *colours;
    if (!fetch(source, ifd, TIFFTAG_WHITEPOINT, &white) ||
        !fetch(source, ifd, TIFFTAG_PRIMARYCHROMATICITIES, &colours))
        return;
    for (int i = 0; i < 8; i++) {
        double value = i < 2 ? ifd_fraction(white, (uint64_t)i)
                             : ifd_fraction(colours, (uint64_t)i - 2);
        meta->chroma[i] = value < 10 ? (int32_t)lround(value * CHROMA_SCALE) : 0;
    }
}

/* A field of the main directory as one of an EXIF block; false: it is none. */
static bool take_field(IfdSource *source, IfdField *field)
{
    if (is_text(field))
        return ifd_fetch(source, field);
    if (field->tag == TIFFTAG_ORIENTATION)
        return ifd_fetch(source, field) && ifd_number(field, 0) > ORIENTATION_TOPLEFT;
    if (field->tag != IFD_TAG_EXIF && field->tag != IFD_TAG_GPS)
        return false;
    if (ifd_fetch(source, field))
        field->sub = ifd_read_all(source, ifd_number(field, 0));
    if (!field->sub)
        log_info("damaged %s data were left out",
                 field->tag == IFD_TAG_EXIF ? "EXIF" : "GPS");
    return field->sub;
}

static void take_exif(IfdSource *source, const Ifd *ifd, Block *block)
{
    const uint16_t mark = 42;
    const uint32_t first = 8;
    Ifd exif = {.fields = mem_new((size_t)ifd->count, sizeof *exif.fields)};
    for (int i = 0; i < ifd->count; i++)
        if (take_field(source, &ifd->fields[i]))
            exif.fields[exif.count++] = ifd->fields[i]; /* `ifd` goes on owning it */
    if (exif.count) {
        IfdBytes bytes = {0};
        ifd_append(&bytes, *(const uint8_t *)&mark ? "II" : "MM", 2);
        ifd_append(&bytes, &mark, sizeof mark);
        ifd_append(&bytes, &first, sizeof first);
        ifd_store(&bytes, &exif, 0, false);
        meta_set(block, bytes.data, bytes.size);
        mem_free(bytes.data);
    }
    mem_free(exif.fields);
}

bool tiff_blocks_take(IfdSource *source, const Ifd *ifd, Meta *meta, Err *err)
{
    for (int i = 0; i < ifd->count; i++)
        if (!ifd_is_whole(source, &ifd->fields[i]))
            return err_set(err, ERR_FILE, "the TIFF file is cut short");
    take_block(source, ifd, TIFFTAG_ICCPROFILE, &meta->icc);
    take_block(source, ifd, TIFFTAG_XMLPACKET, &meta->xmp);
    take_iptc(source, ifd, &meta->iptc);
    take_resolution(source, ifd, meta);
    take_chroma(source, ifd, meta);
    take_exif(source, ifd, &meta->exif);
    return true;
}

static void put_block(TIFF *tiff, uint32_t tag, const Block *block)
{
    if (block->data && block->size <= UINT32_MAX)
        TIFFSetField(tiff, tag, (uint32_t)block->size, block->data);
}

static void put_iptc(TIFF *tiff, const Block *block)
{
    Block resources, iptc;
    tiff_iptc_split(block, &resources, &iptc);
    put_block(tiff, TIFFTAG_PHOTOSHOP, &resources);
    put_block(tiff, TIFFTAG_RICHTIFFIPTC, &iptc);
}

static void put_resolution(TIFF *tiff, double dpi)
{
    if (dpi <= 0 || dpi >= 1e6)
        return;
    TIFFSetField(tiff, TIFFTAG_XRESOLUTION, dpi);
    TIFFSetField(tiff, TIFFTAG_YRESOLUTION, dpi);
    TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
}

static void put_chroma(TIFF *tiff, const int32_t chroma[8])
{
    float values[8];
    if (!chroma[1])
        return;
    for (int i = 0; i < 8; i++)
        values[i] = chroma[i] > 0 ? (float)(chroma[i] / CHROMA_SCALE) : 0;
    TIFFSetField(tiff, TIFFTAG_WHITEPOINT, values);
    TIFFSetField(tiff, TIFFTAG_PRIMARYCHROMATICITIES, values + 2);
}

static void declare_unknown(TIFF *tiff)
{
    TIFFFieldInfo infos[N_TEXTS];
    uint32_t count = 0;
    for (int i = 0; i < N_TEXTS; i++)
        if (texts[i].unknown)
            infos[count++] = (TIFFFieldInfo){
                texts[i].tag,
                TIFF_VARIABLE2,
                TIFF_VARIABLE2,
                texts[i].type,
                FIELD_CUSTOM,
                1,
                1,
                (char *)texts[i].unknown,
            };
    TIFFMergeFieldInfo(tiff, infos, count);
}

static void put_text(TIFF *tiff, const IfdField *field)
{
    if (field->type != IFD_ASCII) {
        TIFFSetField(tiff, field->tag, (uint32_t)field->count, field->data);
        return;
    }
    char *text = mem_printf("%.*s", (int)field->size, (const char *)field->data);
    TIFFSetField(tiff, field->tag, text);
    mem_free(text);
}

/* The directories that `field` leads to go to the end of the file, as it is now. */
static void put_sub(TIFF *tiff, FILE *file, bool bigtiff, const IfdField *field)
{
    IfdBytes bytes = {0};
    if (fseeko(file, 0, SEEK_END) != 0)
        return;
    uint64_t end = (uint64_t)ftello(file), start = end + (end & 1);
    if (end != start)
        fputc(0, file);
    uint64_t at = ifd_store(&bytes, field->sub, start, bigtiff);
    if (fwrite(bytes.data, 1, bytes.size, file) == bytes.size)
        TIFFSetField(tiff, field->tag, at);
    mem_free(bytes.data);
}

static void put_exif(TIFF *tiff, FILE *file, bool bigtiff, const Block *block)
{
    IfdSource source;
    Ifd *ifd = NULL;
    if (ifd_source_block(&source, block))
        ifd = ifd_read(&source, source.first);
    for (int i = 0; ifd && i < ifd->count; i++) {
        IfdField *field = &ifd->fields[i];
        if (is_text(field) && field->size && ifd_fetch(&source, field))
            put_text(tiff, field);
        if (field->tag != IFD_TAG_EXIF && field->tag != IFD_TAG_GPS)
            continue;
        if (ifd_fetch(&source, field))
            field->sub = ifd_read_all(&source, ifd_number(field, 0));
        if (field->sub)
            put_sub(tiff, file, bigtiff, field);
    }
    ifd_free(ifd);
}

void tiff_blocks_put(TIFF *tiff, FILE *file, bool bigtiff, const ImageInfo *info,
                     const Meta *meta)
{
    if (!meta)
        return;
    declare_unknown(tiff);
    if (meta_icc_fits(meta, info->channels))
        put_block(tiff, TIFFTAG_ICCPROFILE, &meta->icc);
    else
        put_chroma(tiff, meta->chroma);
    put_block(tiff, TIFFTAG_XMLPACKET, &meta->xmp);
    put_iptc(tiff, &meta->iptc);
    put_resolution(tiff, meta->dpi);
    put_exif(tiff, file, bigtiff, &meta->exif);
}
