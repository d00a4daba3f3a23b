#include "image/tiff/tiff_blocks.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "image/ifd/ifd_store.h"
#include "image/tiff/tiff_iptc.h"

static const double CM_PER_INCH = 2.54;
static const double CHROMA_SCALE = 100000; /* meta.h */

/* Fields of the main directory about the picture, not about how it is stored. */
static const struct {
    uint16_t tag;
    uint16_t type;
    const char *unknown; /* its name, where libtiff does not know it */
    bool geo;            /* it tells where on the earth the picture lies */
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
    {33550, IFD_DOUBLE, "ModelPixelScale", true},
    {33922, IFD_DOUBLE, "ModelTiepoint", true},
    {34264, IFD_DOUBLE, "ModelTransformation", true},
    {34735, IFD_SHORT, "GeoKeyDirectory", true},
    {34736, IFD_DOUBLE, "GeoDoubleParams", true},
    {34737, IFD_ASCII, "GeoAsciiParams", true},
    {42112, IFD_ASCII, "GDAL_METADATA", true},
    {42113, IFD_ASCII, "GDAL_NODATA", true},
};
enum { N_TEXTS = sizeof texts / sizeof texts[0] };

static bool is_listed(const IfdField *field, bool geo)
{
    for (int i = 0; i < N_TEXTS; i++)
        if (texts[i].tag == field->tag)
            return texts[i].type == field->type && texts[i].geo == geo;
    return false;
}

static bool is_text(const IfdField *field)
{
    return is_listed(field, false);
}

/* The field's bytes; false where there are none to be had. */
static bool fetch(IfdSource *source, const Ifd *ifd, int tag, IfdField **field)
{
    *field = ifd_find(ifd, tag);
    return *field && (*field)->size && ifd_fetch(source, *field);
}

static bool take_block(IfdSource *source, const Ifd *ifd, int tag, Block *block,
                       Err *err)
{
    IfdField *field = ifd_find(ifd, tag);
    if (field) /* some files declare numbers, but mean no byte order */
        field->type = IFD_BYTE;
    return !fetch(source, ifd, tag, &field) ||
           meta_set(block, field->data, field->size, err);
}

