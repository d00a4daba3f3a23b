#include "viewer/overlay/overlay_card.h"

#include <math.h>
#include <stdio.h>

#include "base/mem.h"

/* Points. */
enum {
    PT_CARD = 280,
    PT_CARD_LEAST = 240, /* if the room allows */
    PT_CARD_NONE = 150,  /* in less there is no card */
    PT_INNER = PT_PAD,   /* a value of the histogram is a point wide */
    PT_GRAPH = 96,
    PT_GRAPH_LOW = 64, /* below the picture */
    PT_FACT_COLUMN = 190,
    PT_PLOT_LEAST = 60,
    PT_ENDS = 18,  /* a line of clipped shares */
    PT_LABEL = 84, /* the column of the facts' labels */
    PT_MARGIN = 4, /* around the curves of the plot */
};

static const char NEUTRAL_AXIS[] = "neutral axis"; /* of the plot: what grays become */

enum { MOST = 8 }; /* the part of the room that the card may cover is 1 of these */

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

/* Of the facts from `from` to before `end`. */
static int facts_height(const Overlay *overlay, const Ui *ui, Rect inside, int from,
                        int end)
{
    int height = 0;
    for (int i = from; i < end; i++)
        height += fact_height(ui, &overlay->facts.facts[i], inside);
    return rect_max(height - ui_px(ui, PT_GAP), 0);
}

/* The first of two columns of facts that share `inside`, as many in each; or all of it
 * where there is room for one. */
static Rect fact_column(const Ui *ui, Rect inside, bool beside)
{
    int gap = ui_px(ui, 2 * PT_INNER);
    if (beside && inside.w >= 2 * ui_px(ui, PT_FACT_COLUMN) + gap)
        inside.w = (inside.w - gap) / 2;
    return inside;
}

static int content_height(const Overlay *overlay, const Ui *ui, int width, int room)
{
    Rect inside = {0, 0, inner_width(ui, width), 0};
    if (overlay->card == CARD_FACTS)
        return facts_height(overlay, ui, inside, 0, overlay->facts.count);
    int side = overlay->card == CARD_TONES ? plot_side(ui, width, room) : 0;
    return histogram_height(ui) + (side ? side + ui_px(ui, PT_INNER) : 0);
}

static int width_of(const Ui *ui, Rect room)
{
    int least = rect_min(ui_px(ui, PT_CARD_LEAST), room.w - 2 * ui_px(ui, PT_PAD));
    return rect_clamp(room.w / 2, least, ui_px(ui, PT_CARD));
}

/* In the upper right corner; empty: it has no content, or no space. */
static Rect box_over(const Overlay *overlay, const Ui *ui, Rect room, bool low)
{
    int pad = ui_px(ui, PT_PAD), inner = ui_px(ui, PT_INNER);
    int top = pad + (low ? pad + ui_px(ui, PT_BUTTON) : 0);
    int width = width_of(ui, room);
    if (width < ui_px(ui, PT_CARD_NONE))
        return (Rect){0};
    int content = content_height(overlay, ui, width, room.h - top - pad);
    int height = content + 2 * inner;
    if (!content || height > room.h - top)
        return (Rect){0};
    return (Rect){room.x + room.w - width - pad, room.y + top, width, height};
}

/* All along the room's lower edge; empty: the picture would get less than half. */
static Rect box_below(const Overlay *overlay, const Ui *ui, Rect room)
{
    int inner = ui_px(ui, PT_INNER), count = overlay->facts.count;
    int high = ui_px(ui, PT_GRAPH_LOW) + ui_px(ui, PT_GAP) + 2 * ui_px(ui, PT_ENDS);
    if (overlay->card == CARD_FACTS) {
        Rect all = {0, 0, room.w - 2 * inner, 0}, column = fact_column(ui, all, true);
        int half = column.w < all.w ? (count + 1) / 2 : count;
        high = rect_max(facts_height(overlay, ui, column, 0, half),
                        facts_height(overlay, ui, column, half, count));
    }
    Rect box = {room.x, 0, room.w, high + 2 * inner};
    box.y = room.y + room.h - box.h;
    return high && 2 * box.h <= room.h ? box : (Rect){0};
}

