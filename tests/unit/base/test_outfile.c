/* Files that appear whole or not at all: their folder, their access, their leftovers.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include "cm.h"

#include "base/file/outfile.h"
#include "base/file/tempname.h"
#include "test_folder.h"

static Outfile *open_good(const char *path, const OutfileRules *rules)
{
    Err err = {0};
    Outfile *out = outfile_open(path, rules, &err);
    if (!out)
        fail_msg("%s", err.text);
    return out;
}

static void save(const char *path, const OutfileRules *rules)
{
    Err err = {0};
    Outfile *out = open_good(path, rules);
    fputs("new", outfile_file(out));
    if (!outfile_save(out, &err))
        fail_msg("%s", err.text);
}

static mode_t mode_of(const char *path)
{
    struct stat found;
    assert_int_equal(lstat(path, &found), 0);
    return found.st_mode & 07777;
}

static void assert_holds(const char *path, const char *wanted)
{
    size_t size;
    uint8_t *bytes = bytes_read(path, &size);
    assert_string_equal((char *)bytes, wanted);
    mem_free(bytes);
}

/* The file has its name only after all three steps. */

static void each_step_does_its_part(void **state)
{
    Err err = {0};
    const char *path = in_folder(state, "a.txt");
    Outfile *out = open_good(path, &(OutfileRules){0});
    fputs("text", outfile_file(out));
    struct stat before, after;
    outfile_identify(out, &before);
    assert_true(outfile_flush(out, &err));
    assert_int_equal(stat(path, &after), -1);
    assert_true(outfile_sync(out, &err));
    assert_int_equal(stat(path, &after), -1);
    assert_true(outfile_commit(out, &err));
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_holds(path, "text");
    assert_int_equal(folder_count(*state), 1);
}

static void a_swapped_folder_does_not_get_it(void **state)
{
    Err err = {0};
    const char *real = in_folder(state, "real"), *moved = in_folder(state, "moved");
    assert_int_equal(mkdir(real, 0755), 0);
    Outfile *out = open_good(in_folder(state, "real/a.txt"), &(OutfileRules){0});
    assert_int_equal(rename(real, moved), 0);
    assert_int_equal(symlink("/nowhere", real), 0);
    assert_true(outfile_flush(out, &err));
    assert_true(outfile_commit(out, &err));
    const char *there = in_folder(state, "moved/a.txt");
    assert_int_equal(access(there, F_OK), 0);
    unlink(there);
    rmdir(moved);
}

static void a_name_that_is_none_is_refused(void **state)
{
    static const char *const names[] = {"", ".", ".."};
    for (int i = 0; i < 3; i++) {
        Err err = {0};
        assert_null(outfile_open(in_folder(state, names[i]),
                                 &(OutfileRules){.overwrite = true}, &err));
        assert_non_null(strstr(err.text, "folder"));
    }
    assert_int_equal(folder_count(*state), 0);
}

static bool refuse(void *context, int folder, const char *name,
                   const struct stat *there, Err *err)
{
    struct stat found;
    assert_int_equal(fstatat(folder, name, &found, AT_SYMLINK_NOFOLLOW), 0);
    assert_int_equal(found.st_ino, there->st_ino);
    ++*(int *)context;
    return err_set(err, ERR_FILE, "is precious");
}

static void the_guard_is_asked_before_the_rename(void **state)
{
    int asked = 0;
    Err err = {0};
    const char *path = in_folder(state, "a.txt");
    OutfileRules rules = {.overwrite = true, .guard = refuse, .context = &asked};
    Outfile *out = open_good(path, &rules);
    assert_int_equal(asked, 0);
    bytes_write(path, "precious", 8); /* it appears meanwhile */
    assert_true(outfile_flush(out, &err));
    assert_false(outfile_commit(out, &err));
    assert_int_equal(asked, 1);
    assert_string_equal(err.text + strlen(path), ": is precious");
    assert_holds(path, "precious");
    assert_null(outfile_open(path, &rules, &err));
    assert_int_equal(asked, 2);
    assert_int_equal(folder_count(*state), 1);
}

