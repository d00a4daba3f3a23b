/* The files that a batch reads, the outputs it names, and the outputs it refuses. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "batch/file/inputs.h"
#include "batch/file/output_conflicts.h"
#include "batch/file/outputs.h"
#include "cm.h"

static char folder[] = "/tmp/lutist-inputs-XXXXXX";

static void touch(const char *path)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(path, file);
    fclose(file);
}

/* photos/{a.jpg, b.PNG, note.txt, .hidden.jpg, sub/{c.png, loop -> ..}}, empty/, x.jpg
 */
static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder) || chdir(folder) != 0)
        return -1;
    mkdir("photos", 0755);
    mkdir("photos/sub", 0755);
    mkdir("empty", 0755);
    touch("photos/b.PNG");
    touch("photos/a.jpg");
    touch("photos/note.txt");
    touch("photos/.hidden.jpg");
    touch("photos/sub/c.png");
    touch("x.jpg");
    symlink("..", "photos/sub/loop");
    symlink("x.jpg", "link.jpg");
    link("x.jpg", "hard.jpg");
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    char *command = mem_printf("rm -rf %s", folder);
    int failed = chdir("/") != 0 || system(command) != 0;
    mem_free(command);
    return failed;
}

/* "a b c" against the inputs of a list, in order. */
static void assert_inputs(const InputList *list, const char *wanted)
{
    char all[1024] = "";
    for (int i = 0; i < list->count; i++)
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s", i ? " " : "",
                 list->files[i].input);
    assert_string_equal(all, wanted);
}

static InputList expand(const char *name, bool recursive, const char *not_into)
{
    InputList list = {0};
    inputs_expand(&list, &name, 1,
                  &(InputRules){.recursive = recursive, .not_into = not_into});
    return list;
}

static void a_folder_is_its_images(void **state)
{
    (void)state;
    InputList list = expand("photos", false, NULL);
    assert_inputs(&list, "photos/a.jpg photos/b.PNG");
    assert_string_equal(list.files[0].input + list.files[0].below, "a.jpg");
    inputs_clear(&list);
    list = expand("photos/", false, NULL);
    assert_inputs(&list, "photos/a.jpg photos/b.PNG");
    inputs_clear(&list);
}

static void recursion_ends(void **state)
{
    (void)state;
    InputList list = expand("photos", true, NULL);
    assert_inputs(&list, "photos/a.jpg photos/b.PNG photos/sub/c.png");
    assert_string_equal(list.files[2].input + list.files[2].below, "sub/c.png");
    inputs_clear(&list);
    list = expand("photos", true, "photos/sub");
    assert_inputs(&list, "photos/a.jpg photos/b.PNG");
    inputs_clear(&list);
}

static void a_file_is_taken_whatever_its_name(void **state)
{
    (void)state;
    InputList list = expand("photos/note.txt", false, NULL);
    assert_inputs(&list, "photos/note.txt");
    assert_string_equal(list.files[0].input + list.files[0].below, "note.txt");
    inputs_clear(&list);
}

static void a_folder_without_images_is_a_failure(void **state)
{
    (void)state;
    InputList list = expand("empty", true, NULL);
    assert_int_equal(list.count, 1);
    assert_non_null(strstr(list.files[0].reason, "no image"));
    inputs_clear(&list);
}

/* The output that `input` (one of n_inputs) gets for -o `output`. */
static void assert_named(const char *input, const char *output, const char *format,
                         bool recursive, const char *wanted)
{
    BatchOptions options = {.inputs = &input,
                            .n_inputs = 1,
                            .output = output,
                            .format = format,
                            .recursive = recursive};
    Err err = {0};
    InputList list = expand(input, recursive, NULL);
    if (!outputs_name(&list, &options, &err))
        fail_msg("%s", err.text);
    assert_string_equal(list.files[list.count - 1].output, wanted);
    inputs_clear(&list);
}

