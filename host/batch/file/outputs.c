#include "batch/file/outputs.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file/folder.h"
#include "base/mem.h"
#include "base/path.h"
#include "batch/file/template.h"
#include "image/codec/format.h"
#include "image/codec/formats.h"

static bool is_folder(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

static bool ends_in_slash(const char *text)
{
    return *text && text[strlen(text) - 1] == '/';
}

/* "out.jpg" is a file's name, unless a folder has that name. */
static bool looks_like_file(const char *output)
{
    return !ends_in_slash(output) && format_is_image_name(output) && !is_folder(output);
}

const char *outputs_folder(const BatchOptions *options)
{
    const char *output = options->output;
    return template_is(output) || looks_like_file(output) ? NULL : output;
}

char *outputs_common_folder(const BatchOptions *options)
{
    const char *output = options->output;
    if (template_is(output))
        return template_folder(output);
    return looks_like_file(output) ? path_dir(output) : mem_dup(output);
}

static bool can_write(const Format *format)
{
    return format && format->encode;
}

/* New string: the {ext} of `input`. */
static char *ext_for(const char *input, const Format *asked)
{
    const Format *own = format_by_path(input);
    if (can_write(own) && (!asked || own == asked))
        return mem_printf(".%s", path_ext(input));
    return mem_printf(".%s", (asked ? asked : &format_png)->extensions[0]);
}

/* New string: DIR, the subfolders below the given folder, and the name. */
static char *in_folder(const char *folder, const BatchFile *file, const char *ext)
{
    const char *below = file->input + file->below;
    char *stem = path_stem(below);
    char *name =
        mem_printf("%.*s%s%s", (int)(path_name(below) - below), below, stem, ext);
    char *path = path_join(folder, name);
    mem_free(stem);
    mem_free(name);
    return path;
}

static int digits(int number)
{
    return snprintf(NULL, 0, "%d", number);
}

/* Does `output` have an extension of a known format, or need none? */
static bool check_format(const char *output, const Format *asked, Err *err)
{
    const Format *format = format_by_path(output);
    if (asked && can_write(format) && format != asked)
        return err_set(err, ERR_USAGE, "%s: its extension does not fit the format %s",
                       output, asked->name);
    if (asked || can_write(format))
        return true;
    return err_set(
        err, ERR_USAGE,
        "%s: no format that can be written has this extension; end the name in "
        "{ext}, .jpg, .png, .tif, .webp or .jxl, or name a format",
        output);
}

static bool check_single(const BatchOptions *options, Err *err)
{
    if (options->n_inputs == 1 && !is_folder(options->inputs[0]))
        return true;
    return err_set(
        err, ERR_USAGE,
        "%s: one file cannot take several inputs; name a folder, or a template "
        "such as 'out/{stem}{ext}'",
        options->output);
}

/* `*asked` is NULL if no format was asked for. */
static bool find_format(const char *name, const Format **asked, Err *err)
{
    char written[64];
    *asked = name ? format_by_name(name) : NULL;
    if (!name || can_write(*asked))
        return true;
    format_written(written, sizeof written, "or");
    return err_set(err, ERR_USAGE, "format '%s' is unknown; use %s", name, written);
}

static bool check_output(const BatchOptions *options, Err *err)
{
    const char *output = options->output;
    if (template_is(output))
        return template_check(output, err);
    if (looks_like_file(output))
        return check_single(options, err);
    return folder_check(output, NULL, NULL, err);
}

/* New string; NULL where it fails. */
static char *from_template(const char *text, const TemplateInput *input, Err *err)
{
    char *output = template_expand(text, input);
    if (template_check_result(text, input, output, err))
        return output;
    mem_free(output);
    return NULL;
}

/* New string: the output of file `index` of the list; NULL where it fails. */
static char *name_one(const InputList *list, int index, const BatchOptions *options,
                      const Format *asked, Err *err)
{
    const BatchFile *file = &list->files[index];
    const char *folder = outputs_folder(options);
    char *ext = ext_for(file->input, asked);
    TemplateInput input = {
        .path = file->input,
        .ext = ext,
        .index = index + 1,
        .width = digits(list->count),
    };
    char *output = folder ? in_folder(folder, file, ext)
                          : from_template(options->output, &input, err);
    mem_free(ext);
    return output;
}

bool outputs_name(InputList *list, const BatchOptions *options, Err *err)
{
    const Format *asked;
    if (!find_format(options->format, &asked, err) || !check_output(options, err))
        return false;
    for (int i = 0; i < list->count; i++) {
        BatchFile *file = &list->files[i];
        if (file->reason || file->output)
            continue;
        file->output = name_one(list, i, options, asked, err);
        if (!file->output || !check_format(file->output, asked, err))
            return false;
    }
    return true;
}
