/* The load thread: the newest request is answered. */
#include "cm.h"

#include <endian.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/thread/thread.h"
#include "image/writer.h"
#include "test_image.h"
#include "viewer/load/loader.h"

typedef struct Reader {
    Dispatch *ui;
    Loader *loader;
    uint64_t answered; /* the newest request that came back */
    ImageInfo info;    /* of its image */
    bool full;         /* all of it is there */
    bool at_hand;
    Err err;
    bool holds;
    Pyramid *held; /* by the screen, if it holds one */
} Reader;

static void take(void *context, Loaded *loaded)
{
    Reader *reader = context;
    assert_true(loaded->number > reader->answered ||
                (loaded->number == reader->answered && !reader->full));
    reader->answered = loaded->number;
    reader->info = loaded->pyramid ? pyramid_info(loaded->pyramid) : (ImageInfo){0};
    reader->full = !loaded->pyramid || pyramid_image(loaded->pyramid);
    reader->err = loaded->err;
    reader->at_hand = loaded->at_hand;
    if (reader->holds && loaded->pyramid)
        reader->held = pyramid_ref(loaded->pyramid);
    reader->holds = false;
}

static void start_with(Reader *reader, uint64_t memory, bool starting)
{
    Err err;
    ReadOptions read = {0};
    *reader = (Reader){.ui = dispatch_new()};
    LoaderConfig config = {.read = &read,
                           .memory = memory,
                           .starting = starting,
                           .ui = reader->ui,
                           .take = take,
                           .context = reader};
    reader->loader = loader_start(&config, &err);
    assert_non_null(reader->loader);
}

static void start(Reader *reader)
{
    start_with(reader, 0, false);
}

static void stop(Reader *reader)
{
    dispatch_close(reader->ui);
    loader_stop(reader->loader);
    dispatch_free(reader->ui);
}

static void await_answer(Reader *reader, uint64_t request)
{
    while (reader->answered < request)
        dispatch_process(reader->ui, -1);
}

static void save_high(const char *path, int width, int height)
{
    Err err;
    Image *image = picture(width, height, 3, 8);
    SaveOptions options = {.overwrite = true};
    assert_true(writer_save(image, path, &options, &err));
    image_unref(&image);
}

static void save(const char *path, int width)
{
    save_high(path, width, 4);
}

static void a_file_and_a_missing_one(void **state)
{
    Reader reader;
    start(&reader);
    const char *there = in_folder(state, "there.png");
    save(there, 5);
    await_answer(&reader, loader_want(reader.loader, there, false));
    assert_int_equal(reader.info.width, 5);
    await_answer(&reader, loader_want(reader.loader, "no/such.png", false));
    assert_int_equal(reader.info.width, 0);
    assert_int_equal(reader.err.kind, ERR_FILE);
    assert_memory_equal(reader.err.text, "no/such.png: ", 13); /* as it was named */
    stop(&reader);
}

static void leafing_ends_at_the_last_file(void **state)
{
    Reader reader;
    start(&reader);
    const char *one = in_folder(state, "one.png"), *two = in_folder(state, "two.png");
    save(one, 1);
    save(two, 2);
    uint64_t request = 0;
    for (int i = 0; i < 51; i++)
        request = loader_want(reader.loader, i % 2 ? one : two, false);
    await_answer(&reader, request);
    assert_int_equal(reader.info.width, 2);
    stop(&reader);
}

static atomic_int advanced; /* files read in advance */

static void count_lines(LogLevel level, const char *line)
{
    assert_int_equal(level, LOG_DEBUG);
    if (strstr(line, "read in advance"))
        atomic_fetch_add(&advanced, 1);
}

static void await_advanced(int count)
{
    while (atomic_load(&advanced) < count)
        sched_yield();
}

static void the_next_file_is_read_in_advance(void **state)
{
    Reader reader;
    const char *one = in_folder(state, "one.png"), *two = in_folder(state, "two.png");
    atomic_store(&advanced, 0);
    log_set_level(LOG_DEBUG);
    log_set_sink(count_lines);
    save(one, 1);
    save(two, 2);
    start(&reader);
    uint64_t request = loader_want(reader.loader, one, false);
    loader_expect(reader.loader, &two, 1);
    await_answer(&reader, request);
    assert_false(reader.at_hand);
    await_advanced(1);
    await_answer(&reader, loader_want(reader.loader, two, false));
    assert_true(reader.at_hand);
    assert_int_equal(reader.info.width, 2);
    loader_expect(reader.loader, &one, 1);
    await_answer(&reader, loader_want(reader.loader, one, false));
    assert_true(reader.at_hand); /* the one before is kept */
    stop(&reader);
    log_set_sink(NULL);
    log_set_level(LOG_INFO);
}

