/* fuzz_files — a fuzz target of whole files: `fuzz_NAME FOLDER ROUNDS SEED` changes
 * each file of a folder at random, `fuzz_NAME FOLDER` reads them as they are; with
 * -DLUTIST_LIBFUZZER libFuzzer does, with the same changes among its own.
 *
 * The target defines `fuzz_files` and LLVMFuzzerTestOneInput.
 * Threads: one.
 * Python:  unaware.
 */
#ifndef LUTIST_TESTS_FUZZ_FUZZ_FILES_H
#define LUTIST_TESTS_FUZZ_FUZZ_FILES_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

typedef struct FuzzFiles {
    const char *what; /* the files, in the plural */
    int read;         /* counted by the target: files that are no errors */
} FuzzFiles;

extern FuzzFiles fuzz_files;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* New: a file in memory that has a descriptor, for reading and writing; it stands at
 * its beginning. */
FILE *fuzz_files_open(const uint8_t *data, size_t size);
/* Random numbers that a file's bytes decide, for fuzz_random.h: a finding is found
 * again. */
uint32_t fuzz_files_seed(const uint8_t *data, size_t size);

#endif
