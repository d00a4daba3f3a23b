#include <stdio.h>
#include <string.h>

#include "image/jpeg2000/decode_jpeg2000.h"
#include "image/jpeg2000/openjpeg_library.h"

/* A codestream, or a file of boxes. */
static bool match(const uint8_t *head, size_t size)
{
    static const char container[] = "\0\0\0\x0CjP  \r\n\x87\n";
    return (size >= 4 && memcmp(head, "\xFF\x4F\xFF\x51", 4) == 0) ||
           (size >= sizeof container - 1 &&
            memcmp(head, container, sizeof container - 1) == 0);
}

static bool describe(char *text, size_t size, Err *err)
{
    const OpenjpegLibrary *lib = openjpeg_library(err);
    if (lib)
        snprintf(text, size, "OpenJPEG %s", lib->opj_version());
    return lib;
}

static const char *const extensions[] = {"jp2", "j2k", "jpf", "jpx", "j2c", NULL};

const Format format_jpeg2000 = {"jp2",    extensions,       match,
                                describe, &decode_jpeg2000, NULL};
