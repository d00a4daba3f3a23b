#include "fuzz_texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "fuzz_random.h"

/* libFuzzer's own. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);

enum { ROOM = 512, MOST_CHANGES = 6 };

static const char *any(const char *const *list)
{
    size_t count = 0;
    while (list[count])
        count++;
    REQUIRE(count > 0);
    return list[below(count)];
}

/* Replace some bytes by a part, or one by any. */
static size_t change(char *text, size_t size)
{
    size_t at = below(size);
    if (below(3) == 0) {
        text[at] = (char)below(256);
        return size;
    }
    const char *part = any(fuzz_texts.parts);
    size_t length = strlen(part), gone = below(4);
    gone = gone < size - at ? gone : size - at;
    if (size - gone + length >= ROOM)
        return size;
    memmove(text + at + length, text + at + gone, size - at - gone);
    memcpy(text + at, part, length);
    return size - gone + length;
}

#ifndef LUTIST_LIBFUZZER
int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    int rounds = atoi(argv[1]);
    random_seed((uint32_t)atoi(argv[2]));
    for (int i = 0; i < rounds; i++) {
        char text[ROOM];
        const char *begin = any(fuzz_texts.texts);
        size_t size = strlen(begin);
        memcpy(text, begin, size);
        for (uint32_t n = below(MOST_CHANGES); n > 0 && size > 0; n--)
            size = change(text, size);
        LLVMFuzzerTestOneInput((const uint8_t *)text, size);
    }
    printf("%d %s, %d were read\n", rounds, fuzz_texts.what, fuzz_texts.read);
    return 0;
}
#else
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed)
{
    random_seed(seed);
    if (size == 0 || size >= ROOM || most < ROOM || below(2))
        return LLVMFuzzerMutate(data, size, most);
    return change((char *)data, size);
}
#endif
