#include "viewer/paint/painter.h"

#include "base/mem.h"
#include "viewer/paint/cover.h"

bool painter_init(Painter *painter, double scale, OtherFonts *others, Err *err)
{
    *painter = (Painter){
        .font = font_open(scale, others, err), .others = others, .spoilt = true};
    return painter->font;
}

void painter_set_renderer(Painter *painter, SDL_Renderer *renderer, bool keeps)
{
    painter->renderer = renderer;
    painter->keeps = keeps;
    painter_spoil(painter);
}

void painter_term(Painter *painter)
{
    painter_forget(painter);
    draw_list_term(&painter->there);
    font_close(painter->font);
    painter->font = NULL;
    other_fonts_free(painter->others);
    painter->others = NULL;
}

bool painter_rescale(Painter *painter, double scale, Err *err)
{
    Font *font = font_open(scale, painter->others, err);
    if (!font)
        return false;
    texture_cache_clear(&painter->cache);
    font_close(painter->font);
    painter->font = font;
    painter_spoil(painter);
    return true;
}

void painter_take_fonts(Painter *painter)
{
    texture_cache_clear(&painter->cache);
    painter_spoil(painter);
}

static void drop(SDL_Texture **texture)
{
    if (*texture)
        SDL_DestroyTexture(*texture);
    *texture = NULL;
}

static void drop_picture(PaintedPicture *picture)
{
    drop(&picture->texture);
    *picture = (PaintedPicture){0};
}

void painter_forget(Painter *painter)
{
    texture_cache_clear(&painter->cache);
    for (int i = 0; i < PICTURES; i++)
        drop_picture(&painter->pictures[i]);
    drop_picture(&painter->rest);
    drop(&painter->curve);
    painter_spoil(painter);
}

void painter_spoil(Painter *painter)
{
    painter->spoilt = true;
}

/* The pictures. */

static bool have_picture(Painter *painter, PaintedPicture *picture, uint32_t format,
                         int width, int height, Err *err)
{
    if (picture->texture && picture->width == width && picture->height == height)
        return true;
    SDL_Texture *texture = SDL_CreateTexture(
        painter->renderer, format, SDL_TEXTUREACCESS_STREAMING, width, height);
    if (!texture)
        return err_set(err, ERR_ENV, "the display takes no picture of %d × %d: %s",
                       width, height, SDL_GetError());
    drop_picture(picture);
    *picture = (PaintedPicture){texture, width, height};
    return true;
}

/* Parts of it are transparent. */
static bool is_graph(DrawPicture which)
{
    return which >= PICTURE_HISTOGRAM;
}

bool painter_set_picture(Painter *painter, DrawPicture which, const uint32_t *pixels,
                         int width, int height, Err *err)
{
    PaintedPicture *picture = &painter->pictures[which];
    /* Without alpha, SDL's own software copies whole rows to the window's surface. */
    uint32_t format =
        is_graph(which) ? SDL_PIXELFORMAT_ARGB8888 : SDL_PIXELFORMAT_RGB888;
    if (!have_picture(painter, picture, format, width, height, err))
        return false;
    SDL_UpdateTexture(picture->texture, NULL, pixels, width * 4);
    painter->fresh |= 1U << which;
    return true;
}

bool painter_set_rest(Painter *painter, const uint32_t *rest, Err *err)
{
    const PaintedPicture *now = &painter->pictures[PICTURE_NOW];
    painter->has_rest = false;
    painter->fresh |= 1U << PICTURE_NOW;
    if (!rest)
        return true;
    if (!have_picture(painter, &painter->rest, SDL_PIXELFORMAT_ARGB8888, now->width,
                      now->height, err))
        return false;
    SDL_UpdateTexture(painter->rest.texture, NULL, rest, now->width * 4);
    painter->has_rest = true;
    return true;
}

/* SDL's software renderer scales all that it is given, also what lies far outside of
 * the window: a stale picture, enlarged to the size of its image, would take long. */
static void copy_picture(const Painter *painter, const PaintedPicture *picture,
                         const DrawCommand *command)
{
    Rect all = {0, 0, picture->width, picture->height}, pixels = all;
    DrawPlace place = command->place;
    if (place.w != (float)all.w || place.h != (float)all.h)
        place = draw_place_cut(place, all, command->clip, &pixels);
    SDL_Rect from = {pixels.x, pixels.y, pixels.w, pixels.h};
    SDL_FRect to = {place.x, place.y, place.w, place.h};
    if (!rect_is_empty(pixels))
        SDL_RenderCopyF(painter->renderer, picture->texture, &from, &to);
}

/* No texture of SDL 2 has more than 8 bits, but the screen may: the rest is added at a
 * step's weight. */
static void play_rest(const Painter *painter, const DrawCommand *command)
{
    SDL_Texture *texture = painter->rest.texture;
    if (!texture)
        return;
    SDL_SetTextureScaleMode(texture, command->smooth ? SDL_ScaleModeLinear
                                                     : SDL_ScaleModeNearest);
    SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_ADD);
    SDL_SetTextureAlphaMod(texture, 1);
    copy_picture(painter, &painter->rest, command);
}

