/* fuzz_texts — a fuzz target of short texts: `fuzz_NAME ROUNDS SEED` changes its texts
 * at random; with -DLUTIST_LIBFUZZER libFuzzer does, with the same changes among its
 * own.
 *
 * The target defines `fuzz_texts` and LLVMFuzzerTestOneInput.
 * Threads: one.
 * Python:  unaware.
 */
#ifndef LUTIST_TESTS_FUZZ_FUZZ_TEXTS_H
#define LUTIST_TESTS_FUZZ_FUZZ_TEXTS_H

#include <stddef.h>
#include <stdint.h>

typedef struct FuzzTexts {
    const char *what; /* the texts, in the plural */
    const char *const
        *texts; /* to begin with, shorter than 512 bytes; NULL at the end */
    const char *const *parts; /* to put in; NULL at the end */
    int read;                 /* counted by the target: texts that are no errors */
} FuzzTexts;

/* Parts of any JSON. */
#define FUZZ_JSON_PARTS "\"", "\\", "{", "}", "[", "]", ":", ","
/* and those of its texts and values that are seldom read right */
#define FUZZ_JSON_RARE                                                                 \
    "\\u0000", "\\ud83d\\ude00", "\\udc80", "\xC3\xA9", "\xFF", "1e400", "-0.5",       \
        "null", "true"

extern FuzzTexts fuzz_texts;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* New: a copy with a NUL behind it. */
char *fuzz_texts_copy(const uint8_t *data, size_t size);

/* The text as a file, for readers that want a path. */
typedef struct FuzzPath {
    int fd;
    char *path; /* owned: a link that ends in an extension, ".json" */
} FuzzPath;
FuzzPath fuzz_texts_open(const uint8_t *data, size_t size, const char *extension);
void fuzz_texts_close(FuzzPath *file);

#endif
