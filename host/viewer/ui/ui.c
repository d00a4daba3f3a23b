#include "viewer/ui/ui.h"

#include <math.h>
#include <string.h>

static const SDL_SystemCursor CURSORS[UI_CURSORS] = {
    [UI_ARROW] = SDL_SYSTEM_CURSOR_ARROW,  [UI_HAND] = SDL_SYSTEM_CURSOR_HAND,
    [UI_TEXT] = SDL_SYSTEM_CURSOR_IBEAM,   [UI_SLIDE] = SDL_SYSTEM_CURSOR_SIZEWE,
    [UI_MOVE] = SDL_SYSTEM_CURSOR_SIZEALL,
};

bool ui_init(Ui *ui, SDL_Renderer *renderer, Trace *trace, double scale, Err *err)
{
    *ui = (Ui){
        .renderer = renderer, .trace = trace, .scale = scale, .in = {.x = -1, .y = -1}};
    ui->font = font_open(renderer, scale, err);
    if (!ui->font)
        return false;
    shape_init(&ui->shapes, renderer);
    for (int i = 0; i < UI_CURSORS; i++)
        ui->cursors[i] = SDL_CreateSystemCursor(CURSORS[i]);
    return true;
}

void ui_term(Ui *ui)
{
    if (!ui->font)
        return;
    for (int i = 0; i < UI_CURSORS; i++)
        if (ui->cursors[i])
            SDL_FreeCursor(ui->cursors[i]);
    shape_term(&ui->shapes);
    font_close(ui->font);
    ui->font = NULL;
}

bool ui_rescale(Ui *ui, double scale, Err *err)
{
    Font *font = font_open(ui->renderer, scale, err);
    if (!font)
        return false;
    font_close(ui->font);
    ui->font = font;
    ui->scale = scale;
    return true;
}

void ui_forget(Ui *ui)
{
    font_forget(ui->font);
    shape_term(&ui->shapes);
}

void ui_begin(Ui *ui, bool drawing)
{
    ui->drawing = drawing;
    ui->blocked = false;
    ui->cursor = UI_ARROW;
}

void ui_end(Ui *ui)
{
    if (!ui->in.down)
        ui->active = 0;
    if (ui->cursor != ui->shown && ui->cursors[ui->cursor])
        SDL_SetCursor(ui->cursors[ui->cursor]);
    ui->shown = ui->cursor;
}

int ui_px(const Ui *ui, double points)
{
    int pixels = (int)lround(points * ui->scale);
    return pixels || points <= 0 ? pixels : 1;
}

SDL_Rect ui_inset(SDL_Rect rect, int by)
{
    return (SDL_Rect){rect.x + by, rect.y + by, rect.w - 2 * by, rect.h - 2 * by};
}

void ui_clip(Ui *ui, const SDL_Rect *rect)
{
    SDL_RenderSetClipRect(ui->renderer, rect);
}

bool ui_over(const Ui *ui, UiId id, SDL_Rect rect)
{
    SDL_Point mouse = {ui->in.x, ui->in.y};
    SDL_Rect clip;
    SDL_RenderGetClipRect(ui->renderer, &clip);
    if (ui->blocked || (ui->active && ui->active != id))
        return false;
    return SDL_PointInRect(&mouse, &rect) &&
           (clip.w == 0 || SDL_PointInRect(&mouse, &clip));
}

bool ui_press(Ui *ui, UiId id, SDL_Rect rect)
{
    if (!ui->in.pressed || !ui_over(ui, id, rect))
        return false;
    ui->active = id;
    ui->grab = 0;
    return true;
}

bool ui_click(Ui *ui, UiId id, SDL_Rect rect)
{
    ui_press(ui, id, rect);
    return ui->in.released && ui->active == id && ui_over(ui, id, rect);
}

void ui_rect(Ui *ui, SDL_Rect rect, SDL_Color color)
{
    if (ui->drawing)
        shape_rect(&ui->shapes, rect, color);
}

void ui_box(Ui *ui, SDL_Rect rect, SDL_Color color)
{
    if (ui->drawing)
        shape_box(&ui->shapes, rect, ui_px(ui, PT_ROUND), color);
}

void ui_frame(Ui *ui, SDL_Rect rect, SDL_Color edge, SDL_Color ground)
{
    if (ui->drawing)
        shape_frame(&ui->shapes, rect, ui_px(ui, PT_ROUND), ui_px(ui, 1), edge, ground);
}

void ui_shape(Ui *ui, ShapeKind kind, SDL_Rect square, SDL_Color color)
{
    if (ui->drawing)
        shape_draw(&ui->shapes, kind, square.x, square.y, square.w, color);
}

int ui_text(Ui *ui, FontSize size, const char *text, SDL_Rect rect, UiAlign align,
            SDL_Color color)
{
    char line[FONT_TEXT];
    font_fit(ui->font, size, text, rect.w, line);
    int width = font_width(ui->font, size, line);
    int x = rect.x + (rect.w - width) * (int)align / 2;
    int y = rect.y + (rect.h - font_height(ui->font, size)) / 2;
    if (ui->drawing)
        font_draw(ui->font, size, line, x, y, color);
    if (ui->drawing && strcmp(line, text) != 0)
        trace_note(ui->trace, "cut", text);
    return width;
}

void ui_text_from(Ui *ui, FontSize size, const char *text, int x, SDL_Rect rect,
                  SDL_Color color)
{
    SDL_Rect old, inside = rect;
    if (!ui->drawing)
        return;
    SDL_RenderGetClipRect(ui->renderer, &old);
    if (!SDL_RectEmpty(&old) && !SDL_IntersectRect(&old, &rect, &inside))
        return;
    ui_clip(ui, &inside);
    font_draw(ui->font, size, text, x,
              rect.y + (rect.h - font_height(ui->font, size)) / 2, color);
    ui_clip(ui, SDL_RectEmpty(&old) ? NULL : &old);
}

int ui_paragraph(Ui *ui, FontSize size, const char *text, SDL_Rect rect,
                 SDL_Color color)
{
    int height = font_height(ui->font, size), skip = height + ui_px(ui, PT_LEAD);
    int most = (rect.h + ui_px(ui, PT_LEAD)) / skip;
    char line[FONT_TEXT];
    int n = 0;
    while (n < most && font_wrap(ui->font, size, &text, rect.w, n + 1 == most, line)) {
        if (ui->drawing)
            font_draw(ui->font, size, line, rect.x, rect.y + n * skip, color);
        n++;
    }
    return n ? n * skip - ui_px(ui, PT_LEAD) : 0;
}
