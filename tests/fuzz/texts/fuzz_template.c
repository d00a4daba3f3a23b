/* fuzz_template ROUNDS SEED: a template for the names of outputs and, in the next line,
 * an input's path, each time changed in other places. They are refused in one line, or
 * a name is made.
 *
 * With -DLUTIST_LIBFUZZER and clang's -fsanitize=fuzzer it is a libFuzzer target. */
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "batch/file/template.h"
#include "fuzz_texts.h"

static bool is_refusal(const Err *err)
{
    return err->kind == ERR_USAGE && err->text[0];
}

static void use_template(const char *template, const char *path)
{
    TemplateInput input = {.path = path, .ext = ".jpg", .index = 7, .width = 3};
    Err err = {0};
    char *folder = template_folder(template);
    char *name = template_expand(template, &input);
    bool fits = template_check_result(template, &input, name, &err);
    REQUIRE(fits || is_refusal(&err));
    REQUIRE(template_is(template) || !strcmp(template, name) || strchr(template, '}'));
    fuzz_texts.read += fits;
    mem_free(folder);
    mem_free(name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_texts_copy(data, size);
    Err err = {0};
    char *end = strchr(text, '\n');
    if (end)
        *end = '\0';
    if (template_check(text, &err))
        use_template(text, end ? end + 1 : "a.jpg");
    else
        REQUIRE(is_refusal(&err));
    mem_free(text);
    return 0;
}

static const char *const texts[] = {
    "out/{stem}-{index}{ext}\n/in/a.b.jpg",
    "{dir}/{stem}.png\nfolder/photo",
    "a{{b}}/{stem}\n../{ext}.jpg",
    NULL,
};
static const char *const parts[] = {
    "{", "}",  "{{", "}}", "{stem}", "{ext}", "{dir}", "{index}", "{size}",
    "/", "//", "..", ".",  "/../",   "\n",    "\xFF",  " ",       NULL};

FuzzTexts fuzz_texts = {"templates", texts, parts, 0};