static void play_picture(const Painter *painter, const DrawCommand *command)
{
    const PaintedPicture *picture = &painter->pictures[command->picture];
    SDL_Texture *texture = picture->texture;
    bool opaque = command->color.a == 255 && !is_graph(command->picture);
    if (!texture)
        return;
    SDL_SetTextureScaleMode(texture, command->smooth ? SDL_ScaleModeLinear
                                                     : SDL_ScaleModeNearest);
    SDL_SetTextureBlendMode(texture, opaque ? SDL_BLENDMODE_NONE : SDL_BLENDMODE_BLEND);
    SDL_SetTextureAlphaMod(texture, command->color.a);
    copy_picture(painter, picture, command);
    if (opaque && command->picture == PICTURE_NOW && painter->has_rest)
        play_rest(painter, command);
}

/* Shapes and boxes. */

static SDL_Rect sdl_rect(Rect rect)
{
    return (SDL_Rect){rect.x, rect.y, rect.w, rect.h};
}

static void tint(SDL_Texture *texture, Color color)
{
    SDL_SetTextureColorMod(texture, color.r, color.g, color.b);
    SDL_SetTextureAlphaMod(texture, color.a);
}

static void make_shape(const Painter *painter, TextureSlot *slot)
{
    int size = slot->key.size;
    uint32_t *pixels = mem_new((size_t)size * (size_t)size, sizeof *pixels);
    shape_paint((ShapeKind)slot->key.kind, size, pixels);
    slot->texture = SDL_CreateTexture(painter->renderer, SDL_PIXELFORMAT_ARGB8888,
                                      SDL_TEXTUREACCESS_STATIC, size, size);
    if (slot->texture) {
        SDL_UpdateTexture(slot->texture, NULL, pixels, size * 4);
        SDL_SetTextureBlendMode(slot->texture, SDL_BLENDMODE_BLEND);
    }
    mem_free(pixels);
}

/* Tinted; NULL: the renderer cannot make one. */
static SDL_Texture *shape_texture(Painter *painter, ShapeKind kind, int size,
                                  Color color)
{
    TextureSlot *slot =
        texture_cache_slot(&painter->cache, (TextureKey){NULL, (int)kind, size});
    if (!slot->texture)
        make_shape(painter, slot);
    if (slot->texture)
        tint(slot->texture, color);
    return slot->texture;
}

static void play_shape(Painter *painter, const DrawCommand *command)
{
    SDL_Rect square = sdl_rect(command->rect);
    if (square.w < 1)
        return;
    SDL_Texture *texture =
        shape_texture(painter, command->shape, square.w, command->color);
    SDL_RenderCopy(painter->renderer, texture, NULL, &square);
}

static void fill(const Painter *painter, Rect rect)
{
    SDL_Rect area = sdl_rect(rect);
    SDL_RenderFillRect(painter->renderer, &area);
}

/* Blending an opaque colour gives the same, but SDL's software renderer takes ten times
 * as long for it. */
static void use_color(const Painter *painter, Color color)
{
    SDL_SetRenderDrawBlendMode(painter->renderer, color.a == 255 ? SDL_BLENDMODE_NONE
                                                                 : SDL_BLENDMODE_BLEND);
    SDL_SetRenderDrawColor(painter->renderer, color.r, color.g, color.b, color.a);
}

/* Three rectangles, and a quarter of a disc in each corner. */
static void play_box(Painter *painter, const DrawCommand *command)
{
    Rect r = command->rect;
    Color color = command->color;
    int k = rect_min(command->radius, rect_min(r.w, r.h) / 2);
    use_color(painter, color);
    if (k < 1) {
        fill(painter, r);
        return;
    }
    fill(painter, (Rect){r.x, r.y + k, r.w, r.h - 2 * k});
    fill(painter, (Rect){r.x + k, r.y, r.w - 2 * k, k});
    fill(painter, (Rect){r.x + k, r.y + r.h - k, r.w - 2 * k, k});
    SDL_Texture *disc = shape_texture(painter, SHAPE_DISC, 2 * k, color);
    for (int corner = 0; corner < 4; corner++) {
        int right = corner % 2, low = corner / 2;
        SDL_Rect from = {right * k, low * k, k, k};
        SDL_Rect to = {r.x + right * (r.w - k), r.y + low * (r.h - k), k, k};
        SDL_RenderCopy(painter->renderer, disc, &from, &to);
    }
}

static SDL_Vertex corner(const DrawCommand *command, bool right, bool low)
{
    Rect r = command->rect;
    bool end = command->down ? low : right;
    Color color = end ? command->end : command->color;
    return (SDL_Vertex){
        .position = {(float)(r.x + right * r.w), (float)(r.y + low * r.h)},
        .color = {color.r, color.g, color.b, color.a}};
}