static bool take_iptc(IfdSource *source, const Ifd *ifd, Block *block, Err *err)
{
    Block resources = {0}, iptc = {0};
    bool good = take_block(source, ifd, TIFFTAG_PHOTOSHOP, &resources, err) &&
                take_block(source, ifd, TIFFTAG_RICHTIFFIPTC, &iptc, err) &&
                tiff_iptc_join(block, &resources, &iptc, err);
    meta_drop(&resources);
    meta_drop(&iptc);
    return good;
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

static void take_fractions(IfdSource *source, const Ifd *ifd, int tag, int32_t *to,
                           int count)
{
    IfdField *field;
    if (!fetch(source, ifd, tag, &field))
        return;
    for (int i = 0; i < count; i++) {
        double value = ifd_fraction(field, (uint64_t)i);
        to[i] = value < 10 ? (int32_t)lround(value * CHROMA_SCALE) : 0;
    }
}

static void take_chroma(IfdSource *source, const Ifd *ifd, Meta *meta)
{
    int32_t *chroma = meta->chroma;
    take_fractions(source, ifd, TIFFTAG_WHITEPOINT, chroma, 2);
    take_fractions(source, ifd, TIFFTAG_PRIMARYCHROMATICITIES, chroma + 2, 6);
}

static void note_damage(Notes *notes, const IfdField *field)
{
    notes_damage(notes, "its %s data are damaged and left out",
                 field->tag == IFD_TAG_EXIF ? "EXIF" : "GPS");
}

/* An EXIF block has these, too: WebP and JPEG XL have no other place for them. */
static bool is_resolution(int tag)
{
    return tag == TIFFTAG_XRESOLUTION || tag == TIFFTAG_YRESOLUTION ||
           tag == TIFFTAG_RESOLUTIONUNIT;
}

/* A field of the main directory as one of an EXIF block; false: it is none. */
static bool take_field(IfdSource *source, IfdField *field, Notes *notes)
{
    if (is_text(field) || is_resolution(field->tag))
        return ifd_fetch(source, field);
    if (field->tag == TIFFTAG_ORIENTATION)
        return ifd_fetch(source, field) && ifd_number(field, 0) > ORIENTATION_TOPLEFT;
    if (field->tag != IFD_TAG_EXIF && field->tag != IFD_TAG_GPS)
        return false;
    if (ifd_fetch(source, field))
        field->sub = ifd_read_all(source, ifd_number(field, 0));
    if (!field->sub)
        note_damage(notes, field);
    return field->sub;
}

static bool take_exif(IfdSource *source, const Ifd *ifd, Block *block, Notes *notes,
                      Err *err)
{
    Ifd exif = {.fields = mem_try((size_t)ifd->count, sizeof *exif.fields, err)};
    bool any = false; /* the resolution alone makes no block */
    if (!exif.fields)
        return false;
    for (int i = 0; i < ifd->count; i++) {
        if (!take_field(source, &ifd->fields[i], notes))
            continue;
        exif.fields[exif.count++] = ifd->fields[i]; /* `ifd` goes on owning it */
        any = any || !is_resolution(ifd->fields[i].tag);
    }
    bool good = !any || ifd_store_block(&exif, block, err);
    mem_free(exif.fields);
    return good;
}

static bool take_geo(IfdSource *source, const Ifd *ifd, Block *block, Err *err)
{
    Ifd geo = {.fields = mem_try((size_t)ifd->count, sizeof *geo.fields, err)};
    if (!geo.fields)
        return false;
    for (int i = 0; i < ifd->count; i++) /* `ifd` goes on owning them */
        if (is_listed(&ifd->fields[i], true) && ifd->fields[i].size &&
            ifd_fetch(source, &ifd->fields[i]))
            geo.fields[geo.count++] = ifd->fields[i];
    bool good = !geo.count || ifd_store_block(&geo, block, err);
    mem_free(geo.fields);
    return good;
}

bool tiff_blocks_take(IfdSource *source, const Ifd *ifd, Meta *meta, Notes *notes,
                      Err *err)
{
    for (int i = 0; i < ifd->count; i++)
        if (!ifd_is_whole(source, &ifd->fields[i]))
            return err_set(err, ERR_FILE, "the TIFF file is cut short");
    take_resolution(source, ifd, meta);
    take_chroma(source, ifd, meta);
    return take_block(source, ifd, TIFFTAG_ICCPROFILE, &meta->icc, err) &&
           take_block(source, ifd, TIFFTAG_XMLPACKET, &meta->xmp, err) &&
           take_iptc(source, ifd, &meta->iptc, err) &&
           take_exif(source, ifd, &meta->exif, notes, err) &&
           take_geo(source, ifd, &meta->geo, err);
}

static void put_block(const TiffFile *tiff, uint32_t tag, const Block *block)
{
    if (block->data && block->size <= UINT32_MAX)
        tiff->lib->TIFFSetField(tiff->handle, tag, (uint32_t)block->size, block->data);
}

static void put_iptc(const TiffFile *tiff, const Block *block)
{
    Block resources, iptc;
    tiff_iptc_split(block, &resources, &iptc);
    put_block(tiff, TIFFTAG_PHOTOSHOP, &resources);
    put_block(tiff, TIFFTAG_RICHTIFFIPTC, &iptc);
}

static void put_resolution(const TiffFile *tiff, double dpi)
{
    if (dpi <= 0 || dpi >= 1e6)
        return;
    tiff->lib->TIFFSetField(tiff->handle, TIFFTAG_XRESOLUTION, dpi);
    tiff->lib->TIFFSetField(tiff->handle, TIFFTAG_YRESOLUTION, dpi);
    tiff->lib->TIFFSetField(tiff->handle, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
}

static void put_chroma(const TiffFile *tiff, const int32_t chroma[8])
{
    float values[8];
    for (int i = 0; i < 8; i++)
        values[i] = chroma[i] > 0 ? (float)(chroma[i] / CHROMA_SCALE) : 0;
    if (values[1] > 0)
        tiff->lib->TIFFSetField(tiff->handle, TIFFTAG_WHITEPOINT, values);
    if (values[3] > 0)
        tiff->lib->TIFFSetField(tiff->handle, TIFFTAG_PRIMARYCHROMATICITIES,
                                values + 2);
}

static void declare_unknown(const TiffFile *tiff)
{
    TIFFFieldInfo infos[N_TEXTS];
    uint32_t count = 0;
    for (int i = 0; i < N_TEXTS; i++) {
        bool ascii = texts[i].type == IFD_ASCII; /* its end tells how long it is */
        short values = ascii ? TIFF_VARIABLE : TIFF_VARIABLE2;
        if (texts[i].unknown)
            infos[count++] = (TIFFFieldInfo){
                texts[i].tag, values, values, texts[i].type,
                FIELD_CUSTOM, 1,      !ascii, (char *)texts[i].unknown,
            };
    }
    tiff->lib->TIFFMergeFieldInfo(tiff->handle, infos, count);
}

static bool put_text(const TiffFile *tiff, const IfdField *field, Err *err)
{
    if (field->type != IFD_ASCII) {
        tiff->lib->TIFFSetField(tiff->handle, field->tag, (uint32_t)field->count,
                                field->data);
        return true;
    }
    char *text = mem_try(field->size + 1, 1, err); /* terminated */
    if (!text)
        return false;
    memcpy(text, field->data, field->size);
    tiff->lib->TIFFSetField(tiff->handle, field->tag, text);
    mem_free(text);
    return true;
}

/* Write the field's directories to the present end of the file. */
static bool put_sub(const TiffFile *tiff, bool bigtiff, const IfdField *field, Err *err)
{
    uint64_t at;
    FILE *file = tiff->stream;
    if (fseeko(file, 0, SEEK_END) != 0)
        return true;
    uint64_t end = (uint64_t)ftello(file), start = end + (end & 1);
    if (end != start)
        fputc(0, file);
    IfdStore store = {.base = start, .bigtiff = bigtiff};
    bool good = ifd_store_notes(&store, field->sub, err) &&
                ifd_store(&store, field->sub, &at, err);
    if (good && fwrite(store.block.data, 1, store.block.size, file) == store.block.size)
        tiff->lib->TIFFSetField(tiff->handle, field->tag, at);
    meta_drop(&store.block);
    return good;
}

/* Write one of the block's fields, if a TIFF file has it, too. */
static bool put_field(const TiffFile *tiff, bool bigtiff, IfdSource *source,
                      IfdField *field, Notes *notes, Err *err)
{
    if (is_text(field))
        return !field->size || !ifd_fetch(source, field) || put_text(tiff, field, err);
    if (field->tag != IFD_TAG_EXIF && field->tag != IFD_TAG_GPS)
        return true;
    if (ifd_fetch(source, field))
        field->sub = ifd_read_all(source, ifd_number(field, 0));
    if (!field->sub)
        note_damage(notes, field);
    return !field->sub || put_sub(tiff, bigtiff, field, err);
}

static bool put_exif(const TiffFile *tiff, bool bigtiff, const Block *block,
                     Notes *notes, Err *err)
{
    IfdSource source;
    Ifd *ifd = NULL;
    bool good = true;
    if (ifd_source_block(&source, block))
        ifd = ifd_read(&source, source.first);
    if (!ifd && block->data)
        notes_damage(notes, "its EXIF data are damaged and left out");
    for (int i = 0; good && ifd && i < ifd->count; i++)
        good = put_field(tiff, bigtiff, &source, &ifd->fields[i], notes, err);
    ifd_free(ifd);
    return source.starved ? err_set(err, ERR_MEMORY, "out of memory") : good;
}

static bool put_geo(const TiffFile *tiff, const Block *block, Err *err)
{
    IfdSource source;
    Ifd *ifd = NULL;
    bool good = true;
    if (ifd_source_block(&source, block))
        ifd = ifd_read(&source, source.first);
    for (int i = 0; good && ifd && i < ifd->count; i++)
        good = !is_listed(&ifd->fields[i], true) ||
               !ifd_fetch(&source, &ifd->fields[i]) ||
               put_text(tiff, &ifd->fields[i], err);
    ifd_free(ifd);
    return source.starved ? err_set(err, ERR_MEMORY, "out of memory") : good;
}

bool tiff_blocks_put(const TiffFile *tiff, bool bigtiff, const Meta *meta, Notes *notes,
                     Err *err)
{
    if (!meta)
        return true;
    declare_unknown(tiff);
    put_block(tiff, TIFFTAG_ICCPROFILE, &meta->icc);
    put_chroma(tiff, meta->chroma);
    put_block(tiff, TIFFTAG_XMLPACKET, &meta->xmp);
    put_iptc(tiff, &meta->iptc);
    put_resolution(tiff, meta->dpi);
    return put_geo(tiff, &meta->geo, err) &&
           put_exif(tiff, bigtiff, &meta->exif, notes, err);
}
