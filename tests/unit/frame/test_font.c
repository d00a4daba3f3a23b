/* Characters that the window's font lacks come from another font of the system. */
#include "cm.h"

#include <SDL.h>
#include <stdlib.h>

#include "base/file/font_file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text/printable.h"
#include "test_folder.h"
#include "viewer/ui/font.h"

/* DejaVu Sans Mono has no Hebrew letters, DejaVu Sans has; neither has a Chinese one.
 */
#define HEBREW  "אבגד"
#define CHINESE "中"

static char *poor, *rich; /* files */

/* fontconfig finds one font, the rich one. */
static int make_system(void **state)
{
    Err err;
    char path[256];
    unsetenv("LUTIST_FONT");
    const char *sans = font_file(&err);
    if (folder_make(state) != 0 || !sans)
        return -1;
    char *folder = path_dir(sans);
    poor = path_join(folder, "DejaVuSansMono.ttf");
    rich = mem_dup(sans);
    mem_free(folder);
    snprintf(path, sizeof path, "%s/rich.ttf", (char *)*state);
    if (symlink(rich, path) != 0)
        return -1;
    snprintf(path, sizeof path, "%s/fonts.conf", (char *)*state);
    FILE *file = fopen(path, "w");
    fprintf(file, "<fontconfig><dir>%s</dir><cachedir>%s</cachedir></fontconfig>",
            (char *)*state, (char *)*state);
    fclose(file);
    setenv("FONTCONFIG_FILE", path, 1);
    return 0;
}

static int remove_system(void **state)
{
    mem_free(poor);
    mem_free(rich);
    return folder_remove(state);
}

/* The window's font, those of the system, and how often these were searched. */
typedef struct Fonts {
    Dispatch *ui;
    OtherFonts *others;
    Font *font;
    TextMeasure measure;
    int searches;
} Fonts;

static void count(void *context)
{
    (*(int *)context)++;
}

static Font *open_font(const char *file, OtherFonts *others)
{
    Err err;
    setenv("LUTIST_FONT", file, 1);
    Font *font = font_open(1, others, &err);
    assert_non_null(font);
    return font;
}

static void fonts_open(Fonts *fonts)
{
    *fonts = (Fonts){.ui = dispatch_new()};
    fonts->others = other_fonts_new(fonts->ui, count, &fonts->searches);
    fonts->font = open_font(poor, fonts->others);
    fonts->measure = font_measure(fonts->font);
}

static void fonts_close(Fonts *fonts)
{
    dispatch_close(fonts->ui);
    font_close(fonts->font);
    other_fonts_free(fonts->others);
    dispatch_free(fonts->ui);
}

static int width(const Fonts *fonts, const char *text)
{
    return text_line_width(&fonts->measure, FONT_BODY, text);
}

static void find(Fonts *fonts)
{
    width(fonts, HEBREW CHINESE);
    other_fonts_search(fonts->others);
    while (!fonts->searches)
        dispatch_process(fonts->ui, -1);
}

static int width_alone(const char *file, const char *text)
{
    Font *font = open_font(file, NULL);
    TextMeasure measure = font_measure(font);
    int wide = text_line_width(&measure, FONT_BODY, text);
    font_close(font);
    return wide;
}

static void a_missing_character_is_found_elsewhere(void **state)
{
    (void)state;
    Fonts fonts;
    fonts_open(&fonts);
    assert_int_equal(width(&fonts, HEBREW), width_alone(poor, HEBREW));
    assert_null(other_fonts_at(fonts.others, 0));
    find(&fonts);
    assert_non_null(other_fonts_at(fonts.others, 0));
    assert_null(other_fonts_at(fonts.others, 1));
    int here = width_alone(poor, "ab ") + width_alone(poor, CHINESE);
    assert_int_not_equal(width_alone(poor, HEBREW), width_alone(rich, HEBREW));
    assert_int_equal(width(&fonts, "ab " HEBREW CHINESE),
                     here + width_alone(rich, HEBREW));
    fonts_close(&fonts);
}

