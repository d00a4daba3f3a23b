#include "viewer/widget/help_card.h"

#include <math.h>

#include "viewer/widget/widget.h"

enum {
    PT_CARD = 488,   /* the width of one column, if the window allows */
    PT_COLUMN = 340, /* the least width of one of several */
    PT_COLUMNS = 28, /* between them */
    PT_MOST = 200,   /* the most height of a line */
    MOST_COLUMNS = 4,
    PT_KEYS = 120,  /* the column of the keys, if the card does */
    PT_ABOVE = 6,   /* over a heading, more than over a line */
    PT_BETWEEN = 6, /* from line to line */
    PT_STEP = 48,   /* a wheel step, an arrow key */
};

void help_card_toggle(HelpCard *card)
{
    card->open = !card->open;
    card->scroll = 0;
}

/* One entry with its upper left at (x, y); returns its height. */
static int entry(Ui *ui, const KeyLine *line, Rect at)
{
    int between = ui_px(ui, PT_BETWEEN);
    if (!line->key) {
        at.y += ui_px(ui, PT_ABOVE);
        at.h = text_line_height(&ui->measure, FONT_BODY);
        ui_text(ui, FONT_BODY, line->text, at, UI_START, THEME_ACCENT);
        return ui_px(ui, PT_ABOVE) + at.h + between;
    }
    int column = rect_min(ui_px(ui, PT_KEYS), at.w * 2 / 5);
    Rect keys = {at.x, at.y, column - ui_px(ui, 8), at.h};
    Rect text = {at.x + column, at.y, at.w - column, at.h};
    int left = ui_paragraph(ui, FONT_SMALL, line->key, keys, THEME_TEXT);
    int right = ui_paragraph(ui, FONT_SMALL, line->text, text, THEME_DIM);
    return rect_max(left, right) + between;
}

/* The lines, laid out in columns. */
typedef struct Flow {
    int columns, width; /* of a column, in pixels */
    int limit;          /* the most height of a column, with the air below it */
    bool whole;         /* no section is divided */
} Flow;

enum { MOST_LINES = 512 };

/* The heights of the lines in a column of that width; returns how many there are. */
static int measure(Ui *ui, const KeyLine *lines, int width, int heights[MOST_LINES])
{
    bool recording = ui->recording;
    ui->recording = false;
    int count = 0;
    for (; count < MOST_LINES && lines[count].text; count++)
        heights[count] =
            entry(ui, &lines[count], (Rect){0, 0, width, ui_px(ui, PT_MOST)});
    ui->recording = recording;
    return count;
}

/* The height of a heading with the two lines below it, or with its whole section. */
static int heading_height(const KeyLine *lines, const int *heights, int at, bool whole)
{
    int height = heights[at];
    for (int i = at + 1; lines[i].text && lines[i].key && (whole || i <= at + 2); i++)
        height += heights[i];
    return height;
}

/* Does line `at` begin a new column, when the one in work is `used` high? */
static bool breaks(const KeyLine *lines, const int *heights, int at, int used,
                   const Flow *flow)
{
    int needed = heights[at];
    if (!lines[at].key)
        needed = heading_height(lines, heights, at, flow->whole);
    else if (flow->whole)
        return false;
    return used && used + needed > flow->limit;
}

/* How many columns the lines take, and how high the longest one is. */
static int columns_of(const KeyLine *lines, const int *heights, int count,
                      const Flow *flow, int *longest)
{
    int columns = 1, used = 0;
    *longest = 0;
    for (int i = 0; i < count; i++) {
        if (breaks(lines, heights, i, used, flow)) {
            columns++;
            used = 0;
        }
        used += heights[i];
        *longest = rect_max(*longest, used);
    }
    return columns;
}

/* The lowest columns that hold all lines. */
static Flow lowest(const KeyLine *lines, const int *heights, int count, Flow flow,
                   int step)
{
    int longest;
    while (columns_of(lines, heights, count, &flow, &longest) > flow.columns)
        flow.limit += step;
    flow.limit = longest;
    return flow;
}

/* Of that many columns; `heights` become those of their width. */
static Flow flow_in(Ui *ui, const KeyLine *lines, Rect room, int columns, bool whole,
                    int heights[MOST_LINES])
{
    int gap = ui_px(ui, PT_COLUMNS), total = 0;
    int width = rect_min((room.w + gap) / columns - gap, ui_px(ui, PT_CARD));
    int count = measure(ui, lines, width, heights);
    for (int i = 0; i < count; i++)
        total += heights[i];
    Flow flow = {columns, width, total / columns, whole};
    return lowest(lines, heights, count, flow, ui_px(ui, 4));
}

