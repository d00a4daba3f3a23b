/* ifd — directories of tags (IFDs), as TIFF files and EXIF blocks have them.
 *
 * libtiff hands metadata out field by field or not at all. Here they are bytes, and the
 * directories of EXIF and GPS are read the same way from a file and from a block.
 * Offsets come from the file and may say anything; every access is checked.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_IFD_IFD_H
#define LUTIST_IMAGE_IFD_IFD_H

#include <stdio.h>

#include "image/codec/source.h"
#include "image/meta/meta.h"

enum { IFD_BYTE = 1, IFD_ASCII = 2, IFD_SHORT = 3, IFD_LONG = 4, IFD_RATIONAL = 5 };
enum { IFD_DOUBLE = 12 };
/* Fields that lead to a further directory. */
enum { IFD_TAG_EXIF = 34665, IFD_TAG_GPS = 34853, IFD_TAG_INTEROP = 40965 };
enum { IFD_TAG_MAKER_NOTE = 37500 };

/* Where directories are read from: a file, or an EXIF block. */
typedef struct IfdSource {
    FILE *file;          /* its position moves; NULL: data counts */
    const uint8_t *data; /* borrowed */
    uint64_t size;       /* bytes of all */
    uint64_t first;      /* offset of the first directory */
    uint64_t budget;     /* bytes that may still be fetched */
    bool swapped;        /* the other byte order than this machine's */
    bool bigtiff;        /* 64-bit offsets and counts */
    bool starved;        /* memory ran out: a failure is no damage */
    Cancel *cancel;      /* set: reading stops; may be NULL */
} IfdSource;

typedef struct Ifd Ifd;
typedef struct IfdField {
    uint16_t tag, type;
    uint64_t count; /* values */
    uint64_t size;  /* bytes of them; 0: of an unknown type */
    uint64_t at;    /* where they stand in the source */
    uint8_t *data;  /* owned, in this machine's byte order; NULL: not fetched */
    Ifd *sub;       /* owned: the directory that the field leads to; or NULL */
} IfdField;

struct Ifd {
    IfdField *fields; /* owned */
    int count;
};

/* False: not the header of a TIFF file or an EXIF block. Where only its version number
 * is another one, as in some raw files, `first` is set all the same, else 0. */
bool ifd_source_file(IfdSource *source, const Source *file);
bool ifd_source_block(IfdSource *source, const Block *block);

/* The directory at `at`, values not fetched; of fields with the same tag the first.
 * NULL: damaged. */
Ifd *ifd_read(IfdSource *source, uint64_t at);
/* The same with all values, and the directories that known fields lead to. */
Ifd *ifd_read_all(IfdSource *source, uint64_t at);
/* Where the directory behind the one at `at` stands; 0: there is none. */
uint64_t ifd_next(const IfdSource *source, uint64_t at);
void ifd_free(Ifd *ifd); /* NULL is fine */
/* Does a field with this tag lead to a further directory? */
bool ifd_leads_on(int tag);
/* Bytes of a field in its directory. */
static inline size_t ifd_entry_bytes(bool bigtiff)
{
    return bigtiff ? 20 : 12;
}

/* NULL: there is none. */
IfdField *ifd_find(const Ifd *ifd, int tag);
/* Is the value inside the source? */
bool ifd_is_whole(const IfdSource *source, const IfdField *field);
/* Fill field->data. False: damaged, or more than the budget. */
bool ifd_fetch(IfdSource *source, IfdField *field);
/* The value of a fetched field of whole numbers; 0 past the last one. */
uint64_t ifd_number(const IfdField *field, uint64_t index);
/* Of a fetched field of unsigned fractions; 0 where there is none. */
double ifd_fraction(const IfdField *field, uint64_t index);

#endif
