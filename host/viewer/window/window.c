#include "viewer/window/window.h"

#include <langinfo.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file/installed.h"
#include "base/log.h"
#include "base/mem.h"
#include "image/image.h"
#include "image/reader.h"
#include "viewer/window/window_display.h"
#include "viewer/x11/x11_window.h"

enum { LEAST_WIDTH = 480, LEAST_HEIGHT = 320 }; /* points */

/* Only LC_CTYPE: numbers have a decimal point in every locale. */
void window_set_locale(void)
{
    if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        setlocale(LC_CTYPE, "C.UTF-8");
}

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value && *value;
}

/* Without these SDL draws where nobody sees it, or complains. */
static bool may_have_screen(void)
{
    return is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") || is_set("SDL_VIDEODRIVER");
}

/* Those that something may answer. SDL_VIDEODRIVER is stronger. */
static const char *drivers(void)
{
    if (!is_set("WAYLAND_DISPLAY"))
        return "x11";
    return is_set("DISPLAY") ? "x11,wayland" : "wayland";
}

/* "no display: DISPLAY=:7 cannot be opened". */
static bool no_screen(Err *err)
{
    char why[128];
    snprintf(why, sizeof why, "%s", SDL_GetError());
    SDL_Quit();
    bool chosen = is_set("SDL_VIDEODRIVER"), x11 = is_set("DISPLAY");
    const char *name = chosen ? "SDL_VIDEODRIVER" : x11 ? "DISPLAY" : "WAYLAND_DISPLAY";
    return err_set(err, ERR_ENV,
                   "no display: %s=%s cannot be opened%s%s; lutist batch works "
                   "without one",
                   name, getenv(name), chosen ? ": " : "", chosen ? why : "");
}

bool window_start(Err *err)
{
    if (!may_have_screen())
        return err_set(err, ERR_ENV,
                       "no display: neither DISPLAY nor WAYLAND_DISPLAY "
                       "is set; lutist batch works without one");
    SDL_SetHint(SDL_HINT_VIDEODRIVER, drivers());
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    SDL_SetHint(SDL_HINT_RENDER_SCALE_QUALITY, "0");
    /* Drawn by the processor, pixels go straight to the display: not through OpenGL,
     * which the processor would work out as well. */
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_APP_NAME, "lutist");
    return SDL_Init(SDL_INIT_VIDEO) == 0 || no_screen(err);
}

/* The icon in the task bar. A missing file does not matter. */
static void set_icon(SDL_Window *window)
{
    char *path = installed_share("icon.png");
    Image *icon = reader_load(path, NULL, NULL);
    SDL_Surface *surface = icon && icon->info.channels == 4 && icon->info.depth == 8
                               ? SDL_CreateRGBSurfaceWithFormatFrom(
                                     icon->data, icon->info.width, icon->info.height,
                                     32, (int)icon->stride, SDL_PIXELFORMAT_RGBA32)
                               : NULL;
    if (surface)
        SDL_SetWindowIcon(window, surface);
    SDL_FreeSurface(surface);
    image_unref(&icon);
    mem_free(path);
}

/* NULL: SDL knows the displays. */
static const X11DisplayList *list_of(const Window *window)
{
    const X11DisplayList *list =
        window->displays ? x11_displays_now(window->displays) : NULL;
    return list && list->count ? list : NULL;
}

static WindowDisplay display_of(const Window *window)
{
    return window_display_of(window->window, list_of(window));
}

static SDL_Rect usable_part(const Window *window)
{
    WindowDisplay display = display_of(window);
    return window_display_usable(&display);
}

int window_display(const Window *window)
{
    return window_display_number(window->window, list_of(window));
}

const Block *window_profile(const Window *window)
{
    const X11DisplayList *list = list_of(window);
    return list ? &list->all[window_display(window)].icc : NULL;
}

/* What fits on it with a frame around it. */
static SDL_Point most_on(const SDL_Rect *screen)
{
    return (SDL_Point){screen->w * 24 / 25, screen->h * 9 / 10};
}

double window_room(const Window *window)
{
    Rect rect = window_rect(window);
    return fmin((double)rect.w / LEAST_WIDTH, (double)rect.h / LEAST_HEIGHT);
}

