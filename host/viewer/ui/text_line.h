/* text_line — lines of text: measured, cut to a width, wrapped.
 *
 * A TextMeasure gives the widths, so a test can lay out the window without a font. Text
 * that is not valid UTF-8, such as a file name, is measured as far as possible.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_UI_TEXT_LINE_H
#define LUTIST_VIEWER_UI_TEXT_LINE_H

#include <stdbool.h>

typedef enum FontSize { FONT_SMALL, FONT_BODY, FONT_HEAD, FONT_SIZES } FontSize;

enum { TEXT_LINE_BYTES = 512 }; /* of a line; what is longer is cut */

/* The measures of a font, in pixels. `text` has no control characters. */
typedef struct TextMeasure {
    const void *font; /* borrowed; handed to the functions */
    int (*height)(const void *font, FontSize size);
    int (*width)(const void *font, FontSize size, const char *text);
    /* The number of characters from the start that fit into `width`. */
    int (*count)(const void *font, FontSize size, const char *text, int width);
} TextMeasure;

/* `text` as it is drawn, in `out` (TEXT_LINE_BYTES), which is returned: control
 * characters become blanks; it ends before a character that does not fit. */
char *text_line_clean(const char *text, char *out);

int text_line_height(const TextMeasure *measure, FontSize size);
int text_line_width(const TextMeasure *measure, FontSize size, const char *text);
/* `text` itself if it is at most `width` pixels wide, else its start and "…". Returns
 * `out`, which has TEXT_LINE_BYTES. */
char *text_line_fit(const TextMeasure *measure, FontSize size, const char *text,
                    int width, char *out);
/* The same with "…" in its middle: a file's name keeps its number and its ending. */
char *text_line_fit_middle(const TextMeasure *measure, FontSize size, const char *text,
                           int width, char *out);
/* The next line of `*text` that fits `width`, broken at a blank if there is one; moves
 * *text behind it. `last`: no line follows, so the rest is cut with "…". Returns `out`
 * (TEXT_LINE_BYTES), or NULL at the end. */
char *text_line_wrap(const TextMeasure *measure, FontSize size, const char **text,
                     int width, bool last, char *out);

#endif
