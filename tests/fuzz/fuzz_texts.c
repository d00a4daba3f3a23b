#include "fuzz_texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/err.h"
#include "base/log.h"
#include "base/mem.h"
#include "fuzz_random.h"

/* libFuzzer's own. */
int LLVMFuzzerInitialize(int *argc, char ***argv);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);

enum { ROOM = 512, MOST_CHANGES = 6 };

char *fuzz_texts_copy(const uint8_t *data, size_t size)
{
    char *text = mem_new(size + 1, 1);
    if (size)
        memcpy(text, data, size);
    return text;
}

FuzzPath fuzz_texts_open(const uint8_t *data, size_t size, const char *extension)
{
    FuzzPath file = {.fd = memfd_create("fuzz", MFD_CLOEXEC)};
    REQUIRE(file.fd >= 0 && write(file.fd, data, size) == (ssize_t)size);
    const char *folder = getenv("TMPDIR");
    file.path = mem_printf("%s/lutist-fuzz-%d%s", folder ? folder : "/tmp",
                           (int)getpid(), extension);
    char *target = mem_printf("/proc/self/fd/%d", file.fd);
    unlink(file.path);
    REQUIRE(symlink(target, file.path) == 0);
    mem_free(target);
    return file;
}

void fuzz_texts_close(FuzzPath *file)
{
    unlink(file->path);
    close(file->fd);
    mem_free(file->path);
    *file = (FuzzPath){.fd = -1};
}

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
    log_set_level(LOG_QUIET);
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
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    log_set_level(LOG_QUIET);
    return 0;
}

/* It starts with nothing, and knows no keyword. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed)
{
    enum { OFTEN = 64 };
    random_seed(seed);
    if (most >= ROOM && (size <= 1 || below(OFTEN) == 0)) {
        const char *begin = any(fuzz_texts.texts);
        memcpy(data, begin, strlen(begin));
        return strlen(begin);
    }
    if (size == 0 || size >= ROOM || most < ROOM || below(2))
        return LLVMFuzzerMutate(data, size, most);
    return change((char *)data, size);
}
#endif
