/* fuzz_hald ROUNDS SEED: HaldCLUT pictures, each time changed in other places. They are
 * read, or refused in one line; sanitizers find other faults. What is read is used.
 *
 * With -DLUTIST_LIBFUZZER and clang's -fsanitize=fuzzer it is a libFuzzer target. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include "base/log.h"
#include "base/mem.h"
#include "fuzz_random.h"
#include "fuzz_tables.h"
#include "image/writer.h"
#include "pipe/cube/cube_hald.h"

/* A file in memory: the readers want one that has a descriptor. */
static FILE *memory_file(void)
{
    int fd = memfd_create("hald", MFD_CLOEXEC);
    REQUIRE(fd >= 0);
    FILE *file = fdopen(fd, "w+b");
    REQUIRE(file);
    return file;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Err err = {0};
    FILE *file = memory_file();
    log_set_level(LOG_QUIET);
    REQUIRE(fwrite(data, 1, size, file) == size && fflush(file) == 0);
    rewind(file);
    Cube *cube = cube_hald_read(file, "hald", NULL, &err);
    fclose(file);
    if (cube)
        use_tables(&(CubeTables){.cube = cube});
    else
        use_error(&err, "hald: ");
    return 0;
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

enum { ROOM = 16384, LEAST_BYTES = 64, MOST_CHANGES = 5, KINDS = 16 };

/* Picture number `kind` of KINDS as a file. */
static size_t write_picture(uint8_t *data, uint32_t kind)
{
    static const int sides[] = {8, 8, 27, 9};
    int side = sides[kind / 4 % 4], channels = side == 9 ? 1 + (int)below(4) : 3;
    ImageInfo info = {side, side, channels, kind % 2 ? 16 : 8};
    Err err;
    FILE *file = memory_file();
    SaveOptions options = {.format = kind / 2 % 2 ? "tiff" : "png"};
    Writer *writer = writer_open_file(file, "hald", info, NULL, &options, &err);
    uint8_t row[27 * 4 * 2];
    REQUIRE(writer);
    for (int y = 0; y < side; y++) {
        for (size_t i = 0; i < sizeof row; i++)
            row[i] = (uint8_t)(below(2) ? below(256) : (uint32_t)y);
        REQUIRE(writer_write(writer, row, sizeof row, 1, &err));
    }
    REQUIRE(writer_end(writer, &err));
    rewind(file);
    size_t size = fread(data, 1, ROOM, file);
    fclose(file);
    return size;
}

static void change(uint8_t *data, size_t size)
{
    enum { HEAD = 80 };
    static const uint8_t telling[] = {0, 1, 8, 0x7F, 0x80, 0xFF};
    size_t head = size < HEAD ? size : HEAD;
    size_t at = below(2) ? below(head) : below(size);
    if (below(2))
        data[at] = telling[below(sizeof telling)];
    else
        data[at] ^= (uint8_t)(1 << below(8));
}

#ifdef LUTIST_LIBFUZZER
/* It starts with nothing, and a picture is not found by chance. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed)
{
    random_seed(seed);
    if (size < LEAST_BYTES && most >= ROOM)
        return write_picture(data, below(KINDS));
    if (below(2) && size > 0)
        change(data, size);
    else
        size = LLVMFuzzerMutate(data, size, most);
    if (below(8))
        mend_checksums(data, size);
    return size;
}
#else
int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    int rounds = atoi(argv[1]);
    random_seed((uint32_t)atoi(argv[2]));
    uint8_t *data = mem_new(ROOM, 1);
    for (int i = 0; i < rounds; i++) {
        size_t size = write_picture(data, below(KINDS));
        for (uint32_t n = below(MOST_CHANGES); n > 0; n--)
            change(data, size);
        if (below(8))
            mend_checksums(data, size);
        LLVMFuzzerTestOneInput(data, below(8) ? size : below(size + 1));
    }
    mem_free(data);
    printf("%d pictures, %d were read\n", rounds, tables_read);
    return 0;
}
#endif