/* As few columns as show all lines without scrolling, all about as high: of whole
 * sections if any number of columns can have them, else of divided ones. Where the
 * lines must scroll, as many columns as there is room for. */
static Flow flow_of(Ui *ui, const KeyLine *lines, Rect room, int heights[MOST_LINES])
{
    int gap = ui_px(ui, PT_COLUMNS), least = ui_px(ui, PT_COLUMN);
    int most = rect_clamp((room.w + gap) / (least + gap), 1, MOST_COLUMNS);
    int high = room.h + ui_px(ui, PT_BETWEEN);
    for (int n = 1; n < 2 * most; n++) { /* one column is never divided */
        bool whole = n <= most;
        Flow flow = flow_in(ui, lines, room, whole ? n : n - most + 1, whole, heights);
        if (flow.limit <= high)
            return flow;
    }
    return flow_in(ui, lines, room, most, true, heights);
}

/* At the top of a column a heading needs no space above it. */
static void draw(Ui *ui, const KeyLine *lines, const int *heights, Flow flow, Rect area)
{
    int used = 0, raised = 0, x = area.x;
    for (int i = 0; i < MOST_LINES && lines[i].text; i++) {
        if (breaks(lines, heights, i, used, &flow)) {
            x += flow.width + ui_px(ui, PT_COLUMNS);
            used = 0;
        }
        if (used == 0)
            raised = lines[i].key ? 0 : ui_px(ui, PT_ABOVE);
        Rect at = {x, area.y + used - raised, flow.width, ui_px(ui, PT_MOST)};
        entry(ui, &lines[i], at);
        used += heights[i];
    }
}

void help_card_pass(HelpCard *card, Ui *ui, Rect window, const KeyLine *lines)
{
    int pad = ui_px(ui, 16), margin = ui_px(ui, PT_PAD), heights[MOST_LINES];
    Flow flow = flow_of(ui, lines, rect_inset(window, pad + margin), heights);
    int width = flow.columns * (flow.width + ui_px(ui, PT_COLUMNS)) -
                ui_px(ui, PT_COLUMNS) + 2 * pad;
    int all = flow.limit - ui_px(ui, flow.whole ? PT_BETWEEN + PT_ABOVE : PT_BETWEEN);
    int high = rect_min(all + 2 * pad, window.h - 2 * margin);
    Rect place = {window.x + (window.w - width) / 2, window.y + (window.h - high) / 2,
                  width, high};
    Rect area = rect_inset(place, pad);
    card->page = rect_max(area.h, 1);
    card->scroll -= (int)lroundf(ui->in.wheel * (float)ui_px(ui, PT_STEP));
    card->scroll = rect_clamp(card->scroll, 0, rect_max(all - area.h, 0));
    ui_rect(ui, window, THEME_SHADE);
    ui_frame(ui, place, THEME_OFF, THEME_PANEL);
    Rect track = {area.x + area.w + ui_px(ui, 6), area.y, ui_px(ui, 4), area.h};
    ui_scroll_bar(ui, track, all, card->scroll, area.h);
    Rect seen = area; /* tails of letters reach below a line's height */
    seen.h += ui_px(ui, PT_BETWEEN);
    Rect before = ui_clip(ui, seen);
    draw(ui, lines, heights, flow,
         (Rect){area.x, area.y - card->scroll, area.w, area.h});
    ui_clip(ui, before);
    ui_place(ui, "help", place);
    if (ui_click(ui, UI_ID(WIDGET_HELP, 0), window))
        card->open = false;
}

bool help_card_key(HelpCard *card, SDL_Keycode key)
{
    int line = card->page / 8;
    switch (key) {
    case SDLK_UP:
        card->scroll -= line;
        return true;
    case SDLK_DOWN:
        card->scroll += line;
        return true;
    case SDLK_PAGEUP:
        card->scroll -= card->page - line;
        return true;
    case SDLK_PAGEDOWN:
        card->scroll += card->page - line;
        return true;
    case SDLK_HOME:
        card->scroll = 0;
        return true;
    case SDLK_END:
        card->scroll = 1 << 20;
        return true;
    default:
        return false;
    }
}
