#include "viewer/ui/player.h"

#include "base/mem.h"

bool player_init(Player *player, SDL_Renderer *renderer, double scale, Err *err)
{
    *player = (Player){.renderer = renderer, .font = font_open(scale, err)};
    return player->font;
}

void player_term(Player *player)
{
    player_forget(player);
    font_close(player->font);
    player->font = NULL;
}

bool player_rescale(Player *player, double scale, Err *err)
{
    Font *font = font_open(scale, err);
    if (!font)
        return false;
    texture_cache_clear(&player->cache);
    font_close(player->font);
    player->font = font;
    return true;
}

static void drop_picture(Player *player)
{
    if (player->picture)
        SDL_DestroyTexture(player->picture);
    player->picture = NULL;
}

void player_forget(Player *player)
{
    texture_cache_clear(&player->cache);
    drop_picture(player);
}

/* The picture. */

static bool have_picture(Player *player, int width, int height, Err *err)
{
    if (player->picture && player->width == width && player->height == height)
        return true;
    SDL_Texture *texture =
        SDL_CreateTexture(player->renderer, SDL_PIXELFORMAT_ARGB8888,
                          SDL_TEXTUREACCESS_STREAMING, width, height);
    if (!texture)
        return err_set(err, ERR_ENV, "the display takes no picture of %d × %d: %s",
                       width, height, SDL_GetError());
    drop_picture(player);
    player->picture = texture;
    player->width = width;
    player->height = height;
    return true;
}

bool player_set_picture(Player *player, const uint32_t *pixels, int width, int height,
                        Err *err)
{
    if (!have_picture(player, width, height, err))
        return false;
    SDL_UpdateTexture(player->picture, NULL, pixels, width * 4);
    return true;
}

static void play_picture(const Player *player, const DrawCommand *command)
{
    SDL_FRect place = {command->place.x, command->place.y, command->place.w,
                       command->place.h};
    bool opaque = command->color.a == 255;
    if (!player->picture)
        return;
    SDL_SetTextureScaleMode(player->picture, command->smooth ? SDL_ScaleModeLinear
                                                             : SDL_ScaleModeNearest);
    SDL_SetTextureBlendMode(player->picture,
                            opaque ? SDL_BLENDMODE_NONE : SDL_BLENDMODE_BLEND);
    SDL_SetTextureAlphaMod(player->picture, command->color.a);
    SDL_RenderCopyF(player->renderer, player->picture, NULL, &place);
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

static void make_shape(const Player *player, TextureSlot *slot)
{
    int size = slot->key.size;
    uint32_t *pixels = mem_new((size_t)size * (size_t)size, sizeof *pixels);
    shape_paint((ShapeKind)slot->key.kind, size, pixels);
    slot->texture = SDL_CreateTexture(player->renderer, SDL_PIXELFORMAT_ARGB8888,
                                      SDL_TEXTUREACCESS_STATIC, size, size);
    if (slot->texture) {
        SDL_UpdateTexture(slot->texture, NULL, pixels, size * 4);
        SDL_SetTextureBlendMode(slot->texture, SDL_BLENDMODE_BLEND);
    }
    mem_free(pixels);
}

/* Tinted; NULL: the renderer cannot make one. */
static SDL_Texture *shape_texture(Player *player, ShapeKind kind, int size, Color color)
{
    TextureSlot *slot =
        texture_cache_slot(&player->cache, (TextureKey){NULL, (int)kind, size});
    if (!slot->texture)
        make_shape(player, slot);
    if (slot->texture)
        tint(slot->texture, color);
    return slot->texture;
}

static void play_shape(Player *player, const DrawCommand *command)
{
    SDL_Rect square = sdl_rect(command->rect);
    if (square.w < 1)
        return;
    SDL_Texture *texture =
        shape_texture(player, command->shape, square.w, command->color);
    SDL_RenderCopy(player->renderer, texture, NULL, &square);
}

static void fill(const Player *player, Rect rect)
{
    SDL_Rect area = sdl_rect(rect);
    SDL_RenderFillRect(player->renderer, &area);
}

/* Three rectangles, and a quarter of a disc in each corner. */
static void play_box(Player *player, const DrawCommand *command)
{
    Rect r = command->rect;
    Color color = command->color;
    int k = rect_min(command->radius, rect_min(r.w, r.h) / 2);
    SDL_SetRenderDrawBlendMode(player->renderer, SDL_BLENDMODE_BLEND);
    SDL_SetRenderDrawColor(player->renderer, color.r, color.g, color.b, color.a);
    if (k < 1) {
        fill(player, r);
        return;
    }
    fill(player, (Rect){r.x, r.y + k, r.w, r.h - 2 * k});
    fill(player, (Rect){r.x + k, r.y, r.w - 2 * k, k});
    fill(player, (Rect){r.x + k, r.y + r.h - k, r.w - 2 * k, k});
    SDL_Texture *disc = shape_texture(player, SHAPE_DISC, 2 * k, color);
    for (int corner = 0; corner < 4; corner++) {
        int right = corner % 2, low = corner / 2;
        SDL_Rect from = {right * k, low * k, k, k};
        SDL_Rect to = {r.x + right * (r.w - k), r.y + low * (r.h - k), k, k};
        SDL_RenderCopy(player->renderer, disc, &from, &to);
    }
}

/* Text. */

static void make_line(const Player *player, TextureSlot *slot)
{
    SDL_Surface *surface =
        font_render(player->font, (FontSize)slot->key.kind, slot->key.text);
    if (!surface)
        return;
    slot->texture = SDL_CreateTextureFromSurface(player->renderer, surface);
    slot->width = surface->w;
    slot->height = surface->h;
    SDL_FreeSurface(surface);
}

static void play_text(Player *player, const DrawCommand *command, const char *text)
{
    TextureSlot *slot =
        texture_cache_slot(&player->cache, (TextureKey){text, (int)command->size, 0});
    if (!slot->texture)
        make_line(player, slot);
    if (!slot->texture)
        return;
    SDL_Rect place = {command->rect.x, command->rect.y, slot->width, slot->height};
    tint(slot->texture, command->color);
    SDL_RenderCopy(player->renderer, slot->texture, NULL, &place);
}

/* The list. */

static void play(Player *player, const DrawList *list, const DrawCommand *command)
{
    SDL_Rect clip = sdl_rect(command->clip);
    if (rect_is_empty(command->clip))
        return;
    SDL_RenderSetClipRect(player->renderer, &clip);
    switch (command->kind) {
    case DRAW_BOX:
        play_box(player, command);
        break;
    case DRAW_SHAPE:
        play_shape(player, command);
        break;
    case DRAW_TEXT:
        play_text(player, command, draw_list_text(list, command));
        break;
    case DRAW_PICTURE:
        play_picture(player, command);
        break;
    case DRAW_PLACE:
    case DRAW_NOTE:
        break;
    }
}

void player_play(Player *player, const DrawList *list)
{
    Color ground = THEME_PANEL;
    SDL_RenderSetClipRect(player->renderer, NULL);
    SDL_SetRenderDrawColor(player->renderer, ground.r, ground.g, ground.b, ground.a);
    SDL_RenderClear(player->renderer);
    for (int i = 0; i < list->count; i++)
        play(player, list, &list->commands[i]);
    SDL_RenderPresent(player->renderer);
}