static void outputs_follow_the_inputs(void **state)
{
    (void)state;
    assert_named("photos/a.jpg", "out", NULL, false, "out/a.jpg");
    assert_named("photos/b.PNG", "out/", NULL, false, "out/b.PNG");
    assert_named("photos", "out", NULL, false, "out/b.PNG");
    assert_named("photos", "out", NULL, true, "out/sub/c.png");
    assert_named("photos", "{dir}/{stem}-x{ext}", NULL, true, "photos/sub/c-x.png");
    assert_named("photos", "{index}{ext}", NULL, true, "3.png");
    assert_named("x.jpg", "out.d", NULL, false, "out.d/x.jpg");
}

static void formats_decide_extensions(void **state)
{
    (void)state;
    assert_named("photos/b.PNG", "out", "jpeg", false, "out/b.jpg");
    assert_named("photos/b.PNG", "out", "png", false, "out/b.PNG");
    assert_named("photos/d.gif", "out", NULL, false, "out/d.png");
    assert_named("photos/d.webp", "out", "jpg", false, "out/d.jpg");
    assert_named("photos/noext", "out", NULL, false, "out/noext.png");
    assert_named("x.jpg", "{stem}", "png", false, "x");
}

static void one_file_may_have_its_name(void **state)
{
    (void)state;
    assert_named("x.jpg", "y.png", NULL, false, "y.png");
    assert_named("x.jpg", "new/y.jpeg", NULL, false, "new/y.jpeg");
    assert_named("x.jpg", "y.png/", NULL, false, "y.png/x.jpg");
}

static void assert_not_named(const char *input, const char *output, const char *format,
                             ErrKind kind, const char *why)
{
    const char *inputs[] = {input, input};
    BatchOptions options = {
        .inputs = inputs, .n_inputs = 2, .output = output, .format = format};
    Err err = {0};
    InputList list = {0};
    inputs_expand(&list, inputs, 2, &(InputRules){0});
    assert_false(outputs_name(&list, &options, &err));
    assert_int_equal(err.kind, kind);
    if (!strstr(err.text, why))
        fail_msg("'%s' does not say '%s'", err.text, why);
    inputs_clear(&list);
}

static void bad_outputs_are_refused(void **state)
{
    (void)state;
    assert_not_named("x.jpg", "y.png", NULL, ERR_USAGE, "several inputs");
    assert_not_named("x.jpg", "{name}.png", NULL, ERR_USAGE, "{name}");
    assert_not_named("x.jpg", "{stem}.gif", NULL, ERR_USAGE, "x.gif");
    assert_not_named("x.jpg", "{stem}", NULL, ERR_USAGE, "{ext}");
    assert_not_named("x.jpg", "out", "gif", ERR_USAGE, "jpeg, png, tiff, webp or jxl");
    assert_not_named("x.jpg", "{stem}.png", "jpeg", ERR_USAGE, "the format jpeg");
    assert_not_named("x.jpg", "photos/note.txt", NULL, ERR_FILE, "not a folder");
}

static InputList pair(const char *input, const char *output, const char *input2,
                      const char *output2)
{
    InputList list = {.files = mem_new(2, sizeof *list.files), .count = 2, .room = 2};
    list.files[0] = (BatchFile){mem_dup(input), 0, mem_dup(output)};
    list.files[1] = (BatchFile){mem_dup(input2), 0, mem_dup(output2)};
    return list;
}

static int asked;

static bool never_folds(const Target *target, bool may_write)
{
    (void)target;
    (void)may_write;
    asked++;
    return false;
}

static bool always_folds(const Target *target, bool may_write)
{
    return !never_folds(target, may_write);
}

/* May x.jpg and photos/a.jpg have these outputs? `why` is in the refusal. */
static void assert_apart(const char *one, const char *other, target_folds_fn folds,
                         const char *why)
{
    Err err = {0};
    InputList list = pair("x.jpg", one, "photos/a.jpg", other);
    bool apart = output_conflicts_outputs(&list, (CaseProbe){folds, true}, &err);
    if (apart != !why || (why && !strstr(err.text, why)))
        fail_msg("%s and %s: %s", one, other, apart ? "apart" : err.text);
    if (!apart)
        assert_int_equal(err.kind, ERR_USAGE);
    inputs_clear(&list);
}

