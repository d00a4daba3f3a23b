/* Formats that SDL2_image reads: icons (ICO, CUR), Amiga pictures (LBM) and X11's
 * pixmaps (XPM). It decodes the whole image with the first row; its size is known from
 * the header. */
#include <stdio.h>
#include <string.h>

#include "image/codec/bytes.h"
#include "image/codec/format.h"
#include "image/sdl/sdl_library.h"
#include "image/sdl/xpm_check.h"

enum { CHANNELS = 4, MOST_SIDE = 4096 };
enum { ICON_HEAD = 6, ICON_ENTRY = 16, MOST_ICONS = 256, ICON_TAKEN = 16 };

typedef struct Decoder {
    const char *format; /* its name */
    const Source *source;
    const SdlLibrary *lib;
    ImageInfo info;
    SDL_Surface *surface; /* RGBA32, once the first row is wanted */
    int next;             /* row */
} Decoder;

/* Check the size of an image whose pixels take at least `least` bytes, and set
 * *info. */
static bool admit(const Source *source, uint64_t width, uint64_t height, uint64_t least,
                  ImageInfo *info, Err *err)
{
    if (width > MOST_SIDE || height > MOST_SIDE)
        return err_set(err, ERR_FILE, "a side of more than %d pixels is not supported",
                       MOST_SIDE);
    *info = (ImageInfo){(int)width, (int)height, CHANNELS, 8};
    return source_admit(source, width, height, least, err);
}

static bool is_png(const uint8_t *head)
{
    return memcmp(head, "\x89PNG\r\n\x1a\n", 8) == 0;
}

/* Check the picture of a directory's entry. The height of its bitmap includes the
 * mask. */
static bool admit_icon(const Source *source, const uint8_t *entry, ImageInfo *info,
                       Err *err)
{
    uint8_t head[ICON_TAKEN];
    if (!source_seek(source, le32(entry + 12), err) ||
        !source_take(source, "icon", head, sizeof head, err))
        return false;
    if (is_png(head))
        return err_set(err, ERR_FILE,
                       "an icon of PNG pictures is not read; take one out of it first");
    uint64_t width = le32(head + 4), height = le32(head + 8) / 2;
    return admit(source, width, height, width * height * le16(head + 14) / 8, info,
                 err);
}

