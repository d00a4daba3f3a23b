#include <png.h>
#include <stdio.h>
#include <string.h>

#include "image/png/decode_png.h"
#include "image/png/encode_png.h"

static const char *const extensions[] = {"png", NULL};

static bool match(const uint8_t *head, size_t size)
{
    static const uint8_t signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    return size >= sizeof signature && memcmp(head, signature, sizeof signature) == 0;
}

static bool describe(char *text, size_t size, Err *err)
{
    (void)err;
    snprintf(text, size, "libpng %s", png_get_libpng_ver(NULL));
    return true;
}

const Format format_png = {"png",    extensions,  match,
                           describe, &decode_png, &encode_png};