static void two_inputs_never_share_an_output(void **state)
{
    (void)state;
    static const char *const same[] = {
        "out/a.jpg",  "./out/a.jpg",         "out/./a.jpg",
        "out//a.jpg", "photos/../out/a.jpg", "here/./out/a.jpg",
    };
    assert_int_equal(symlink(".", "here"), 0);
    for (int i = 0; i < 6; i++)
        assert_apart("out/a.jpg", same[i], never_folds,
                     "x.jpg and photos/a.jpg would both become out/a.jpg");
    assert_apart("photos/sub/loop/n.jpg", "photos/n.jpg", never_folds, "would both");
    assert_apart("photos/sub/../n.jpg", "photos/n.jpg", never_folds, "would both");
    assert_apart("out/a.jpg", "out/b.jpg", never_folds, NULL);
    /* Links at the outputs' names are replaced, each by itself. */
    assert_apart("link.jpg", "x.jpg", never_folds, NULL);
    assert_int_equal(asked, 0);
    unlink("here");
}

static void case_counts_where_the_file_system_says_so(void **state)
{
    (void)state;
    asked = 0;
    assert_apart("out/a.jpg", "out/A.JPG", never_folds, NULL);
    assert_int_equal(asked, 1);
    assert_apart("out/a.jpg", "out/A.JPG", always_folds, "upper and lower case");
    assert_apart("new/a.jpg", "NEW/a.jpg", always_folds, "upper and lower case");
    assert_apart("out/a.jpg", "out/b.jpg", always_folds, NULL);
    /* photos exists, so a folder of another spelling is another folder. */
    assert_apart("photos/n.jpg", "empty/n.jpg", always_folds, NULL);
}

static void a_file_system_is_asked_about_case(void **state)
{
    (void)state;
    static const char *const places[] = {"photos/n.jpg", "empty/n.jpg", "no/n.jpg"};
    for (int i = 0; i < 6; i++) {
        Target target;
        assert_true(target_find(&target, places[i % 3], NULL, NULL));
        assert_false(
            target_folds(&target, i < 3)); /* /tmp distinguishes upper and lower case */
        target_term(&target);
    }
    assert_int_equal(rmdir("empty"),
                     0); /* the test of the file system left nothing behind */
    assert_int_equal(mkdir("empty", 0755), 0);
}

static void up_from_what_is_not_there_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"photos/new/../n.jpg", "no/../x.jpg",
                                      "x.jpg/../n.jpg", "photos/a/b/../../n.jpg",
                                      "photos/.."};
    for (int i = 0; i < 5; i++) {
        Err err = {0};
        Target target;
        assert_false(target_find(&target, bad[i], NULL, &err));
        assert_int_equal(err.kind, ERR_USAGE);
        assert_memory_equal(err.text, bad[i], strlen(bad[i]));
        assert_apart(bad[i], "out/a.jpg", never_folds, bad[i]);
    }
    Target target;
    assert_true(target_find(&target, "photos/sub/../new/n.jpg", NULL, NULL));
    assert_string_equal(target.rest, "/new/n.jpg");
    target_term(&target);
}

static void an_input_named_twice_is_one(void **state)
{
    (void)state;
    const char *names[] = {"x.jpg",
                           "photos",
                           "./x.jpg",
                           "photos/a.jpg",
                           "hard.jpg",
                           "link.jpg",
                           "photos/sub/../a.jpg",
                           "gone.jpg",
                           "./gone.jpg"};
    InputList list = {0};
    char *first;
    inputs_expand(&list, names, 9, &(InputRules){0});
    assert_int_equal(output_conflicts_repeats(&list, &first), 4);
    assert_string_equal(first, "./x.jpg");
    assert_inputs(&list, "x.jpg photos/a.jpg photos/b.PNG hard.jpg link.jpg gone.jpg");
    mem_free(first);
    assert_int_equal(output_conflicts_repeats(&list, &first), 0);
    assert_null(first);
    inputs_clear(&list);
}

static void assert_beside(const char *path, const char *why)
{
    Err err = {0};
    InputList list = pair("x.jpg", "out/x.jpg", "photos/a.jpg", "photos/b.PNG");
    Claims *claims = claims_new();
    output_conflicts_inputs(&list, claims);
    bool apart = output_conflicts_beside(&list, path, (CaseProbe){always_folds, true},
                                         claims, &err);
    if (apart != !why || (why && !strstr(err.text, why)))
        fail_msg("%s: %s", path, apart ? "apart" : err.text);
    claims_free(claims);
    inputs_clear(&list);
}

