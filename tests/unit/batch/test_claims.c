/* The files that a batch must not replace, and the folders it writes to. */
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>

#include "cm.h"

#include "batch/file/claims.h"
#include "batch/file/folders.h"
#include "test_folder.h"

static void claim(Claims *claims, const char *path, const char *name)
{
    struct stat found;
    assert_int_equal(stat(path, &found), 0);
    claims_add_input(claims, &found, name);
}

/* Write `path` as the result of `input`. */
static bool write_result(Claims *claims, const char *path, const char *input, Err *err)
{
    OutfileRules rules = {.overwrite = true, .guard = claims_guard, .context = claims};
    Outfile *out = outfile_open(path, &rules, err);
    if (!out)
        return false;
    fputs(input, outfile_file(out));
    assert_true(outfile_flush(out, err));
    return claims_commit(claims, out, input, err);
}

static void assert_kept(Claims *claims, const char *path, const char *why)
{
    Err err = {0};
    assert_false(write_result(claims, path, "y.jpg", &err));
    if (!strstr(err.text, why))
        fail_msg("%s: '%s' does not say '%s'", path, err.text, why);
}

static void inputs_and_results_are_kept(void **state)
{
    Err err = {0};
    Claims *claims = claims_new();
    const char *input = in_folder(state, "x.jpg"), *hard = in_folder(state, "hard.jpg");
    const char *result = in_folder(state, "result.jpg");
    bytes_write(input, "x", 1);
    claim(claims, input, "x.jpg");
    claim(claims, input, "x again");
    assert_int_equal(link(input, hard), 0);
    assert_kept(claims, input, "would overwrite the input x.jpg");
    assert_kept(claims, hard, "would overwrite the input x.jpg");
    bytes_write(result, "old", 3);
    assert_true(write_result(claims, result, "x.jpg", &err));
    assert_kept(claims, result, "would overwrite this run's result of x.jpg");
    assert_int_equal(folder_count(*state), 3);
    claims_free(claims);
    claims_free(NULL);
}

/* The look may know a link or its target. */
static void what_the_look_reads_is_kept(void **state)
{
    Err err = {0};
    Claims *claims = claims_new();
    const char *film = in_folder(state, "film.cube"), *link = in_folder(state, "link");
    const char *other = in_folder(state, "other");
    bytes_write(film, "x", 1);
    assert_int_equal(symlink("film.cube", link), 0);
    assert_int_equal(symlink("link", other), 0);
    claims_add_look(claims, in_folder(state, "missing"));
    claims_add_look(claims, link);
    assert_kept(claims, link, "which the look reads");
    assert_kept(claims, film, "which the look reads");
    assert_kept(claims, other, "which the look reads; it is not replaced");
    struct stat found;
    assert_int_equal(stat(film, &found), 0);
    assert_null(claims_input(claims, &found));
    assert_true(claims_keep(claims, &found));
    assert_true(write_result(claims, in_folder(state, "free"), "x.jpg", &err));
    claims_free(claims);
}

static int64_t birth(const char *path, ino_t *inode)
{
    struct statx found;
    assert_int_equal(statx(AT_FDCWD, path, 0, STATX_BTIME | STATX_INO, &found), 0);
    *inode = found.stx_ino;
    return found.stx_mask & STATX_BTIME
               ? found.stx_btime.tv_sec * 1000000000 + found.stx_btime.tv_nsec
               : 0;
}

/* Another run replaces a result; then its inode may be used by any file. */
static void an_inode_that_went_on_claims_nothing(void **state)
{
    Err err = {0};
    Claims *claims = claims_new();
    const char *path = in_folder(state, "r.jpg");
    assert_true(write_result(claims, path, "x.jpg", &err));
    ino_t first, next;
    int64_t made = birth(path, &first), again;
    do {
        unlink(path);
        bytes_write(path, "other", 5);
        again = birth(path, &next);
    } while (next == first && made && again == made);
    if (next == first && made)
        assert_true(write_result(claims, path, "y.jpg", &err));
    claims_free(claims);
}

