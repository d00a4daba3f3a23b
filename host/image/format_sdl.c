/* SDL2_image decodes a whole image at once, to at most 8 bits and without metadata.
 * Left out of what it reads: SVG, XPM, XV, XCF, LBM, ICO and CUR, which are no
 * photographs, GIF (format_gif.c) and TIFF (format_tiff.c).
 *
 * Nothing here initialises SDL: surfaces and RWops need none of its subsystems. */
#include <pthread.h>
#include <string.h>

#include <SDL.h>
#include <SDL_image.h>

#include "base/mem.h"
#include "image/format.h"
#include "image/peek.h"
#include "image/webp_blocks.h"

typedef struct Decoder {
    SDL_Surface *surface; /* RGB24, RGBA32, or 8-bit indices into a gray palette */
    ImageInfo info;
    int next;          /* row */
    int stored_bytes;  /* of a pixel in the surface */
    uint8_t gray[256]; /* what an index stands for */
} Decoder;

/* SDL2_image counts the codecs it has set up without a lock; once they all are, a load
 * only reads those counters. */
static void init_codecs(void)
{
    IMG_Init(IMG_INIT_WEBP);
}

static SDL_Surface *load(const Format *self, FILE *file)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, init_codecs);
    SDL_RWops *stream = SDL_RWFromFP(file, SDL_FALSE);
    return stream ? IMG_LoadTyped_RW(stream, 1, self->name) : NULL;
}

/* Surfaces share their format's description, under a lock inside SDL (bug 2475, fixed
 * before the version we ask for) that ThreadSanitizer does not see. */
__attribute__((no_sanitize_thread)) static SDL_PixelFormat
format_of(const SDL_Surface *surface)
{
    return *surface->format;
}

/* An indexed image whose colours are all gray, without transparency. */
static bool take_gray(Decoder *d)
{
    SDL_PixelFormat format = format_of(d->surface);
    const SDL_Palette *palette = format.palette;
    if (!palette || format.BitsPerPixel != 8 || SDL_HasColorKey(d->surface))
        return false;
    for (int i = 0; i < palette->ncolors && i < 256; i++) {
        SDL_Color c = palette->colors[i];
        if (c.r != c.g || c.g != c.b || c.a != SDL_ALPHA_OPAQUE)
            return false;
        d->gray[i] = c.r;
    }
    return true;
}

static bool palette_has_alpha(const SDL_Palette *palette)
{
    for (int i = 0; palette && i < palette->ncolors; i++)
        if (palette->colors[i].a != SDL_ALPHA_OPAQUE)
            return true;
    return false;
}

static bool has_alpha(SDL_Surface *surface)
{
    SDL_PixelFormat format = format_of(surface);
    return SDL_ISPIXELFORMAT_ALPHA(format.format) || SDL_HasColorKey(surface) ||
           palette_has_alpha(format.palette);
}

static bool convert(Decoder *d, Uint32 to)
{
    if (format_of(d->surface).format == to)
        return true;
    SDL_Surface *converted = SDL_ConvertSurfaceFormat(d->surface, to, 0);
    if (!converted)
        return false;
    SDL_FreeSurface(d->surface);
    d->surface = converted;
    return true;
}

static uint64_t held(const void *reader)
{
    const Decoder *d = reader;
    return 2 * (uint64_t)d->surface->pitch * (uint64_t)d->surface->h;
}

static const uint8_t *surface_row(const Decoder *d, int y)
{
    return (const uint8_t *)d->surface->pixels + (size_t)y * (size_t)d->surface->pitch;
}

/* Alpha that is opaque throughout says nothing. */
static bool is_opaque(const Decoder *d)
{
    uint8_t all = SDL_ALPHA_OPAQUE;
    for (int y = 0; y < d->surface->h; y++) {
        const uint8_t *row = surface_row(d, y);
        for (int x = 0; x < d->surface->w; x++)
            all &= row[4 * x + 3];
    }
    return all == SDL_ALPHA_OPAQUE;
}

static bool settle(Decoder *d)
{
    d->info = (ImageInfo){d->surface->w, d->surface->h, 1, 8};
    if (take_gray(d))
        return true;
    bool alpha = has_alpha(d->surface);
    if (!convert(d, alpha ? SDL_PIXELFORMAT_RGBA32 : SDL_PIXELFORMAT_RGB24))
        return false;
    d->stored_bytes = alpha ? 4 : 3;
    d->info.channels = alpha && !is_opaque(d) ? 4 : 3;
    return true;
}

