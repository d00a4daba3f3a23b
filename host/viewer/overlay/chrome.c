#include "viewer/overlay/chrome.h"

void chrome_init(Chrome *chrome)
{
    *chrome = (Chrome){.hidden = {false, true}};
}

bool chrome_is_hidden(const Chrome *chrome)
{
    return chrome->hidden[chrome->full];
}

void chrome_toggle(Chrome *chrome)
{
    chrome->hidden[chrome->full] = !chrome->hidden[chrome->full];
    chrome->panel = chrome->status = false;
}

void chrome_call_panel(Chrome *chrome)
{
    chrome->panel = chrome_is_hidden(chrome);
}

/* The strip of `part` along the window's edge that it touches. */
static Rect edge_of(Rect part, Rect window, int edge)
{
    if (part.w == window.w)
        return (Rect){0, window.h - edge, window.w, edge};
    return (Rect){part.x == window.x ? window.x : window.x + window.w - edge, window.y,
                  edge, window.h};
}

/* `called`: it stays while the mouse rests, and while it is over it. */
static bool follow(bool called, const ChromeSight *sight, Rect part)
{
    Rect edge = edge_of(part, sight->window, sight->edge);
    bool over = rect_has(called ? part : edge, sight->x, sight->y) ||
                rect_has(edge, sight->x, sight->y);
    bool gone = sight->moved || sight->x < 0;
    return over || (called && !gone);
}

void chrome_update(Chrome *chrome, const ChromeSight *sight)
{
    if (!chrome_is_hidden(chrome)) {
        chrome->panel = chrome->status = false;
        return;
    }
    chrome->panel = sight->busy || follow(chrome->panel, sight, sight->panel);
    chrome->status = sight->listed || follow(chrome->status, sight, sight->status);
}