/* All along the room's right edge, as wide as `over`; empty: as above. */
static Rect box_beside(Rect room, Rect over)
{
    Rect box = {room.x + room.w - over.w, room.y, over.w, room.h};
    return 2 * box.w <= room.w ? box : (Rect){0};
}

/* How large a picture is in the room. */
static double fitted(Rect room, int width, int height)
{
    return fmin((double)room.w / rect_max(width, 1),
                (double)room.h / rect_max(height, 1));
}

Rect overlay_card_place(Overlay *overlay, const Ui *ui, Rect room, int width,
                        int height)
{
    overlay->box = (Rect){0};
    overlay->place = CARD_OVER;
    if (overlay->card == CARD_NONE)
        return room;
    Rect over = box_over(overlay, ui, room, overlay->low);
    Rect below = box_below(overlay, ui, room),
         beside = box_beside(room, box_over(overlay, ui, room, false));
    Rect upper = {room.x, room.y, room.w, room.h - below.h},
         left = {room.x, room.y, room.w - beside.w, room.h};
    bool little = (double)over.w * over.h * MOST <= (double)room.w * room.h;
    bool none = rect_is_empty(below) && rect_is_empty(beside);
    if (none || (little && !rect_is_empty(over))) {
        overlay->box = over;
        return room;
    }
    bool at_side = rect_is_empty(below) ||
                   (!rect_is_empty(beside) &&
                    fitted(left, width, height) > fitted(upper, width, height));
    overlay->box = at_side ? beside : below;
    overlay->place = at_side ? CARD_BESIDE : CARD_BELOW;
    return at_side ? left : upper;
}