typedef struct Race {
    Claims *claims;
    const char *path;
    atomic_int done;
} Race;

static void *race(void *arg)
{
    Race *it = arg;
    for (int i = 0; i < 50; i++) {
        char path[200];
        snprintf(path, sizeof path, "%s-%d", it->path, i);
        atomic_fetch_add(&it->done, write_result(it->claims, path, "a.jpg", NULL));
    }
    return NULL;
}

static void one_of_several_at_a_time_gets_a_name(void **state)
{
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    Race it = {.claims = claims_new(), .path = in_folder(state, "r")};
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, race, &it), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(it.done, 50);
    assert_int_equal(folder_count(*state), 50);
    claims_free(it.claims);
}

static int open_files(void)
{
    return folder_count("/proc/self/fd");
}

/* DIR/sub0, DIR/sub1, … in a static buffer. */
static const char *sub(void **state, int index)
{
    static char path[200];
    snprintf(path, sizeof path, "%s/sub%d", (const char *)*state, index);
    return path;
}

static Folder *get_good(Folders *folders, const char *path)
{
    Err err = {0};
    Folder *folder = folders_get(folders, path, &err);
    if (!folder)
        fail_msg("%s", err.text);
    return folder;
}

static void few_folders_stay_open(void **state)
{
    enum { COUNT = 3 * FOLDERS_KEPT };
    Folder *held[COUNT];
    Folders *folders = folders_new(true, NULL);
    int before = open_files();
    for (int i = 0; i < COUNT; i++) /* in use: all stay open */
        held[i] = get_good(folders, sub(state, i));
    assert_int_equal(open_files(), before + COUNT);
    for (int i = 0; i < COUNT; i++)
        folder_unref(&held[i]);
    Folder *again = get_good(folders, sub(state, 0));
    folder_unref(&again);
    again = get_good(folders, sub(state, COUNT));
    folder_unref(&again);
    assert_int_equal(open_files(), before + FOLDERS_KEPT);
    assert_true(folders_sync(folders, NULL));
    folders_free(folders);
    assert_int_equal(open_files(), before);
    for (int i = 0; i <= COUNT; i++)
        rmdir(sub(state, i));
}

/* Open so many other folders that sub0 is closed. */
static void push_out(Folders *folders, void **state)
{
    for (int i = 1; i <= 2 * FOLDERS_KEPT; i++) {
        Folder *folder = get_good(folders, sub(state, i));
        folder_unref(&folder);
    }
}

static void a_folder_that_was_swapped_is_refused(void **state)
{
    Err err = {0};
    Folders *folders = folders_new(false, NULL);
    Folder *first = get_good(folders, sub(state, 0)), *second;
    const char *away = in_folder(state, "away");
    /* While it is open it stays the same folder. */
    assert_int_equal(rename(sub(state, 0), away), 0);
    assert_int_equal(mkdir(sub(state, 0), 0755), 0);
    second = get_good(folders, sub(state, 0));
    assert_ptr_equal(first, second);
    folder_unref(&first);
    folder_unref(&second);
    push_out(folders, state);
    assert_null(folders_get(folders, sub(state, 0), &err));
    assert_non_null(strstr(err.text, "was replaced by another during the run"));
    folders_free(folders);
    rmdir(away);
    for (int i = 0; i <= 2 * FOLDERS_KEPT; i++)
        rmdir(sub(state, i));
}

static void assert_moved(Folders *folders, const char *path, const char *gone)
{
    Err err = {0};
    char *words = mem_printf("the folder %s was moved or removed", gone);
    assert_null(folders_get(folders, path, &err));
    if (!strstr(err.text, words))
        fail_msg("'%s' does not say '%s'", err.text, words);
    assert_int_equal(access(gone, F_OK), -1);
    mem_free(words);
}

