#include <stdio.h>
#include <string.h>

#include "image/jxl/decode_jxl.h"
#include "image/jxl/encode_jxl.h"
#include "image/jxl/jxl_library.h"

/* A codestream, or a container of boxes. */
static bool match(const uint8_t *head, size_t size)
{
    static const char container[] = "\0\0\0\x0CJXL \r\n\x87\n";
    return (size >= 2 && memcmp(head, "\xFF\x0A", 2) == 0) ||
           (size >= sizeof container - 1 &&
            memcmp(head, container, sizeof container - 1) == 0);
}

static bool describe(char *text, size_t size, Err *err)
{
    const JxlLibrary *lib = jxl_library(err);
    if (!lib)
        return false;
    unsigned version = lib->JxlDecoderVersion();
    snprintf(text, size, "libjxl %u.%u.%u", version / 1000000, version / 1000 % 1000,
             version % 1000);
    return true;
}

static const char *const extensions[] = {"jxl", NULL};

const Format format_jxl = {"jxl",    extensions,  match,
                           describe, &decode_jxl, &encode_jxl};
