/* Writing: every layout, what a format cannot store, and files that appear whole or
 * not at all. */
#include "test_image.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/file/outfile.h"
#include "image/writer.h"

static void every_sample_is_kept(void **state)
{
    static const char *const names[] = {"a.png", "a.tif"};
    for (int depth = 8; depth <= 16; depth += 8)
        for (int kind = 0; kind < 8; kind++) {
            Image *image = picture(33, 17, 1 + kind / 2, depth);
            const char *path = in_folder(state, names[kind % 2]);
            save_good(image, path, 0);
            Image *back = load_good(path);
            assert_same_pixels(image, back);
            image_unref(&back);
            image_unref(&image);
        }
}

/* The largest difference of a sample. */
static int distance(const Image *a, const Image *b)
{
    int most = 0;
    assert_memory_equal(&a->info, &b->info, sizeof a->info);
    for (int y = 0; y < a->info.height; y++)
        for (size_t i = 0; i < image_row_bytes(a->info); i++) {
            int d = abs(image_row(a, y)[i] - image_row(b, y)[i]);
            most = d > most ? d : most;
        }
    return most;
}

static void jpeg_is_near(void **state)
{
    for (int channels = 1; channels <= 3; channels += 2) {
        Image *image = picture(37, 21, channels, 8);
        const char *path = in_folder(state, "a.jpg");
        save_good(image, path, 98);
        Image *back = load_good(path);
        assert_in_range(distance(image, back), 0, 6);
        image_unref(&back);
        image_unref(&image);
    }
}

static void jpeg_drops_alpha_and_rounds(void **state)
{
    Image *deep = picture(32, 16, 4, 16), *flat = picture(32, 16, 3, 8);
    for (int y = 0; y < 16; y++)
        for (int x = 0; x < 32; x++)
            for (int c = 0; c < 3; c++) {
                uint16_t value = ((uint16_t *)(void *)image_row(deep, y))[4 * x + c];
                image_row(flat, y)[3 * x + c] =
                    (uint8_t)((value * 255u + 32767) / 65535);
            }
    const char *from_deep = in_folder(state, "deep.jpg");
    const char *from_flat = in_folder(state, "flat.jpg");
    save_good(deep, from_deep, 90);
    save_good(flat, from_flat, 90);
    Image *a = load_good(from_deep), *b = load_good(from_flat);
    assert_same_pixels(a, b);
    image_unref(&a);
    image_unref(&b);
    image_unref(&deep);
    image_unref(&flat);
}

static void gray_alpha_becomes_gray_in_jpeg(void **state)
{
    Image *image = picture(16, 16, 2, 8);
    const char *path = in_folder(state, "a.jpg");
    save_good(image, path, 0);
    Image *back = load_good(path);
    assert_int_equal(back->info.channels, 1);
    image_unref(&back);
    image_unref(&image);
}

static void assert_save_fails(const char *path, SaveOptions options, ErrKind kind,
                              const char *reason)
{
    Err err = {0};
    char text[sizeof err.text];
    Image *image = picture(4, 4, 3, 8);
    snprintf(text, sizeof text, "%s: %s", path, reason);
    assert_false(writer_save(image, path, &options, &err));
    assert_string_equal(err.text, text);
    assert_int_equal(err.kind, kind);
    image_unref(&image);
}

static void a_wrong_request_is_refused(void **state)
{
    assert_save_fails(in_folder(state, "a"), (SaveOptions){0}, ERR_USAGE,
                      "no extension that says which format to write (jpg, png, tif)");
    assert_save_fails(
        in_folder(state, "a.doc"), (SaveOptions){0}, ERR_USAGE,
        "unknown image format doc; lutist writes jpeg, png, tiff, webp and jxl");
    assert_save_fails(in_folder(state, "a.gif"), (SaveOptions){0}, ERR_USAGE,
                      "gif is only read; lutist writes jpeg, png, tiff, webp and jxl");
    assert_save_fails(in_folder(state, "a.jpg"), (SaveOptions){.quality = 101},
                      ERR_USAGE, "JPEG quality 101 is not between 1 and 100");
    assert_int_equal(folder_count(*state), 0);
}

