#include "viewer/ui/ui.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

void ui_init(Ui *ui, TextMeasure measure, double scale)
{
    *ui = (Ui){.measure = measure, .scale = scale, .in = {.x = -1, .y = -1}};
}

void ui_term(Ui *ui)
{
    draw_list_term(&ui->list);
}

void ui_begin(Ui *ui, Rect window, bool recording)
{
    ui->window = ui->clip = window;
    ui->recording = recording;
    ui->blocked = false;
    ui->cursor = UI_ARROW;
    ui->told.count = 0;
    draw_list_clear(&ui->list);
}

void ui_end(Ui *ui)
{
    if (ui->in.pressed && !ui->active)
        ui->struck = 0;
    if (!ui->in.down)
        ui->active = 0;
    ui->in.pressed = ui->in.released = ui->in.moved = ui->in.second = false;
    ui->in.wheel = 0;
    ui->at_x = ui->in.x;
    ui->at_y = ui->in.y;
}

int ui_px(const Ui *ui, double points)
{
    int pixels = (int)lround(points * ui->scale);
    return pixels || points <= 0 ? pixels : 1;
}

Rect ui_clip(Ui *ui, Rect rect)
{
    Rect before = ui->clip;
    ui->clip = rect;
    return before;
}

/* The mouse. */

bool ui_over(const Ui *ui, UiId id, Rect rect)
{
    if (ui->blocked || (ui->active && ui->active != id))
        return false;
    return rect_has(rect, ui->in.x, ui->in.y) && rect_has(ui->clip, ui->in.x, ui->in.y);
}

bool ui_press(Ui *ui, UiId id, Rect rect)
{
    if (!ui->in.pressed || !ui_over(ui, id, rect))
        return false;
    ui->active = id;
    ui->grab = 0;
    ui->slip_x = ui->slip_y = 0;
    ui->at_x = ui->in.x;
    ui->at_y = ui->in.y;
    ui->twice = ui->in.clicks > 1 && ui->struck == id;
    ui->struck = ui->twice ? 0 : id;
    return true;
}

bool ui_click(Ui *ui, UiId id, Rect rect)
{
    ui_press(ui, id, rect);
    return ui->in.released && ui->active == id && ui_over(ui, id, rect);
}

/* How far a fine drag goes, of the mouse's way. */
static const double FINE = 0.1;

UiHand ui_hand(Ui *ui)
{
    if (ui->in.fine) {
        ui->slip_x += (ui->in.x - ui->at_x) * (1 - FINE);
        ui->slip_y += (ui->in.y - ui->at_y) * (1 - FINE);
    }
    return (UiHand){ui->in.x - ui->slip_x, ui->in.y - ui->slip_y};
}

bool ui_is_double(const Ui *ui)
{
    return ui->twice;
}

/* Recording. */

static void record(Ui *ui, DrawCommand command, const char *text)
{
    command.clip = ui->clip;
    if (ui->recording)
        draw_list_add(&ui->list, command, text);
}

void ui_rect(Ui *ui, Rect rect, Color color)
{
    ui_round(ui, rect, 0, color);
}

void ui_box(Ui *ui, Rect rect, Color color)
{
    ui_round(ui, rect, ui_px(ui, PT_ROUND), color);
}

void ui_round(Ui *ui, Rect rect, int radius, Color color)
{
    record(ui, (DrawCommand){DRAW_BOX, .rect = rect, .color = color, .radius = radius},
           NULL);
}

void ui_frame(Ui *ui, Rect rect, Color edge, Color ground)
{
    int line = ui_px(ui, 1), radius = ui_px(ui, PT_ROUND);
    ui_round(ui, rect, radius, edge);
    ui_round(ui, rect_inset(rect, line), radius - line, ground);
}

void ui_shape(Ui *ui, ShapeKind kind, Rect square, Color color)
{
    square.h = square.w;
    record(ui, (DrawCommand){DRAW_SHAPE, .rect = square, .color = color, .shape = kind},
           NULL);
}

void ui_blend(Ui *ui, Rect rect, Color from, Color to, bool down)
{
    record(
        ui,
        (DrawCommand){DRAW_BLEND, .rect = rect, .color = from, .end = to, .down = down},
        NULL);
}

void ui_curve(Ui *ui, Rect unit, const char *points, Color color)
{
    int thick = ui_px(ui, 2);
    record(ui,
           (DrawCommand){DRAW_CURVE, .rect = rect_inset(unit, -thick), .color = color,
                         .radius = thick, .thick = thick},
           points);
}