static void each_is_searched_for_once(void **state)
{
    (void)state;
    Fonts fonts;
    fonts_open(&fonts);
    find(&fonts);
    width(&fonts, HEBREW CHINESE);
    other_fonts_search(fonts.others);
    width(&fonts, "国");
    other_fonts_search(fonts.others);
    while (fonts.searches < 2)
        dispatch_process(fonts.ui, -1);
    assert_int_equal(dispatch_process(fonts.ui, 0), DISPATCH_IDLE);
    fonts_close(&fonts);
}

/* Is there ink in these columns? */
static bool has_ink(const SDL_Surface *line, int from, int to)
{
    for (int y = 0; y < line->h; y++)
        for (int x = from; x < to; x++)
            if (((const uint32_t *)line->pixels)[y * line->pitch / 4 + x] >> 24)
                return true;
    return false;
}

static void runs_are_drawn_one_behind_the_other(void **state)
{
    (void)state;
    Fonts fonts;
    fonts_open(&fonts);
    find(&fonts);
    SDL_Surface *line = font_render(fonts.font, FONT_BODY, "   " HEBREW "   " CHINESE);
    int blanks = width(&fonts, "   "), hebrew = width(&fonts, HEBREW);
    assert_non_null(line);
    assert_int_equal(line->w, 2 * blanks + hebrew + width(&fonts, CHINESE));
    assert_int_equal(line->h, text_line_height(&fonts.measure, FONT_BODY));
    assert_false(has_ink(line, 0, blanks));
    assert_true(has_ink(line, blanks, blanks + hebrew));
    assert_false(has_ink(line, blanks + hebrew + 1, 2 * blanks + hebrew));
    assert_true(has_ink(line, 2 * blanks + hebrew, line->w));
    SDL_FreeSurface(line);
    fonts_close(&fonts);
}

static void expect_whole_characters(const char *text)
{
    for (const char *at = text; *at;) {
        int bytes = printable_sequence((const uint8_t *)at);
        assert_int_not_equal(bytes, 0);
        at += bytes;
    }
}

static void lines_are_cut_between_characters(void **state)
{
    (void)state;
    static const char text[] = "ab" HEBREW HEBREW CHINESE "c" CHINESE "é" HEBREW;
    char line[TEXT_LINE_BYTES];
    Fonts fonts;
    fonts_open(&fonts);
    find(&fonts);
    for (int room = 0; room <= width(&fonts, text); room++) {
        text_line_fit(&fonts.measure, FONT_BODY, text, room, line);
        expect_whole_characters(line);
        assert_true(width(&fonts, line) <= room);
        text_line_fit_middle(&fonts.measure, FONT_BODY, text, room, line);
        expect_whole_characters(line);
        assert_true(width(&fonts, line) <= room);
    }
    assert_string_equal(line, text);
    fonts_close(&fonts);
}

static void any_bytes_are_drawn(void **state)
{
    (void)state;
    Fonts fonts;
    fonts_open(&fonts);
    find(&fonts);
    srand(1);
    for (int i = 0; i < 300; i++) {
        char text[TEXT_LINE_BYTES] = "", line[TEXT_LINE_BYTES];
        int bytes = i % 2 ? 12 : TEXT_LINE_BYTES - 1;
        for (int k = 0; k < bytes; k++)
            text[k] = (char)(rand() % 2 ? 0xd7 + rand() % 40 : ' ' + rand() % 120);
        text_line_fit(&fonts.measure, FONT_BODY, text, 100, line);
        SDL_FreeSurface(font_render(fonts.font, FONT_BODY, text));
        other_fonts_search(fonts.others);
        dispatch_process(fonts.ui, 0);
    }
    fonts_close(&fonts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_missing_character_is_found_elsewhere),
        cmocka_unit_test(each_is_searched_for_once),
        cmocka_unit_test(runs_are_drawn_one_behind_the_other),
        cmocka_unit_test(lines_are_cut_between_characters),
        cmocka_unit_test(any_bytes_are_drawn),
    };
    return cmocka_run_group_tests(tests, make_system, remove_system);
}