void window_set_least(Window *window)
{
    double unit = window_scale(window) / window_ratio(window);
    SDL_Rect screen = usable_part(window);
    SDL_Point most = most_on(&screen);
    SDL_Point least = {SDL_min((int)(LEAST_WIDTH * unit), most.x),
                       SDL_min((int)(LEAST_HEIGHT * unit), most.y)};
    if (least.x == window->least.x && least.y == window->least.y)
        return;
    window->least = least;
    if (!x11_window_set_least(window->window, least.x, least.y))
        SDL_SetWindowMinimumSize(window->window, least.x, least.y);
}

/* 1280 × 800 points on a common screen, three quarters of a large one, and never more
 * than fits. */
static void set_size(Window *window)
{
    double unit = window_scale(window) / window_ratio(window);
    SDL_Rect screen = usable_part(window);
    SDL_Point most = most_on(&screen);
    int wide = SDL_min(SDL_max((int)(1280 * unit), screen.w * 3 / 4), most.x);
    int high = SDL_min(SDL_max((int)(800 * unit), screen.h * 3 / 4), most.y);
    window_set_least(window);
    SDL_SetWindowSize(window->window, wide, high);
    SDL_SetWindowPosition(window->window, screen.x + (screen.w - wide) / 2,
                          screen.y + (screen.h - high) / 2);
}

/* Without a device OpenGL is the processor's work, and starting it takes long. */
static bool may_have_gpu(void)
{
    return access("/dev/dri", F_OK) == 0 || access("/dev/nvidiactl", F_OK) == 0 ||
           access("/dev/dxg", F_OK) == 0;
}

/* Does the processor do the work of the renderer just made, as Mesa's llvmpipe does?
 * SDL's own software is faster then. */
static bool is_emulated(void)
{
    static const char *const drivers[] = {"llvmpipe", "softpipe", "swrast",
                                          "Software Rasterizer", "SwiftShader"};
    typedef const unsigned char *(*get_string_fn)(unsigned);
    enum { GL_RENDERER = 0x1f01 };
    void *address =
        SDL_GL_GetCurrentContext() ? SDL_GL_GetProcAddress("glGetString") : NULL;
    get_string_fn get_string;
    memcpy(&get_string, &address, sizeof get_string);
    const char *name = address ? (const char *)get_string(GL_RENDERER) : NULL;
    bool found = false;
    for (size_t i = 0; name && i < sizeof drivers / sizeof *drivers; i++)
        found = found || strstr(name, drivers[i]);
    return found;
}

/* No waiting for the display's refresh: frames are drawn when something has changed,
 * and the wait would make a slider's picture late. Under Wayland SDL has no way for
 * pixels but OpenGL, whoever works that out. */
static SDL_Renderer *open_renderer(SDL_Window *window)
{
    bool wanted = is_set("SDL_RENDER_DRIVER");
    SDL_Renderer *renderer =
        wanted || may_have_gpu()
            ? SDL_CreateRenderer(window, -1, SDL_RENDERER_ACCELERATED)
            : NULL;
    if (renderer && (wanted || !is_emulated()))
        return renderer;
    if (renderer)
        SDL_DestroyRenderer(renderer);
    renderer = SDL_CreateRenderer(window, -1, SDL_RENDERER_SOFTWARE);
    return renderer ? renderer
                    : SDL_CreateRenderer(window, -1, SDL_RENDERER_ACCELERATED);
}

static bool is_software(SDL_Renderer *renderer)
{
    SDL_RendererInfo info;
    return SDL_GetRendererInfo(renderer, &info) == 0 &&
           strcmp(info.name, "software") == 0;
}

/* On another thread. */
static void wake(void *unused)
{
    (void)unused;
    SDL_PushEvent(&(SDL_Event){.type = SDL_USEREVENT});
}

/* The same renderer, but for the way of its pixels to the display. */
static bool open_frames(Window *window)
{
    window->frames = x11_frames_open(window->window, wake, NULL);
    if (!window->frames)
        return false;
    const X11Screen *screen = x11_frames_screen(window->frames);
    int width = x11_screen_width(screen), height = x11_screen_height(screen);
    window->surface =
        SDL_CreateRGBSurfaceWithFormatFrom(x11_screen_pixels(screen), width, height, 32,
                                           width * 4, SDL_PIXELFORMAT_RGB888);
    window->renderer =
        window->surface ? SDL_CreateSoftwareRenderer(window->surface) : NULL;
    return window->renderer;
}

static void close_renderer(Window *window)
{
    x11_frames_close(window->frames);
    if (window->renderer)
        SDL_DestroyRenderer(window->renderer);
    SDL_FreeSurface(window->surface);
    window->frames = NULL;
    window->renderer = NULL;
    window->surface = NULL;
}