static void let_pass(const Reader *reader, double ms)
{
    double end = thread_clock_ms() + ms;
    while (thread_clock_ms() < end)
        dispatch_process(reader->ui, 1);
}

/* Where there is room for two pictures the one before goes for the next one. */
static void the_next_file_comes_before_the_last(void **state)
{
    Reader reader;
    const char *files[3] = {in_folder(state, "1.png"), in_folder(state, "2.png"),
                            in_folder(state, "3.png")};
    for (int i = 0; i < 3; i++)
        save_high(files[i], 300, 300); /* 360 KB in all sizes */
    atomic_store(&advanced, 0);
    log_set_level(LOG_DEBUG);
    log_set_sink(count_lines);
    start_with(&reader, 1200000, false); /* of which three quarters are for them */
    reader.holds = true;
    uint64_t request = loader_want(reader.loader, files[0], false);
    loader_expect(reader.loader, &files[1], 1);
    await_answer(&reader, request);
    await_advanced(1);
    request = loader_want(reader.loader, files[1], false);
    loader_expect(reader.loader, (const char *[]){files[2], files[0]}, 2);
    await_answer(&reader, request);
    let_pass(&reader, 50); /* the screen lets it go late */
    pyramid_unref(&reader.held);
    await_advanced(2);
    await_answer(&reader, loader_want(reader.loader, files[2], false));
    assert_true(reader.at_hand);
    stop(&reader);
    log_set_sink(NULL);
    log_set_level(LOG_INFO);
}

/* Gray, of no colour, and with holes instead of pixels: it takes a moment to make. */
static void make_blank(const char *path, unsigned width, unsigned height)
{
    const unsigned entries[][3] = {
        {256, 4, width}, {257, 4, height}, {258, 3, 8},
        {259, 3, 1},     {262, 3, 1},      {273, 4, 512},
        {277, 3, 1},     {278, 4, height}, {279, 4, width * height}};
    uint8_t bytes[512] = {'I', 'I', 42, 0, 8, 0, 0, 0, 9};
    for (unsigned i = 0; i < 9; i++) {
        uint8_t *entry = bytes + 10 + 12 * i;
        uint16_t tag = (uint16_t)entries[i][0], type = (uint16_t)entries[i][1];
        memcpy(entry, (uint16_t[]){htole16(tag), htole16(type)}, 4);
        memcpy(entry + 4, (uint32_t[]){htole32(1), htole32(entries[i][2])}, 8);
    }
    bytes_write(path, bytes, sizeof bytes);
    assert_int_equal(truncate(path, 512 + (off_t)width * height), 0);
}

/* It takes more memory than there is for all. */
static void of_the_next_large_file_a_rough_picture_is_at_hand(void **state)
{
    Reader reader;
    const char *one = in_folder(state, "one.png"),
               *large = in_folder(state, "large.tif");
    save(one, 1);
    make_blank(large, 10000, 1000);
    atomic_store(&advanced, 0);
    log_set_level(LOG_DEBUG);
    log_set_sink(count_lines);
    start_with(&reader, 8 << 20, false);
    uint64_t request = loader_want(reader.loader, one, false);
    loader_expect(reader.loader, &large, 1);
    await_answer(&reader, request);
    await_advanced(1);
    await_answer(&reader, loader_want(reader.loader, large, false));
    assert_true(reader.at_hand);
    assert_false(reader.full);
    assert_int_equal(reader.info.width, 10000);
    stop(&reader);
    log_set_sink(NULL);
    log_set_level(LOG_INFO);
}

