#include <stdio.h>

/* jpeglib.h wants stdio.h before it. */
#include <jpeglib.h>

#include "image/jpeg/decode_jpeg.h"
#include "image/jpeg/encode_jpeg.h"

#define TEXT_OF(x) #x
#define TEXT(x)    TEXT_OF(x)

static const char *const extensions[] = {"jpg", "jpeg", "jpe", "jfif", NULL};

static bool match(const uint8_t *head, size_t size)
{
    return size >= 3 && head[0] == 0xFF && head[1] == 0xD8 && head[2] == 0xFF;
}

static bool describe(char *text, size_t size, Err *err)
{
    (void)err;
    snprintf(text, size, "libjpeg-turbo %s", TEXT(LIBJPEG_TURBO_VERSION));
    return true;
}

const Format format_jpeg = {"jpeg",   extensions,   match,
                            describe, &decode_jpeg, &encode_jpeg};
