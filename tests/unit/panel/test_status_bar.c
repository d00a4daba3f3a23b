/* The fields of the status bar, from a wide one to one that has hardly room. */
#include "cm.h"

#include <stdio.h>

#include "viewer/layout.h"
#include "viewer/widget/status_bar.h"

static Ui ui;

/* The fields in the frame, without "bar:"; the times, then the others from the left. */
static const char *fields_of(char text[256])
{
    size_t used = 0;
    int right = 0;
    text[0] = '\0';
    for (int i = 0; i < ui.list.count; i++) {
        const DrawCommand *command = &ui.list.commands[i];
        const char *name = probe_text(&ui, command);
        if (command->kind != DRAW_PLACE || strncmp(name, "bar:", 4) != 0)
            continue;
        assert_true(command->rect.x >= right);
        if (strcmp(name, "bar:times") != 0)
            right = command->rect.x + command->rect.w;
        used += (size_t)snprintf(text + used, 256 - used, "%s ", name + 4);
    }
    return text;
}

static void a_narrow_bar_loses_what_is_least_needed(void **state)
{
    (void)state;
    static const struct {
        int width;
        const char *fields;
    } bars[] = {{1100, "times file place size zoom profile pixel "},
                {640, "file place size zoom pixel "},
                {440, "file place zoom pixel "},
                {330, "file zoom pixel "},
                {260, "file zoom "},
                {120, "file "}};
    static const double scales[] = {1, 2, 3};
    char text[256];
    Status status = {.file = "a-name-of-usual-length.jpg",
                     .index = 1,
                     .count = 24,
                     .width = 4272,
                     .height = 2848,
                     .zoom = 0.23,
                     .profile = "Adobe RGB (1998)",
                     .pixel = "1200, 450: 10 20 30 → 12 24 36",
                     .timed = true,
                     .now = {true, MODE_NUMPY, false, 0.56, 20, 49}};
    for (size_t s = 0; s < sizeof scales / sizeof *scales; s++)
        for (size_t i = 0; i < sizeof bars / sizeof *bars; i++) {
            double scale = scales[s];
            probe_init(&ui, &scale);
            Rect bar = {0, 0, (int)(bars[i].width * scale), (int)(28 * scale)};
            ui_begin(&ui, bar, true);
            status_bar_pass(&ui, bar, &status);
            assert_string_equal(fields_of(text), bars[i].fields);
            layout_expect_inside(&ui, bar);
            layout_expect_apart(&ui, DRAW_TEXT, 0);
            ui_term(&ui);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_narrow_bar_loses_what_is_least_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
