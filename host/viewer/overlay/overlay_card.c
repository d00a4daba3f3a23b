#include "viewer/overlay/overlay_card.h"

#include <stdio.h>

#include "base/mem.h"

/* Points. */
enum {
    PT_CARD = 280,
    PT_CARD_LEAST = 240, /* if the room allows */
    PT_CARD_NONE = 150,  /* in less there is no card */
    PT_INNER = 10,
    PT_GRAPH = 96,
    PT_PLOT_LEAST = 60,
    PT_ENDS = 18,  /* a line of clipped shares */
    PT_LABEL = 84, /* the column of the facts' labels */
    PT_MARGIN = 4, /* around the curves of the plot */
};

static int inner_width(const Ui *ui, int width)
{
    return width - 2 * ui_px(ui, PT_INNER);
}

/* The histogram with its two lines of numbers. */
static int histogram_height(const Ui *ui)
{
    return ui_px(ui, PT_GRAPH) + ui_px(ui, PT_GAP) + 2 * ui_px(ui, PT_ENDS);
}

/* A square of the plot in what is left; 0: too little is. */
static int plot_side(const Ui *ui, int width, int room)
{
    int side = rect_min(inner_width(ui, width),
                        room - histogram_height(ui) - ui_px(ui, 3 * PT_INNER));
    return side < ui_px(ui, PT_PLOT_LEAST) ? 0 : side;
}

static Rect value_column(const Ui *ui, Rect inside)
{
    int label = ui_px(ui, PT_LABEL);
    return (Rect){inside.x + label, inside.y, inside.w - label, ui_px(ui, 100)};
}

static int fact_height(const Ui *ui, const PictureFact *fact, Rect inside)
{
    int high =
        ui_paragraph_height(ui, FONT_SMALL, fact->text, value_column(ui, inside));
    return high + ui_px(ui, PT_GAP);
}

static int facts_height(const Overlay *overlay, const Ui *ui, Rect inside)
{
    int height = 0;
    for (int i = 0; i < overlay->facts.count; i++)
        height += fact_height(ui, &overlay->facts.facts[i], inside);
    return height - ui_px(ui, PT_GAP);
}

static int content_height(const Overlay *overlay, const Ui *ui, int width, int room)
{
    Rect inside = {0, 0, inner_width(ui, width), 0};
    if (overlay->card == CARD_FACTS)
        return overlay->facts.count ? facts_height(overlay, ui, inside) : 0;
    int side = overlay->card == CARD_TONES ? plot_side(ui, width, room) : 0;
    return histogram_height(ui) + (side ? side + ui_px(ui, PT_INNER) : 0);
}

Rect overlay_card_box(const Overlay *overlay, const Ui *ui, Rect room)
{
    int pad = ui_px(ui, PT_PAD), inner = ui_px(ui, PT_INNER);
    int top = pad + (overlay->low ? pad + ui_px(ui, PT_BUTTON) : 0);
    int least = rect_min(ui_px(ui, PT_CARD_LEAST), room.w - 2 * pad);
    int width = rect_clamp(room.w / 2, least, ui_px(ui, PT_CARD));
    if (overlay->card == CARD_NONE || width < ui_px(ui, PT_CARD_NONE))
        return (Rect){0};
    int content = content_height(overlay, ui, width, room.h - top - pad);
    int height = content + 2 * inner;
    if (!content || height > room.h - top)
        return (Rect){0};
    return (Rect){room.x + room.w - width - pad, room.y + top, width, height};
}

/* Graphs. */

static bool is_drawn(const OverlayGraph *graph, int width, int height, bool log)
{
    return graph->pixels && !graph->old && graph->width == width &&
           graph->height == height && graph->log == log;
}

static void begin_graph(OverlayGraph *graph, int width, int height, bool log)
{
    mem_free(graph->pixels);
    *graph = (OverlayGraph){
        .pixels = mem_new((size_t)width * (size_t)height, sizeof *graph->pixels),
        .width = width,
        .height = height,
        .log = log,
        .fresh = true};
}

static void draw_graph(Ui *ui, DrawPicture picture, Rect at)
{
    ui_picture(ui, picture,
               (DrawPlace){(float)at.x, (float)at.y, (float)at.w, (float)at.h}, false,
               255);
}

/* Lines at quarters. */
static void draw_quarters(Ui *ui, Rect at, bool across)
{
    int line = ui_px(ui, 1);
    for (int i = 1; i < 4; i++) {
        ui_rect(ui, (Rect){at.x + (at.w - line) * i / 4, at.y, line, at.h}, THEME_ROW);
        if (across)
            ui_rect(ui, (Rect){at.x, at.y + (at.h - line) * i / 4, at.w, line},
                    THEME_ROW);
    }
}

static void draw_histogram(Overlay *overlay, Ui *ui, Rect at)
{
    OverlayGraph *graph = &overlay->histogram_graph;
    ui_rect(ui, at, THEME_SUNKEN);
    draw_quarters(ui, at, false);
    if (!overlay->counted)
        return;
    if (ui->recording && !is_drawn(graph, at.w, at.h, overlay->log)) {
        begin_graph(graph, at.w, at.h, overlay->log);
        graph_histogram(&overlay->histogram, overlay->log, at.w, at.h, graph->pixels);
    }
    draw_graph(ui, PICTURE_HISTOGRAM, at);
    ui_note(ui, "histogram", overlay->log ? "log" : "square root");
}