/* Permissions */

static mode_t created(void **state, Permissions source)
{
    const char *path = in_folder(state, "new");
    save(path, &(OutfileRules){.source = source});
    mode_t mode = mode_of(path);
    unlink(path);
    return mode;
}

static void a_new_file_is_no_more_open_than_its_source(void **state)
{
    mode_t old = umask(022);
    gid_t mine = getegid();
    assert_int_equal(created(state, (Permissions){0}), 0644);
    assert_int_equal(created(state, (Permissions){S_IFREG | 0600, mine, false}), 0600);
    assert_int_equal(created(state, (Permissions){S_IFREG | 0400, mine, false}), 0400);
    assert_int_equal(created(state, (Permissions){S_IFREG | 0755, mine, false}), 0644);
    assert_int_equal(created(state, (Permissions){S_IFREG | 0666, mine, false}), 0644);
    assert_int_equal(created(state, (Permissions){S_IFREG, mine, false}), 0400);
    /* If the group differs, its members may have been "others", or the reverse. */
    assert_int_equal(created(state, (Permissions){S_IFREG | 0640, mine + 1, false}),
                     0600);
    assert_int_equal(created(state, (Permissions){S_IFREG | 0604, mine + 1, false}),
                     0600);
    assert_int_equal(created(state, (Permissions){S_IFREG | 0644, mine + 1, false}),
                     0644);
    assert_int_equal(created(state, (Permissions){S_IFREG | 0644, mine, true}), 0600);
    umask(077);
    assert_int_equal(created(state, (Permissions){S_IFREG | 0644, mine, false}), 0600);
    umask(old);
}

static void a_temporary_file_is_never_more_open(void **state)
{
    const char *path = in_folder(state, "a.txt");
    bytes_write(path, "old", 3);
    chmod(path, 0600);
    Outfile *out = open_good(path, &(OutfileRules){.overwrite = true});
    struct stat found;
    assert_int_equal(fstat(fileno(outfile_file(out)), &found), 0);
    assert_int_equal(found.st_mode & 0777, 0600);
    outfile_abort(out);
}

static void what_replaces_takes_mode_and_attributes(void **state)
{
    const char *path = in_folder(state, "a.txt");
    bytes_write(path, "old", 3);
    bool has_attributes = setxattr(path, "user.rating", "5", 1, 0) == 0;
    static const mode_t modes[] = {0664, 0600, 0604, 0777};
    for (int i = 0; i < 4; i++) {
        struct stat before, after;
        chmod(path, modes[i]);
        stat(path, &before);
        save(path, &(OutfileRules){.overwrite = true,
                                   .source = {S_IFREG | 0600, getegid(), false}});
        stat(path, &after);
        assert_int_not_equal(before.st_ino, after.st_ino);
        assert_int_equal(after.st_mode & 07777, modes[i]);
        char value[2] = "";
        if (has_attributes)
            assert_int_equal(getxattr(path, "user.rating", value, 1), 1);
        assert_string_equal(value, has_attributes ? "5" : "");
    }
    assert_holds(path, "new");
}

static void what_replaces_takes_the_owner(void **state)
{
    const char *path = in_folder(state, "a.txt");
    bytes_write(path, "old", 3);
    if (chown(path, 12345, 23456) != 0)
        skip(); /* only root may change a file's owner */
    chmod(path, 0640);
    save(path, &(OutfileRules){.overwrite = true});
    struct stat found;
    stat(path, &found);
    assert_int_equal(found.st_uid, 12345);
    assert_int_equal(found.st_gid, 23456);
    assert_int_equal(found.st_mode & 0777, 0640);
}

