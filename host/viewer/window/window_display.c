#include "viewer/window/window_display.h"

#include <math.h>

#include "viewer/x11/x11_window.h"

/* SDL knows the displays of its start. */
SDL_Rect window_display_usable(const WindowDisplay *display)
{
    SDL_Rect bounds, usable = display->at;
    for (int i = 0; i < SDL_GetNumVideoDisplays(); i++)
        if (SDL_GetDisplayBounds(i, &bounds) == 0 &&
            SDL_RectEquals(&bounds, &display->at))
            SDL_GetDisplayUsableBounds(i, &usable);
    return usable;
}

static SDL_Rect place_of(const X11Display *is)
{
    return (SDL_Rect){is->at.x, is->at.y, is->at.w, is->at.h};
}

static WindowDisplay listed(const X11Display *is, int number)
{
    WindowDisplay display = {.number = number, .at = place_of(is)};
    display.dpi = is->mm_wide > 0 ? is->at.w * 25.4 / is->mm_wide : 0;
    return display;
}

static WindowDisplay told_by_sdl(int number)
{
    WindowDisplay display = {.number = number, .at = {0, 0, 1280, 800}};
    float dpi = 0;
    SDL_GetDisplayBounds(number, &display.at);
    if (SDL_GetDisplayDPI(number, NULL, &dpi, NULL) == 0)
        display.dpi = (double)dpi;
    return display;
}

static int common_area(const SDL_Rect *display, const SDL_Rect *at)
{
    SDL_Rect common;
    return SDL_IntersectRect(display, at, &common) ? common.w * common.h : 0;
}

int window_display_number(SDL_Window *window, const X11DisplayList *list)
{
    SDL_Rect at;
    if (!list)
        return SDL_max(SDL_GetWindowDisplayIndex(window), 0);
    SDL_GetWindowPosition(window, &at.x, &at.y);
    SDL_GetWindowSize(window, &at.w, &at.h);
    if (SDL_GetWindowFlags(window) & SDL_WINDOW_FULLSCREEN)
        x11_window_corner(window, &at.x, &at.y);
    int best = 0, most = 0;
    for (int i = 0; i < list->count; i++) {
        SDL_Rect display = place_of(&list->all[i]);
        int common = common_area(&display, &at);
        if (common > most)
            best = i;
        most = SDL_max(most, common);
    }
    return best;
}

static WindowDisplay numbered(const X11DisplayList *list, int number)
{
    return list ? listed(&list->all[number], number) : told_by_sdl(number);
}

WindowDisplay window_display_of(SDL_Window *window, const X11DisplayList *list)
{
    return numbered(list, window_display_number(window, list));
}

bool window_display_with(const SDL_Rect *at, const X11DisplayList *list,
                         WindowDisplay *display)
{
    int count = list ? list->count : SDL_GetNumVideoDisplays();
    int most = 0;
    for (int i = 0; i < count; i++) {
        WindowDisplay is = numbered(list, i);
        SDL_Rect usable = window_display_usable(&is);
        int common = common_area(&usable, at);
        if (common > most)
            *display = is;
        most = SDL_max(most, common);
    }
    return most > 0;
}

/* Many report 96 dots an inch whatever they have: then the pixels decide. Sizes in
 * whole millimetres are a little off. */
double window_display_scale(const WindowDisplay *display)
{
    bool told = display->dpi > 0 && fabs(display->dpi - 96) > 2;
    int least = SDL_min(display->at.w, display->at.h);
    if (told)
        return fmin(fmax(floor((display->dpi + 1) / 96 * 4) / 4, 1), 4);
    return least >= 2000 ? 2.0 : 1.0;
}
