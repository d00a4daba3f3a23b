#include "viewer/load/first_look.h"

#include "base/mem.h"
#include "base/thread/thread.h"
#include "image/reader.h"
#include "viewer/load/picture_store.h"

enum {
    WORTH_PIXELS = 8000000, /* a smaller file is decoded about as fast */
    WORTH_AHEAD = 50000000, /* a smaller one is read soon enough */
    ROWS = 16,              /* at a time, of one in advance */
    PART_OF_MEMORY = 4,     /* that a rough picture takes at most */
    NICENESS = 15
};

struct FirstLook {
    /* immutable after begin */
    const char *path;
    ReadOptions options;
    uint64_t memory;
    atomic_bool *large;
    first_look_fn *take;
    void *context;
    pthread_t thread;
    /* its thread only */
    bool taken;
    /* atomic */
    Cancel cancel;
};

/* What a reading in advance is put off by. */
typedef struct Pausing {
    void (*pause)(void *context);
    void *context;
} Pausing;

/* NULL `pausing`: at once. */
static bool read_rows(Reader *reader, const Image *image, const Pausing *pausing)
{
    Err err;
    int height = image->info.height, most = pausing ? ROWS : height;
    for (int y = 0, count; y < height; y += count) {
        count = height - y < most ? height - y : most;
        if (pausing)
            pausing->pause(pausing->context);
        if (!reader_read(reader, image_row(image, y), image->stride, count, &err))
            return false;
    }
    return true;
}

static Pyramid *read_reduced(Reader *reader, ImageInfo full, const Pausing *pausing)
{
    Err err;
    Pyramid *rough = NULL;
    ImageInfo info = reader_info(reader);
    Image *image = image_new(info, &err);
    if (image && read_rows(reader, image, pausing)) {
        image->meta = meta_ref(reader_meta(reader));
        rough = pyramid_new_rough(full.width, full.height, image);
    }
    image_unref(&image);
    return rough;
}

/* In advance the full picture is at hand soon, unless it is very large or finds no room
 * beside the one on the screen. */
static bool is_worth(ImageInfo full, uint64_t memory, bool ahead)
{
    uint64_t pixels = (uint64_t)full.width * (uint64_t)full.height;
    uint64_t most =
        ahead && 2 * picture_store_bytes(full) <= memory ? WORTH_AHEAD : WORTH_PIXELS;
    return pixels >= most;
}

/* NULL: it is not worth it, or cannot be done. A file that cannot be opened leaves
 * *full as it is. */
static Reader *open_reduced(const char *path, const ReadOptions *options,
                            uint64_t memory, bool ahead, ImageInfo *full)
{
    Err err;
    Reader *reader = reader_open(path, options, &err);
    if (!reader)
        return NULL;
    *full = reader_info(reader);
    if (reader_memory(reader) > memory)
        reader_use_disk(reader);
    if (is_worth(*full, memory, ahead) &&
        (reader_reduce(reader, PYRAMID_ROUGH) ||
         reader_sketch(reader, PYRAMID_ROUGH)) &&
        image_memory(reader_info(reader)) <= memory / PART_OF_MEMORY)
        return reader;
    reader_close(reader);
    return NULL;
}

void first_look_read(const char *path, const ReadOptions *options, uint64_t memory,
                     atomic_bool *large, first_look_fn *take, void *context)
{
    ImageInfo full = {0};
    Notes notes = {0}; /* the full picture's tell the same */
    ReadOptions quiet = *options;
    quiet.notes = &notes;
    Reader *reader = open_reduced(path, &quiet, memory, false, &full);
    atomic_store(large, is_worth(full, memory, false));
    Pyramid *rough = reader ? read_reduced(reader, full, NULL) : NULL;
    take(context, rough);
    while (rough && reader_refine(reader) && (rough = read_reduced(reader, full, NULL)))
        take(context, rough);
    reader_close(reader);
}

Pyramid *first_look_ahead(const char *path, const ReadOptions *options, uint64_t memory,
                          void (*pause)(void *context), void *context)
{
    ImageInfo full;
    Notes notes = {0};
    ReadOptions quiet = *options;
    quiet.notes = &notes;
    Reader *reader = open_reduced(path, &quiet, memory, true, &full);
    Pyramid *rough =
        reader ? read_reduced(reader, full, &(Pausing){pause, context}) : NULL;
    reader_close(reader);
    return rough;
}

/* The better pictures leave the processors to the full one. */
static void pass_on(void *data, Pyramid *rough)
{
    FirstLook *first = data;
    if (cancel_is_set(&first->cancel))
        pyramid_unref(&rough);
    first->take(first->context, rough);
    if (!first->taken)
        thread_be_nicer(NICENESS);
    first->taken = true;
}

static void look(void *arg)
{
    FirstLook *first = arg;
    first_look_read(first->path, &first->options, first->memory, first->large, pass_on,
                    first);
}

FirstLook *first_look_begin(const char *path, const ReadOptions *options,
                            uint64_t memory, atomic_bool *large, first_look_fn *take,
                            void *context)
{
    Err err;
    FirstLook *first = mem_new(1, sizeof *first);
    first->path = path;
    first->options = *options;
    first->options.cancel = &first->cancel;
    first->memory = memory;
    first->large = large;
    first->take = take;
    first->context = context;
    if (thread_start(&first->thread, "lutist-first", look, first, &err))
        return first;
    mem_free(first);
    return NULL;
}

void first_look_end(FirstLook *first)
{
    if (!first)
        return;
    cancel_set(&first->cancel, CANCEL_STOPPED);
    pthread_join(first->thread, NULL);
    mem_free(first);
}
