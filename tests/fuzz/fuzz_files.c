#include "fuzz_files.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <zlib.h>

#include "base/err.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "fuzz_random.h"

/* libFuzzer's own. */
int LLVMFuzzerInitialize(int *argc, char ***argv);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);

enum { MOST_CHANGES = 6, HEAD = 320 };

FILE *fuzz_files_open(const uint8_t *data, size_t size)
{
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    REQUIRE(fd >= 0);
    FILE *file = fdopen(fd, "w+b");
    REQUIRE(file && (!size || fwrite(data, 1, size, file) == size) &&
            fflush(file) == 0);
    rewind(file);
    return file;
}

uint32_t fuzz_files_seed(const uint8_t *data, size_t size)
{
    return (uint32_t)crc32(0, data, (uInt)size);
}

/* Mostly in the header, which decides most. */
static void change(uint8_t *data, size_t size)
{
    static const uint8_t telling[] = {0, 1, 2, 3, 8, 0x7F, 0x80, 0xFE, 0xFF};
    size_t head = size < HEAD ? size : HEAD;
    size_t at = below(2) ? below(head) : below(size);
    switch (below(3)) {
    case 0:
        data[at] ^= (uint8_t)(1 << below(8));
        break;
    case 1:
        data[at] = telling[below(sizeof telling)];
        break;
    default:
        data[at] = (uint8_t)below(256);
        break;
    }
}

static uint32_t number_at(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Behind the signature a PNG file is chunks: length, name, data, and a checksum of the
 * last two. A change seldom gets past a wrong one. */
static void mend_checksums(uint8_t *data, size_t size)
{
    static const uint8_t signature[8] = "\x89PNG\r\n\x1a\n";
    size_t at = 8;
    if (size < at || memcmp(data, signature, at) != 0)
        return;
    while (size - at >= 12) {
        size_t length = number_at(data + at);
        if (length > size - at - 12)
            return;
        uint8_t *end = data + at + 8 + length;
        uint32_t sum = (uint32_t)crc32(0, data + at + 4, (uInt)(length + 4));
        for (int i = 0; i < 4; i++)
            end[i] = (uint8_t)(sum >> (24 - 8 * i));
        at += 12 + length;
    }
}

#ifdef LUTIST_LIBFUZZER
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    log_set_level(LOG_QUIET);
    return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed)
{
    random_seed(seed);
    if (below(3) == 0 && size > 0)
        change(data, size);
    else
        size = LLVMFuzzerMutate(data, size, most);
    if (below(8))
        mend_checksums(data, size);
    return size;
}
#else
static void read_exact(const uint8_t *data, size_t size)
{
    uint8_t *exact = mem_new(size, 1); /* a sanitizer sees what is read beyond it */
    memcpy(exact, data, size);
    LLVMFuzzerTestOneInput(exact, size);
    mem_free(exact);
}

static void change_one(const uint8_t *whole, size_t size)
{
    uint8_t *changed = mem_new(size + 1, 1);
    memcpy(changed, whole, size);
    for (uint32_t n = 1 + below(MOST_CHANGES); n > 0; n--)
        change(changed, size);
    if (below(8))
        mend_checksums(changed, size);
    read_exact(changed, below(8) ? size : 1 + below(size));
    mem_free(changed);
}

/* Without rounds it is read as it is. */
static void fuzz(const char *path, int rounds)
{
    FILE *file = fopen(path, "rb");
    REQUIRE(file && fseek(file, 0, SEEK_END) == 0);
    size_t size = (size_t)ftell(file);
    uint8_t *whole = mem_new(size + 1, 1);
    rewind(file);
    REQUIRE(size && fread(whole, 1, size, file) == size);
    fclose(file);
    if (!rounds)
        read_exact(whole, size);
    for (int i = 0; i < rounds; i++)
        change_one(whole, size);
    mem_free(whole);
}

int main(int argc, char **argv)
{
    if (argc != 2 && argc != 4)
        return 2;
    int rounds = argc == 4 ? atoi(argv[2]) : 0, files = 0;
    random_seed(argc == 4 ? (uint32_t)atoi(argv[3]) : 1);
    log_set_level(LOG_QUIET);
    DIR *folder = opendir(argv[1]);
    REQUIRE(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        char *path = path_join(argv[1], entry->d_name);
        if (entry->d_name[0] != '.') {
            fuzz(path, rounds);
            files++;
        }
        mem_free(path);
    }
    closedir(folder);
    if (rounds)
        printf("%d %s, %d of %d changed ones were read\n", files, fuzz_files.what,
               fuzz_files.read, files * rounds);
    else
        printf("%d %s, %d were read\n", files, fuzz_files.what, fuzz_files.read);
    return 0;
}
#endif
