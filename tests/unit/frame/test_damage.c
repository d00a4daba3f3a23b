/* A frame of which only the damage is drawn is, pixel by pixel, the frame that is drawn
 * whole: random frames, each changed a little. */
#include "cm.h"

#include <SDL.h>
#include <string.h>

#include "base/mem.h"
#include "viewer/paint/painter.h"

enum { WIDTH = 320, HEIGHT = 200, STEPS = SANITIZED ? 60 : 300, COMMANDS = 24 };

static const Rect window = {0, 0, WIDTH, HEIGHT};

/* Numbers as in Knuth's MMIX. */
static uint64_t seed;

static int any(int limit)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (int)((seed >> 33) % (uint64_t)limit);
}

static Color any_color(void)
{
    uint8_t alpha = any(3) ? 255 : (uint8_t)any(256);
    return (Color){(uint8_t)any(256), (uint8_t)any(256), (uint8_t)any(256), alpha};
}

/* Some reach beyond the window. */
static Rect any_rect(void)
{
    return (Rect){any(WIDTH) - 20, any(HEIGHT) - 20, any(120), any(60)};
}

static Rect any_clip(void)
{
    return any(2) ? window : rect_common(any_rect(), window);
}

typedef struct Drawn {
    DrawCommand command;
    const char *text;
} Drawn;

static DrawPlace any_place(DrawPicture picture, Rect at)
{
    int size = 40 + 10 * (int)picture;
    if (any(2)) /* as large as its pixels */
        return (DrawPlace){(float)at.x, (float)at.y, (float)size, (float)size};
    return (DrawPlace){(float)at.x + 0.3F, (float)at.y - 0.6F, (float)at.w * 1.7F + 1,
                       (float)at.h * 2.1F + 1};
}

static Drawn any_drawn(void)
{
    static const char *const texts[] = {"Exposure", "1.25", "−0.5 EV", "Ångström Ĵ",
                                        "fi"};
    static const char *const curves[] = {"0,0 0.3,0.5 1,1", "0,0.1 0.5,0.4 1,0.9"};
    Rect rect = any_rect();
    Drawn drawn = {{.kind = (DrawKind)any(DRAW_NOTE + 1), .rect = rect}, NULL};
    DrawCommand *command = &drawn.command;
    command->clip = any_clip();
    command->color = any_color();
    command->end = any_color();
    command->down = any(2);
    command->smooth = any(2);
    switch (command->kind) {
    case DRAW_BOX:
        command->radius = any(12);
        break;
    case DRAW_SHAPE:
        command->rect.w = command->rect.h = any(40);
        command->shape = (ShapeKind)any(SHAPES);
        break;
    case DRAW_CURVE:
        command->rect.w = command->rect.h = 20 + any(60);
        command->radius = command->thick = 1 + any(3);
        drawn.text = curves[any(2)];
        break;
    case DRAW_TEXT:
        command->size = (FontSize)any(FONT_SIZES);
        drawn.text = texts[any(5)];
        break;
    case DRAW_PICTURE:
        command->picture = (DrawPicture)any(PICTURES);
        command->place = any_place(command->picture, rect);
        command->rect = draw_place_reach(command->place, command->clip);
        break;
    default:
        break;
    }
    return drawn;
}

/* A painter, and the surface it draws on. */
typedef struct Easel {
    SDL_Surface *surface;
    SDL_Renderer *renderer;
    Painter painter;
} Easel;

static void open_easel(Easel *easel, bool keeps)
{
    Err err;
    easel->surface =
        SDL_CreateRGBSurfaceWithFormat(0, WIDTH, HEIGHT, 32, SDL_PIXELFORMAT_RGB888);
    easel->renderer = SDL_CreateSoftwareRenderer(easel->surface);
    assert_non_null(easel->renderer);
    assert_true(painter_init(&easel->painter, 1, NULL, &err));
    painter_set_renderer(&easel->painter, easel->renderer, keeps);
}

static void close_easel(Easel *easel)
{
    painter_term(&easel->painter);
    SDL_DestroyRenderer(easel->renderer);
    SDL_FreeSurface(easel->surface);
}

