/* Which files a batch takes, which it makes, and what it refuses to make. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "batch/clash.h"
#include "batch/inputs.h"
#include "batch/outputs.h"
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
    inputs_expand(&list, &name, 1, recursive, not_into);
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
    assert_named("photos/d.webp", "out", NULL, false, "out/d.png");
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
    inputs_expand(&list, inputs, 2, false, NULL);
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
    assert_not_named("x.jpg", "{stem}.webp", NULL, ERR_USAGE, "x.webp");
    assert_not_named("x.jpg", "{stem}", NULL, ERR_USAGE, "{ext}");
    assert_not_named("x.jpg", "out", "webp", ERR_USAGE, "jpeg, png and tiff");
    assert_not_named("x.jpg", "{stem}.png", "jpeg", ERR_USAGE, "--format jpeg");
    assert_not_named("x.jpg", "photos/note.txt", NULL, ERR_FILE, "not a folder");
}

static InputList pair(const char *input, const char *output, const char *input2,
                      const char *output2)
{
    InputList list = {.files = mem_new(2, sizeof *list.files), .count = 2, .room = 2};
    list.files[0] = (BatchFile){mem_dup(input), 0, mem_dup(output), NULL};
    list.files[1] = (BatchFile){mem_dup(input2), 0, mem_dup(output2), NULL};
    return list;
}

static void two_inputs_never_share_an_output(void **state)
{
    (void)state;
    static const char *const same[] = {"out/a.jpg", "./out/a.jpg", "out/./a.jpg",
                                       "photos/../out/a.jpg"};
    for (int i = 0; i < 4; i++) {
        InputList list = pair("x.jpg", "out/a.jpg", "photos/a.jpg", same[i]);
        Err err = {0};
        assert_false(clash_outputs(&list, &err));
        assert_int_equal(err.kind, ERR_USAGE);
        assert_non_null(strstr(err.text, "x.jpg and photos/a.jpg"));
        assert_non_null(strstr(err.text, "out/a.jpg"));
        inputs_clear(&list);
    }
    InputList list = pair("x.jpg", "photos/sub/loop/n.jpg", "y.jpg", "photos/n.jpg");
    assert_false(clash_outputs(&list, NULL));
    inputs_clear(&list);
    list = pair("x.jpg", "out/a.jpg", "y.jpg", "out/b.jpg");
    assert_true(clash_outputs(&list, NULL));
    inputs_clear(&list);
}

static void assert_objection(const char *output, bool overwrite, const char *why)
{
    InputList list = pair("x.jpg", output, "photos/a.jpg", "out/other.jpg");
    Claims *claims = claims_new();
    clash_files(&list, overwrite, claims);
    claims_free(claims);
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
    assert_objection("photos/b.PNG", false, "only overwrite replaces it");
    assert_objection("photos/b.PNG", true, NULL);
    assert_objection("link.jpg", false, "only overwrite replaces it");
    assert_objection("link.jpg", true, NULL);
}

static void inputs_must_be_files(void **state)
{
    (void)state;
    mkfifo("pipe.jpg", 0600);
    InputList list = pair("gone.jpg", "o1.jpg", "pipe.jpg", "o2.jpg");
    Claims *claims = claims_new();
    clash_files(&list, false, claims);
    claims_free(claims);
    assert_string_equal(list.files[0].reason, "gone.jpg: No such file or directory");
    assert_non_null(strstr(list.files[1].reason, "not a regular file"));
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
        cmocka_unit_test(inputs_are_never_overwritten),
        cmocka_unit_test(inputs_must_be_files),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
