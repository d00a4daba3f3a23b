/* hash — what tells two contents apart: XXH3, 128 bits.
 *
 * It finds changes, not forgeries: whoever wants two contents with one hash can make
 * them. Source: https://github.com/Cyan4973/xxHash, doc/xxhash_spec.md.
 * Threads: one at a time for each Hash.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_HASH_H
#define LUTIST_BASE_HASH_H

#include <stddef.h>

#include "base/err.h"
#include "base/thread/cancel.h"

/* Hexadecimal digits and a NUL. */
enum { HASH_TEXT = 33 };

typedef struct Hash Hash;

Hash *hash_new(void);
void hash_add(Hash *hash, const void *bytes, size_t size);
/* The text and its NUL, so that "ab", "c" is not "a", "bc"; NULL differs from "". */
void hash_add_text(Hash *hash, const char *text);
/* All bytes of a file. Fails: ERR_FILE "PATH: reason"; ERR_CANCELLED (`cancel` may be
 * NULL). */
bool hash_add_file(Hash *hash, const char *path, Cancel *cancel, Err *err);
/* The digits of what was added; frees `hash`. */
void hash_finish(Hash *hash, char text[HASH_TEXT]);

/* The digits of one file. Fails as hash_add_file. */
bool hash_file(const char *path, Cancel *cancel, char text[HASH_TEXT], Err *err);

#endif
