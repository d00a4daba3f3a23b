#include "viewer/ui/font.h"

#include <SDL_ttf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

static const double POINTS[FONT_SIZES] = {11.5, 13.0, 16.0};

static const char *const PLACES[] = {
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/TTF/DejaVuSans.ttf",
    "/usr/local/share/fonts/DejaVuSans.ttf",
    "/opt/homebrew/share/fonts/DejaVuSans.ttf",
};

enum { FONT_CACHE = 256 };

typedef struct Line {
    char *text; /* owned; NULL: free */
    FontSize size;
    SDL_Texture *texture; /* white */
    int width, height;
    unsigned used; /* the clock when it was last drawn */
} Line;

struct Font {
    SDL_Renderer *renderer;
    TTF_Font *sizes[FONT_SIZES];
    Line lines[FONT_CACHE];
    unsigned clock;
};

/* Control characters would be drawn as boxes; a cut UTF-8 sequence ends the text. */
static char *clean(const char *text, char *out)
{
    size_t used = 0;
    for (; *text && used < FONT_TEXT - 1; text++) {
        bool control = (unsigned char)*text < ' ' || *text == 0x7f;
        out[used++] = (char)(control ? ' ' : *text);
    }
    if (*text)
        while (used > 0 && (out[used - 1] & 0xc0) == 0x80)
            used--;
    if (*text && used > 0 && (out[used - 1] & 0xc0) == 0xc0)
        used--;
    out[used] = '\0';
    return out;
}

static const char *find_file(Err *err)
{
    const char *named = getenv("LUTIST_FONT");
    if (named && *named)
        return named;
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++)
        if (access(PLACES[i], R_OK) == 0)
            return PLACES[i];
    err_set(err, ERR_ENV,
            "no font: install fonts-dejavu-core, or set LUTIST_FONT to a .ttf file");
    return NULL;
}

static bool open_sizes(Font *font, const char *path, double scale, Err *err)
{
    for (int i = 0; i < FONT_SIZES; i++) {
        font->sizes[i] = TTF_OpenFont(path, (int)lround(POINTS[i] * scale));
        if (!font->sizes[i])
            return err_set(err, ERR_ENV,
                           "the font %s cannot be used: %s; install fonts-dejavu-core, "
                           "or set LUTIST_FONT to a .ttf file",
                           path, TTF_GetError());
        TTF_SetFontHinting(font->sizes[i], TTF_HINTING_LIGHT);
    }
    return true;
}

Font *font_open(SDL_Renderer *renderer, double scale, Err *err)
{
    const char *path = find_file(err);
    if (!path)
        return NULL;
    if (TTF_Init() != 0) {
        err_set(err, ERR_ENV, "text cannot be drawn: %s", TTF_GetError());
        return NULL;
    }
    Font *font = mem_new(1, sizeof *font);
    font->renderer = renderer;
    if (open_sizes(font, path, scale, err))
        return font;
    font_close(font);
    return NULL;
}

static void line_clear(Line *line)
{
    if (line->texture)
        SDL_DestroyTexture(line->texture);
    mem_free(line->text);
    *line = (Line){0};
}

void font_forget(Font *font)
{
    for (int i = 0; i < FONT_CACHE; i++)
        line_clear(&font->lines[i]);
}

void font_close(Font *font)
{
    if (!font)
        return;
    font_forget(font);
    for (int i = 0; i < FONT_SIZES; i++)
        if (font->sizes[i])
            TTF_CloseFont(font->sizes[i]);
    mem_free(font);
    TTF_Quit();
}

int font_height(const Font *font, FontSize size)
{
    return TTF_FontHeight(font->sizes[size]);
}

int font_width(const Font *font, FontSize size, const char *text)
{
    char line[FONT_TEXT];
    int width = 0;
    TTF_SizeUTF8(font->sizes[size], clean(text, line), &width, NULL);
    return width;
}

/* The byte after the first `count` characters. */
static size_t bytes_of(const char *text, int count)
{
    size_t at = 0;
    for (; text[at] && count > 0; count--)
        do
            at++;
        while ((text[at] & 0xc0) == 0x80);
    return at;
}

/* How many bytes of `line` fit. */
static size_t fitting(const Font *font, FontSize size, const char *line, int width)
{
    int extent, count = 0;
    if (width <= 0 ||
        TTF_MeasureUTF8(font->sizes[size], line, width, &extent, &count) != 0)
        return 0;
    return bytes_of(line, count);
}

char *font_fit(const Font *font, FontSize size, const char *text, int width, char *out)
{
    static const char dots[] = "…";
    clean(text, out);
    if (font_width(font, size, out) <= width)
        return out;
    size_t end = fitting(font, size, out, width - font_width(font, size, dots));
    while (end > 0 && out[end - 1] == ' ')
        end--;
    if (end > FONT_TEXT - sizeof dots)
        end = 0;
    memcpy(out + end, dots, sizeof dots);
    if (font_width(font, size, out) > width)
        out[0] = '\0';
    return out;
}

/* The cached line, or the one that was not used for the longest time, made anew. */
static Line *line_for(Font *font, FontSize size, const char *text)
{
    Line *oldest = &font->lines[0];
    for (int i = 0; i < FONT_CACHE; i++) {
        Line *line = &font->lines[i];
        if (line->text && line->size == size && strcmp(line->text, text) == 0)
            return line;
        if (line->used < oldest->used)
            oldest = line;
    }
    line_clear(oldest);
    SDL_Surface *surface = TTF_RenderUTF8_Blended(font->sizes[size], text,
                                                  (SDL_Color){255, 255, 255, 255});
    if (!surface)
        return oldest;
    oldest->texture = SDL_CreateTextureFromSurface(font->renderer, surface);
    oldest->width = surface->w;
    oldest->height = surface->h;
    oldest->size = size;
    oldest->text = mem_dup(text);
    SDL_FreeSurface(surface);
    return oldest;
}

void font_draw(Font *font, FontSize size, const char *text, int x, int y,
               SDL_Color color)
{
    char shown[FONT_TEXT];
    if (!*clean(text, shown))
        return;
    Line *line = line_for(font, size, shown);
    line->used = ++font->clock;
    if (!line->texture)
        return;
    SDL_Rect place = {x, y, line->width, line->height};
    SDL_SetTextureColorMod(line->texture, color.r, color.g, color.b);
    SDL_SetTextureAlphaMod(line->texture, color.a);
    SDL_RenderCopy(font->renderer, line->texture, NULL, &place);
}

/* Where a line of at most `end` bytes is best broken. */
static size_t break_at(const char *line, size_t end)
{
    for (size_t at = end; at > 0; at--)
        if (line[at] == ' ')
            return at;
    for (size_t at = end; at > end / 2; at--)
        if (strchr("/,.:;-_", line[at - 1]))
            return at;
    return end ? end : bytes_of(line, 1);
}

char *font_wrap(const Font *font, FontSize size, const char **text, int width,
                bool last, char *out)
{
    while (**text == ' ')
        ++*text;
    if (!**text)
        return NULL;
    clean(*text, out);
    if (last || (font_width(font, size, out) <= width && strlen(*text) < FONT_TEXT)) {
        *text += strlen(*text);
        return font_fit(font, size, out, width, out);
    }
    size_t end = break_at(out, fitting(font, size, out, width));
    *text += end;
    out[end] = '\0';
    return out;
}