bool window_renew(Window *window, Err *err)
{
    close_renderer(window);
    window->renderer = open_renderer(window->window);
    if (window->renderer && is_software(window->renderer)) {
        SDL_DestroyRenderer(window->renderer);
        window->renderer = NULL;
        if (!open_frames(window)) {
            close_renderer(window);
            window->renderer = open_renderer(window->window);
        }
    }
    return window->renderer ||
           err_set(err, ERR_ENV, "nothing can be drawn: %s", SDL_GetError());
}

/* SDL's own software has 8 bits. */
static bool is_deep(SDL_Renderer *renderer)
{
    SDL_RendererInfo info;
    int bits = 0;
    bool gl = SDL_GetRendererInfo(renderer, &info) == 0 &&
              strncmp(info.name, "opengl", 6) == 0;
    return gl && SDL_GL_GetAttribute(SDL_GL_GREEN_SIZE, &bits) == 0 && bits > 8;
}

static const SDL_SystemCursor CURSORS[UI_CURSORS] = {
    [UI_ARROW] = SDL_SYSTEM_CURSOR_ARROW,  [UI_HAND] = SDL_SYSTEM_CURSOR_HAND,
    [UI_TEXT] = SDL_SYSTEM_CURSOR_IBEAM,   [UI_SLIDE] = SDL_SYSTEM_CURSOR_SIZEWE,
    [UI_MOVE] = SDL_SYSTEM_CURSOR_SIZEALL, [UI_SLIDE_DOWN] = SDL_SYSTEM_CURSOR_SIZENS,
};

/* What LUTIST_SCALE names; 0: nothing that can be used. */
static double named_scale(void)
{
    const char *text = getenv("LUTIST_SCALE");
    char *end = NULL;
    double scale = text ? strtod(text, &end) : 0;
    return end != text && !*end && scale >= 0.5 && scale <= 8 ? scale : 0;
}

static void tell_of_scale(void)
{
    const char *text = getenv("LUTIST_SCALE");
    if (text && *text && named_scale() <= 0)
        log_info("LUTIST_SCALE=%s is ignored: it must be a number from 0.5 to 8", text);
}

bool window_open(Window *window, const char *title, Err *err)
{
    tell_of_scale();
    window->window = SDL_CreateWindow(
        title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, 1280, 800,
        SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI | SDL_WINDOW_HIDDEN);
    if (!window->window)
        return err_set(err, ERR_ENV, "no window: %s", SDL_GetError());
    x11_window_bear_others(window->window);
    if (!window_renew(window, err))
        return false;
    window->deep = is_deep(window->renderer);
    set_size(window);
    return true;
}

void window_show(const Window *window)
{
    SDL_ShowWindow(window->window);
}

void window_close(Window *window)
{
    for (int i = 0; i < UI_CURSORS; i++)
        if (window->cursors[i])
            SDL_FreeCursor(window->cursors[i]);
    close_renderer(window);
    if (window->window)
        SDL_DestroyWindow(window->window);
    *window = (Window){0};
    SDL_Quit();
}

Rect window_rect(const Window *window)
{
    Rect rect = {0};
    if (window->frames ||
        SDL_GetRendererOutputSize(window->renderer, &rect.w, &rect.h) != 0)
        SDL_GetWindowSize(window->window, &rect.w, &rect.h);
    return rect;
}

bool window_keeps(const Window *window)
{
    return window->frames;
}

bool window_send(const Window *window, const Damage *damage)
{
    if (!window->frames)
        return false;
    x11_frames_send(window->frames, damage);
    return true;
}

bool window_is_busy(const Window *window)
{
    return window->frames && x11_frames_is_busy(window->frames);
}

bool window_collect(const Window *window)
{
    return window->frames && x11_frames_collect(window->frames);
}

bool window_is_outgrown(const Window *window)
{
    if (!window->frames)
        return false;
    const X11Screen *screen = x11_frames_screen(window->frames);
    Rect rect = window_rect(window);
    return rect.w > x11_screen_width(screen) || rect.h > x11_screen_height(screen);
}

double window_ratio(const Window *window)
{
    int units, ignored;
    SDL_GetWindowSize(window->window, &units, &ignored);
    return units > 0 ? (double)window_rect(window).w / units : 1.0;
}

static double scale_on(const Window *window, const WindowDisplay *display)
{
    double named = named_scale();
    if (named > 0)
        return named;
    double ratio = window_ratio(window);
    return ratio > 1.01 ? ratio : window_display_scale(display);
}