static void a_missing_folder_is_named(void **state)
{
    char text[200];
    snprintf(text, sizeof text, "the folder %s/no does not exist",
             (const char *)*state);
    assert_save_fails(in_folder(state, "no/a.png"), (SaveOptions){0}, ERR_FILE, text);
    bytes_write(in_folder(state, "file"), "x", 1);
    snprintf(text, sizeof text, "%s/file is not a folder", (const char *)*state);
    assert_save_fails(in_folder(state, "file/a.png"), (SaveOptions){0}, ERR_FILE, text);
}

static void what_exists_is_kept(void **state)
{
    const char *path = in_folder(state, "a.png");
    bytes_write(path, "mine", 4);
    assert_save_fails(path, (SaveOptions){0}, ERR_FILE,
                      "already exists; only --overwrite replaces it");
    size_t size;
    uint8_t *bytes = bytes_read(path, &size);
    assert_int_equal(size, 4);
    mem_free(bytes);
    assert_int_equal(folder_count(*state), 1);
}

static void what_appears_meanwhile_is_kept(void **state)
{
    const char *path = in_folder(state, "a.png");
    Image *image = picture(4, 4, 3, 8);
    Err err = {0};
    Writer *writer = writer_open(path, image->info, NULL, NULL, &err);
    assert_non_null(writer);
    assert_true(writer_write(writer, image->data, image->stride, 4, &err));
    bytes_write(path, "mine", 4);
    Outfile *out = writer_finish(writer, &err);
    assert_non_null(out);
    assert_false(outfile_commit(out, &err));
    assert_non_null(strstr(err.text, "already exists"));
    assert_int_equal(folder_count(*state), 1);
    size_t size;
    mem_free(bytes_read(path, &size));
    assert_int_equal(size, 4);
    image_unref(&image);
}

static mode_t mode_of(const char *path)
{
    struct stat st;
    assert_int_equal(lstat(path, &st), 0);
    return st.st_mode & 07777;
}

static void modes_are_what_they_should_be(void **state)
{
    const char *path = in_folder(state, "a.png");
    Image *image = picture(4, 4, 3, 8);
    mode_t old = umask(027);
    save_good(image, path, 0);
    assert_int_equal(mode_of(path), 0640);
    chmod(path, 0604);
    save_good(image, path, 0);
    assert_int_equal(mode_of(path), 0604);
    umask(old);
    assert_int_equal(folder_count(*state), 1);
    image_unref(&image);
}

static void a_link_is_replaced_not_followed(void **state)
{
    const char *real = in_folder(state, "real.png"), *link = in_folder(state, "l.png");
    struct stat st;
    Image *image = picture(4, 4, 3, 8);
    bytes_write(real, "x", 1);
    for (int broken = 0; broken < 2; broken++) {
        assert_int_equal(symlink("real.png", link), 0);
        assert_save_fails(link, (SaveOptions){0}, ERR_FILE,
                          "already exists; only --overwrite replaces it");
        save_good(image, link, 0);
        assert_int_equal(lstat(link, &st), 0);
        assert_true(S_ISREG(st.st_mode));
        assert_int_equal(unlink(link), 0);
        if (broken)
            assert_int_equal(lstat(real, &st), -1);
        else
            assert_true(stat(real, &st) == 0 && st.st_size == 1);
        unlink(real);
    }
    image_unref(&image);
}

static void only_files_are_replaced(void **state)
{
    SaveOptions options = {.format = "png", .overwrite = true};
    const char *fifo = in_folder(state, "fifo");
    assert_save_fails(*state, options, ERR_FILE, "is a folder");
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_save_fails(fifo, options, ERR_FILE,
                      "not an ordinary file; it is not replaced");
}

