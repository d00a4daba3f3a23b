/* How far a batch is, by a clock that the test turns. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cm.h"
#include "cmd/tally.h"

static BatchItem item(BatchState state, uint64_t bytes, uint64_t pixels)
{
    return (BatchItem){.input = "in/a.jpg",
                       .output = "out/a.jpg",
                       .reason = state == BATCH_FAILED ? "in/a.jpg: is \"cut\"" : "",
                       .note = "",
                       .state = state,
                       .bytes = bytes,
                       .pixels = pixels};
}

/* Of 10 files and 4 MB, 1 is done, 1 failed and 1 skipped after 2 s. */
static Tally in_work(void)
{
    Tally tally;
    BatchItem done = item(BATCH_DONE, 900000, 24000000);
    BatchItem failed = item(BATCH_FAILED, 100000, 0);
    BatchItem skipped = item(BATCH_SKIPPED, 0, 0);
    tally_begin(&tally, 10, 4000000, 5000);
    tally_add(&tally, &done, 1, 10);
    tally_add(&tally, &failed, 2, 10);
    tally_add(&tally, &skipped, 3, 10);
    return tally;
}

static void the_time_to_go_is_that_of_the_bytes(void **state)
{
    (void)state;
    Tally tally = in_work();
    assert_true(tally_left(&tally, 7000) == 6000);
    assert_true(tally_left(&tally, 9000) == 12000);
    BatchItem rest = item(BATCH_DONE, 3000000, 1);
    tally_add(&tally, &rest, 4, 10);
    assert_true(tally_left(&tally, 9000) == 0);
}

static void nothing_is_foretold_before_a_file_is_done(void **state)
{
    (void)state;
    Tally tally;
    char line[TALLY_LINE];
    tally_begin(&tally, 3, 12000, 100);
    assert_true(tally_left(&tally, 60000) < 0);
    tally_line(&tally, 60000, line);
    assert_string_equal(line, "0/3  0%  0.0 of 12.0 kB  0.0 img/s, 0 MP/s");
}

static void it_is_due_once_an_interval(void **state)
{
    (void)state;
    Tally tally;
    tally_begin(&tally, 3, 12000, 100);
    assert_false(tally_is_due(&tally, 10099, 10000));
    assert_true(tally_is_due(&tally, 10100, 10000));
    assert_false(tally_is_due(&tally, 10101, 10000));
    assert_false(tally_is_due(&tally, 20099, 10000));
    assert_true(tally_is_due(&tally, 35000, 10000));
    assert_false(tally_is_due(&tally, 44999, 10000));
}

static void a_line_tells_all_of_it(void **state)
{
    (void)state;
    Tally tally = in_work();
    char line[TALLY_LINE];
    tally_line(&tally, 7000, line);
    assert_string_equal(line, "3/10  25%  1.0 of 4.0 MB  1.0 img/s, 12 MP/s  1 failed  "
                              "0:06 to go");
    tally.bytes_total = 4001 * UINT64_C(1000000000);
    tally_line(&tally, 7000, line);
    assert_string_equal(line, "3/10  0%  0.0 of 4.0 TB  1.0 img/s, 12 MP/s  1 failed  "
                              "2222:46:38 to go");
}

/* Nothing to be done, or empty files: no division by zero. */
static void a_batch_of_nothing_has_a_line(void **state)
{
    (void)state;
    Tally tally;
    char line[TALLY_LINE];
    tally_begin(&tally, 0, 0, 0);
    tally_line(&tally, 0, line);
    assert_string_equal(line, "0/0  0%  0.0 of 0.0 kB  0.0 img/s, 0 MP/s");
    BatchItem skipped = item(BATCH_SKIPPED, 0, 0);
    tally_add(&tally, &skipped, 1, 2);
    tally_line(&tally, 0, line);
    assert_string_equal(line, "1/2  50%  0.0 of 0.0 kB  0.0 img/s, 0 MP/s");
}

static void assert_json(const Tally *tally, const char *event, const BatchItem *item,
                        const char *wanted)
{
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    assert_non_null(file);
    tally_json(tally, file, event, item, 7000);
    fclose(file);
    assert_string_equal(text, wanted);
    free(text);
}

static void an_object_tells_all_of_it(void **state)
{
    (void)state;
    Tally tally = in_work();
    BatchItem failed = item(BATCH_FAILED, 100000, 0);
    failed.output = "";
    assert_json(
        &tally, "progress", NULL,
        "{\"event\": \"progress\", \"finished\": 3, \"total\": 10, \"skipped\": 1, "
        "\"failed\": 1, \"bytes\": 1000000, \"bytes_total\": 4000000, \"pixels\": "
        "24000000, \"ms\": 2000.0, \"ms_left\": 6000}\n");
    tally_begin(&tally, 10, 4000000, 7000);
    assert_json(
        &tally, "file", &failed,
        "{\"event\": \"file\", \"input\": \"in/a.jpg\", \"output\": null, "
        "\"state\": \"failed\", \"reason\": \"in/a.jpg: is \\\"cut\\\"\", "
        "\"finished\": 0, \"total\": 10, \"skipped\": 0, \"failed\": 0, \"bytes\": "
        "0, \"bytes_total\": 4000000, \"pixels\": 0, \"ms\": 0.0, \"ms_left\": "
        "null}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_time_to_go_is_that_of_the_bytes),
        cmocka_unit_test(nothing_is_foretold_before_a_file_is_done),
        cmocka_unit_test(it_is_due_once_an_interval),
        cmocka_unit_test(a_line_tells_all_of_it),
        cmocka_unit_test(a_batch_of_nothing_has_a_line),
        cmocka_unit_test(an_object_tells_all_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