static void a_file_beside_is_neither_input_nor_output(void **state)
{
    (void)state;
    assert_beside("out/./x.jpg", "is the output of x.jpg");
    assert_beside("out/X.jpg", "is the output of x.jpg");
    assert_beside("photos/b.PNG", "is the output of photos/a.jpg");
    assert_beside("hard.jpg", "is the input x.jpg");
    assert_beside("photos/../x.jpg", "is the input x.jpg");
    assert_beside("out/new/../x.json", "'..' follows");
    assert_beside("out", "will be the folder of the output of x.jpg");
    assert_beside("out/x.jpg/r.json", "lies in the output of x.jpg");
    assert_beside("out/x", NULL);
    assert_beside("out/x.json", NULL);
}

static void look_at(InputList *list, bool overwrite)
{
    Claims *claims = claims_new();
    output_conflicts_inputs(list, claims);
    output_conflicts_existing(list, overwrite, claims);
    claims_free(claims);
}

static void assert_objection(const char *output, bool overwrite, const char *why)
{
    InputList list = pair("x.jpg", output, "photos/a.jpg", "out/other.jpg");
    look_at(&list, overwrite);
    if (!why)
        assert_null(list.files[0].reason);
    else if (!list.files[0].reason || !strstr(list.files[0].reason, why))
        fail_msg("%s: '%s' does not say '%s'", output, list.files[0].reason, why);
    assert_null(list.files[1].reason);
    inputs_clear(&list);
}

static void inputs_are_never_overwritten(void **state)
{
    (void)state;
    for (int overwrite = 0; overwrite < 2; overwrite++) {
        assert_objection("x.jpg", overwrite, "would overwrite its own input");
        assert_objection("./x.jpg", overwrite, "would overwrite its own input");
        assert_objection("hard.jpg", overwrite, "would overwrite its own input");
        assert_objection("photos/sub/loop/a.jpg", overwrite, "the input photos/a.jpg");
        assert_objection("photos", overwrite, "is a folder");
        assert_objection("new.jpg", overwrite, NULL);
    }
    assert_objection("photos/b.PNG", false, "only --overwrite replaces it");
    assert_objection("photos/b.PNG", true, NULL);
    mkfifo("fifo", 0600);
    assert_objection("fifo", true, "not an ordinary file");
    unlink("fifo");
    chmod("photos/b.PNG", 0444);
    assert_objection("photos/b.PNG", true, geteuid() ? "is read-only" : NULL);
    chmod("photos/b.PNG", 0644);
    assert_objection("link.jpg", false, "only --overwrite replaces it");
    assert_objection("link.jpg", true, NULL);
}

static void inputs_must_be_files(void **state)
{
    (void)state;
    mkfifo("pipe.jpg", 0600);
    InputList list = pair("gone.jpg", "o1.jpg", "pipe.jpg", "o2.jpg");
    look_at(&list, false);
    assert_string_equal(list.files[0].reason, "gone.jpg: No such file or directory");
    assert_non_null(strstr(list.files[1].reason, "is a pipe"));
    inputs_clear(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_is_its_images),
        cmocka_unit_test(recursion_ends),
        cmocka_unit_test(a_file_is_taken_whatever_its_name),
        cmocka_unit_test(a_folder_without_images_is_a_failure),
        cmocka_unit_test(outputs_follow_the_inputs),
        cmocka_unit_test(formats_decide_extensions),
        cmocka_unit_test(one_file_may_have_its_name),
        cmocka_unit_test(bad_outputs_are_refused),
        cmocka_unit_test(two_inputs_never_share_an_output),
        cmocka_unit_test(case_counts_where_the_file_system_says_so),
        cmocka_unit_test(a_file_system_is_asked_about_case),
        cmocka_unit_test(up_from_what_is_not_there_is_refused),
        cmocka_unit_test(an_input_named_twice_is_one),
        cmocka_unit_test(a_file_beside_is_neither_input_nor_output),
        cmocka_unit_test(inputs_are_never_overwritten),
        cmocka_unit_test(inputs_must_be_files),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
