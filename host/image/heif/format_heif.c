#include <stdio.h>
#include <string.h>

#include "image/codec/bytes.h"
#include "image/heif/decode_heif.h"
#include "image/heif/heif_library.h"

enum { BRANDS_AT = 8, BRAND = 4 };

/* Is one of the brands in the file's first box among `wanted`, four letters each? A
 * picture for several decoders lists their brands behind the first one, and the number
 * of a version. */
static bool has_brand(const uint8_t *head, size_t size, const char *wanted)
{
    if (size < BRANDS_AT + BRAND || memcmp(head + 4, "ftyp", 4) != 0)
        return false;
    size_t end = be32(head) < size ? be32(head) : size;
    for (size_t at = BRANDS_AT; at + BRAND <= end; at += BRAND)
        for (const char *brand = wanted; *brand; brand += BRAND)
            if (at != BRANDS_AT + BRAND && memcmp(head + at, brand, BRAND) == 0)
                return true;
    return false;
}

static bool match_avif(const uint8_t *head, size_t size)
{
    return has_brand(head, size, "avifavis");
}

static bool match_heic(const uint8_t *head, size_t size)
{
    return has_brand(head, size, "heicheixheimheishevchevxhevmhevsmif1msf1") &&
           !match_avif(head, size);
}

static bool describe(char *text, size_t size, Err *err)
{
    const HeifLibrary *lib = heif_library(err);
    if (lib)
        snprintf(text, size, "libheif %s", lib->heif_get_version());
    return lib;
}

static const char *const heic_extensions[] = {"heic", "heif", "hif", NULL};
static const char *const avif_extensions[] = {"avif", NULL};

const Format format_heic = {"heic",   heic_extensions, match_heic,
                            describe, &decode_heic,    NULL};
const Format format_avif = {"avif",   avif_extensions, match_avif,
                            describe, &decode_avif,    NULL};