static void measure_text(const Easel *easel, Drawn *drawn)
{
    TextMeasure measure = font_measure(easel->painter.font);
    DrawCommand *command = &drawn->command;
    if (command->kind != DRAW_TEXT)
        return;
    command->rect.w = text_line_width(&measure, command->size, drawn->text);
    command->rect.h = text_line_height(&measure, command->size);
}

static void set_picture(Easel *easels[2], DrawPicture which)
{
    Err err;
    int size = 40 + 10 * (int)which;
    uint32_t *pixels = mem_new((size_t)size * (size_t)size, sizeof *pixels);
    uint32_t alpha = which >= PICTURE_HISTOGRAM ? 0 : 0xff000000u;
    for (int i = 0; i < size * size; i++)
        pixels[i] = alpha | (uint32_t)any(0x7fffffff);
    for (int i = 0; i < 2; i++)
        assert_true(
            painter_set_picture(&easels[i]->painter, which, pixels, size, size, &err));
    mem_free(pixels);
}

static void move(DrawCommand *command, int by)
{
    command->rect.x += by;
    command->place.x += (float)by;
    if (command->kind == DRAW_PICTURE)
        command->rect = draw_place_reach(command->place, command->clip);
}

/* A few commands come, go, or become others. */
static int change(Drawn *scene, int count)
{
    for (int n = any(4); n > 0; n--) {
        int at = any(count);
        switch (any(4)) {
        case 0:
            if (count < COMMANDS) {
                memmove(scene + at + 1, scene + at,
                        (size_t)(count - at) * sizeof *scene);
                scene[at] = any_drawn();
                count++;
            }
            break;
        case 1:
            if (count > 2) {
                memmove(scene + at, scene + at + 1,
                        (size_t)(count - at - 1) * sizeof *scene);
                count--;
            }
            break;
        case 2:
            move(&scene[at].command, any(9) - 4);
            break;
        default:
            scene[at] = any_drawn();
        }
    }
    return count;
}

static void record(DrawList *list, const Easel *easel, Drawn *scene, int count)
{
    draw_list_clear(list);
    for (int i = 0; i < count; i++) {
        measure_text(easel, &scene[i]);
        draw_list_add(list, scene[i].command, scene[i].text);
    }
}

static void expect_same(const Easel *a, const Easel *b, int step)
{
    for (int y = 0; y < HEIGHT; y++) {
        const uint8_t *one = (const uint8_t *)a->surface->pixels;
        const uint8_t *other = (const uint8_t *)b->surface->pixels;
        size_t row = (size_t)y * (size_t)a->surface->pitch;
        if (memcmp(one + row, other + row, (size_t)WIDTH * 4) != 0)
            fail_msg("step %d, row %d differs", step, y);
    }
}

static bool meets(Rect a, Rect b)
{
    return !rect_is_empty(rect_common(a, b));
}

static bool is_inside(Rect rect, Rect part)
{
    Rect common = rect_common(rect, part);
    return common.w == rect.w && common.h == rect.h;
}

static void expect_apart(const Damage *damage, const DrawList *list)
{
    for (int i = 0; i < damage->count; i++)
        for (int j = 0; j < i; j++)
            assert_false(meets(damage->parts[i], damage->parts[j]));
    for (int n = 0; n < list->count; n++) {
        const DrawCommand *command = &list->commands[n];
        Rect rect = rect_common(rect_common(command->rect, command->clip), window);
        bool whole = command->kind == DRAW_PICTURE || command->kind == DRAW_BLEND ||
                     command->kind == DRAW_CURVE;
        for (int i = 0; i < damage->count; i++)
            assert_true(!whole || !meets(rect, damage->parts[i]) ||
                        is_inside(rect, damage->parts[i]));
    }
}

static void damage_is_all_that_has_to_be_drawn(void **state)
{
    (void)state;
    Easel kept, whole, *both[] = {&kept, &whole};
    Drawn scene[COMMANDS];
    DrawList list = {0};
    int count = COMMANDS / 2, less = 0;
    seed = 7;
    open_easel(&kept, true);
    open_easel(&whole, false);
    for (int i = 0; i < PICTURES; i++)
        set_picture(both, (DrawPicture)i);
    for (int i = 0; i < count; i++)
        scene[i] = any_drawn();
    for (int step = 0; step < STEPS; step++) {
        record(&list, &whole, scene, count);
        Damage damage = painter_play(&kept.painter, &list, window);
        painter_play(&whole.painter, &list, window);
        less += !damage.count || damage.parts[0].w * damage.parts[0].h < WIDTH * HEIGHT;
        expect_same(&kept, &whole, step);
        count = change(scene, count);
        if (any(4) == 0)
            set_picture(both, (DrawPicture)any(PICTURES));
    }
    assert_true(less > STEPS / 3);
    draw_list_term(&list);
    close_easel(&kept);
    close_easel(&whole);
}

