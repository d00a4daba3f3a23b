/* When the hidden panel and status bar are there. */
#include "cm.h"

#include "viewer/overlay/chrome.h"

static ChromeSight at(int x, int y)
{
    return (ChromeSight){.x = x,
                         .y = y,
                         .moved = true,
                         .edge = 6,
                         .window = {0, 0, 800, 600},
                         .panel = {600, 0, 200, 570},
                         .status = {0, 570, 800, 30}};
}

static void move(Chrome *chrome, int x, int y)
{
    ChromeSight sight = at(x, y);
    chrome_update(chrome, &sight);
}

static void full_screen_hides_by_itself(void **state)
{
    (void)state;
    Chrome chrome;
    chrome_init(&chrome);
    assert_false(chrome_is_hidden(&chrome));
    chrome.full = true;
    assert_true(chrome_is_hidden(&chrome));
    chrome_toggle(&chrome);
    assert_false(chrome_is_hidden(&chrome));
    chrome.full = false;
    assert_false(chrome_is_hidden(&chrome));
    chrome_toggle(&chrome);
    assert_true(chrome_is_hidden(&chrome));
}

static void the_mouse_at_an_edge_calls(void **state)
{
    (void)state;
    Chrome chrome;
    chrome_init(&chrome);
    chrome_toggle(&chrome);
    move(&chrome, 700, 300); /* where the panel would be */
    assert_false(chrome.panel);
    move(&chrome, 797, 300);
    assert_true(chrome.panel);
    move(&chrome, 610, 300); /* over it: it stays */
    assert_true(chrome.panel);
    move(&chrome, 590, 300);
    assert_false(chrome.panel);
    move(&chrome, 300, 580);
    assert_false(chrome.status);
    move(&chrome, 300, 597);
    assert_true(chrome.status && !chrome.panel);
    move(&chrome, 300, 500);
    assert_false(chrome.status);
    move(&chrome, 797, 300);
    move(&chrome, -1, -1); /* out of the window */
    assert_false(chrome.panel);
}

static void a_panel_at_the_left_has_the_left_edge(void **state)
{
    (void)state;
    Chrome chrome;
    ChromeSight sight = at(3, 200);
    chrome_init(&chrome);
    chrome_toggle(&chrome);
    sight.panel.x = 0;
    chrome_update(&chrome, &sight);
    assert_true(chrome.panel);
    sight.x = 797;
    chrome_update(&chrome, &sight);
    assert_false(chrome.panel);
}

/* A key calls the panel until the mouse moves elsewhere. */
static void a_key_calls_the_panel(void **state)
{
    (void)state;
    Chrome chrome;
    ChromeSight sight = at(300, 300);
    chrome_init(&chrome);
    chrome_call_panel(&chrome);
    assert_false(chrome.panel); /* it is not hidden */
    chrome_toggle(&chrome);
    chrome_call_panel(&chrome);
    sight.moved = false;
    chrome_update(&chrome, &sight);
    assert_true(chrome.panel);
    sight.moved = true;
    chrome_update(&chrome, &sight);
    assert_false(chrome.panel);
}

static void what_is_open_stays(void **state)
{
    (void)state;
    Chrome chrome;
    ChromeSight sight = at(300, 300);
    chrome_init(&chrome);
    chrome_toggle(&chrome);
    sight.busy = true;
    chrome_update(&chrome, &sight);
    assert_true(chrome.panel && !chrome.status);
    sight = at(300, 300);
    sight.listed = true;
    chrome_update(&chrome, &sight);
    assert_true(!chrome.panel && chrome.status);
    chrome_toggle(&chrome); /* all of it is there anyhow */
    chrome_update(&chrome, &sight);
    assert_true(!chrome.panel && !chrome.status);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_screen_hides_by_itself),
        cmocka_unit_test(the_mouse_at_an_edge_calls),
        cmocka_unit_test(a_panel_at_the_left_has_the_left_edge),
        cmocka_unit_test(a_key_calls_the_panel),
        cmocka_unit_test(what_is_open_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
