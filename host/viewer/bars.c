#include "viewer/bars.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "viewer/keys.h"
#include "viewer/widget.h"

/* The status bar. */

static void write_ms(double ms, char *text, size_t size)
{
    snprintf(text, size, "%.*f", ms < 9.95 ? 1 : 0, ms);
}

char *bars_times(double processed_ms, double rendered_ms, char *text, size_t size)
{
    char processed[32], rendered[32];
    write_ms(processed_ms, processed, sizeof processed);
    write_ms(rendered_ms, rendered, sizeof rendered);
    snprintf(text, size, "Processed in %s ms (Rendered in %s ms)", processed, rendered);
    return text;
}

/* A field at the left of *rest, which shrinks by it; nothing if it does not fit. */
static void field(Ui *ui, SDL_Rect *rest, const char *text, SDL_Color color)
{
    int width = font_width(ui->font, FONT_SMALL, text), gap = ui_px(ui, 20);
    if (width > rest->w)
        return;
    ui_text(ui, FONT_SMALL, text, *rest, UI_START, color);
    rest->x += width + gap;
    rest->w -= width + gap;
}

static void draw_facts(Ui *ui, SDL_Rect rest, const BarsStatus *status)
{
    char facts[160] = "", name[FONT_TEXT], place[48] = "";
    if (status->width)
        snprintf(facts, sizeof facts, "%d × %d%s      %.*f %%", status->width,
                 status->height, status->depth == 16 ? ", 16 bits" : "",
                 status->zoom < 0.0995 ? 1 : 0, status->zoom * 100);
    if (status->count > 1)
        snprintf(place, sizeof place, "%d / %d", status->index + 1, status->count);
    int gap = ui_px(ui, 20);
    int needed = font_width(ui->font, FONT_SMALL, facts) + gap +
                 (place[0] ? font_width(ui->font, FONT_SMALL, place) + gap : 0);
    int room = SDL_max(rest.w - needed, ui_px(ui, 60));
    field(ui, &rest, font_fit(ui->font, FONT_SMALL, status->file, room, name),
          THEME_TEXT);
    if (place[0])
        field(ui, &rest, place, THEME_DIM);
    field(ui, &rest, facts, THEME_DIM);
}

void bars_status(Ui *ui, SDL_Rect rect, const BarsStatus *status)
{
    int pad = ui_px(ui, PT_PAD), line = ui_px(ui, 1);
    ui_rect(ui, rect, THEME_PANEL);
    ui_rect(ui, (SDL_Rect){rect.x, rect.y, rect.w, line}, THEME_EDGE);
    SDL_Rect rest = {rect.x + pad, rect.y, rect.w - 2 * pad, rect.h};
    if (status->timed) {
        char times[112];
        bars_times(status->processed_ms, status->rendered_ms, times, sizeof times);
        rest.w -= ui_text(ui, FONT_SMALL, times, rest, UI_END, THEME_DIM) + 2 * pad;
    }
    if (status->notice)
        ui_text(ui, FONT_SMALL, status->notice, rest, UI_START, THEME_ACCENT);
    else
        draw_facts(ui, rest, status);
}

/* The buttons. */

enum { TOOLS_DOWN = 2, TOOLS_ACROSS = 4 };

int bars_tools_height(const Ui *ui)
{
    return TOOLS_DOWN * ui_px(ui, PT_BUTTON) + ui_px(ui, PT_GAP) +
           2 * ui_px(ui, PT_PAD);
}

/* Button `column` of `across` in a row. */
static SDL_Rect cell(const Ui *ui, SDL_Rect line, int column, int across)
{
    int gap = ui_px(ui, PT_GAP), width = line.w + gap;
    int from = column * width / across, to = (column + 1) * width / across;
    return (SDL_Rect){line.x + from, line.y, to - from - gap, line.h};
}

static Action tool(Ui *ui, SDL_Rect rect, Action action, const char *text,
                   WidgetLook look, Trace *trace)
{
    UiId id = UI_ID(WIDGET_BUTTON, action);
    char name[64];
    snprintf(name, sizeof name, "button:%s", text);
    trace_place(trace, name, rect.x, rect.y, rect.w, rect.h);
    bool clicked;
    if (action == ACTION_PREVIOUS || action == ACTION_NEXT)
        clicked = widget_figure(ui, id, rect,
                                action == ACTION_NEXT ? SHAPE_RIGHT : SHAPE_LEFT, look);
    else
        clicked = widget_button(ui, id, rect, text, look);
    return clicked ? action : ACTION_NONE;
}

