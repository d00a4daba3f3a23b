#include "viewer/load/read_ahead.h"

#include "base/log.h"
#include "viewer/load/first_look.h"
#include "viewer/load/picture_read.h"

enum { ROOM_TRIES = 4 };

static void pause_reading(void *context)
{
    const ReadAhead *ahead = context;
    quiet_await(ahead->quiet, ahead->hurry);
}

/* The screen holds the picture before, which may go, for a moment. */
static bool fits(void *context, ImageInfo info, Pyramid **spare)
{
    const ReadAhead *ahead = context;
    bool room = ahead->make_room(ahead->context, info);
    for (int i = 0; !room && i < ROOM_TRIES && !cancel_is_set(ahead->hurry); i++) {
        quiet_disturb(ahead->quiet);
        quiet_await(ahead->quiet, ahead->hurry);
        room = ahead->make_room(ahead->context, info);
    }
    *spare = room ? picture_store_take_spare(ahead->store, info) : NULL;
    ahead->sweep(ahead->context);
    return room;
}

static Pyramid *read_full(const ReadAhead *ahead, const char *path,
                          const ReadOptions *options, Err *err)
{
    PictureReading how = {.options = options,
                          .fits = fits,
                          .optional = true,
                          .bands = {.cancel = ahead->cancel,
                                    .done = ahead->done,
                                    .pause = pause_reading,
                                    .context = (void *)ahead}};
    return picture_read(path, &how, err);
}

static bool is_at_hand(const ReadAhead *ahead, const char *path, FileStamp stamp,
                       bool *rough)
{
    bool known;
    Pyramid *full = picture_store_find(ahead->store, path, stamp, &known);
    Pyramid *first = picture_store_find_rough(ahead->store, path, stamp);
    *rough = first;
    pyramid_unref(&full);
    pyramid_unref(&first);
    return known;
}

static void keep(const ReadAhead *ahead, const char *path, FileStamp stamp,
                 Pyramid *pyramid)
{
    if (!cancel_is_set(ahead->cancel))
        ahead->keep(ahead->context, path, stamp, pyramid);
    if (pyramid)
        log_debug("%s: %sread in advance", path,
                  pyramid_image(pyramid) ? "" : "roughly ");
    pyramid_unref(&pyramid);
}

void read_ahead(const ReadAhead *ahead, const char *path)
{
    Err err;
    bool rough;
    ReadOptions options = *ahead->options;
    FileStamp stamp = watch_files_stamp(path);
    options.cancel = ahead->cancel;
    if (is_at_hand(ahead, path, stamp, &rough))
        return;
    pause_reading((void *)ahead);
    Pyramid *first = rough ? NULL
                           : first_look_ahead(path, &options, ahead->store->budget,
                                              pause_reading, (void *)ahead);
    if (first)
        keep(ahead, path, stamp, first);
    Pyramid *pyramid = read_full(ahead, path, &options, &err);
    if (pyramid || err.kind != ERR_MEMORY)
        keep(ahead, path, stamp, pyramid);
}