/* Whoever moved it wants the results there, or nowhere. */
static void a_folder_that_was_moved_is_not_made_again(void **state)
{
    Folders *folders = folders_new(false, NULL);
    const char *out = in_folder(state, "out"), *day = in_folder(state, "out/1");
    const char *away = in_folder(state, "away"), *next = in_folder(state, "out/2/3");
    Folder *first = get_good(folders, day);
    folder_unref(&first);
    assert_int_equal(rename(out, away), 0);
    assert_moved(folders, next,
                 out); /* the folder new may be made again, but not its parent */
    assert_moved(folders, next, out); /* and again */
    first = get_good(folders, day);   /* it is open, and stays the same */
    folder_unref(&first);
    push_out(folders, state);
    assert_moved(folders, day, day);
    assert_int_equal(rename(away, out), 0);
    first = get_good(folders, day);
    folder_unref(&first);
    folders_free(folders);
    rmdir(day);
    rmdir(out);
    for (int i = 0; i <= 2 * FOLDERS_KEPT; i++)
        rmdir(sub(state, i));
}

enum { SUBS = 3 * FOLDERS_KEPT };

typedef struct Getter {
    Folders *folders;
    char *paths[SUBS]; /* owned */
    atomic_int got;
} Getter;

static void *get_all(void *arg)
{
    Getter *getter = arg;
    for (int i = 0; i < 4 * SUBS; i++) {
        Folder *folder = folders_get(getter->folders, getter->paths[i % SUBS], NULL);
        atomic_fetch_add(&getter->got, folder != NULL);
        folder_unref(&folder);
    }
    return NULL;
}

/* Threads that open, sync and close the same folders. */
static void several_threads_share_the_folders(void **state)
{
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    Getter it = {.folders = folders_new(true, NULL)};
    for (int i = 0; i < SUBS; i++)
        it.paths[i] = mem_printf("%s/%d", sub(state, 0), i);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, get_all, &it), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(it.got, THREADS * 4 * SUBS);
    assert_true(folders_sync(it.folders, NULL));
    folders_free(it.folders);
    for (int i = 0; i < SUBS; i++) {
        assert_int_equal(rmdir(it.paths[i]), 0);
        mem_free(it.paths[i]);
    }
    rmdir(sub(state, 0));
}

/* An input is never a leftover. */
static void inputs_are_no_leftovers(void **state)
{
    const char *left = in_folder(state, ".a.jpg.lutist-abcd1234307n");
    Claims *claims = claims_new();
    Folders *folders = folders_new(false, claims);
    bytes_write(left, "x", 1);
    claim(claims, left, left);
    Folder *folder = get_good(folders, *state);
    assert_int_equal(access(left, F_OK), 0);
    folder_unref(&folder);
    folders_free(folders);
    claims_free(claims);
}

static void leftovers_are_removed_once(void **state)
{
    const char *left = in_folder(state, ".a.jpg.lutist-abcd1234307n");
    Folders *folders = folders_new(false, NULL);
    for (int i = 0; i < 2; i++) {
        bytes_write(left, "x", 1);
        Folder *folder = get_good(folders, *state);
        assert_int_equal(access(left, F_OK), i ? 0 : -1);
        folder_unref(&folder);
    }
    folders_free(folders);
    folders_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(inputs_and_results_are_kept),
        IN_FOLDER(what_the_look_reads_is_kept),
        IN_FOLDER(an_inode_that_went_on_claims_nothing),
        IN_FOLDER(one_of_several_at_a_time_gets_a_name),
        IN_FOLDER(few_folders_stay_open),
        IN_FOLDER(a_folder_that_was_swapped_is_refused),
        IN_FOLDER(a_folder_that_was_moved_is_not_made_again),
        IN_FOLDER(several_threads_share_the_folders),
        IN_FOLDER(inputs_are_no_leftovers),
        IN_FOLDER(leftovers_are_removed_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
