#include "base/json.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static void put_ascii(FILE *file, char c)
{
    static const char special[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    const char *found = c ? strchr(special, c) : NULL;
    if (found)
        fprintf(file, "\\%c", letters[found - special]);
    else if ((uint8_t)c < 0x20 || c == 0x7F)
        fprintf(file, "\\u%04x", (unsigned)c);
    else
        fputc(c, file);
}

void json_string(FILE *file, const char *text)
{
    if (!text) {
        fputs("null", file);
        return;
    }
    fputc('"', file);
    for (const uint8_t *at = (const uint8_t *)text; *at;) {
        int length = text_sequence(at);
        if (length == 1)
            put_ascii(file, (char)*at);
        else if (length)
            fwrite(at, 1, (size_t)length, file);
        else
            fprintf(file, "\\udc%02x", *at);
        at += length ? length : 1;
    }
    fputc('"', file);
}

void json_number(FILE *file, double number)
{
    char digits[32];
    if (!isfinite(number)) {
        fputs("null", file);
        return;
    }
    bool plain = fabs(number) >= 1e-4 && fabs(number) < 1e15; /* "50", not "5e+01" */
    for (int precision = 1; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, number);
        if (strtod(digits, NULL) == number && !(plain && strchr(digits, 'e')))
            break;
    }
    fputs(digits, file);
}
