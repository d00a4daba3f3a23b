/* fuzz_images: pictures of every format. A changed file is read, or refused in one
 * line. What is read is written in another format, and that file is whole.
 *
 * A libFuzzer target, and a program: fuzz_files.h. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fuzz_files.h"
#include "fuzz_random.h"
#include "image/reader.h"
#include "image/writer.h"

enum { MAX_PIXELS = 1 << 18, MAX_METADATA = 1 << 20, MOST_WRITTEN = 1 << 12 };

/* A name without a mark of its own: TGA, where the content says nothing. */
static const char NAME[] = "picture.tga";

static Image *read_rows(Reader *reader, Err *err)
{
    ImageInfo info = reader_info(reader);
    Image *image = image_new(info, err);
    int rows = 1 + (int)below(9);
    REQUIRE(image && reader_memory(reader) > 0);
    for (int y = 0; image && y < info.height; y += rows) {
        int left = info.height - y;
        if (!reader_read(reader, image_row(image, y), image->stride,
                         left < rows ? left : rows, err))
            image_unref(&image);
    }
    if (image)
        image->meta = meta_ref(reader_meta(reader));
    return image;
}

static bool is_line(const char *text)
{
    return !strchr(text, '\n');
}

static Image *read_file(FILE *file, bool ours, Err *err)
{
    Notes notes = {0};
    ReadOptions options = {.max_pixels = MAX_PIXELS,
                           .max_metadata = MAX_METADATA,
                           .notes = &notes,
                           .file = file,
                           .raw_half = below(2),
                           .lenient = !ours && below(4) == 0};
    Reader *reader = reader_open(NAME, &options, err);
    if (reader && !ours && below(8) == 0)
        reader_use_disk(reader);
    if (reader && !ours && below(8) == 0)
        reader_widen(reader);
    if (reader && !ours && below(4) == 0)
        (void)(reader_reduce(reader, 1 + (int)below(64)) ||
               reader_sketch(reader, 1 + (int)below(64)));
    Image *image = reader ? read_rows(reader, err) : NULL;
    reader_close(reader);
    REQUIRE(image || strncmp(err->text, NAME, strlen(NAME)) == 0);
    REQUIRE(is_line(err->text) && is_line(notes.text));
    return image;
}

static bool same_rows(const Image *a, const Image *b)
{
    bool same = memcmp(&a->info, &b->info, sizeof a->info) == 0;
    for (int y = 0; same && y < a->info.height; y++)
        same = memcmp(image_row(a, y), image_row(b, y), image_row_bytes(a->info)) == 0;
    return same;
}

/* PNG and TIFF keep every sample. */
static void check_written(const Image *image, FILE *file, bool exact)
{
    Err err = {0};
    rewind(file);
    Image *again = read_file(file, true, &err);
    REQUIRE(again && again->info.width == image->info.width &&
            again->info.height == image->info.height);
    REQUIRE(!exact || same_rows(image, again));
    image_unref(&again);
}

static void write_file(const Image *image)
{
    static const char *const formats[] = {"png", "tiff", "jpeg", "webp"};
    uint32_t number = below(4);
    Err err = {0};
    Notes notes = {0};
    SaveOptions options = {.format = formats[number],
                           .lossless = number != 2,
                           .notes = &notes,
                           .quality = below(2) ? 0 : QUALITY_KEEP};
    FILE *file = fuzz_files_open(NULL, 0);
    Writer *writer =
        writer_open_file(file, NAME, image->info, image->meta, &options, &err);
    bool written =
        writer &&
        writer_write(writer, image->data, image->stride, image->info.height, &err) &&
        writer_end(writer, &err);
    REQUIRE(is_line(err.text) && is_line(notes.text));
    REQUIRE(written || err.text[0]);
    if (written)
        check_written(image, file, number < 2);
    fclose(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Err err = {0};
    FILE *file = fuzz_files_open(data, size);
    random_seed(fuzz_files_seed(data, size));
    Image *image = read_file(file, false, &err);
    if (image && (int64_t)image->info.width * image->info.height <= MOST_WRITTEN)
        write_file(image);
    fuzz_files.read += image != NULL;
    image_unref(&image);
    fclose(file);
    return 0;
}

FuzzFiles fuzz_files = {"files", 0};
