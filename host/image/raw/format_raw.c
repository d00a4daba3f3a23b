#include <stdio.h>

#include "image/codec/unsupported.h"
#include "image/raw/decode_raw.h"
#include "image/raw/libraw_library.h"

/* Those that begin as TIFF files are known by their directories (tiff_first_ifd.h). */
static bool match(const uint8_t *head, size_t size)
{
    return unsupported_is_raw(unsupported_by_head(head, size));
}

static bool describe(char *text, size_t size, Err *err)
{
    const LibrawLibrary *lib = libraw_library(err);
    if (lib)
        snprintf(text, size, "LibRaw %s", lib->libraw_version());
    return lib;
}

static const char *const extensions[] = {
    "dng", "cr2", "cr3", "crw", "nef", "nrw", "arw", "sr2", "srf",
    "rw2", "rwl", "raw", "orf", "raf", "pef", "srw", "3fr", "fff",
    "x3f", "mrw", "dcr", "kdc", "iiq", "erf", "mef", "mos", NULL};

const Format format_raw = {"raw", extensions, match, describe, &decode_raw, NULL};
