#include "viewer/ui/shape.h"

#include <math.h>

#include "base/mem.h"

/* A figure is a line of up to three points in the unit square, with round ends. */
typedef struct Figure {
    int n;
    double points[3][2];
    double half; /* half the line's width */
} Figure;

static const Figure FIGURES[] = {
    [SHAPE_DISC] = {1, {{0.5, 0.5}}, 0.5},
    [SHAPE_CHECK] = {3, {{0.22, 0.53}, {0.42, 0.72}, {0.78, 0.3}}, 0.075},
    [SHAPE_DOWN] = {3, {{0.22, 0.38}, {0.5, 0.66}, {0.78, 0.38}}, 0.07},
    [SHAPE_LEFT] = {3, {{0.62, 0.22}, {0.34, 0.5}, {0.62, 0.78}}, 0.07},
    [SHAPE_RIGHT] = {3, {{0.38, 0.22}, {0.66, 0.5}, {0.38, 0.78}}, 0.07},
};

static double to_segment(const double *a, const double *b, double x, double y)
{
    double dx = b[0] - a[0], dy = b[1] - a[1], length = dx * dx + dy * dy;
    double along = length > 0 ? ((x - a[0]) * dx + (y - a[1]) * dy) / length : 0;
    along = fmin(fmax(along, 0), 1);
    return hypot(x - a[0] - along * dx, y - a[1] - along * dy);
}

static double to_figure(const Figure *figure, double x, double y)
{
    double nearest = to_segment(figure->points[0], figure->points[0], x, y);
    for (int i = 0; i + 1 < figure->n; i++)
        nearest =
            fmin(nearest, to_segment(figure->points[i], figure->points[i + 1], x, y));
    return nearest - figure->half;
}

/* Coverage of a pixel is how far its middle is inside, in pixels, plus a half. */
static void paint(const Figure *figure, int size, uint32_t *pixels)
{
    for (int y = 0; y < size; y++)
        for (int x = 0; x < size; x++) {
            double d = to_figure(figure, (x + 0.5) / size, (y + 0.5) / size) * size;
            double covered = fmin(fmax(0.5 - d, 0), 1);
            pixels[y * size + x] = (uint32_t)lround(covered * 255) << 24 | 0xffffff;
        }
}

static SDL_Texture *make(Shapes *shapes, ShapeKind kind, int size)
{
    uint32_t *pixels = mem_new((size_t)size * (size_t)size, sizeof *pixels);
    paint(&FIGURES[kind], size, pixels);
    SDL_Texture *texture = SDL_CreateTexture(shapes->renderer, SDL_PIXELFORMAT_ARGB8888,
                                             SDL_TEXTUREACCESS_STATIC, size, size);
    if (texture) {
        SDL_UpdateTexture(texture, NULL, pixels, size * 4);
        SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_BLEND);
    }
    mem_free(pixels);
    return texture;
}

static SDL_Texture *find(Shapes *shapes, ShapeKind kind, int size)
{
    for (int i = 0; i < SHAPE_CACHE; i++) {
        ShapeSlot *slot = &shapes->slots[i];
        if (slot->texture && slot->kind == kind && slot->size == size)
            return slot->texture;
    }
    ShapeSlot *slot = &shapes->slots[shapes->next];
    shapes->next = (shapes->next + 1) % SHAPE_CACHE;
    SDL_DestroyTexture(slot->texture);
    *slot = (ShapeSlot){make(shapes, kind, size), kind, size};
    return slot->texture;
}

void shape_init(Shapes *shapes, SDL_Renderer *renderer)
{
    *shapes = (Shapes){.renderer = renderer};
}

void shape_term(Shapes *shapes)
{
    for (int i = 0; i < SHAPE_CACHE; i++)
        if (shapes->slots[i].texture)
            SDL_DestroyTexture(shapes->slots[i].texture);
    shape_init(shapes, shapes->renderer);
}

static SDL_Texture *tinted(Shapes *shapes, ShapeKind kind, int size, SDL_Color color)
{
    SDL_Texture *texture = find(shapes, kind, size);
    SDL_SetTextureColorMod(texture, color.r, color.g, color.b);
    SDL_SetTextureAlphaMod(texture, color.a);
    return texture;
}

void shape_draw(Shapes *shapes, ShapeKind kind, int x, int y, int size, SDL_Color color)
{
    if (size < 1)
        return;
    SDL_Rect rect = {x, y, size, size};
    SDL_RenderCopy(shapes->renderer, tinted(shapes, kind, size, color), NULL, &rect);
}

void shape_rect(Shapes *shapes, SDL_Rect rect, SDL_Color color)
{
    SDL_SetRenderDrawBlendMode(shapes->renderer, SDL_BLENDMODE_BLEND);
    SDL_SetRenderDrawColor(shapes->renderer, color.r, color.g, color.b, color.a);
    SDL_RenderFillRect(shapes->renderer, &rect);
}

void shape_box(Shapes *shapes, SDL_Rect r, int radius, SDL_Color color)
{
    int most = (r.w < r.h ? r.w : r.h) / 2;
    int k = radius < most ? radius : most;
    if (k < 1) {
        shape_rect(shapes, r, color);
        return;
    }
    shape_rect(shapes, (SDL_Rect){r.x, r.y + k, r.w, r.h - 2 * k}, color);
    shape_rect(shapes, (SDL_Rect){r.x + k, r.y, r.w - 2 * k, k}, color);
    shape_rect(shapes, (SDL_Rect){r.x + k, r.y + r.h - k, r.w - 2 * k, k}, color);
    SDL_Texture *disc = tinted(shapes, SHAPE_DISC, 2 * k, color);
    for (int corner = 0; corner < 4; corner++) {
        int right = corner % 2, low = corner / 2;
        SDL_Rect from = {right * k, low * k, k, k};
        SDL_Rect to = {r.x + right * (r.w - k), r.y + low * (r.h - k), k, k};
        SDL_RenderCopy(shapes->renderer, disc, &from, &to);
    }
}

void shape_frame(Shapes *shapes, SDL_Rect r, int radius, int line, SDL_Color edge,
                 SDL_Color ground)
{
    shape_box(shapes, r, radius, edge);
    SDL_Rect inside = {r.x + line, r.y + line, r.w - 2 * line, r.h - 2 * line};
    shape_box(shapes, inside, radius - line, ground);
}