void ui_scroll_bar(Ui *ui, Rect track, int length, int from, int seen)
{
    if (seen >= length)
        return;
    int least = rect_min(ui_px(ui, 16), track.h); /* of a long list, too */
    int high = rect_max((int)((double)track.h * seen / length), least);
    int down = (int)((double)(track.h - high) * from / (length - seen));
    Rect bar = {track.x, track.y + down, track.w, high};
    ui_round(ui, bar, track.w / 2, THEME_OFF);
}

void ui_picture(Ui *ui, DrawPicture picture, DrawPlace place, bool smooth,
                uint8_t opacity)
{
    record(ui,
           (DrawCommand){DRAW_PICTURE, .rect = draw_place_reach(place, ui->clip),
                         .color = {255, 255, 255, opacity}, .place = place,
                         .picture = picture, .smooth = smooth},
           NULL);
}

void ui_place(Ui *ui, const char *name, Rect rect)
{
    record(ui, (DrawCommand){DRAW_PLACE, .rect = rect}, name);
}

void ui_note(Ui *ui, const char *kind, const char *text)
{
    if (!ui->recording)
        return;
    char *line = mem_printf("%s %s", kind, text);
    record(ui, (DrawCommand){DRAW_NOTE}, line);
    mem_free(line);
}

/* Text. */

/* `line` is clean. */
static void record_text(Ui *ui, FontSize size, const char *line, int x, int y,
                        Color color)
{
    if (!ui->recording || !*line)
        return;
    Rect rect = {x, y, text_line_width(&ui->measure, size, line),
                 text_line_height(&ui->measure, size)};
    record(ui, (DrawCommand){DRAW_TEXT, .rect = rect, .color = color, .size = size},
           line);
}

int ui_text_width(const Ui *ui, FontSize size, const char *text)
{
    return text_line_width(&ui->measure, size, text);
}

int ui_text(Ui *ui, FontSize size, const char *text, Rect rect, UiAlign align,
            Color color)
{
    char line[TEXT_LINE_BYTES];
    text_line_fit(&ui->measure, size, text, rect.w, line);
    int width = ui_text_width(ui, size, line);
    int x = rect.x + (rect.w - width) * (int)align / 2;
    int y = rect.y + (rect.h - text_line_height(&ui->measure, size)) / 2;
    record_text(ui, size, line, x, y, color);
    if (strcmp(line, text) != 0)
        ui_note(ui, "cut", text);
    return width;
}

void ui_text_from(Ui *ui, FontSize size, const char *text, int x, Rect rect,
                  Color color)
{
    char line[TEXT_LINE_BYTES];
    int y = rect.y + (rect.h - text_line_height(&ui->measure, size)) / 2;
    Rect before = ui_clip(ui, rect_common(ui->clip, rect));
    record_text(ui, size, text_line_clean(text, line), x, y, color);
    ui_clip(ui, before);
}

/* Line `n` of a paragraph, in `out`; false: there is none, or no room for it. */
static bool next_line(const Ui *ui, FontSize size, const char **text, Rect rect, int n,
                      char *out)
{
    int skip = text_line_height(&ui->measure, size) + ui_px(ui, PT_LEAD);
    int most = (rect.h + ui_px(ui, PT_LEAD)) / skip;
    return n < most &&
           text_line_wrap(&ui->measure, size, text, rect.w, n + 1 == most, out);
}

static int height_of_lines(const Ui *ui, FontSize size, int n)
{
    int lead = ui_px(ui, PT_LEAD);
    return n ? n * (text_line_height(&ui->measure, size) + lead) - lead : 0;
}

int ui_paragraph(Ui *ui, FontSize size, const char *text, Rect rect, Color color)
{
    char line[TEXT_LINE_BYTES];
    int n = 0, skip = text_line_height(&ui->measure, size) + ui_px(ui, PT_LEAD);
    for (; next_line(ui, size, &text, rect, n, line); n++)
        record_text(ui, size, line, rect.x, rect.y + n * skip, color);
    return height_of_lines(ui, size, n);
}

int ui_paragraph_height(const Ui *ui, FontSize size, const char *text, Rect rect)
{
    char line[TEXT_LINE_BYTES];
    int n = 0;
    while (next_line(ui, size, &text, rect, n, line))
        n++;
    return height_of_lines(ui, size, n);
}