Action bars_tools(Ui *ui, SDL_Rect rect, const BarsTools *tools, Trace *trace)
{
    const struct {
        Action action;
        const char *text;
        WidgetLook look;
        int row, column, across;
    } buttons[] = {
        {ACTION_PREVIOUS, "Previous", tools->previous ? WIDGET_PLAIN : WIDGET_OFF, 0, 0,
         TOOLS_ACROSS},
        {ACTION_NEXT, "Next", tools->next ? WIDGET_PLAIN : WIDGET_OFF, 0, 1,
         TOOLS_ACROSS},
        {ACTION_FIT, "Fit", tools->fit ? WIDGET_LIT : WIDGET_PLAIN, 0, 2, TOOLS_ACROSS},
        {ACTION_ACTUAL, "100 %", tools->actual ? WIDGET_LIT : WIDGET_PLAIN, 0, 3,
         TOOLS_ACROSS},
        {ACTION_BEFORE, "Before", tools->before ? WIDGET_LIT : WIDGET_PLAIN, 1, 0, 3},
        {ACTION_COPY, "Copy", WIDGET_PLAIN, 1, 1, 3},
        {ACTION_HELP, "Help", WIDGET_PLAIN, 1, 2, 3},
    };
    int pad = ui_px(ui, PT_PAD), high = ui_px(ui, PT_BUTTON);
    Action clicked = ACTION_NONE;
    ui_rect(ui, (SDL_Rect){rect.x, rect.y, rect.w, ui_px(ui, 1)}, THEME_EDGE);
    for (size_t i = 0; i < sizeof buttons / sizeof *buttons; i++) {
        int y = rect.y + pad + buttons[i].row * (high + ui_px(ui, PT_GAP));
        SDL_Rect line = {rect.x + pad, y, rect.w - 2 * pad, high};
        Action action =
            tool(ui, cell(ui, line, buttons[i].column, buttons[i].across),
                 buttons[i].action, buttons[i].text, buttons[i].look, trace);
        clicked = action ? action : clicked;
    }
    return clicked;
}

/* The error box. */

SDL_Rect bars_error(Ui *ui, SDL_Rect area, const char *text, Trace *trace)
{
    int pad = ui_px(ui, PT_PAD), inner = ui_px(ui, 8), head = ui_px(ui, PT_LINE);
    SDL_Rect lines = {area.x + pad + inner, 0, area.w - 2 * (pad + inner),
                      SDL_max(area.h / 2 - head - 2 * inner, 1)};
    bool drawing = ui->drawing;
    ui->drawing = false;
    lines.h = ui_paragraph(ui, FONT_SMALL, text, lines, THEME_TEXT);
    ui->drawing = drawing;
    int height = lines.h + head + 2 * inner;
    SDL_Rect box = {area.x + pad, area.y + area.h - height - pad, area.w - 2 * pad,
                    height};
    SDL_Rect title = {lines.x, box.y + ui_px(ui, 6), lines.w, head};
    lines.y = box.y + inner + head;
    ui_frame(ui, box, THEME_ALARM, THEME_ALARM_GROUND);
    ui_text(ui, FONT_BODY, "Script error", title, UI_START, THEME_ALARM);
    ui_paragraph(ui, FONT_SMALL, text, lines, THEME_TEXT);
    trace_place(trace, "error", box.x, box.y, box.w, box.h);
    area.h -= height + 2 * pad;
    return area;
}

/* The help. */

static int help_lines(void)
{
    int n = 0;
    while (keys_help[n].text)
        n++;
    REQUIRE(n > 0);
    return n;
}

static void help_line(Ui *ui, SDL_Rect line, const KeysLine *what)
{
    int column = ui_px(ui, 120);
    SDL_Rect rest = {line.x + column, line.y, line.w - column, line.h};
    if (what->key) {
        line.w = column - ui_px(ui, 8);
        ui_text(ui, FONT_SMALL, what->key, line, UI_START, THEME_TEXT);
        ui_text(ui, FONT_SMALL, what->text, rest, UI_START, THEME_DIM);
    } else {
        line.y += line.h / 8;
        ui_text(ui, FONT_BODY, what->text, line, UI_START, THEME_ACCENT);
    }
}

bool bars_help(Ui *ui, SDL_Rect window, Trace *trace)
{
    int pad = ui_px(ui, 20), n = help_lines(), margin = ui_px(ui, PT_PAD);
    int line = SDL_min(ui_px(ui, 23), (window.h - 2 * pad - 2 * margin) / n);
    int width = SDL_min(ui_px(ui, 500), window.w - 2 * margin);
    SDL_Rect card = {window.x + (window.w - width) / 2, 0, width, n * line + 2 * pad};
    card.y = window.y + (window.h - card.h) / 2;
    ui_rect(ui, window, THEME_SHADE);
    ui_frame(ui, card, THEME_OFF, THEME_PANEL);
    for (int i = 0; i < n; i++) {
        SDL_Rect at = {card.x + pad, card.y + pad + i * line, card.w - 2 * pad, line};
        help_line(ui, at, &keys_help[i]);
    }
    trace_place(trace, "help", card.x, card.y, card.w, card.h);
    return ui_click(ui, UI_ID(WIDGET_BUTTON, 101), window);
}
