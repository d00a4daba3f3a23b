#include "viewer/widget/status_bar.h"

#include <stdio.h>
#include <string.h>

enum { PT_BETWEEN = 14, PT_NAME = 120 };

/* The bar's order from the left. */
typedef enum FieldName {
    FIELD_PLACE,
    FIELD_SIZE,
    FIELD_ZOOM,
    FIELD_PROFILE,
    FIELD_PIXEL,
    FIELDS
} FieldName;

typedef struct Field {
    char text[128]; /* "": it is left out */
    Color color;
} Field;

/* The fields in the order in which a narrow bar loses them. */
static const FieldName LESS_NEEDED[] = {FIELD_PROFILE, FIELD_SIZE, FIELD_PLACE,
                                        FIELD_PIXEL, FIELD_ZOOM};

static void put_facts(const Status *status, Field fields[FIELDS])
{
    if (status->count > 1)
        snprintf(fields[FIELD_PLACE].text, sizeof fields->text, "%d / %d",
                 status->index + 1, status->count);
    if (status->width) {
        snprintf(fields[FIELD_SIZE].text, sizeof fields->text, "%d × %d%s",
                 status->width, status->height, status->depth == 16 ? ", 16 bits" : "");
        snprintf(fields[FIELD_ZOOM].text, sizeof fields->text, "%.*f%%",
                 status->zoom < 0.0995 ? 1 : 0, status->zoom * 100);
    }
    if (status->profile[0])
        snprintf(fields[FIELD_PROFILE].text, sizeof fields->text, "%s%s",
                 status->profile, status->bare ? ", not converted" : "");
    if (status->pixel)
        snprintf(fields[FIELD_PIXEL].text, sizeof fields->text, "%s", status->pixel);
}

static void fill_fields(const Status *status, Field fields[FIELDS])
{
    for (int i = 0; i < FIELDS; i++)
        fields[i] = (Field){.color = THEME_DIM};
    put_facts(status, fields);
    fields[FIELD_PIXEL].color = THEME_TEXT;
    if (status->bare)
        fields[FIELD_PROFILE].color = THEME_ACCENT;
}

/* The width of a field with the gap before it; 0 for "". */
static int field_width(const Ui *ui, const char *text)
{
    return *text ? ui_text_width(ui, FONT_SMALL, text) + ui_px(ui, PT_BETWEEN) : 0;
}

static int fields_width(const Ui *ui, const Field fields[FIELDS])
{
    int width = 0;
    for (int i = 0; i < FIELDS; i++)
        width += field_width(ui, fields[i].text);
    return width;
}

/* A pixel without its place, "10 20 30 → 12 24 36". */
static void shorten_pixel(Field *pixel)
{
    char *from = strstr(pixel->text, ": ");
    if (from)
        memmove(pixel->text, from + 2, strlen(from + 2) + 1);
}

/* Drop fields until all fit beside a name of `name` pixels. The pixel loses its place
 * before it goes. */
static void make_room(const Ui *ui, Field fields[FIELDS], int name, int room)
{
    for (size_t i = 0; i < FIELDS && name + fields_width(ui, fields) > room; i++) {
        if (i == 1)
            shorten_pixel(&fields[FIELD_PIXEL]);
        if (name + fields_width(ui, fields) > room)
            fields[LESS_NEEDED[i]].text[0] = '\0';
    }
}

/* Draw a field at the left of *rest and shrink that. */
static void field_pass(Ui *ui, Rect *rest, const char *name, const char *text,
                       Color color)
{
    char place[32];
    int width = ui_text_width(ui, FONT_SMALL, text), gap = ui_px(ui, PT_BETWEEN);
    if (!*text)
        return;
    snprintf(place, sizeof place, "bar:%s", name);
    ui_text(ui, FONT_SMALL, text, *rest, UI_START, color);
    ui_note(ui, "status", text);
    ui_place(ui, place, (Rect){rest->x, rest->y, width, rest->h});
    rest->x += width + gap;
    rest->w -= width + gap;
}

/* The name with what must stay beside it. */
static void name_pass(Ui *ui, Rect *rest, const Status *status, int room)
{
    static const char gone[] = " (deleted)";
    char name[TEXT_LINE_BYTES], text[TEXT_LINE_BYTES + sizeof gone];
    if (status->gone)
        room -= ui_text_width(ui, FONT_SMALL, gone);
    text_line_fit_middle(&ui->measure, FONT_SMALL, status->file, room, name);
    snprintf(text, sizeof text, "%s%s", name, status->gone ? gone : "");
    field_pass(ui, rest, "file", text, THEME_TEXT);
}

static int name_width(const Ui *ui, const Status *status)
{
    return ui_text_width(ui, FONT_SMALL, status->file) +
           (status->gone ? ui_text_width(ui, FONT_SMALL, " (deleted)") : 0);
}

static void draw_time(Ui *ui, Rect *rest, const char *name, const char *text)
{
    int width = ui_text_width(ui, FONT_SMALL, text);
    if (!*text)
        return;
    Rect place = {rest->x + rest->w - width, rest->y, width, rest->h};
    field_pass(ui, &place, name, text, THEME_DIM);
    rest->w -= field_width(ui, text);
}

/* Draw the times at the right of *rest, in the longest form that leaves `needed`
 * pixels, and shrink *rest. */
static void draw_times(Ui *ui, Rect *rest, int needed, const Status *status)
{
    char now[TIMING_TEXT], before[TIMING_TEXT];
    for (int form = 0; form < TIMING_FORMS && status->timed; form++) {
        timing_text_now(&status->now, form, now);
        timing_text_before(&status->now, &status->earlier, form, before);
        if (field_width(ui, now) + field_width(ui, before) + needed > rest->w)
            continue;
        draw_time(ui, rest, "before", before);
        draw_time(ui, rest, "times", now);
        return;
    }
}

void status_bar_pass(Ui *ui, Rect rect, const Status *status)
{
    static const char *const names[FIELDS] = {"place", "size", "zoom", "profile",
                                              "pixel"};
    Field fields[FIELDS];
    int pad = ui_px(ui, PT_PAD), whole = name_width(ui, status);
    int least = rect_min(whole, ui_px(ui, PT_NAME));
    ui_rect(ui, rect, THEME_PANEL);
    ui_rect(ui, (Rect){rect.x, rect.y, rect.w, ui_px(ui, 1)}, THEME_EDGE);
    Rect rest = {rect.x + pad, rect.y, rect.w - 2 * pad, rect.h};
    fill_fields(status, fields);
    draw_times(ui, &rest, rect_min(whole, rest.w / 2) + fields_width(ui, fields),
               status);
    make_room(ui, fields, least, rest.w);
    name_pass(ui, &rest, status, rect_min(whole, rest.w - fields_width(ui, fields)));
    for (int i = 0; i < FIELDS; i++)
        field_pass(ui, &rest, names[i], fields[i].text, fields[i].color);
}
