#include <stdio.h>
#include <string.h>

#include "image/webp/decode_webp.h"
#include "image/webp/encode_webp.h"
#include "image/webp/webp_library.h"

static bool match(const uint8_t *head, size_t size)
{
    return size >= 12 && memcmp(head, "RIFF", 4) == 0 &&
           memcmp(head + 8, "WEBP", 4) == 0;
}

static bool describe(char *text, size_t size, Err *err)
{
    const WebpLibrary *lib = webp_library(err);
    if (!lib)
        return false;
    int version = lib->WebPGetDecoderVersion();
    snprintf(text, size, "libwebp %d.%d.%d", version >> 16, version >> 8 & 255,
             version & 255);
    return true;
}

static const char *const extensions[] = {"webp", NULL};

const Format format_webp = {"webp",   extensions,   match,
                            describe, &decode_webp, &encode_webp};
