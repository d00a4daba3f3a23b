#include "viewer/load/first_look.h"

#include "base/mem.h"
#include "base/thread/thread.h"
#include "image/reader.h"

enum {
    LEAST = 1000,          /* pixels of the longer side */
    WORTH_PIXELS = 8000000 /* a smaller file is decoded about as fast */
};

struct FirstLook {
    /* immutable after begin */
    const char *path;
    ReadOptions options;
    uint64_t memory;
    void (*take)(void *context, Pyramid *rough);
    void *context;
    pthread_t thread;
    /* atomic */
    Cancel cancel;
};

static Pyramid *read_reduced(Reader *reader, ImageInfo full)
{
    Err err;
    Pyramid *rough = NULL;
    ImageInfo info = reader_info(reader);
    Image *image = image_new(info, &err);
    if (image && reader_read(reader, image->data, image->stride, info.height, &err)) {
        image->meta = meta_ref(reader_meta(reader));
        rough = pyramid_new_rough(full.width, full.height, image);
    }
    image_unref(&image);
    return rough;
}

Pyramid *first_look_read(const char *path, const ReadOptions *options, uint64_t memory)
{
    Err err;
    Notes notes = {0}; /* the full picture's tell the same */
    ReadOptions quiet = *options;
    quiet.notes = &notes;
    Reader *reader = reader_open(path, &quiet, &err);
    if (!reader)
        return NULL;
    ImageInfo full = reader_info(reader);
    if (reader_memory(reader) > memory)
        reader_use_disk(reader);
    bool worth = (uint64_t)full.width * (uint64_t)full.height >= WORTH_PIXELS;
    Pyramid *rough =
        worth && reader_reduce(reader, LEAST) ? read_reduced(reader, full) : NULL;
    reader_close(reader);
    return rough;
}

static void look(void *arg)
{
    FirstLook *first = arg;
    Pyramid *rough = first_look_read(first->path, &first->options, first->memory);
    if (cancel_is_set(&first->cancel))
        pyramid_unref(&rough);
    first->take(first->context, rough);
}

FirstLook *first_look_begin(const char *path, const ReadOptions *options,
                            uint64_t memory,
                            void (*take)(void *context, Pyramid *rough), void *context)
{
    Err err;
    FirstLook *first = mem_new(1, sizeof *first);
    first->path = path;
    first->options = *options;
    first->options.cancel = &first->cancel;
    first->memory = memory;
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