/* SDL2_image reads the first of the pictures with the most colours (0: 256). */
static bool admit_icons(const Source *source, ImageInfo *info, Err *err)
{
    uint8_t head[ICON_HEAD], entries[MOST_ICONS][ICON_ENTRY];
    int most = 0;
    if (!source_take(source, "icon", head, sizeof head, err))
        return false;
    size_t count = le16(head + 4);
    if (count == 0 || count > MOST_ICONS)
        return err_set(err, ERR_FILE, "damaged icon file: %zu pictures", count);
    if (!source_take(source, "icon", entries, count * ICON_ENTRY, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        ImageInfo other;
        int colours = entries[i][2] ? entries[i][2] : 256;
        if (!admit_icon(source, entries[i], colours > most ? info : &other, err))
            return false;
        if (colours > most)
            most = colours;
    }
    return true;
}

/* The size stands in the first chunk of an LBM file's form. */
static bool admit_lbm(const Source *source, ImageInfo *info, Err *err)
{
    enum { CHUNK = 12, PACKED = 64 }; /* 128 bytes at best come from two */
    uint8_t head[CHUNK + 8 + 20];
    if (!source_take(source, "LBM", head, sizeof head, err))
        return false;
    const uint8_t *chunk = head + CHUNK;
    if (memcmp(chunk, "BMHD", 4) != 0)
        return err_set(err, ERR_FILE, "an LBM file without a header is not supported");
    const uint8_t *bmhd = chunk + 8;
    uint64_t width = be16(bmhd), height = be16(bmhd + 2), planes = bmhd[8];
    uint64_t bytes = width * height * planes / 8;
    return admit(source, width, height, bmhd[10] ? bytes / PACKED : bytes, info, err);
}

static bool admit_xpm(const Source *source, ImageInfo *info, Err *err)
{
    XpmHead head;
    if (!xpm_check_head(source, &head, err))
        return false;
    uint64_t pixels = (uint64_t)head.width * head.height;
    return admit(source, head.width, head.height,
                 (pixels + head.colours) * head.letters, info, err) &&
           xpm_check_rest(source, &head, err);
}

static void close_decoder(void *decoder)
{
    const Decoder *d = decoder;
    if (d->surface)
        d->lib->SDL_FreeSurface(d->surface);
}

static SDL_Surface *load(const Decoder *d)
{
    const SdlLibrary *lib = d->lib;
    SDL_RWops *stream = lib->SDL_RWFromFP(d->source->file, SDL_FALSE);
    SDL_Surface *stored = stream ? lib->IMG_LoadTyped_RW(stream, 1, d->format) : NULL;
    SDL_Surface *plain =
        stored ? lib->SDL_ConvertSurfaceFormat(stored, SDL_PIXELFORMAT_RGBA32, 0)
               : NULL;
    lib->SDL_FreeSurface(stored); /* NULL is fine */
    return plain;
}

static bool fail_damaged(const Decoder *d, const char *why, Err *err)
{
    return err_set(err, ERR_FILE, "damaged or unsupported %s file%s%s", d->format,
                   *why ? ": " : "", why);
}

static bool hold_whole(Decoder *d, Err *err)
{
    if (d->surface)
        return true;
    rewind(d->source->file);
    d->lib->SDL_ClearError();
    d->surface = load(d);
    if (!d->surface)
        return fail_damaged(d, d->lib->SDL_GetError(), err);
    if (feof(d->source->file))
        return err_set(err, ERR_FILE, "the %s file is cut short", d->format);
    return (d->surface->w == d->info.width && d->surface->h == d->info.height) ||
           fail_damaged(d, "its size is not its header's", err);
}

/* The stored image, of up to four bytes a pixel, and the converted one. */
static uint64_t held(const void *decoder)
{
    const Decoder *d = decoder;
    return 2 * (uint64_t)image_row_bytes(d->info) * (uint64_t)d->info.height;
}

typedef bool (*admit_fn)(const Source *source, ImageInfo *info, Err *err);

static bool open_decoder(Decoder *d, const char *format, const Source *source,
                         ImageInfo *info, admit_fn admitted, Err *err)
{
    const SdlLibrary *lib = admitted(source, info, err) ? sdl_library(err) : NULL;
    *d = (Decoder){.format = format, .source = source, .lib = lib, .info = *info};
    return lib;
}

static bool read_rows(void *decoder, uint8_t *rows, size_t stride, int count, Err *err)
{
    Decoder *d = decoder;
    if (!hold_whole(d, err))
        return false;
    for (int i = 0; i < count; i++, d->next++)
        memcpy(rows + (size_t)i * stride,
               (const uint8_t *)d->surface->pixels +
                   (size_t)d->next * (size_t)d->surface->pitch,
               image_row_bytes(d->info));
    return true;
}

static bool match_lbm(const uint8_t *head, size_t size)
{
    return size >= 12 && memcmp(head, "FORM", 4) == 0 &&
           (memcmp(head + 8, "ILBM", 4) == 0 || memcmp(head + 8, "PBM ", 4) == 0);
}

/* The first entry's picture stands behind the directory; a TGA file may begin alike. */
static bool is_icon(const uint8_t *head, size_t size, uint32_t kind)
{
    return size >= ICON_HEAD + ICON_ENTRY && le16(head) == 0 &&
           le16(head + 2) == kind && le16(head + 4) > 0 &&
           le32(head + 18) >= ICON_HEAD + le16(head + 4) * ICON_ENTRY;
}

static bool match_ico(const uint8_t *head, size_t size)
{
    return is_icon(head, size, 1);
}

static bool match_cur(const uint8_t *head, size_t size)
{
    return is_icon(head, size, 2);
}

static bool match_xpm(const uint8_t *head, size_t size)
{
    return size >= 9 && memcmp(head, "/* XPM */", 9) == 0;
}

static bool describe(char *text, size_t size, Err *err)
{
    const SdlLibrary *lib = sdl_library(err);
    if (!lib)
        return false;
    const SDL_version *version = lib->IMG_Linked_Version();
    snprintf(text, size, "SDL2_image %d.%d.%d", version->major, version->minor,
             version->patch);
    return true;
}

/* The format `stem`, whose header `admitted` reads. */
#define SDL_FORMAT(stem, admitted)                                                     \
    static bool open_##stem(void *decoder, const Source *source, ImageInfo *info,      \
                            Meta *meta, Err *err)                                      \
    {                                                                                  \
        (void)meta;                                                                    \
        return open_decoder(decoder, #stem, source, info, admitted, err);              \
    }                                                                                  \
    static const DecoderCalls decode_##stem = {                                        \
        .size = sizeof(Decoder),                                                       \
        .open = open_##stem,                                                           \
        .read = read_rows,                                                             \
        .close = close_decoder,                                                        \
        .held = held,                                                                  \
    };                                                                                 \
    static const char *const stem##_extensions[] = {#stem, NULL};                      \
    const Format format_##stem = {                                                     \
        .name = #stem,                                                                 \
        .extensions = stem##_extensions,                                               \
        .match = match_##stem,                                                         \
        .library = describe,                                                           \
        .decode = &decode_##stem,                                                      \
    }

SDL_FORMAT(ico, admit_icons);
SDL_FORMAT(cur, admit_icons);
SDL_FORMAT(lbm, admit_lbm);
SDL_FORMAT(xpm, admit_xpm);
