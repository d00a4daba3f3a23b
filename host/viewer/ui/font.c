#include "viewer/ui/font.h"

#include <math.h>
#include <string.h>

#include "base/file/font_file.h"
#include "base/file/regular.h"
#include "base/mem.h"
#include "base/text/printable.h"
#include "viewer/ui/width_cache.h"

static const double POINTS[FONT_SIZES] = {11.5, 13.0, 16.0};

/* Another font in the sizes that were needed so far. */
typedef struct Other {
    TTF_Font *sizes[FONT_SIZES];
    bool is_broken; /* it cannot be opened */
} Other;

/* The files are held in memory: SDL_ttf reads a glyph when it is first drawn, and the
 * window must not wait for a disk then. */
struct Font {
    double scale;
    char *file;
    size_t bytes;
    TTF_Font *sizes[FONT_SIZES];
    OtherFonts *others; /* borrowed; NULL: there are none */
    Other *opened;      /* OTHER_FONTS_MOST: others' */
    WidthCache *widths; /* of runs */
};

static TTF_Font *open_size(const char *file, size_t bytes, long index, double scale,
                           int size)
{
    SDL_RWops *memory = SDL_RWFromConstMem(file, (int)bytes);
    TTF_Font *font =
        TTF_OpenFontIndexRW(memory, 1, (int)lround(POINTS[size] * scale), index);
    if (font)
        TTF_SetFontHinting(font, TTF_HINTING_LIGHT);
    return font;
}

static bool open_sizes(Font *font, const char *path, Err *err)
{
    font->file = regular_text(path, "the font", &font->bytes, err);
    if (!font->file)
        return false;
    for (int i = 0; i < FONT_SIZES; i++) {
        font->sizes[i] = open_size(font->file, font->bytes, 0, font->scale, i);
        if (!font->sizes[i])
            return err_set(err, ERR_ENV, "%s: %s", path, TTF_GetError());
    }
    return true;
}

Font *font_open(double scale, OtherFonts *others, Err *err)
{
    const char *path = font_file(err);
    if (!path)
        return NULL;
    if (TTF_Init() != 0) {
        err_set(err, ERR_ENV, "text cannot be drawn: %s", TTF_GetError());
        return NULL;
    }
    Font *font = mem_new(1, sizeof *font);
    *font = (Font){.scale = scale,
                   .others = others,
                   .opened = mem_new(OTHER_FONTS_MOST, sizeof *font->opened),
                   .widths = mem_new(1, sizeof *font->widths)};
    Err why;
    if (open_sizes(font, path, &why))
        return font;
    font_close(font);
    err_set(err, ERR_ENV,
            "the font %s; install fonts-dejavu-core, or set LUTIST_FONT to a .ttf file",
            why.text);
    return NULL;
}

static void close_sizes(TTF_Font *const sizes[FONT_SIZES])
{
    for (int i = 0; i < FONT_SIZES; i++)
        if (sizes[i])
            TTF_CloseFont(sizes[i]);
}

void font_close(Font *font)
{
    if (!font)
        return;
    close_sizes(font->sizes);
    for (int i = 0; i < OTHER_FONTS_MOST; i++)
        close_sizes(font->opened[i].sizes);
    mem_free(font->opened);
    mem_free(font->widths);
    mem_free(font->file);
    mem_free(font);
    TTF_Quit();
}

/* Characters and their fonts. */