static void add_small(DrawList *list)
{
    static const DrawKind kinds[] = {DRAW_BOX, DRAW_BOX, DRAW_BLEND, DRAW_CURVE};
    Rect rect = {any(WIDTH), any(HEIGHT), 4 + any(40), 4 + any(30)};
    draw_list_add(list,
                  (DrawCommand){kinds[any(4)], .rect = rect, .clip = window,
                                .color = any_color()},
                  NULL);
}

static void parts_do_not_meet(void **state)
{
    (void)state;
    seed = 3;
    for (int round = 0; round < 500; round++) {
        DrawList there = {0}, next = {0};
        for (int i = 0; i < 30; i++)
            add_small(&there);
        draw_list_copy(&next, &there);
        for (int i = 0; i < 12; i++)
            next.commands[any(30)].rect.x = any(WIDTH);
        Damage damage = damage_between(&there, &next, 0, window);
        expect_apart(&damage, &next);
        draw_list_term(&there);
        draw_list_term(&next);
    }
}

static void add_box(DrawList *list, Rect rect, Color color)
{
    draw_list_add(list,
                  (DrawCommand){DRAW_BOX, .rect = rect, .clip = window, .color = color},
                  NULL);
}

static void add_picture(DrawList *list, Rect room)
{
    draw_list_add(list,
                  (DrawCommand){DRAW_PICTURE, .rect = room, .clip = room,
                                .color = {255, 255, 255, 255},
                                .place = {0, 0, 200, 200}},
                  NULL);
}

static void expect_parts(const Damage *damage, const Rect *parts, int count)
{
    assert_int_equal(damage->count, count);
    for (int i = 0; i < count; i++)
        assert_memory_equal(&damage->parts[i], &parts[i], sizeof parts[i]);
}

static void only_what_differs_is_damaged(void **state)
{
    (void)state;
    const Color red = {255, 0, 0, 255}, blue = {0, 0, 255, 255};
    const Rect room = {0, 0, 200, 200}, low = {210, 100, 50, 20},
               high = {210, 20, 50, 20};
    DrawList there = {0}, next = {0};
    add_picture(&there, room);
    add_box(&there, high, red);
    add_box(&there, low, red);
    draw_list_copy(&next, &there);
    Damage none = damage_between(&there, &next, 0, window);
    expect_parts(&none, NULL, 0);
    Damage picture = damage_between(&there, &next, 1U << PICTURE_NOW, window);
    expect_parts(&picture, &room, 1);
    next.commands[2].color = blue;
    Damage box = damage_between(&there, &next, 0, window);
    expect_parts(&box, &low, 1);
    next.commands[1].rect.x = 240;
    Damage moved = damage_between(&there, &next, 0, window);
    expect_parts(&moved, (const Rect[]){{210, 20, 80, 20}, low}, 2);
    draw_list_term(&there);
    draw_list_term(&next);
}

/* A scaled picture that is cut off elsewhere has other pixels. */
static void a_picture_is_never_cut(void **state)
{
    (void)state;
    const Color red = {255, 0, 0, 255};
    const Rect room = {0, 0, 200, 200};
    DrawList there = {0}, next = {0};
    add_picture(&there, room);
    draw_list_copy(&next, &there);
    add_box(&next, (Rect){190, 50, 30, 10}, red);
    Damage damage = damage_between(&there, &next, 0, window);
    expect_parts(&damage, &(Rect){0, 0, 220, 200}, 1);
    draw_list_term(&there);
    draw_list_term(&next);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damage_is_all_that_has_to_be_drawn),
        cmocka_unit_test(parts_do_not_meet),
        cmocka_unit_test(only_what_differs_is_damaged),
        cmocka_unit_test(a_picture_is_never_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
