#include "viewer/ui/font.h"

#include <math.h>

#include "base/file/font_file.h"
#include "base/file/regular.h"
#include "base/mem.h"

static const double POINTS[FONT_SIZES] = {11.5, 13.0, 16.0};

/* The file is held in memory: SDL_ttf reads a glyph when it is first drawn, and the
 * window must not wait for a disk then. */
struct Font {
    char *file;
    size_t bytes;
    TTF_Font *sizes[FONT_SIZES];
};

static bool open_sizes(Font *font, const char *path, double scale, Err *err)
{
    font->file = regular_text(path, "the font", &font->bytes, err);
    if (!font->file)
        return false;
    for (int i = 0; i < FONT_SIZES; i++) {
        SDL_RWops *bytes = SDL_RWFromConstMem(font->file, (int)font->bytes);
        font->sizes[i] = TTF_OpenFontRW(bytes, 1, (int)lround(POINTS[i] * scale));
        if (!font->sizes[i])
            return err_set(err, ERR_ENV, "%s: %s", path, TTF_GetError());
        TTF_SetFontHinting(font->sizes[i], TTF_HINTING_LIGHT);
    }
    return true;
}

Font *font_open(double scale, Err *err)
{
    const char *path = font_file(err);
    if (!path)
        return NULL;
    if (TTF_Init() != 0) {
        err_set(err, ERR_ENV, "text cannot be drawn: %s", TTF_GetError());
        return NULL;
    }
    Font *font = mem_new(1, sizeof *font);
    Err why;
    if (open_sizes(font, path, scale, &why))
        return font;
    font_close(font);
    err_set(err, ERR_ENV,
            "the font %s; install fonts-dejavu-core, or set LUTIST_FONT to a .ttf file",
            why.text);
    return NULL;
}

void font_close(Font *font)
{
    if (!font)
        return;
    for (int i = 0; i < FONT_SIZES; i++)
        if (font->sizes[i])
            TTF_CloseFont(font->sizes[i]);
    mem_free(font->file);
    mem_free(font);
    TTF_Quit();
}

static int height_of(const void *font, FontSize size)
{
    return TTF_FontHeight(((const Font *)font)->sizes[size]);
}

static int width_of(const void *font, FontSize size, const char *text)
{
    int width = 0;
    TTF_SizeUTF8(((const Font *)font)->sizes[size], text, &width, NULL);
    return width;
}

static int count_in(const void *font, FontSize size, const char *text, int width)
{
    int extent, count = 0;
    bool fine = TTF_MeasureUTF8(((const Font *)font)->sizes[size], text, width, &extent,
                                &count) == 0;
    return fine ? count : 0;
}

TextMeasure font_measure(const Font *font)
{
    return (TextMeasure){font, height_of, width_of, count_in};
}

SDL_Surface *font_render(const Font *font, FontSize size, const char *text)
{
    return TTF_RenderUTF8_Blended(font->sizes[size], text,
                                  (SDL_Color){255, 255, 255, 255});
}