double window_scale(const Window *window)
{
    WindowDisplay display = display_of(window);
    return scale_on(window, &display);
}

void window_resize(const Window *window, int width, int height)
{
    SDL_SetWindowSize(window->window, width, height);
    SDL_SetWindowPosition(window->window, SDL_WINDOWPOS_CENTERED,
                          SDL_WINDOWPOS_CENTERED);
}

const char *window_renderer(const Window *window)
{
    SDL_RendererInfo info = {.name = "none"};
    SDL_GetRendererInfo(window->renderer, &info);
    return info.name;
}

void window_dress(Window *window)
{
    set_icon(window->window);
    for (int i = 0; i < UI_CURSORS; i++)
        window->cursors[i] = SDL_CreateSystemCursor(CURSORS[i]);
}

void window_set_cursor(Window *window, UiCursor cursor)
{
    if (cursor == window->cursor)
        return;
    if (window->cursors[cursor])
        SDL_SetCursor(window->cursors[cursor]);
    window->cursor = cursor;
}

bool window_is_fullscreen(const Window *window)
{
    return SDL_GetWindowFlags(window->window) & SDL_WINDOW_FULLSCREEN;
}

void window_toggle_fullscreen(const Window *window)
{
    SDL_SetWindowFullscreen(window->window, window_is_fullscreen(window)
                                                ? 0
                                                : SDL_WINDOW_FULLSCREEN_DESKTOP);
}

bool window_leave_fullscreen(const Window *window)
{
    bool was = window_is_fullscreen(window);
    if (was)
        SDL_SetWindowFullscreen(window->window, 0);
    return was;
}

void window_note_placement(Window *window)
{
    SDL_Window *of = window->window;
    Placement *normal = &window->normal;
    int left = 0, top = 0;
    enum { ELSEWHERE = SDL_WINDOW_FULLSCREEN | SDL_WINDOW_MINIMIZED };
    Uint32 is = SDL_GetWindowFlags(of);
    if (is & ELSEWHERE)
        return;
    normal->maximized = is & SDL_WINDOW_MAXIMIZED;
    if (normal->maximized && normal->width)
        return;
    SDL_GetWindowBordersSize(of, &top, &left, NULL, NULL);
    SDL_GetWindowPosition(of, &normal->x, &normal->y);
    SDL_GetWindowSize(of, &normal->width, &normal->height);
    normal->x -= left;
    normal->y -= top;
    normal->unit = window_scale(window) / window_ratio(window);
}

/* As large in points as it was, and there, if all of it is on the screen, which may be
 * a smaller one now; else as near to that as a frame allows. `unit`: the display's
 * units a point. */
static SDL_Rect rect_on(const SDL_Rect *screen, const Placement *placement, double unit)
{
    double larger = placement->unit > 0 ? unit / placement->unit : 1;
    SDL_Rect as_was = {placement->x, placement->y,
                       (int)lround(placement->width * larger),
                       (int)lround(placement->height * larger)};
    SDL_Point most = most_on(screen);
    SDL_Rect common;
    SDL_IntersectRect(screen, &as_was, &common);
    if (SDL_RectEquals(&common, &as_was))
        return as_was;
    SDL_Rect at = {0, 0, SDL_min(as_was.w, most.x), SDL_min(as_was.h, most.y)};
    at.x = SDL_clamp(as_was.x, screen->x + (screen->w - most.x) / 2,
                     screen->x + (screen->w + most.x) / 2 - at.w);
    at.y = SDL_clamp(as_was.y, screen->y + (screen->h - most.y) / 2,
                     screen->y + (screen->h + most.y) / 2 - at.h);
    return at;
}

void window_place(Window *window, const Placement *placement)
{
    SDL_Rect as_was = {placement->x, placement->y, placement->width, placement->height};
    WindowDisplay display;
    if (!window_display_with(&as_was, list_of(window), &display))
        return; /* that display is gone */
    double unit = scale_on(window, &display) / window_ratio(window);
    SDL_Rect usable = window_display_usable(&display);
    SDL_Rect at = rect_on(&usable, placement, unit);
    window->normal = (Placement){at.x, at.y, at.w, at.h, placement->maximized, unit};
    SDL_SetWindowSize(window->window, at.w, at.h);
    SDL_SetWindowPosition(window->window, at.x, at.y);
    if (placement->maximized)
        SDL_MaximizeWindow(window->window);
}
