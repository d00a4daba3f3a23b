#include "batch/part/part.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/path.h"

enum { MOST = 65536 };

static const char DIGITS[] = "0123456789";

/* 2^64 times the fractions of the golden ratio and of the roots of 2, 3 and 7. The
 * multiples of such a number, modulo 2^64, lie evenly, and those of neighbours far
 * apart, whatever the step from one to the next. */
static const uint64_t STEPS[] = {0x9e3779b97f4a7c15, 0x6a09e667f3bcc908,
                                 0xbb67ae8584caa73b, 0xa54ff53a5f1d36f1};
enum { N_STEPS = sizeof STEPS / sizeof *STEPS };

bool part_parse(const char *text, Part *part, Err *err)
{
    int number = 0, of = 0, end = -1;
    bool digits = !text[strspn(text, "0123456789/")];
    if (digits && strlen(text) < 16)
        sscanf(text, "%d/%d%n", &number, &of, &end);
    if (end < 0 || text[end] || number < 1 || number > of || of > MOST)
        return err_set(
            err, ERR_USAGE,
            "part '%s': must be K/N, such as 3/16, with K from 1 to N and N up "
            "to %d",
            text, MOST);
    *part = (Part){number, of};
    return true;
}

/* New: the name without what does not tell two files apart, "./" and doubled slashes.
 */
static char *plain_name(const char *input)
{
    char *name = mem_new(strlen(input) + 1, 1), *to = name;
    for (const char *from = input; *from;) {
        size_t length = strcspn(from, "/"), slashes = strspn(from + length, "/");
        bool dot = length == 1 && *from == '.' && slashes;
        if (!dot) {
            memcpy(to, from, length + (slashes > 0));
            to += length + (slashes > 0);
        }
        from += length + slashes;
    }
    return name;
}

/* Where the input lies on a circle of 2^64 points: its text by a hash, and from there
 * its numbers by their multiples. */
static uint64_t place_of(const char *input)
{
    char text[HASH_TEXT], *whole = plain_name(input);
    const char *at = path_name(whole), *ext = path_ext(at);
    uint64_t place = 0;
    Hash *hash = hash_new();
    hash_add(hash, whole, (size_t)(at - whole));
    for (int numbers = 0; at < ext;) {
        size_t letters = strcspn(at, DIGITS);
        letters = letters < (size_t)(ext - at) ? letters : (size_t)(ext - at);
        hash_add(hash, at, letters);
        uint64_t number = 0;
        for (at += letters; at < ext && *at >= '0' && *at <= '9'; at++)
            number = number * 10 + (uint64_t)(*at - '0');
        place += number * STEPS[numbers++ % N_STEPS];
    }
    hash_add_text(hash, ext);
    hash_finish(hash, text);
    text[16] = '\0';
    mem_free(whole);
    return place + strtoull(text, NULL, 16);
}

bool part_has(Part part, const char *input)
{
    if (!part.of)
        return true;
    uint64_t high = place_of(input) >> 32;
    return (int)(high * (uint64_t)part.of >> 32) == part.number - 1;
}

char *part_label(Part part)
{
    int width = snprintf(NULL, 0, "%d", part.of);
    return part.of ? mem_printf("%0*d-of-%d", width, part.number, part.of) : NULL;
}

char *part_path(const char *path, const char *label)
{
    const char *ext = path_ext(path);
    size_t length = *ext ? (size_t)(ext - path) - 1 : strlen(path);
    if (!label)
        return mem_dup(path);
    return mem_printf("%.*s.%s%s", (int)length, path, label, path + length);
}
