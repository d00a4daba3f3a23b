/* fuzz_cubes ROUNDS SEED: texts of .cube files, each time changed in other places. They
 * are read, or refused in one line; sanitizers find other faults. What is read is used.
 *
 * With -DLUTIST_LIBFUZZER and clang's -fsanitize=fuzzer it is a libFuzzer target. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz_random.h"
#include "fuzz_tables.h"
#include "pipe/cube/cube_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CubeTables found;
    Err err = {0};
    FILE *file = size ? fmemopen((void *)data, size, "r") : NULL;
    if (!file)
        return 0;
    if (cube_text_read(file, size, "film.cube", NULL, &found, &err))
        use_tables(&found);
    else
        use_error(&err, "film.cube, line ");
    fclose(file);
    return 0;
}

static const char EIGHT[] = "0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n";
static const char *const HEADERS[] = {
    "TITLE \"film\"\r\nLUT_3D_SIZE 2\r\nDOMAIN_MIN 0 -.5 0\nDOMAIN_MAX 1 1 1e0\n",
    "# shaper\nLUT_1D_SIZE 2\nLUT_1D_INPUT_RANGE 0 1\nLUT_3D_SIZE 2\n0 0 0\n1 1 1\n",
    "LUT_1D_SIZE 2\nLUT_3D_SIZE 2\nLUT_3D_INPUT_RANGE -.5 2\n0 0 0\n1e0 +1 .5\n",
    "LUT_1D_SIZE 8\n",
    "LUT_1D_INPUT_RANGE -1 1.5\nLUT_1D_SIZE 8\n",
    "DOMAIN_MIN -1 0 0\nLUT_1D_SIZE 8\nDOMAIN_MAX 1 1e3 .5\n",
    "LUT_3D_SIZE 2\nLUT_3D_INPUT_RANGE -1 1\n",
};
static const char *const PARTS[] = {"LUT_3D_SIZE 256\n",
                                    "LUT_3D_SIZE 2",
                                    "LUT_1D_SIZE 65536\n",
                                    "DOMAIN_MIN ",
                                    "nan",
                                    "1e999",
                                    "-",
                                    "\n",
                                    "#",
                                    "\"",
                                    "0.1234567890123456789012345678901234567890 ",
                                    "\r\n",
                                    "1e-320 ",
                                    "1e30 ",
                                    "\t",
                                    "1 1 1\n",
                                    "LUT_3D_INPUT_RANGE 0 1e-320\n"};

enum { ROOM = 1024, LEAST_BYTES = 16, MOST_CHANGES = 4 };

/* Replace some bytes by a part, or one by any. */
static size_t change(char *text, size_t size)
{
    size_t at = below(size);
    if (below(2)) {
        text[at] = (char)below(256);
        return size;
    }
    const char *part = PARTS[below(sizeof PARTS / sizeof *PARTS)];
    size_t length = strlen(part), gone = below(8);
    gone = gone < size - at ? gone : size - at;
    if (size - gone + length >= ROOM)
        return size;
    memmove(text + at + length, text + at + gone, size - at - gone);
    memcpy(text + at, part, length);
    return size - gone + length;
}

/* A text that is read. */
static size_t write_text(char *text)
{
    const char *header = HEADERS[below(sizeof HEADERS / sizeof *HEADERS)];
    return (size_t)snprintf(text, ROOM, "%s%s", header, EIGHT);
}

#ifdef LUTIST_LIBFUZZER
/* It starts with nothing, and knows no keyword. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed)
{
    random_seed(seed);
    if (size < LEAST_BYTES && most >= ROOM)
        return write_text((char *)data);
    if (size == 0 || size >= ROOM || most < ROOM || below(2))
        return LLVMFuzzerMutate(data, size, most);
    return change((char *)data, size);
}
#else
int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    int rounds = atoi(argv[1]);
    random_seed((uint32_t)atoi(argv[2]));
    for (int i = 0; i < rounds; i++) {
        char text[ROOM];
        size_t size = write_text(text);
        for (uint32_t n = below(MOST_CHANGES); n > 0 && size > 0; n--)
            size = change(text, size);
        if (below(8) == 0)
            size = below(size + 1);
        LLVMFuzzerTestOneInput((const uint8_t *)text, size);
    }
    printf("%d texts, %d were read\n", rounds, tables_read);
    return 0;
}
#endif
