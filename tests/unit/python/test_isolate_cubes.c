/* Cubes between a host and a script's process, and the files that a look depends on. */
#include "cm.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "python/isolate/wire/wire_cubes.h"

static const double LO[3] = {-0.1, 0, 0.3}, HI[3] = {1.1, 1, 0.7};

static Cube *make_cube(double least, bool shaped)
{
    static const double rows[] = {0, 0, 0, 0.3, 0.5, 0.1, 1, 1, 1};
    double *values = cube_values_new(2, NULL);
    for (int i = 0; i < 24; i++)
        values[i] = least + i / 7.0;
    Cube *cube = cube_take(values, 2, LO, HI);
    memcpy(cube->name, "film", 5);
    if (!shaped)
        return cube;
    Cube *behind = cube_shaped(cube, rows, 3, LO, (double[3]){2, 2, 2}, NULL);
    assert_non_null(behind);
    cube_unref(&cube);
    return behind;
}

static Stage stage_of(const Cube *cube)
{
    return (Stage){.kind = STAGE_CUBE, .cube = cube, .mix = 1};
}

static bool read(const Pack *pack, size_t size, WireCubes *last)
{
    Unpack unpack = unpack_begin(pack->data, size);
    return unpack_cubes(&unpack, last, NULL) && unpack_done(&unpack);
}

static void assert_same(const Cube *a, const Cube *b)
{
    assert_int_equal(a->table.size, b->table.size);
    assert_memory_equal(a->table.lo, b->table.lo, sizeof a->table.lo);
    assert_memory_equal(a->table.scale, b->table.scale, sizeof a->table.scale);
    assert_memory_equal(a->values, b->values, 24 * sizeof(double));
    assert_memory_equal(a->slope, b->slope, sizeof a->slope);
    assert_memory_equal(a->least, b->least, sizeof a->least);
    assert_string_equal(a->name, b->name);
    assert_int_equal(a->shaper[1].pieces, b->shaper[1].pieces);
    assert_int_equal(a->pieces != NULL, b->pieces != NULL);
    if (a->pieces)
        assert_memory_equal(a->pieces, b->pieces, 9 * sizeof(CurvePiece));
}

static void test_cubes_come_back_and_cross_once(void **state)
{
    (void)state;
    Cube *one = make_cube(0, false), *other = make_cube(-2, true);
    const Stage first[] = {stage_of(one), stage_of(other), stage_of(one)};
    const Stage second[] = {stage_of(other)};
    WireCubes child = {0}, host = {0};
    Pack pack = {0}, again = {0};
    pack_cubes(&pack, first, 3, &child);
    for (size_t size = 0; size < pack.size; size++)
        assert_false(read(&pack, size, &host));
    assert_int_equal(host.count, 0);
    assert_true(read(&pack, pack.size, &host));
    assert_int_equal(host.count, 2);
    assert_same(host.cubes[0], one);
    assert_same(host.cubes[1], other);
    const Cube *kept = host.cubes[1];
    pack_cubes(&again, second, 1, &child);
    assert_true(again.size < 16); /* its number */
    assert_true(read(&again, again.size, &host));
    assert_int_equal(host.count, 1);
    assert_ptr_equal(host.cubes[0], kept);
    wire_cubes_clear(&host);
    assert_false(read(&again, again.size, &host)); /* of what it does not have */
    wire_cubes_clear(&child);
    pack_term(&pack);
    pack_term(&again);
    cube_unref(&one);
    cube_unref(&other);
}

/* The contents of one cube with one thing wrong. */
static bool can_read(uint32_t size, double lo, double scale, double value,
                     uint32_t rows)
{
    WireCubes host = {0};
    Pack pack = {0};
    pack_u32(&pack, 1);
    pack_u32(&pack, 0);
    pack_text(&pack, "film");
    pack_u32(&pack, size);
    for (int i = 0; i < 6; i++)
        pack_f64(&pack, i < 3 ? lo : scale);
    for (int i = 0; i < 24; i++)
        pack_f64(&pack, i == 23 ? value : 0.5);
    pack_u32(&pack, rows);
    bool good = read(&pack, pack.size, &host);
    wire_cubes_clear(&host);
    pack_term(&pack);
    return good;
}

static void test_impossible_cubes_are_refused(void **state)
{
    (void)state;
    assert_true(can_read(2, 0, 1, 0.5, 0));
    assert_false(can_read(1, 0, 1, 0.5, 0));
    assert_false(can_read(3, 0, 1, 0.5, 0));
    assert_false(can_read(UINT32_MAX, 0, 1, 0.5, 0));
    assert_false(can_read(2, NAN, 1, 0.5, 0));
    assert_false(can_read(2, 0, 0, 0.5, 0));
    assert_false(can_read(2, 0, -1, 0.5, 0));
    assert_false(can_read(2, 0, 1e-320, 0.5, 0));
    assert_false(can_read(2, 0, 1, NAN, 0));
    assert_false(can_read(2, 0, 1, 1e31, 0));
    assert_false(can_read(2, 0, 1, 0.5, 1));
    assert_false(can_read(2, 0, 1, 0.5, 2));
}

static void test_files_come_back(void **state)
{
    (void)state;
    WatchFiles files = {0}, copy = {0};
    Pack pack = {0};
    watch_files_add(&files, "/a/film.py", (FileStamp){1, 2, 3, 4, 5});
    watch_files_add(&files, "/a/\xff.cube", (FileStamp){0});
    pack_files(&pack, &files);
    Unpack unpack = unpack_begin(pack.data, pack.size);
    unpack_files(&unpack, &copy);
    assert_true(unpack_done(&unpack));
    assert_int_equal(copy.count, 2);
    assert_string_equal(copy.files[1].path, "/a/\xff.cube");
    assert_memory_equal(&copy.files[0].stamp, &files.files[0].stamp, sizeof(FileStamp));
    watch_files_clear(&copy);
    watch_files_clear(&files);
    pack_term(&pack);
    watch_files_add(&files, "film.py", (FileStamp){0}); /* not absolute */
    pack_files(&pack, &files);
    unpack = unpack_begin(pack.data, pack.size);
    unpack_files(&unpack, &copy);
    assert_true(unpack.bad);
    watch_files_clear(&files);
    watch_files_clear(&copy);
    pack_term(&pack);
}

/* As many as there may be, each twice: a child may not keep its host searching. */
static void test_many_files_come_back(void **state)
{
    (void)state;
    enum { MOST = 65536 };
    WatchFiles copy = {0};
    Pack pack = {0};
    FileStamp stamp = {1, 2, 3, 4, 5};
    pack_u32(&pack, MOST);
    for (int i = 0; i < MOST; i++) {
        char path[32];
        snprintf(path, sizeof path, "/looks/%d.py", i / 2);
        pack_text(&pack, path);
        pack_bytes(&pack, &stamp, sizeof stamp);
        stamp.size++;
    }
    Unpack unpack = unpack_begin(pack.data, pack.size);
    unpack_files(&unpack, &copy);
    assert_true(unpack_done(&unpack));
    assert_int_equal(copy.count, MOST / 2);
    assert_string_equal(copy.files[MOST / 2 - 1].path, "/looks/32767.py");
    assert_int_equal(copy.files[MOST / 2 - 1].stamp.size, 3 + MOST - 2); /* the first */
    watch_files_clear(&copy);
    pack_term(&pack);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cubes_come_back_and_cross_once),
        cmocka_unit_test(test_impossible_cubes_are_refused),
        cmocka_unit_test(test_files_come_back),
        cmocka_unit_test(test_many_files_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
