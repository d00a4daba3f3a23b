/* fuzz_cubes: texts of .cube files. They are read, or refused in one line; what is read
 * is used.
 *
 * A libFuzzer target, and a program: fuzz_texts.h. */
#include <stdio.h>
#include <string.h>

#include "fuzz_tables.h"
#include "fuzz_texts.h"
#include "pipe/cube/cube_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CubeTables found;
    Err err = {0};
    FILE *file = size ? fmemopen((void *)data, size, "r") : NULL;
    if (!file)
        return 0;
    bool read = cube_text_read(file, size, "film.cube", NULL, &found, &err);
    if (read)
        use_tables(&found);
    else
        use_error(&err, "film.cube, line ");
    fuzz_texts.read += read;
    fclose(file);
    return 0;
}

#define EIGHT "0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n"
static const char *const texts[] = {
    "TITLE \"film\"\r\nLUT_3D_SIZE 2\r\nDOMAIN_MIN 0 -.5 0\nDOMAIN_MAX 1 1 1e0\n" EIGHT,
    "# shaper\nLUT_1D_SIZE 2\nLUT_1D_INPUT_RANGE 0 1\nLUT_3D_SIZE 2\n0 0 0\n1 1 "
    "1\n" EIGHT,
    "LUT_1D_SIZE 2\nLUT_3D_SIZE 2\nLUT_3D_INPUT_RANGE -.5 2\n0 0 0\n1e0 +1 .5\n" EIGHT,
    "LUT_1D_SIZE 8\n" EIGHT,
    "LUT_1D_INPUT_RANGE -1 1.5\nLUT_1D_SIZE 8\n" EIGHT,
    "DOMAIN_MIN -1 0 0\nLUT_1D_SIZE 8\nDOMAIN_MAX 1 1e3 .5\n" EIGHT,
    "LUT_3D_SIZE 2\nLUT_3D_INPUT_RANGE -1 1\n" EIGHT,
    NULL,
};
static const char *const parts[] = {"LUT_3D_SIZE 256\n",
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
                                    "LUT_3D_INPUT_RANGE 0 1e-320\n",
                                    NULL};

FuzzTexts fuzz_texts = {"texts", texts, parts, 0};
