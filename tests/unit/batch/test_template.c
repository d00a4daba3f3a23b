/* Output names made from templates. */
#include <string.h>

#include "base/mem.h"
#include "batch/file/template.h"
#include "cm.h"

static void assert_expands(const char *text, const char *path, int index, int width,
                           const char *wanted)
{
    TemplateInput input = {.path = path, .ext = ".jpg", .index = index, .width = width};
    Err err = {0};
    if (!template_check(text, &err))
        fail_msg("%s: %s", text, err.text);
    char *made = template_expand(text, &input);
    assert_string_equal(made, wanted);
    mem_free(made);
}

static void fields_are_filled_in(void **state)
{
    (void)state;
    assert_expands("out/{stem}{ext}", "photos/a.b.jpg", 1, 1, "out/a.b.jpg");
    assert_expands("{dir}/web/{stem}.png", "photos/a.jpg", 1, 1, "photos/web/a.png");
    assert_expands("{dir}/{stem}-x{ext}", "a.jpg", 1, 1, "./a-x.jpg");
    assert_expands("{index}{ext}", "a.jpg", 7, 3, "007.jpg");
    assert_expands("{stem}{stem}", "/x/.hidden", 1, 1, ".hidden.hidden");
    assert_expands("plain.jpg", "a.jpg", 1, 1, "plain.jpg");
    assert_expands("", "a.jpg", 1, 1, "");
}

static void doubled_braces_are_braces(void **state)
{
    (void)state;
    assert_expands("{{{stem}}}", "a.jpg", 1, 1, "{a}");
    assert_expands("{{stem}}", "a.jpg", 1, 1, "{stem}");
    assert_expands("}}{{", "a.jpg", 1, 1, "}{");
}

static void what_is_put_in_is_left_alone(void **state)
{
    (void)state;
    assert_expands("{stem}{ext}", "{index}%s{{.jpg", 1, 1, "{index}%s{{.jpg");
}

static void assert_bad(const char *text, const char *why)
{
    Err err = {0};
    assert_false(template_check(text, &err));
    assert_int_equal(err.kind, ERR_USAGE);
    if (!strstr(err.text, why))
        fail_msg("%s: '%s' does not say '%s'", text, err.text, why);
}

static void other_braces_are_refused(void **state)
{
    (void)state;
    assert_bad("out/{name}.jpg", "{name}");
    assert_bad("out/{}.jpg", "{}");
    assert_bad("out/{stem", "for a brace");
    assert_bad("out/{stem}}.jpg", "for a brace");
    assert_bad("{ stem }", "{ stem }");
    assert_bad("{", "for a brace");
}

static void assert_inside(const char *text, const char *path, const char *fixed)
{
    TemplateInput input = {.path = path, .ext = ".jpg", .index = 1, .width = 1};
    Err err = {0};
    char *result = template_expand(text, &input);
    bool inside = template_check_result(text, &input, result, &err);
    if (inside != !fixed)
        fail_msg("%s of %s: %s", result, path, err.text);
    if (fixed) {
        assert_int_equal(err.kind, ERR_USAGE);
        assert_memory_equal(err.text, path, strlen(path));
        assert_non_null(strstr(err.text, result));
        assert_non_null(strstr(err.text, fixed));
    }
    mem_free(result);
}

static void a_result_stays_below_the_fixed_part(void **state)
{
    (void)state;
    assert_inside("out/{stem}{ext}", "...jpg", NULL); /* "...jpg" itself */
    assert_inside("out/{stem}", "...jpg", "inside out/;");
    assert_inside("out/{stem}", "..jpg", "inside out/;");
    assert_inside("out/{stem}/x{ext}", "...jpg", "inside out/;");
    assert_inside("{stem}/x{ext}", "...jpg", "inside .;");
    assert_inside("out/{dir}/{stem}{ext}", "../x.jpg", "inside out/;");
    assert_inside("out/{dir}/{stem}{ext}", "a/../../x.jpg", "inside out/;");
    assert_inside("out/{dir}/{stem}{ext}", "/p/../../x.jpg", "inside out/;");
    assert_inside("out/web-{dir}/{stem}{ext}", "p/../../x.jpg", "inside out/;");
    assert_inside("out/{dir}/", "p/x.jpg", "inside out/;");
    assert_inside("out/{dir}/{stem}{ext}", "/p/x.jpg", NULL);
    assert_inside("out/{dir}/{stem}{ext}", "p/../x.jpg", NULL);
    assert_inside("../{stem}{ext}", "x.jpg", NULL);
    assert_inside("{dir}/{stem}-web{ext}", "../x.jpg", NULL);
    assert_inside("{dir}/../web/{stem}{ext}", "../p/x.jpg", NULL);
    assert_inside("{dir}/web/{dir}/{stem}{ext}", "p/x.jpg", NULL);
    assert_inside("{dir}/web/{dir}/{stem}{ext}", "../x.jpg", "inside ../web/;");
    assert_inside("{dir}/{dir}/{stem}{ext}", "../x.jpg", "inside ../;");
    assert_inside("{{}}/{stem}/a.jpg", "...jpg", "inside {}/;");
}

static void a_brace_makes_a_template(void **state)
{
    (void)state;
    assert_true(template_is("{stem}.jpg"));
    assert_false(template_is("out"));
    assert_false(template_is(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_filled_in),
        cmocka_unit_test(doubled_braces_are_braces),
        cmocka_unit_test(what_is_put_in_is_left_alone),
        cmocka_unit_test(other_braces_are_refused),
        cmocka_unit_test(a_result_stays_below_the_fixed_part),
        cmocka_unit_test(a_brace_makes_a_template),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
