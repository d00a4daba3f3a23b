#include "base/hash.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/file/regular.h"
#include "base/mem.h"

enum { PIECE = 1 << 18, STATE_ALIGNMENT = 64 };

/* The state lies at a multiple of its alignment, somewhere in `room`. */
struct Hash {
    XXH3_state_t *state;
    char room[sizeof(XXH3_state_t) + STATE_ALIGNMENT];
};

Hash *hash_new(void)
{
    Hash *hash = mem_new(1, sizeof *hash);
    uintptr_t off = (uintptr_t)hash->room % STATE_ALIGNMENT;
    hash->state = (void *)(hash->room + (STATE_ALIGNMENT - off) % STATE_ALIGNMENT);
    XXH3_128bits_reset(hash->state);
    return hash;
}

void hash_add(Hash *hash, const void *bytes, size_t size)
{
    XXH3_128bits_update(hash->state, bytes, size);
}

void hash_add_text(Hash *hash, const char *text)
{
    hash_add(hash, text ? "t" : "-", 1);
    if (text)
        hash_add(hash, text, strlen(text) + 1);
}

static bool add_pieces(Hash *hash, FILE *file, const char *path, Cancel *cancel,
                       Err *err)
{
    char *piece = mem_new(1, PIECE);
    size_t got = 1;
    while (got && !(cancel && cancel_is_set(cancel))) {
        got = fread(piece, 1, PIECE, file);
        hash_add(hash, piece, got);
    }
    mem_free(piece);
    if (ferror(file))
        return err_set_errno(err, ERR_FILE, errno, "%s", path);
    return !got || err_set(err, ERR_CANCELLED, "interrupted");
}

bool hash_add_file(Hash *hash, const char *path, Cancel *cancel, Err *err)
{
    FILE *file = regular_open(path, "a file", NULL, err);
    if (!file)
        return false;
    bool read = add_pieces(hash, file, path, cancel, err);
    fclose(file);
    return read;
}

void hash_finish(Hash *hash, char text[HASH_TEXT])
{
    XXH128_hash_t digest = XXH3_128bits_digest(hash->state);
    snprintf(text, HASH_TEXT, "%016llx%016llx", (unsigned long long)digest.high64,
             (unsigned long long)digest.low64);
    mem_free(hash);
}

bool hash_file(const char *path, Cancel *cancel, char text[HASH_TEXT], Err *err)
{
    Hash *hash = hash_new();
    bool read = hash_add_file(hash, path, cancel, err);
    hash_finish(hash, text);
    return read;
}