/* user::rw- user:USER:r-- group::--- mask::r-- other::---, as the kernel keeps it. */
static const uint8_t LIST[] = {2,   0,   0,   0,   1,   0,   6,  0,   255, 255, 255,
                               255, 2,   0,   4,   0,   57,  48, 0,   0,   4,   0,
                               0,   0,   255, 255, 255, 255, 16, 0,   4,   0,   255,
                               255, 255, 255, 32,  0,   0,   0,  255, 255, 255, 255};
static const char LIST_NAME[] = "system.posix_acl_access";

static void an_access_list_is_kept(void **state)
{
    const char *path = in_folder(state, "a.txt");
    bytes_write(path, "old", 3);
    if (setxattr(path, LIST_NAME, LIST, sizeof LIST, 0) != 0)
        skip(); /* the file system has no access lists */
    save(path, &(OutfileRules){.overwrite = true});
    uint8_t after[sizeof LIST];
    assert_int_equal(getxattr(path, LIST_NAME, after, sizeof after), sizeof LIST);
    assert_memory_equal(after, LIST, sizeof LIST);
    assert_holds(path, "new");
    int file = open(path, O_RDONLY);
    struct stat found;
    assert_int_equal(fstat(file, &found), 0);
    assert_true(permissions_of(file, &found).listed);
    close(file);
    assert_int_equal(created(state, (Permissions){S_IFREG | 0640, getegid(), true}),
                     0600);
}

static void a_folder_s_list_does_not_open_what_had_none(void **state)
{
    const char *path = in_folder(state, "a.txt");
    bytes_write(path, "old", 3);
    chmod(path, 0640);
    if (setxattr(*state, "system.posix_acl_default", LIST, sizeof LIST, 0) != 0)
        skip();
    save(path, &(OutfileRules){.overwrite = true});
    assert_int_equal(getxattr(path, LIST_NAME, NULL, 0), -1);
    assert_int_equal(mode_of(path), 0640);
}

/* Leftovers */

static char *abandon(void **state, const char *name)
{
    char *temp;
    struct stat made;
    int folder = open(*state, O_RDONLY | O_DIRECTORY);
    int file = tempname_create(folder, name, 0600, &temp, &made);
    assert_true(file >= 0);
    close(file); /* as at the end of its process */
    close(folder);
    return temp;
}

static void clean(void **state)
{
    int folder = open(*state, O_RDONLY | O_DIRECTORY);
    tempname_clean(folder, NULL, NULL);
    close(folder);
}

static void what_a_killed_run_left_is_removed(void **state)
{
    char long_name[300] = "";
    memset(long_name, 'x', 255);
    mem_free(abandon(state, "a.jpg"));
    mem_free(abandon(state, "b"));
    mem_free(abandon(state, long_name));
    assert_int_equal(folder_count(*state), 3);
    clean(state);
    assert_int_equal(folder_count(*state), 0);
}

static void what_a_running_one_holds_is_kept(void **state)
{
    Err err = {0};
    const char *path = in_folder(state, "a.jpg");
    Outfile *out = open_good(path, &(OutfileRules){0});
    clean(state);
    assert_true(outfile_flush(out, &err));
    clean(state);
    assert_true(outfile_commit(out, &err));
    assert_int_equal(access(path, F_OK), 0);
}

static void other_files_are_kept(void **state)
{
    static const char *const names[] = {
        "a.lutist-abcd1234307n",  ".a.lutist-abcd1234307", ".a.lutist-abcd1234307n4",
        ".a.lutist-abcd1234307X", ".lutist-abcd1234307n",  ".a.lutist-abcd1234307n.jpg",
        ".a.lutisT-abcd1234307n", "lutist-abcd1234307n",   ".a.lutist-abcd12345678",
        ".my.lutist-photos",
    };
    const int count = sizeof names / sizeof *names;
    for (int i = 0; i < count; i++)
        bytes_write(in_folder(state, names[i]), "x", 1);
    assert_int_equal(symlink(names[0], in_folder(state, ".link.lutist-abcd1234307n")),
                     0);
    assert_int_equal(mkfifo(in_folder(state, ".fifo.lutist-abcd1234307n"), 0600), 0);
    clean(state);
    assert_int_equal(folder_count(*state), count + 2);
}

