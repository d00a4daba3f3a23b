#include <stdio.h>
#include <string.h>

#include "image/codec/formats.h"
#include "image/tiff/decode_tiff.h"
#include "image/tiff/encode_tiff.h"
#include "image/tiff/tiff_first_ifd.h"
#include "image/tiff/tiff_library.h"

static const char *const extensions[] = {"tif", "tiff", NULL};

static bool match(const uint8_t *head, size_t size)
{
    static const char marks[][5] = {"II*\0", "MM\0*", "II+\0", "MM\0+"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (size >= 4 && memcmp(head, marks[i], 4) == 0)
            return true;
    return false;
}

/* The first picture in a camera's raw file is mostly a preview that reads as TIFF. */
static const Format *other(const Source *source)
{
#ifdef LUTIST_NO_RAW
    (void)source;
    return NULL;
#else
    return tiff_first_ifd_is_raw(source) ? &format_raw : NULL;
#endif
}

/* libtiff's own words are "LIBTIFF, Version 4.5.0" and lines about its authors. */
static bool describe(char *text, size_t size, Err *err)
{
    const TiffLibrary *lib = tiff_library(err);
    if (!lib)
        return false;
    const char *words = lib->TIFFGetVersion(), *version = strpbrk(words, "0123456789");
    snprintf(text, size, "libtiff %.*s", version ? (int)strcspn(version, "\n") : 0,
             version ? version : "");
    return true;
}

const Format format_tiff = {.name = "tiff",
                            .extensions = extensions,
                            .match = match,
                            .other = other,
                            .library = describe,
                            .decode = &decode_tiff,
                            .encode = &encode_tiff};