void overlay_card_dodge(Overlay *overlay, const Ui *ui, Rect seen)
{
    Rect *box = &overlay->box;
    int pad = ui_px(ui, PT_PAD), end = seen.x + seen.w;
    if (overlay->place == CARD_OVER && box->x + box->w > end &&
        box->w + 2 * pad <= seen.w)
        box->x = end - pad - box->w;
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

/* A caption that would lie over the plot's curves stands below the plot. Both end at
 * the right edge. Returns the caption's place; *at, the room for both, becomes the
 * plot's square. */
static Rect place_plot(const Overlay *overlay, const Ui *ui, Rect *at)
{
    int line = ui_px(ui, PT_LINE), margin = ui_px(ui, 2 * PT_MARGIN);
    int side = rect_min(at->w, at->h);
    bool below =
        overlay->tones.mixed && side < 2 * ui_text_width(ui, FONT_SMALL, NEUTRAL_AXIS);
    if (below)
        side = rect_min(side, at->h - line);
    Rect plot = {at->x + at->w - side, at->y, side, side};
    Rect caption = {plot.x + margin, plot.y + side - line - margin, side - 2 * margin,
                    line};
    if (below)
        caption = (Rect){at->x, plot.y + side, at->w, line};
    *at = plot;
    return caption;
}

static void draw_tones(Overlay *overlay, Ui *ui, Rect at)
{
    OverlayGraph *graph = &overlay->tones_graph;
    int margin = ui_px(ui, PT_MARGIN);
    Rect caption = place_plot(overlay, ui, &at);
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
    bool fits = ui_text_width(ui, FONT_SMALL, NEUTRAL_AXIS) <= caption.w;
    if (overlay->tones.mixed)
        ui_text(ui, FONT_SMALL, fits ? NEUTRAL_AXIS : "grays", caption, UI_END,
                THEME_DIM);
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

static int end_names_width(const Ui *ui)
{
    int width = 0;
    for (int i = 0; i < 2; i++)
        width = rect_max(width, ui_text_width(ui, FONT_SMALL, END_NAMES[i]));
    return width;
}

/* The least width of both lines. */
static int ends_width(const Ui *ui)
{
    int cell = ui_text_width(ui, FONT_SMALL, "100%") + ui_px(ui, PT_GAP);
    return end_names_width(ui) + 3 * cell;
}

/* A line: which end, and each channel's share in its colour. */
static void draw_ends(const Overlay *overlay, Ui *ui, Rect line, bool high)
{
    const Histogram *histogram = &overlay->histogram;
    const Color colors[] = {THEME_RED, THEME_GREEN, THEME_BLUE};
    char whole[64] = "", text[SHARE_TEXT];
    int each = (line.w - end_names_width(ui)) / 3, channels = histogram->gray ? 1 : 3;
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

static void draw_fact(Ui *ui, const PictureFact *fact, Rect inside)
{
    Rect label = {inside.x, inside.y, ui_px(ui, PT_LABEL - 8),
                  text_line_height(&ui->measure, FONT_SMALL)};
    ui_text(ui, FONT_SMALL, fact->label, label, UI_START, THEME_DIM);
    ui_paragraph(ui, FONT_SMALL, fact->text, value_column(ui, inside), THEME_TEXT);
    ui_note(ui, "fact", fact->label);
    ui_note(ui, "value", fact->text);
}

static void draw_facts(const Overlay *overlay, Ui *ui, Rect inside, bool below)
{
    int count = overlay->facts.count, half = (count + 1) / 2;
    Rect column = fact_column(ui, inside, below), at = column;
    for (int i = 0; i < count; i++) {
        if (i == half && column.w < inside.w) {
            at = column;
            at.x = inside.x + inside.w - column.w;
        }
        draw_fact(ui, &overlay->facts.facts[i], at);
        at.y += fact_height(ui, &overlay->facts.facts[i], at);
    }
}

/* The histogram with its numbers below it. */
static void draw_counts(Overlay *overlay, Ui *ui, Rect at)
{
    int ends = ui_px(ui, PT_ENDS);
    Rect graph = {at.x, at.y, at.w, at.h - ui_px(ui, PT_GAP) - 2 * ends};
    Rect line = {at.x, at.y + at.h - 2 * ends, rect_min(at.w, ui_px(ui, PT_CARD)),
                 ends};
    ui_place(ui, "histogram", graph);
    draw_histogram(overlay, ui, graph);
    draw_ends(overlay, ui, line, false);
    line.y += ends;
    draw_ends(overlay, ui, line, true);
}

/* Beside each other, below the picture. */
static void draw_graphs_flat(Overlay *overlay, Ui *ui, Rect inside)
{
    int gap = ui_px(ui, PT_INNER);
    int side = rect_min(inside.h, inside.w - ends_width(ui) - gap);
    Rect plot = {inside.x + inside.w - side, inside.y, side, inside.h};
    if (overlay->card == CARD_TONES && side >= ui_px(ui, PT_PLOT_LEAST)) {
        draw_tones(overlay, ui, plot);
        inside.w -= side + gap;
    }
    draw_counts(overlay, ui, inside);
}

static void draw_graphs(Overlay *overlay, Ui *ui, Rect inside)
{
    Rect counts = {inside.x, inside.y, inside.w, histogram_height(ui)};
    int below = counts.h + ui_px(ui, PT_INNER);
    int side = rect_min(inside.w, inside.h - below);
    draw_counts(overlay, ui, counts);
    if (overlay->card == CARD_TONES && side >= ui_px(ui, PT_PLOT_LEAST))
        draw_tones(
            overlay, ui,
            (Rect){inside.x + (inside.w - side) / 2, inside.y + below, side, side});
}

/* Its ground, and a line towards the picture. */
static void draw_ground(const Overlay *overlay, Ui *ui)
{
    Rect box = overlay->box;
    int line = ui_px(ui, 1);
    bool below = overlay->place == CARD_BELOW;
    if (overlay->place == CARD_OVER) {
        ui_box(ui, box, THEME_CARD);
        rects_add(&ui->told, box);
        return;
    }
    ui_rect(ui, box, THEME_PANEL);
    ui_rect(ui, (Rect){box.x, box.y, below ? box.w : line, below ? line : box.h},
            THEME_EDGE);
}

void overlay_card_draw(Overlay *overlay, Ui *ui)
{
    Rect box = overlay->box, inside = rect_inset(box, ui_px(ui, PT_INNER));
    bool below = overlay->place == CARD_BELOW;
    if (rect_is_empty(box) || (overlay->blank && overlay->place == CARD_OVER))
        return;
    draw_ground(overlay, ui);
    if (overlay->blank)
        return;
    ui_place(ui, "card", box);
    if (overlay->card == CARD_FACTS)
        draw_facts(overlay, ui, inside, below);
    else if (below)
        draw_graphs_flat(overlay, ui, inside);
    else
        draw_graphs(overlay, ui, inside);
}