/* There is room for one, which the screen has until there is a rough one. */
static void a_rough_picture_of_the_last_file_stays(void **state)
{
    Reader reader;
    const char *files[2] = {in_folder(state, "1.png"), in_folder(state, "2.png")};
    save_high(files[0], 2500, 600); /* 6 MB in all sizes */
    save_high(files[1], 2500, 600);
    start_with(&reader, 12000000, false); /* of which three quarters are for them */
    for (int i = 0; i < 3; i++) {
        reader.holds = i == 1;
        uint64_t request = loader_want(reader.loader, files[i % 2], false);
        loader_expect(reader.loader, &files[(i + 1) % 2], 1);
        await_answer(&reader, request);
        assert_int_equal(reader.at_hand, i == 2);
        assert_int_equal(reader.full, i < 2);
    }
    pyramid_unref(&reader.held);
    while (!reader.full)
        dispatch_process(reader.ui, -1);
    assert_false(reader.at_hand);
    stop(&reader);
}

/* Wanted when most of it has been read in advance. Returns whether that reading ended
 * well, which it has done meanwhile where the picture is at hand. */
static bool want_midway(Reader *reader, const char *other, const char *large)
{
    atomic_store(&advanced, 0);
    await_answer(reader, loader_want(reader->loader, other, false));
    loader_expect(reader->loader, &large, 1);
    while (loader_advanced(reader->loader) < 50 && !atomic_load(&advanced))
        dispatch_process(reader->ui, 1);
    uint64_t request = loader_want(reader->loader, large, false);
    while (reader->answered < request || !reader->full)
        dispatch_process(reader->ui, -1);
    assert_int_equal(reader->info.width, 2500);
    return atomic_load(&advanced) == 1;
}

static void what_has_been_read_in_advance_is_not_read_again(void **state)
{
    Reader reader;
    const char *other = in_folder(state, "other.png"),
               *large = in_folder(state, "large.tif");
    bool ended;
    save(other, 1);
    log_set_level(LOG_DEBUG);
    log_set_sink(count_lines);
    start(&reader);
    do {
        save_high(large, 2500, 4000); /* anew: it may be at hand from the last time */
        ended = want_midway(&reader, other, large);
    } while (ended && reader.at_hand);
    assert_true(ended);
    stop(&reader);
    log_set_sink(NULL);
    log_set_level(LOG_INFO);
}

static void a_file_that_has_changed_is_read_again(void **state)
{
    Reader reader;
    const char *one = in_folder(state, "one.png");
    save(one, 1);
    start(&reader);
    await_answer(&reader, loader_want(reader.loader, one, false));
    save(one, 7);
    await_answer(&reader, loader_want(reader.loader, one, false));
    assert_false(reader.at_hand);
    assert_int_equal(reader.info.width, 7);
    stop(&reader);
}

static void the_end_drops_the_file_in_work(void **state)
{
    Reader reader;
    start(&reader);
    const char *there = in_folder(state, "there.png");
    save(there, 5);
    loader_want(reader.loader, there, false);
    stop(&reader);
    assert_int_equal(reader.answered, 0);
    loader_stop(NULL);
}

/* While the program starts it waits for the first look, but not for one that there is
 * not, nor if another file is wanted. */
static void a_large_file_comes_in_full(void **state)
{
    Reader reader;
    const char *large = in_folder(state, "large.jpg"),
               *small = in_folder(state, "small.png");
    save_high(large, 3505, 2291);
    save(small, 3);
    for (int starting = 0; starting < 2; starting++) {
        start_with(&reader, 0, starting);
        for (int i = 0; i < 3; i++) {
            loader_want(reader.loader, large, false);
            await_answer(&reader, loader_want(reader.loader, small, false));
            assert_int_equal(reader.info.width, 3);
        }
        uint64_t request = loader_want(reader.loader, large, false);
        while (reader.answered < request || !reader.full)
            dispatch_process(reader.ui, -1);
        assert_int_equal(reader.info.width, 3505);
        loader_go_on(reader.loader);
        await_answer(&reader, loader_want(reader.loader, small, false));
        stop(&reader);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_and_a_missing_one),
        cmocka_unit_test(leafing_ends_at_the_last_file),
        cmocka_unit_test(the_next_file_is_read_in_advance),
        cmocka_unit_test(the_next_file_comes_before_the_last),
        cmocka_unit_test(of_the_next_large_file_a_rough_picture_is_at_hand),
        cmocka_unit_test(a_rough_picture_of_the_last_file_stays),
        cmocka_unit_test(what_has_been_read_in_advance_is_not_read_again),
        cmocka_unit_test(a_file_that_has_changed_is_read_again),
        cmocka_unit_test(the_end_drops_the_file_in_work),
        cmocka_unit_test(a_large_file_comes_in_full),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