static void an_abort_leaves_nothing(void **state)
{
    Err err = {0};
    Image *image = picture(4, 4, 3, 8);
    Writer *writer =
        writer_open(in_folder(state, "a.jpg"), image->info, NULL, NULL, &err);
    assert_non_null(writer);
    assert_int_equal(folder_count(*state), 1);
    assert_true(writer_write(writer, image->data, image->stride, 2, &err));
    writer_abort(writer);
    writer_abort(NULL);
    assert_int_equal(folder_count(*state), 0);
    image_unref(&image);
}

/* A file size limit stands in for a full disk. */
static void a_full_disk_is_an_error(void **state)
{
    static const char *const names[] = {"a.jpg", "a.png", "a.tif"};
    struct rlimit old, small;
    Image *image = picture(500, 500, 3, 8);
    for (uint32_t i = 0, noise = 1; i < 500 * image->stride; i++)
        image->data[i] = (uint8_t)((noise = noise * 1664525 + 1013904223) >> 24);
    getrlimit(RLIMIT_FSIZE, &old);
    small = old;
    signal(SIGXFSZ, SIG_IGN);
    for (int i = 0; i < 6; i++) {
        Err err = {0};
        const char *path = in_folder(state, names[i % 3]);
        char text[200];
        snprintf(text, sizeof text, "%s: %s", path, strerror(EFBIG));
        small.rlim_cur = i < 3 ? 200000 : 100; /* while writing; while flushing */
        setrlimit(RLIMIT_FSIZE, &small);
        bool done = writer_save(image, path, NULL, &err);
        setrlimit(RLIMIT_FSIZE, &old);
        assert_false(done);
        assert_string_equal(err.text, text);
        assert_int_equal(folder_count(*state), 0);
    }
    signal(SIGXFSZ, SIG_DFL);
    image_unref(&image);
}

static void a_long_name_is_no_obstacle(void **state)
{
    Err err = {0};
    char path[400];
    snprintf(path, sizeof path, "%s/%0251d.png", (const char *)*state, 0);
    Image *image = picture(4, 4, 1, 8);
    assert_true(writer_save(image, path, NULL, &err));
    image_unref(&image);
}

static void the_temporary_name_is_beside_the_target(void **state)
{
    Err err = {0};
    Outfile *out = outfile_open(in_folder(state, "x.json"), &(OutfileRules){0}, &err);
    assert_non_null(out);
    DIR *dir = opendir(*state);
    assert_non_null(dir);
    struct dirent *entry;
    while ((entry = readdir(dir)) && strlen(entry->d_name) <= 2)
        ;
    assert_non_null(entry);
    assert_memory_equal(entry->d_name, ".x.json.lutist-", 15);
    assert_int_equal(strlen(entry->d_name), 15 + 12);
    closedir(dir);
    fputs("{}", outfile_file(out));
    assert_true(outfile_save(out, &err));
    size_t size;
    mem_free(bytes_read(in_folder(state, "x.json"), &size));
    assert_int_equal(size, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(every_sample_is_kept),
        IN_FOLDER(jpeg_is_near),
        IN_FOLDER(jpeg_drops_alpha_and_rounds),
        IN_FOLDER(gray_alpha_becomes_gray_in_jpeg),
        IN_FOLDER(a_wrong_request_is_refused),
        IN_FOLDER(a_missing_folder_is_named),
        IN_FOLDER(what_exists_is_kept),
        IN_FOLDER(what_appears_meanwhile_is_kept),
        IN_FOLDER(modes_are_what_they_should_be),
        IN_FOLDER(a_link_is_replaced_not_followed),
        IN_FOLDER(only_files_are_replaced),
        IN_FOLDER(an_abort_leaves_nothing),
        IN_FOLDER(a_full_disk_is_an_error),
        IN_FOLDER(a_long_name_is_no_obstacle),
        IN_FOLDER(the_temporary_name_is_beside_the_target),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
