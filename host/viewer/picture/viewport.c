#include "viewer/picture/viewport.h"

#include <math.h>

static double between(double low, double x, double high)
{
    return fmin(fmax(x, low), high);
}

static double fit_zoom(const Viewport *viewport)
{
    double width = fmax(viewport->width - 2 * viewport->margin, 1);
    double height = fmax(viewport->height - 2 * viewport->margin, 1);
    double across = width / viewport->image_width;
    double down = height / viewport->image_height;
    return fmin(fmin(across, down), 1.0);
}

double viewport_zoom(const Viewport *viewport)
{
    if (!viewport->image_width)
        return 1.0;
    return viewport->fit ? fit_zoom(viewport) : viewport->zoom;
}

/* The image's point in the middle of the room, on one axis, so that no edge of a large
 * image comes inside. */
static double settled(double middle, int image, int room, double zoom)
{
    double reach = room / zoom / 2;
    return 2 * reach >= image ? image / 2.0 : between(reach, middle, image - reach);
}

static void settle(Viewport *viewport)
{
    double zoom = viewport_zoom(viewport);
    viewport->x = settled(viewport->x, viewport->image_width, viewport->width, zoom);
    viewport->y = settled(viewport->y, viewport->image_height, viewport->height, zoom);
}

void viewport_init(Viewport *viewport)
{
    *viewport = (Viewport){.width = 1, .height = 1, .fit = true, .zoom = 1};
}

void viewport_set_room(Viewport *viewport, int width, int height, int margin)
{
    viewport->margin = margin;
    viewport->width = width > 1 ? width : 1;
    viewport->height = height > 1 ? height : 1;
    settle(viewport);
}

void viewport_set_image(Viewport *viewport, int width, int height)
{
    double across = viewport->image_width ? viewport->x / viewport->image_width : 0.5;
    double down = viewport->image_height ? viewport->y / viewport->image_height : 0.5;
    viewport->image_width = width;
    viewport->image_height = height;
    viewport->x = across * width;
    viewport->y = down * height;
    settle(viewport);
}

void viewport_turn(Viewport *viewport, int quarters)
{
    for (int i = 0; i < quarters; i++) {
        double x = viewport->x;
        int height = viewport->image_height;
        viewport->x = height - viewport->y;
        viewport->y = x;
        viewport->image_height = viewport->image_width;
        viewport->image_width = height;
    }
    settle(viewport);
}

/* The image on one axis of the room: its start and its length. */
typedef struct Span {
    int start, length;
} Span;

static Span span(double middle, int image, int room, double zoom)
{
    int length = (int)fmax(round(image * zoom), 1);
    if (length <= room)
        return (Span){(room - length) / 2, length};
    int start = (int)lround(room / 2.0 - middle * zoom);
    return (Span){start > 0               ? 0
                  : start + length < room ? room - length
                                          : start,
                  length};
}

static Span span_x(const Viewport *viewport)
{
    return span(viewport->x, viewport->image_width, viewport->width,
                viewport_zoom(viewport));
}

static Span span_y(const Viewport *viewport)
{
    return span(viewport->y, viewport->image_height, viewport->height,
                viewport_zoom(viewport));
}

/* The visible part of a span in the room and in the image. */
static void visible(Span s, int image, int room, int *start, int *length, double *from,
                    double *size)
{
    int end = s.start + s.length < room ? s.start + s.length : room;
    *start = s.start > 0 ? s.start : 0;
    *length = end - *start;
    double per_pixel = (double)image / s.length;
    *from = (*start - s.start) * per_pixel;
    *size = fmin(*length * per_pixel, image - *from);
}

ViewportPart viewport_visible(const Viewport *viewport)
{
    ViewportPart view = {0};
    if (!viewport->image_width)
        return view;
    visible(span_x(viewport), viewport->image_width, viewport->width, &view.left,
            &view.width, &view.area.x, &view.area.width);
    visible(span_y(viewport), viewport->image_height, viewport->height, &view.top,
            &view.height, &view.area.y, &view.area.height);
    return view;
}

void viewport_place(const Viewport *viewport, ScaleArea area, double place[4])
{
    Span across = span_x(viewport), down = span_y(viewport);
    double sx = (double)across.length / viewport->image_width;
    double sy = (double)down.length / viewport->image_height;
    place[0] = across.start + area.x * sx;
    place[1] = down.start + area.y * sy;
    place[2] = area.width * sx;
    place[3] = area.height * sy;
}

void viewport_fit(Viewport *viewport)
{
    viewport->fit = true;
    if (viewport->image_width)
        settle(viewport);
}

/* Set the zoom while the image's point at (x, y) of the room stays where it is. */
static void zoom_to(Viewport *viewport, double zoom, double x, double y)
{
    Span across = span_x(viewport), down = span_y(viewport);
    double image_x = (x - across.start) * viewport->image_width / across.length;
    double image_y = (y - down.start) * viewport->image_height / down.length;
    viewport->fit = zoom == fit_zoom(viewport);
    viewport->zoom = zoom;
    viewport->x = image_x - (x - viewport->width / 2.0) / zoom;
    viewport->y = image_y - (y - viewport->height / 2.0) / zoom;
    settle(viewport);
}

void viewport_actual(Viewport *viewport, double x, double y)
{
    if (viewport->image_width)
        zoom_to(viewport, 1.0, x, y);
}

static bool crosses(double from, double stop, double to)
{
    return (from < stop && stop < to) || (to < stop && stop < from);
}

void viewport_zoom_by(Viewport *viewport, double factor, double x, double y)
{
    if (!viewport->image_width)
        return;
    double from = viewport_zoom(viewport), fit = fit_zoom(viewport);
    double to = between(fmin(fit, 1.0) / 8, from * factor, VIEWPORT_ZOOM_MAX);
    if (crosses(from, 1.0, to))
        to = 1.0;
    if (crosses(from, fit, to))
        to = fit;
    zoom_to(viewport, to, x, y);
}

void viewport_pan(Viewport *viewport, double dx, double dy)
{
    double zoom = viewport_zoom(viewport);
    viewport->x -= dx / zoom;
    viewport->y -= dy / zoom;
    settle(viewport);
}

bool viewport_can_pan(const Viewport *viewport)
{
    return viewport->image_width && (span_x(viewport).length > viewport->width ||
                                     span_y(viewport).length > viewport->height);
}
