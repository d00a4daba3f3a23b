/* fuzz_cubes ROUNDS SEED: texts of .cube files, each time changed in other places. They
 * are read, or refused in one line; sanitizers find other faults. What is read is used.
 *
 * With -DLUTIST_LIBFUZZER and clang's -fsanitize=fuzzer it is a libFuzzer target. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "pipe/cube/cube_text.h"

/* A colour inside, one on the far corner, one outside and one that is no number. */
static void use(const Cube *cube)
{
    double planes[3][4];
    for (int c = 0; c < 3; c++)
        memcpy(planes[c], (const double[]){0.3 + 0.2 * c, 1, -1e30, NAN},
               sizeof planes[c]);
    for (int level = CPU_SCALAR; level <= (int)cpu_best(); level++)
        cube_eval(cube, 0.5, kernels_at((CpuLevel)level),
                  (double *const[3]){planes[0], planes[1], planes[2]}, 4);
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 3; c++)
            REQUIRE(isfinite(cube->slope[r][c]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* 0, as libFuzzer wants it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CubeText found;
    Err err = {0};
    char *text = mem_new(size ? size : 1, 1); /* its end is the memory's end */
    memcpy(text, data, size);
    if (cube_text_parse(text, size, "film.cube", NULL, &found, &err)) {
        REQUIRE(!found.cube != !found.rows);
        if (found.cube)
            use(found.cube);
        cube_text_clear(&found);
    } else {
        REQUIRE(strncmp(err.text, "film.cube", strlen("film.cube")) == 0);
        REQUIRE(!strchr(err.text, '\n'));
    }
    mem_free(text);
    return 0;
}

#ifndef LUTIST_LIBFUZZER
static uint32_t random_state = 1;

static uint32_t below(size_t limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state % (uint32_t)limit;
}

static const char EIGHT[] = "0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n";
static const char *const HEADERS[] = {
    "TITLE \"film\"\r\nLUT_3D_SIZE 2\r\nDOMAIN_MIN 0 -.5 0\nDOMAIN_MAX 1 1 1e0\n",
    "# shaper\nLUT_1D_SIZE 2\nLUT_1D_INPUT_RANGE 0 1\nLUT_3D_SIZE 2\n0 0 0\n1 1 1\n",
    "LUT_1D_SIZE 8\n",
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

enum { ROOM = 1024, MOST_CHANGES = 4 };

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

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    int rounds = atoi(argv[1]);
    random_state = (uint32_t)atoi(argv[2]) * 2654435761u | 1;
    for (int i = 0; i < rounds; i++) {
        char text[ROOM];
        const char *header = HEADERS[below(sizeof HEADERS / sizeof *HEADERS)];
        size_t size = (size_t)snprintf(text, sizeof text, "%s%s", header, EIGHT);
        for (uint32_t n = below(MOST_CHANGES); n > 0 && size > 0; n--)
            size = change(text, size);
        if (below(8) == 0)
            size = below(size + 1);
        LLVMFuzzerTestOneInput((const uint8_t *)text, size);
    }
    printf("%d texts\n", rounds);
    return 0;
}
#endif