static void play_blend(const Painter *painter, const DrawCommand *command)
{
    static const int triangles[] = {0, 1, 2, 1, 2, 3};
    SDL_Vertex corners[4];
    for (int i = 0; i < 4; i++)
        corners[i] = corner(command, i % 2, i / 2);
    SDL_SetRenderDrawBlendMode(painter->renderer, SDL_BLENDMODE_BLEND);
    SDL_RenderGeometry(painter->renderer, NULL, corners, 4, triangles, 6);
}

static bool have_curve(Painter *painter, int size)
{
    if (painter->curve && painter->curve_size == size)
        return true;
    drop(&painter->curve);
    painter->curve = SDL_CreateTexture(painter->renderer, SDL_PIXELFORMAT_ARGB8888,
                                       SDL_TEXTUREACCESS_STATIC, size, size);
    painter->curve_size = size;
    if (painter->curve)
        SDL_SetTextureBlendMode(painter->curve, SDL_BLENDMODE_BLEND);
    return painter->curve;
}

static void play_curve(Painter *painter, const DrawCommand *command, const char *text)
{
    ParamPoint points[PARAM_POINTS];
    SDL_Rect square = sdl_rect(command->rect);
    int count = param_points(text, points), size = square.w;
    if (!count || size <= 2 * command->radius || !have_curve(painter, size))
        return;
    uint32_t *pixels = mem_new((size_t)size * (size_t)size, sizeof *pixels);
    ParamSpline spline = param_spline(points, count);
    shape_paint_curve(&spline, size, command->radius, command->thick, pixels);
    SDL_UpdateTexture(painter->curve, NULL, pixels, size * 4);
    mem_free(pixels);
    tint(painter->curve, command->color);
    SDL_RenderCopy(painter->renderer, painter->curve, NULL, &square);
}

/* Text. */

static void make_line(const Painter *painter, TextureSlot *slot)
{
    SDL_Surface *surface =
        font_render(painter->font, (FontSize)slot->key.kind, slot->key.text);
    if (!surface)
        return;
    slot->texture = SDL_CreateTextureFromSurface(painter->renderer, surface);
    slot->width = surface->w;
    slot->height = surface->h;
    SDL_FreeSurface(surface);
}

static void play_text(Painter *painter, const DrawCommand *command, const char *text)
{
    TextureSlot *slot =
        texture_cache_slot(&painter->cache, (TextureKey){text, (int)command->size, 0});
    if (!slot->texture)
        make_line(painter, slot);
    if (!slot->texture)
        return;
    SDL_Rect place = {command->rect.x, command->rect.y, slot->width, slot->height};
    tint(slot->texture, command->color);
    SDL_RenderCopy(painter->renderer, slot->texture, NULL, &place);
}

/* The list. */

static void play(Painter *painter, const DrawList *list, const DrawCommand *command,
                 Rect part)
{
    Rect seen = rect_common(command->clip, part);
    SDL_Rect clip = sdl_rect(seen);
    if (rect_is_empty(seen))
        return;
    SDL_RenderSetClipRect(painter->renderer, &clip);
    switch (command->kind) {
    case DRAW_BOX:
        play_box(painter, command);
        break;
    case DRAW_SHAPE:
        play_shape(painter, command);
        break;
    case DRAW_BLEND:
        play_blend(painter, command);
        break;
    case DRAW_CURVE:
        play_curve(painter, command, draw_list_text(list, command));
        break;
    case DRAW_TEXT:
        play_text(painter, command, draw_list_text(list, command));
        break;
    case DRAW_PICTURE:
        play_picture(painter, command);
        break;
    case DRAW_PLACE:
    case DRAW_NOTE:
        break;
    }
}

static void play_part(Painter *painter, const DrawList *list, Rect part)
{
    Rect sizes[PICTURES];
    for (int i = 0; i < PICTURES; i++)
        sizes[i] =
            (Rect){0, 0, painter->pictures[i].width, painter->pictures[i].height};
    int first = cover_first(list, part, sizes);
    if (first < 0) {
        SDL_RenderSetClipRect(painter->renderer, NULL);
        use_color(painter, THEME_PANEL);
        fill(painter, part);
        first = 0;
    }
    for (int i = first; i < list->count; i++)
        play(painter, list, &list->commands[i], part);
}

Damage painter_play(Painter *painter, const DrawList *list, Rect window)
{
    bool known =
        painter->keeps && !painter->spoilt && rect_is_same(painter->window, window);
    Damage damage = known
                        ? damage_between(&painter->there, list, painter->fresh, window)
                        : damage_all(window);
    for (int i = 0; i < damage.count; i++)
        play_part(painter, list, damage.parts[i]);
    SDL_RenderFlush(painter->renderer);
    draw_list_copy(&painter->there, list);
    painter->window = window;
    painter->fresh = 0;
    painter->spoilt = false;
    other_fonts_search(painter->others);
    return damage;
}

void painter_present(const Painter *painter)
{
    SDL_RenderPresent(painter->renderer);
}
