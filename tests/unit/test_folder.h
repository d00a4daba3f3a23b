/* test_folder — a folder for the files of one test.
 *
 * Threads: one; names of files are kept in a few static buffers.
 * Python:  unaware.
 */
#ifndef LUTIST_TESTS_UNIT_TEST_FOLDER_H
#define LUTIST_TESTS_UNIT_TEST_FOLDER_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

/* A new folder under /tmp; *state owns the name. */
static inline int folder_make(void **state)
{
    char *dir = mem_dup("/tmp/lutist-test-XXXXXX");
    *state = dir;
    return mkdtemp(dir) ? 0 : -1;
}

static inline int folder_count(const char *dir)
{
    int count = 0;
    DIR *handle = opendir(dir);
    for (struct dirent *entry; handle && (entry = readdir(handle));)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    if (handle)
        closedir(handle);
    return count;
}

static inline int folder_remove(void **state)
{
    char *dir = *state;
    DIR *handle = opendir(dir);
    for (struct dirent *entry; handle && (entry = readdir(handle));)
        unlinkat(dirfd(handle), entry->d_name, 0);
    if (handle)
        closedir(handle);
    rmdir(dir);
    mem_free(dir);
    return 0;
}

/* A test whose *state is such a folder. */
#define IN_FOLDER(test)                                                                \
    cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

/* DIR/NAME in one of a few static buffers. */
static inline const char *in_folder(void **state, const char *name)
{
    static char paths[4][128];
    static int turn;
    char *path = paths[turn++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", (const char *)*state, name);
    return path;
}

static inline uint8_t *bytes_read(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    uint8_t *bytes = mem_new(*size + 1, 1);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    fclose(file);
    return bytes;
}

static inline void bytes_write(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

#endif