static void what_a_cleaner_has_in_hand_is_not_used(void **state)
{
    char *temp = abandon(state, "a.jpg");
    int folder = open(*state, O_RDONLY | O_DIRECTORY);
    int file = openat(folder, temp, O_RDWR);
    assert_int_equal(flock(file, LOCK_EX | LOCK_NB), 0);
    clean(state); /* another cleaner leaves it alone */
    assert_int_equal(folder_count(*state), 1);
    close(file);
    clean(state);
    assert_int_equal(folder_count(*state), 0);
    close(folder);
    mem_free(temp);
}

/* Folders */

static void missing_folders_are_made(void **state)
{
    Err err = {0};
    Folder *folder = folder_open(in_folder(state, "a/b/c"), true, &err);
    assert_non_null(folder);
    assert_true(folder_sync(folder, &err));
    folder_unref(&folder);
    assert_null(folder);
    folder_unref(&folder);
    assert_null(folder_open(in_folder(state, "no"), false, &err));
    assert_non_null(strstr(err.text, "does not exist"));
    bytes_write(in_folder(state, "file"), "x", 1);
    assert_null(folder_open(in_folder(state, "file"), true, &err));
    assert_int_equal(err.code, ENOTDIR);
    rmdir(in_folder(state, "a/b/c"));
    rmdir(in_folder(state, "a/b"));
    rmdir(in_folder(state, "a"));
}

static void own_folders_are_closed_to_others(void **state)
{
    Err err = {0};
    struct stat about;
    const char *deep = in_folder(state, "own/lutist");
    mode_t before = umask(0);
    assert_true(folder_make_own(deep, &err) && folder_make_own(deep, &err));
    umask(before);
    assert_int_equal(stat(in_folder(state, "own"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0700);
    bytes_write(in_folder(state, "file"), "x", 1);
    assert_false(folder_make_own(in_folder(state, "file/own"), &err));
    assert_int_equal(err.code, ENOTDIR);
    rmdir(deep);
    rmdir(in_folder(state, "own"));
}

static void a_path_that_is_too_long_makes_nothing(void **state)
{
    enum { LONG = 100000 };
    Err err = {0};
    char *path = mem_printf("%s/%0*d", (const char *)*state, LONG, 0);
    for (size_t i = strlen(*state), end = strlen(path); i < end; i += 2)
        path[i] = '/';
    assert_false(folder_make_own(path, NULL) || folder_make_own(path, &err));
    assert_int_equal(err.code, ENAMETOOLONG);
    assert_int_equal(folder_count(*state), 0);
    mem_free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(each_step_does_its_part),
        IN_FOLDER(a_swapped_folder_does_not_get_it),
        IN_FOLDER(a_name_that_is_none_is_refused),
        IN_FOLDER(the_guard_is_asked_before_the_rename),
        IN_FOLDER(a_new_file_is_no_more_open_than_its_source),
        IN_FOLDER(a_temporary_file_is_never_more_open),
        IN_FOLDER(what_replaces_takes_mode_and_attributes),
        IN_FOLDER(what_replaces_takes_the_owner),
        IN_FOLDER(an_access_list_is_kept),
        IN_FOLDER(a_folder_s_list_does_not_open_what_had_none),
        IN_FOLDER(what_a_killed_run_left_is_removed),
        IN_FOLDER(what_a_running_one_holds_is_kept),
        IN_FOLDER(other_files_are_kept),
        IN_FOLDER(what_a_cleaner_has_in_hand_is_not_used),
        IN_FOLDER(missing_folders_are_made),
        IN_FOLDER(own_folders_are_closed_to_others),
        IN_FOLDER(a_path_that_is_too_long_makes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
