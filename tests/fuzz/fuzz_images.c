/* fuzz_images FOLDER ROUNDS SEED: reads each file of the folder ROUNDS times, each time
 * changed in other places. A changed file must be read, or refused in one line;
 * sanitizers find other faults. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "fuzz_random.h"
#include "image/reader.h"

enum { CHANGES_MAX = 6, HEAD = 80, MAX_PIXELS = 1 << 20 };

typedef struct Bytes {
    uint8_t *data;
    size_t size;
} Bytes;

static Bytes load(const char *path)
{
    FILE *file = fopen(path, "rb");
    REQUIRE(file && fseek(file, 0, SEEK_END) == 0);
    Bytes bytes = {.size = (size_t)ftell(file)};
    bytes.data = mem_new(bytes.size + 1, 1);
    rewind(file);
    REQUIRE(fread(bytes.data, 1, bytes.size, file) == bytes.size);
    fclose(file);
    return bytes;
}

/* Mostly in the header, which decides most. */
static void change(Bytes *bytes)
{
    static const uint8_t telling[] = {0, 1, 0x7F, 0x80, 0xFE, 0xFF};
    size_t head = bytes->size < HEAD ? bytes->size : HEAD;
    for (uint32_t n = 1 + below(CHANGES_MAX); n > 0; n--) {
        size_t at = below(2) ? below(head) : below(bytes->size);
        switch (below(3)) {
        case 0:
            bytes->data[at] ^= (uint8_t)(1 << below(8));
            break;
        case 1:
            bytes->data[at] = telling[below(sizeof telling)];
            break;
        default:
            bytes->data[at] = (uint8_t)below(256);
            break;
        }
    }
    if (below(8) == 0)
        bytes->size = 1 + below(bytes->size);
}

static void store(const char *path, const Bytes *bytes)
{
    FILE *file = fopen(path, "wb");
    REQUIRE(file && fwrite(bytes->data, 1, bytes->size, file) == bytes->size);
    fclose(file);
}

static bool read_rows(Reader *reader, Err *err)
{
    ImageInfo info = reader_info(reader);
    size_t stride = image_row_bytes(info);
    int rows = 1 + (int)below(9);
    uint8_t *strip = mem_new((size_t)rows, stride);
    bool good = reader_memory(reader) > 0;
    for (int y = 0; good && y < info.height; y += rows) {
        int left = info.height - y;
        good = reader_read(reader, strip, stride, left < rows ? left : rows, err);
    }
    mem_free(strip);
    return good;
}

static bool read_file(const char *path)
{
    Err err = {0};
    Notes notes = {0};
    ReadOptions options = {.max_pixels = MAX_PIXELS, .notes = &notes};
    options.lenient = below(4) == 0;
    Reader *reader = reader_open(path, &options, &err);
    bool good = reader && read_rows(reader, &err);
    reader_close(reader);
    REQUIRE(good || strncmp(err.text, path, strlen(path)) == 0);
    REQUIRE(!strchr(err.text, '\n') && !strchr(notes.text, '\n'));
    return good;
}

/* How many of the changed files were read. */
static int fuzz(const char *path, int rounds)
{
    Bytes whole = load(path);
    char *changed = mem_printf("%s.changed.%s", path, path_ext(path));
    int good = 0;
    for (int i = 0; i < rounds; i++) {
        Bytes bytes = {mem_new(whole.size + 1, 1), whole.size};
        memcpy(bytes.data, whole.data, whole.size);
        change(&bytes);
        store(changed, &bytes);
        good += read_file(changed);
        mem_free(bytes.data);
    }
    unlink(changed);
    mem_free(changed);
    mem_free(whole.data);
    return good;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    int rounds = atoi(argv[2]), files = 0, good = 0;
    random_seed((uint32_t)atoi(argv[3]));
    log_set_level(LOG_QUIET);
    DIR *folder = opendir(argv[1]);
    REQUIRE(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        char *path = path_join(argv[1], entry->d_name);
        if (entry->d_name[0] != '.' && !strstr(path, ".changed.")) {
            good += fuzz(path, rounds);
            files++;
        }
        mem_free(path);
    }
    closedir(folder);
    printf("%d files, %d of %d changed ones were read\n", files, good, files * rounds);
    return 0;
}
