/* fuzz_hald: HaldCLUT pictures. They are read, or refused in one line; what is read is
 * used.
 *
 * A libFuzzer target, and a program: fuzz_files.h. */
#include "fuzz_files.h"
#include "fuzz_tables.h"
#include "pipe/cube/cube_hald.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Err err = {0};
    FILE *file = fuzz_files_open(data, size);
    Cube *cube = cube_hald_read(file, "hald", NULL, &err);
    fclose(file);
    fuzz_files.read += cube != NULL;
    if (cube)
        use_tables(&(CubeTables){.cube = cube});
    else
        use_error(&err, "hald: ");
    return 0;
}

FuzzFiles fuzz_files = {"pictures", 0};