static void close_decoder(void *reader)
{
    Decoder *d = reader;
    if (!d)
        return;
    SDL_FreeSurface(d->surface);
    mem_free(d);
}

static bool match_webp(const uint8_t *head, size_t size)
{
    return size >= 12 && memcmp(head, "RIFF", 4) == 0 &&
           memcmp(head + 8, "WEBP", 4) == 0;
}

/* SDL2_image takes a short read for data in TGA. Only PNM's text forms may run into the
 * end of a file that is whole. */
static bool is_cut_short(const Format *self, FILE *file)
{
    return feof(file) && strcmp(self->name, "pnm") != 0;
}

static void *open_decoder(const Format *self, const Source *source, ImageInfo *info,
                          Meta *meta, Err *err)
{
    Decoder *d = mem_new(1, sizeof *d);
    SDL_ClearError();
    d->surface = load(self, source->file);
    if (!d->surface || d->surface->w < 1 || d->surface->h < 1 || !settle(d)) {
        const char *why = SDL_GetError();
        err_set(err, ERR_FILE, "damaged or unsupported %s file%s%s", self->name,
                *why ? ": " : "", why);
        close_decoder(d);
        return NULL;
    }
    if (is_cut_short(self, source->file)) {
        err_set(err, ERR_FILE, "the %s file is cut short", self->name);
        close_decoder(d);
        return NULL;
    }
    if (self->match == match_webp)
        webp_blocks_take(source->file, meta);
    *info = d->info;
    return d;
}

static void copy_row(const Decoder *d, const uint8_t *from, uint8_t *to)
{
    size_t width = (size_t)d->info.width;
    if (d->info.channels == 1) {
        for (size_t x = 0; x < width; x++)
            to[x] = d->gray[from[x]];
    } else if (d->stored_bytes > d->info.channels) {
        for (size_t x = 0; x < width; x++)
            memcpy(to + 3 * x, from + 4 * x, 3);
    } else {
        memcpy(to, from, width * (size_t)d->info.channels);
    }
}

static bool read_rows(void *reader, uint8_t *rows, size_t stride, int count, Err *err)
{
    (void)err;
    Decoder *d = reader;
    for (int i = 0; i < count; i++)
        copy_row(d, surface_row(d, d->next++), rows + (size_t)i * stride);
    return true;
}

static bool starts_with(const uint8_t *head, size_t size, const char *mark, size_t n)
{
    return size >= n && memcmp(head, mark, n) == 0;
}

static bool match_bmp(const uint8_t *head, size_t size)
{
    /* Two letters start many a text; the reserved bytes after the size are zero. */
    return starts_with(head, size, "BM", 2) && size >= 26 &&
           memcmp(head + 6, "\0\0\0\0", 4) == 0;
}

static bool match_pcx(const uint8_t *head, size_t size)
{
    return size >= 12 && head[0] == 10 && head[1] <= 5 && head[2] == 1;
}

static bool match_pnm(const uint8_t *head, size_t size)
{
    return size >= 3 && head[0] == 'P' && head[1] >= '1' && head[1] <= '6' &&
           (strchr(" \t\r\n#", head[2]) && head[2]);
}

static bool match_qoi(const uint8_t *head, size_t size)
{
    return starts_with(head, size, "qoif", 4);
}

static const char *const bmp_extensions[] = {"bmp", "dib", NULL};
static const char *const pcx_extensions[] = {"pcx", NULL};
static const char *const pnm_extensions[] = {"ppm", "pgm", "pbm", "pnm", NULL};
static const char *const qoi_extensions[] = {"qoi", NULL};
static const char *const tga_extensions[] = {"tga", NULL};
static const char *const webp_extensions[] = {"webp", NULL};

#define SDL_FORMAT(stem, matcher)                                                      \
    {                                                                                  \
        .name = #stem, .extensions = stem##_extensions, .match = matcher,              \
        .peek = peek_##stem, .open = open_decoder, .read = read_rows,                  \
        .close = close_decoder, .held = held                                           \
    }

const Format format_sdl[] = {
    SDL_FORMAT(bmp, match_bmp),
    SDL_FORMAT(pcx, match_pcx),
    SDL_FORMAT(pnm, match_pnm),
    SDL_FORMAT(qoi, match_qoi),
    SDL_FORMAT(tga, NULL),
    SDL_FORMAT(webp, match_webp),
    {.name = NULL},
};
