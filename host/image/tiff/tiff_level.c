#include "image/tiff/tiff_layout.h"

#include <stdlib.h>

enum { LEVELS_MAX = 64 /* directories that are looked at */ };

/* The places of directories in the file. */
typedef struct Places {
    uint64_t at[LEVELS_MAX];
    int count;
} Places;

static void add(Places *places, uint64_t at)
{
    if (at && places->count < LEVELS_MAX)
        places->at[places->count++] = at;
}

/* Those below the current directory, as newer programs write them. */
static void add_below(const TiffFile *tiff, Places *places)
{
    uint16_t count = 0;
    toff_t *below = NULL;
    if (tiff->lib->TIFFGetField(tiff->handle, TIFFTAG_SUBIFD, &count, &below))
        for (int i = 0; i < count; i++)
            add(places, below[i]);
}

static bool is_reduced(const TiffFile *tiff)
{
    uint32_t type = 0;
    return tiff->lib->TIFFGetField(tiff->handle, TIFFTAG_SUBFILETYPE, &type) &&
           type & FILETYPE_REDUCEDIMAGE;
}

/* Those behind the current directory, up to another page. */
static void add_behind(const TiffFile *tiff, Places *places)
{
    for (int i = 0; i < LEVELS_MAX && tiff->lib->TIFFReadDirectory(tiff->handle) &&
                    is_reduced(tiff);
         i++)
        add(places, tiff->lib->TIFFCurrentDirOffset(tiff->handle));
}

/* A side of a level may be rounded up or down at each halving. */
static bool has_shape(ImageInfo level, ImageInfo full)
{
    int64_t across = (int64_t)level.width * full.height;
    int64_t down = (int64_t)level.height * full.width;
    int64_t slack = 2 * (int64_t)(full.width > full.height ? full.width : full.height);
    return llabs(across - down) <= slack;
}

static int longer_side(ImageInfo info)
{
    return info.width > info.height ? info.width : info.height;
}

static bool go_to(TiffFile *tiff, uint64_t at, TiffLayout *layout)
{
    Err err;
    return tiff->lib->TIFFSetSubDirectory(tiff->handle, at) &&
           tiff_layout_read(tiff, layout, &err) && !tiff->failed && !tiff->cut;
}

static bool is_better(const TiffLayout *level, const TiffLayout *full, int least,
                      int best)
{
    int side = longer_side(level->info);
    return side >= least && side < best && level->kind == full->kind &&
           level->info.channels == full->info.channels &&
           level->info.depth == full->info.depth && has_shape(level->info, full->info);
}

/* The place of the wanted level; 0: there is none. */
static uint64_t find(TiffFile *tiff, int least, const TiffLayout *full)
{
    Places places = {0};
    TiffLayout level;
    uint64_t found = 0;
    int best = longer_side(full->info);
    add_below(tiff, &places);
    add_behind(tiff, &places);
    for (int i = 0; i < places.count; i++) {
        tiff->failed = tiff->cut = false; /* one that is damaged is passed over */
        if (!go_to(tiff, places.at[i], &level) || !is_better(&level, full, least, best))
            continue;
        best = longer_side(level.info);
        found = places.at[i];
    }
    return found;
}

bool tiff_level_choose(TiffFile *tiff, int least, TiffLayout *layout)
{
    Err err;
    bool failed = tiff->failed, cut = tiff->cut;
    TiffLayout level;
    uint64_t at = find(tiff, least, layout);
    bool found = at && go_to(tiff, at, &level);
    tiff->failed = failed;
    tiff->cut = cut;
    if (found)
        *layout = level;
    else if (!tiff->lib->TIFFSetDirectory(tiff->handle, 0) ||
             !tiff_layout_read(tiff, layout, &err))
        tiff->failed = true;
    return found;
}
