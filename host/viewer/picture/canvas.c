#include "viewer/picture/canvas.h"

#include <math.h>

static double between(double low, double x, double high)
{
    return fmin(fmax(x, low), high);
}

static double fit_zoom(const Canvas *canvas)
{
    double width = fmax(canvas->width - 2 * canvas->margin, 1);
    double height = fmax(canvas->height - 2 * canvas->margin, 1);
    double across = width / canvas->image_width;
    double down = height / canvas->image_height;
    return fmin(fmin(across, down), 1.0);
}

double canvas_zoom(const Canvas *canvas)
{
    if (!canvas->image_width)
        return 1.0;
    return canvas->fit ? fit_zoom(canvas) : canvas->zoom;
}

/* The middle of the room on one axis, so that no edge of the image comes inside. */
static double settled(double middle, int image, int room, double zoom)
{
    double half = room / zoom / 2;
    return 2 * half >= image ? image / 2.0 : between(half, middle, image - half);
}

static void settle(Canvas *canvas)
{
    double zoom = canvas_zoom(canvas);
    canvas->x = settled(canvas->x, canvas->image_width, canvas->width, zoom);
    canvas->y = settled(canvas->y, canvas->image_height, canvas->height, zoom);
}

void canvas_init(Canvas *canvas)
{
    *canvas = (Canvas){.width = 1, .height = 1, .fit = true, .zoom = 1};
}

void canvas_set_room(Canvas *canvas, int width, int height, int margin)
{
    canvas->margin = margin;
    canvas->width = width > 1 ? width : 1;
    canvas->height = height > 1 ? height : 1;
    settle(canvas);
}

void canvas_set_image(Canvas *canvas, int width, int height)
{
    double across = canvas->image_width ? canvas->x / canvas->image_width : 0.5;
    double down = canvas->image_height ? canvas->y / canvas->image_height : 0.5;
    canvas->image_width = width;
    canvas->image_height = height;
    canvas->x = across * width;
    canvas->y = down * height;
    settle(canvas);
}

/* The image on one axis: where it starts in the room, and how long it is there. */
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

static Span span_x(const Canvas *canvas)
{
    return span(canvas->x, canvas->image_width, canvas->width, canvas_zoom(canvas));
}

static Span span_y(const Canvas *canvas)
{
    return span(canvas->y, canvas->image_height, canvas->height, canvas_zoom(canvas));
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

CanvasView canvas_view(const Canvas *canvas)
{
    CanvasView view = {0};
    if (!canvas->image_width)
        return view;
    visible(span_x(canvas), canvas->image_width, canvas->width, &view.left, &view.width,
            &view.area.x, &view.area.width);
    visible(span_y(canvas), canvas->image_height, canvas->height, &view.top,
            &view.height, &view.area.y, &view.area.height);
    return view;
}

void canvas_place(const Canvas *canvas, ScaleArea area, double place[4])
{
    Span across = span_x(canvas), down = span_y(canvas);
    double sx = (double)across.length / canvas->image_width;
    double sy = (double)down.length / canvas->image_height;
    place[0] = across.start + area.x * sx;
    place[1] = down.start + area.y * sy;
    place[2] = area.width * sx;
    place[3] = area.height * sy;
}

void canvas_fit(Canvas *canvas)
{
    canvas->fit = true;
    if (canvas->image_width)
        settle(canvas);
}

/* Set the zoom while the image's point at (x, y) of the room stays where it is. */
static void zoom_to(Canvas *canvas, double zoom, double x, double y)
{
    Span across = span_x(canvas), down = span_y(canvas);
    double image_x = (x - across.start) * canvas->image_width / across.length;
    double image_y = (y - down.start) * canvas->image_height / down.length;
    canvas->fit = zoom == fit_zoom(canvas);
    canvas->zoom = zoom;
    canvas->x = image_x - (x - canvas->width / 2.0) / zoom;
    canvas->y = image_y - (y - canvas->height / 2.0) / zoom;
    settle(canvas);
}

void canvas_actual(Canvas *canvas, double x, double y)
{
    if (canvas->image_width)
        zoom_to(canvas, 1.0, x, y);
}

static bool passes(double from, double stop, double to)
{
    return (from < stop && stop < to) || (to < stop && stop < from);
}

void canvas_zoom_by(Canvas *canvas, double factor, double x, double y)
{
    if (!canvas->image_width)
        return;
    double from = canvas_zoom(canvas), fit = fit_zoom(canvas);
    double to = between(fmin(fit, 1.0) / 8, from * factor, CANVAS_ZOOM_MAX);
    if (passes(from, 1.0, to))
        to = 1.0;
    if (passes(from, fit, to))
        to = fit;
    zoom_to(canvas, to, x, y);
}

void canvas_pan(Canvas *canvas, double dx, double dy)
{
    double zoom = canvas_zoom(canvas);
    canvas->x -= dx / zoom;
    canvas->y -= dy / zoom;
    settle(canvas);
}

bool canvas_can_pan(const Canvas *canvas)
{
    return canvas->image_width && (span_x(canvas).length > canvas->width ||
                                   span_y(canvas).length > canvas->height);
}
