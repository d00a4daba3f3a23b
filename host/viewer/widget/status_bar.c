#include "viewer/widget/status_bar.h"

#include <stdio.h>

enum { PT_BETWEEN = 20, PT_NAME = 160 };

/* The image's data as text; "" is left out. */
typedef struct Facts {
    char place[48], size[64], zoom[32];
} Facts;

static Facts facts_of(const Status *status)
{
    Facts facts = {0};
    if (status->count > 1)
        snprintf(facts.place, sizeof facts.place, "%d / %d", status->index + 1,
                 status->count);
    if (status->width) {
        snprintf(facts.size, sizeof facts.size, "%d × %d%s", status->width,
                 status->height, status->depth == 16 ? ", 16 bits" : "");
        snprintf(facts.zoom, sizeof facts.zoom, "%.*f%%", status->zoom < 0.0995 ? 1 : 0,
                 status->zoom * 100);
    }
    return facts;
}

/* The width of a field with the gap after it; 0 for "". */
static int field_width(const Ui *ui, const char *text)
{
    return *text ? ui_text_width(ui, FONT_SMALL, text) + ui_px(ui, PT_BETWEEN) : 0;
}

static int facts_width(const Ui *ui, const Facts *facts)
{
    return field_width(ui, facts->place) + field_width(ui, facts->size) +
           field_width(ui, facts->zoom);
}

/* Draw a field at the left of *rest and shrink that; do nothing if it does not fit. */
static void field(Ui *ui, Rect *rest, const char *text, Color color)
{
    int width = field_width(ui, text);
    if (!width || width - ui_px(ui, PT_BETWEEN) > rest->w)
        return;
    ui_text(ui, FONT_SMALL, text, *rest, UI_START, color);
    ui_note(ui, "status", text);
    rest->x += width;
    rest->w -= width;
}

static void draw_facts(Ui *ui, Rect rest, const Status *status, const Facts *facts)
{
    char name[TEXT_LINE_BYTES];
    int room = rest.w - facts_width(ui, facts);
    room = rect_max(room, ui_px(ui, 60));
    field(ui, &rest, text_line_fit(&ui->measure, FONT_SMALL, status->file, room, name),
          THEME_TEXT);
    field(ui, &rest, facts->place, THEME_DIM);
    field(ui, &rest, facts->size, THEME_DIM);
    field(ui, &rest, facts->zoom, THEME_DIM);
}

static void draw_time(Ui *ui, Rect *rest, const char *text, Color color)
{
    if (!*text)
        return;
    ui_text(ui, FONT_SMALL, text, *rest, UI_END, color);
    ui_note(ui, "status", text);
    rest->w -= field_width(ui, text);
}

/* Draw the times at the right of *rest, in the longest form that leaves `needed`
 * pixels, and shrink *rest. False: no form fits. */
static bool draw_times(Ui *ui, Rect *rest, int needed, const Status *status)
{
    char now[TIMING_TEXT], before[TIMING_TEXT];
    for (int form = 0; form < TIMING_FORMS && status->timed; form++) {
        timing_text_now(&status->now, form, now);
        timing_text_before(&status->now, &status->earlier, form, before);
        if (field_width(ui, now) + field_width(ui, before) + needed > rest->w)
            continue;
        draw_time(ui, rest, before, THEME_OFF);
        draw_time(ui, rest, now, THEME_DIM);
        return true;
    }
    return false;
}

void status_bar_pass(Ui *ui, Rect rect, const Status *status)
{
    int pad = ui_px(ui, PT_PAD);
    ui_rect(ui, rect, THEME_PANEL);
    ui_rect(ui, (Rect){rect.x, rect.y, rect.w, ui_px(ui, 1)}, THEME_EDGE);
    Rect rest = {rect.x + pad, rect.y, rect.w - 2 * pad, rect.h};
    Facts facts = facts_of(status);
    const char *start = status->notice ? status->notice : status->file;
    int needed = ui_text_width(ui, FONT_SMALL, start);
    int others = status->notice ? 0 : facts_width(ui, &facts);
    if (!draw_times(ui, &rest, needed + others, status) && !status->notice)
        draw_times(ui, &rest, rect_min(needed, ui_px(ui, PT_NAME)) + others, status);
    if (!status->notice) {
        draw_facts(ui, rest, status, &facts);
        return;
    }
    ui_text(ui, FONT_SMALL, status->notice, rest, UI_START, THEME_ACCENT);
    ui_note(ui, "message", status->notice);
}