static void draw_tones(Overlay *overlay, Ui *ui, Rect at)
{
    OverlayGraph *graph = &overlay->tones_graph;
    int margin = ui_px(ui, PT_MARGIN);
    ui_rect(ui, at, THEME_SUNKEN);
    draw_quarters(ui, rect_inset(at, margin), true);
    ui_curve(ui, rect_inset(at, margin), "0,0 1,1", THEME_TRACK);
    ui_place(ui, "plot", at);
    if (!overlay->plotted)
        return;
    if (ui->recording && !is_drawn(graph, at.w, at.h, false)) {
        begin_graph(graph, at.w, at.h, false);
        graph_tones(&overlay->tones, at.w, margin, ui_px(ui, 2), graph->pixels);
    }
    draw_graph(ui, PICTURE_TONES, at);
    Rect caption = rect_inset(at, 2 * margin);
    caption.y += caption.h - ui_px(ui, PT_LINE);
    caption.h = ui_px(ui, PT_LINE);
    if (overlay->tones.mixed)
        ui_text(ui, FONT_SMALL, "neutral axis", caption, UI_END, THEME_DIM);
}

/* Numbers. */

enum { SHARE_TEXT = 16 };

/* `brief`: without decimals. */
static void share_text(double share, bool brief, char text[SHARE_TEXT])
{
    double percent = 100 * share, least = brief ? 0.5 : 0.005;
    int decimals = brief ? 0 : percent < 9.995 ? 2 : 1;
    if (share <= 0)
        snprintf(text, SHARE_TEXT, "0%%");
    else if (percent < least)
        snprintf(text, SHARE_TEXT, "<%s%%", brief ? "1" : "0.01");
    else
        snprintf(text, SHARE_TEXT, "%.*f%%", decimals, percent);
}

static const char *const END_NAMES[] = {"Shadows", "Highlights"};

/* The columns of both lines, at the right of their names. */
static Rect shares_of(const Ui *ui, Rect line)
{
    int label = 0;
    for (int i = 0; i < 2; i++)
        label = rect_max(label, ui_text_width(ui, FONT_SMALL, END_NAMES[i]));
    line.x += label;
    line.w -= label;
    return line;
}

/* A line: which end, and each channel's share in its colour. */
static void draw_ends(const Overlay *overlay, Ui *ui, Rect line, bool high)
{
    const Histogram *histogram = &overlay->histogram;
    const Color colors[] = {THEME_RED, THEME_GREEN, THEME_BLUE};
    char whole[64] = "", text[SHARE_TEXT];
    Rect shares = shares_of(ui, line);
    int each = shares.w / 3, channels = histogram->gray ? 1 : 3;
    bool brief = ui_text_width(ui, FONT_SMALL, "<0.01%") + ui_px(ui, 8) > each;
    size_t used = 0;
    ui_text(ui, FONT_SMALL, END_NAMES[high], line, UI_START, THEME_DIM);
    for (int c = 0; c < channels && overlay->counted; c++) {
        share_text((high ? histogram_high : histogram_low)(histogram, c), brief, text);
        Rect cell = {line.x + line.w - (channels - c) * each, line.y, each, line.h};
        ui_text(ui, FONT_SMALL, text, cell, UI_END,
                histogram->gray ? THEME_TEXT : colors[c]);
        used += (size_t)snprintf(whole + used, sizeof whole - used, " %s", text);
    }
    if (overlay->counted)
        ui_note(ui, high ? "highlights" : "shadows", whole + 1);
}

static void draw_facts(const Overlay *overlay, Ui *ui, Rect inside)
{
    for (int i = 0; i < overlay->facts.count; i++) {
        const PictureFact *fact = &overlay->facts.facts[i];
        Rect label = {inside.x, inside.y, ui_px(ui, PT_LABEL - 8),
                      text_line_height(&ui->measure, FONT_SMALL)};
        ui_text(ui, FONT_SMALL, fact->label, label, UI_START, THEME_DIM);
        ui_paragraph(ui, FONT_SMALL, fact->text, value_column(ui, inside), THEME_TEXT);
        inside.y += fact_height(ui, fact, inside);
        ui_note(ui, "fact", fact->label);
        ui_note(ui, "value", fact->text);
    }
}

void overlay_card_draw(Overlay *overlay, Ui *ui, Rect box)
{
    Rect inside = rect_inset(box, ui_px(ui, PT_INNER));
    ui_box(ui, box, THEME_CARD);
    ui_place(ui, "card", box);
    if (overlay->card == CARD_FACTS) {
        draw_facts(overlay, ui, inside);
        return;
    }
    Rect graph = {inside.x, inside.y, inside.w, ui_px(ui, PT_GRAPH)};
    Rect line = {inside.x, graph.y + graph.h + ui_px(ui, PT_GAP), inside.w,
                 ui_px(ui, PT_ENDS)};
    ui_place(ui, "histogram", graph);
    draw_histogram(overlay, ui, graph);
    draw_ends(overlay, ui, line, false);
    line.y += line.h;
    draw_ends(overlay, ui, line, true);
    int top = line.y + line.h + ui_px(ui, PT_INNER), side = inside.y + inside.h - top;
    if (overlay->card == CARD_TONES && side >= ui_px(ui, PT_PLOT_LEAST))
        draw_tones(overlay, ui,
                   (Rect){inside.x + (inside.w - side) / 2, top, side, side});
}