/* The character at `text` and its bytes; what is not UTF-8 is U+FFFD, as in SDL_ttf. */
static int decode(const char *text, uint32_t *character)
{
    static const uint8_t first[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    const uint8_t *at = (const uint8_t *)text;
    int bytes = printable_sequence(at);
    *character = bytes ? at[0] & first[bytes] : 0xfffd;
    for (int i = 1; i < bytes; i++)
        *character = *character << 6 | (at[i] & 0x3f);
    return bytes ? bytes : 1;
}

/* Does the character change the look of the one before it? */
static bool joins(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {{0x300, 0x36f},     {0x1ab0, 0x1aff},  {0x1dc0, 0x1dff},
                  {0x200c, 0x200d},   {0x20d0, 0x20ff},  {0x3099, 0x309a},
                  {0xfe00, 0xfe0f},   {0xfe20, 0xfe2f},  {0x1f3fb, 0x1f3ff},
                  {0xe0020, 0xe007f}, {0xe0100, 0xe01ef}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

/* NULL: there are no more, or it cannot be opened. */
static TTF_Font *other(const Font *font, FontSize size, int i)
{
    const FoundFont *found = other_fonts_at(font->others, i);
    Other *opened = &font->opened[i];
    if (found && !opened->sizes[size] && !opened->is_broken) {
        opened->sizes[size] =
            open_size(found->file, found->bytes, found->index, font->scale, (int)size);
        opened->is_broken = !opened->sizes[size];
    }
    return found ? opened->sizes[size] : NULL;
}

/* Which font draws the character: -1 is the window's own, which has a box for all that
 * no font has. `before` drew the one before it. */
static int font_of(const Font *font, FontSize size, uint32_t character, int before)
{
    TTF_Font *last = before >= 0 ? other(font, size, before) : NULL;
    bool last_has = last && TTF_GlyphIsProvided32(last, character);
    if (last_has && joins(character))
        return before;
    if (TTF_GlyphIsProvided32(font->sizes[size], character))
        return -1;
    if (last_has)
        return before;
    for (int i = 0; other_fonts_at(font->others, i); i++) {
        TTF_Font *next = other(font, size, i);
        if (next && TTF_GlyphIsProvided32(next, character))
            return i;
    }
    other_fonts_miss(font->others, character);
    return -1;
}

/* Neighbouring characters of one font. */
typedef struct Run {
    TTF_Font *font;
    double zoom; /* of what the font draws */
    char text[TEXT_LINE_BYTES];
} Run;

/* A font of pictures has them in one size. */
static double zoom_of(const Font *font, FontSize size, int which, TTF_Font *run)
{
    if (which < 0 || !other_fonts_at(font->others, which)->is_color)
        return 1;
    return fmin(1, (double)TTF_FontHeight(font->sizes[size]) / TTF_FontHeight(run));
}

/* The run at the beginning of `*text`, which moves behind it. False: the text ends. */
static bool next_run(const Font *font, FontSize size, const char **text, Run *run)
{
    const char *at = *text;
    int which = -1;
    while (*at) {
        uint32_t character;
        int bytes = decode(at, &character);
        int next = character < 0x80
                       ? -1
                       : font_of(font, size, character, at == *text ? -1 : which);
        if ((at > *text && next != which) || at + bytes - *text >= TEXT_LINE_BYTES)
            break;
        which = next;
        at += bytes;
    }
    size_t bytes = (size_t)(at - *text);
    memcpy(run->text, *text, bytes);
    run->text[bytes] = '\0';
    run->font = which < 0 ? font->sizes[size] : other(font, size, which);
    run->zoom = zoom_of(font, size, which, run->font);
    *text = at;
    return bytes > 0;
}

/* Measures. */

static int height_of(const void *font, FontSize size)
{
    return TTF_FontHeight(((const Font *)font)->sizes[size]);
}

static int run_width(const Font *font, const Run *run)
{
    int *known = width_cache_at(font->widths, run->font, run->text), width = 0;
    if (known && *known >= 0)
        return *known;
    TTF_SizeUTF8(run->font, run->text, &width, NULL);
    width = (int)ceil(width * run->zoom);
    if (known)
        *known = width;
    return width;
}

static int width_of(const void *font, FontSize size, const char *text)
{
    Run run;
    int width = 0;
    while (next_run(font, size, &text, &run))
        width += run_width(font, &run);
    return width;
}

static int characters_of(const char *text)
{
    int count = 0;
    for (; *text; text++)
        count += (*text & 0xc0) != 0x80;
    return count;
}

static int count_in(const void *font, FontSize size, const char *text, int width)
{
    Run run;
    int count = 0, extent, fitting = 0;
    while (next_run(font, size, &text, &run)) {
        int whole = run_width(font, &run);
        if (whole > width) {
            TTF_MeasureUTF8(run.font, run.text, (int)(width / run.zoom), &extent,
                            &fitting);
            return count + fitting;
        }
        count += characters_of(run.text);
        width -= whole;
    }
    return count;
}

TextMeasure font_measure(const Font *font)
{
    return (TextMeasure){font, height_of, width_of, count_in};
}

/* Drawing. */

static SDL_Surface *new_surface(int width, int height)
{
    return SDL_CreateRGBSurfaceWithFormat(0, width, height, 32,
                                          SDL_PIXELFORMAT_ARGB8888);
}

/* The mean of the pixels that become pixel (x, y) of `to`. */
static uint32_t mean_at(const SDL_Surface *from, const SDL_Surface *to, int x, int y)
{
    int left = x * from->w / to->w, right = (x + 1) * from->w / to->w;
    int top = y * from->h / to->h, low = (y + 1) * from->h / to->h;
    uint64_t sum[4] = {0}, count = 0;
    for (int row = top; row < low; row++) {
        const uint32_t *pixels = (const uint32_t *)((const uint8_t *)from->pixels +
                                                    (ptrdiff_t)row * from->pitch);
        for (int column = left; column < right; column++, count++) {
            uint64_t alpha = pixels[column] >> 24;
            sum[3] += alpha;
            for (int i = 0; i < 3; i++)
                sum[i] += alpha * (pixels[column] >> 8 * i & 0xff);
        }
    }
    if (!sum[3])
        return 0;
    uint32_t pixel = (uint32_t)(sum[3] / count) << 24;
    for (int i = 0; i < 3; i++)
        pixel |= (uint32_t)(sum[i] / sum[3]) << 8 * i;
    return pixel;
}

/* Takes `whole`. */
static SDL_Surface *shrink(SDL_Surface *whole, int width, int height)
{
    SDL_Surface *small = new_surface(width, height);
    for (int y = 0; small && y < height; y++) {
        uint32_t *row =
            (uint32_t *)((uint8_t *)small->pixels + (ptrdiff_t)y * small->pitch);
        for (int x = 0; x < width; x++)
            row[x] = mean_at(whole, small, x, y);
    }
    SDL_FreeSurface(whole);
    return small;
}

static SDL_Surface *render_run(const Font *font, const Run *run)
{
    SDL_Surface *surface =
        TTF_RenderUTF8_Blended(run->font, run->text, (SDL_Color){255, 255, 255, 255});
    if (!surface || run->zoom >= 1)
        return surface;
    return shrink(surface, run_width(font, run), (int)lround(surface->h * run->zoom));
}

/* At `x`, on the line on which the window's font stands. */
static void put_run(const Font *font, FontSize size, const Run *run, int x,
                    SDL_Surface *line)
{
    SDL_Surface *surface = render_run(font, run);
    int above = TTF_FontAscent(font->sizes[size]) -
                (int)lround(TTF_FontAscent(run->font) * run->zoom);
    if (!surface)
        return;
    SDL_SetSurfaceBlendMode(surface, SDL_BLENDMODE_NONE);
    SDL_Rect place = {x, above, surface->w, surface->h};
    SDL_BlitSurface(surface, NULL, line, &place);
    SDL_FreeSurface(surface);
}

SDL_Surface *font_render(const Font *font, FontSize size, const char *text)
{
    Run run;
    const char *rest = text;
    if (!next_run(font, size, &rest, &run))
        return NULL;
    if (!*rest && run.font == font->sizes[size])
        return render_run(font, &run);
    SDL_Surface *line = new_surface(width_of(font, size, text), height_of(font, size));
    int x = 0;
    for (rest = text; line && next_run(font, size, &rest, &run);
         x += run_width(font, &run))
        put_run(font, size, &run, x, line);
    return line;
}
