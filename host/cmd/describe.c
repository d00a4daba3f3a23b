#include "cmd/describe.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"

static const char *const CHANNEL_NAMES[] = {"", "gray", "gray and alpha", "RGB",
                                            "RGBA"};

static double megapixels(ImageInfo info)
{
    return (double)info.width * info.height / 1e6;
}

static void image_line(FILE *file, const char *path, const Reader *reader)
{
    ImageInfo info = reader_info(reader);
    const Meta *meta = reader_meta(reader);
    text_put(file, path);
    fprintf(file, ": %s, %d x %d (%.3g MP), %s, %d bits", reader_format(reader)->name,
            info.width, info.height, megapixels(info), CHANNEL_NAMES[info.channels],
            info.depth);
    if (reader_orientation(reader) != 1)
        fprintf(file, ", turned upright (orientation %d)", reader_orientation(reader));
    fputs(meta->exif.data ? ", EXIF" : "", file);
    fputs(meta->icc.data ? ", ICC" : "", file);
    fputs(meta->xmp.data ? ", XMP" : "", file);
    fputs(meta->iptc.data ? ", IPTC" : "", file);
    if (meta->dpi > 0)
        fprintf(file, ", %.4g dpi", meta->dpi);
    fputc('\n', file);
}

static const char *bool_word(bool value)
{
    return value ? "true" : "false";
}

static void image_object(FILE *file, const char *path, const Reader *reader)
{
    ImageInfo info = reader_info(reader);
    const Meta *meta = reader_meta(reader);
    fputs("{\"image\": ", file);
    json_string(file, path);
    fprintf(file,
            ", \"format\": \"%s\", \"width\": %d, \"height\": %d, \"channels\": %d, "
            "\"depth\": %d, \"megapixels\": ",
            reader_format(reader)->name, info.width, info.height, info.channels,
            info.depth);
    json_number(file, megapixels(info));
    fprintf(file, ", \"orientation\": %d", reader_orientation(reader));
    fprintf(file, ", \"exif\": %s, \"icc\": %s, \"xmp\": %s, \"iptc\": %s, \"dpi\": ",
            bool_word(meta->exif.data), bool_word(meta->icc.data),
            bool_word(meta->xmp.data), bool_word(meta->iptc.data));
    json_number(file, meta->dpi);
    fputc('}', file);
}

void describe_image(FILE *file, const char *path, const Reader *reader, bool json)
{
    (json ? image_object : image_line)(file, path, reader);
}

void describe_value(FILE *file, const Param *param, ParamValue value)
{
    if (param->kind == PARAM_CHOICE)
        json_string(file, param->choices[(int)value]);
    else if (param->kind == PARAM_TOGGLE)
        fputs(bool_word(value != 0), file);
    else
        json_number(file, value);
}

/* What it may be: "-1 to 1 EV", "sepia, cyan", "on or off". */
static void print_range(FILE *file, const Param *param)
{
    if (param->kind == PARAM_TOGGLE)
        fputs("on or off", file);
    for (int i = 0; param->kind == PARAM_CHOICE && i < param->n_choices; i++)
        fprintf(file, "%s%s", i ? ", " : "", param->choices[i]);
    if (param->kind == PARAM_SLIDER)
        fprintf(file, "%.6g to %.6g%s%s", param->lo, param->hi,
                param->unit[0] ? " " : "", param->unit);
    if (param->kind == PARAM_SLIDER && param->step > 0)
        fprintf(file, " in steps of %.6g", param->step);
    if (param->kind == PARAM_SLIDER)
        fprintf(file, "%s%s", param->whole ? ", whole numbers" : "",
                param->log ? ", logarithmic" : "");
}

/* Each line indented; empty ones stay empty. */
static void print_doc(FILE *file, const char *doc)
{
    while (*doc) {
        int length = (int)strcspn(doc, "\n");
        fprintf(file, "%s%.*s\n", length ? "  " : "", length, doc);
        doc += length + (doc[length] == '\n');
    }
}

static void script_lines(FILE *file, const ScriptFacts *script)
{
    char literal[64];
    fprintf(file, "%s: ", script->name);
    text_put(file, script->path);
    fputc('\n', file);
    print_doc(file, script->doc);
    for (int i = 0; i < script->params->count; i++) {
        const Param *param = &script->params->params[i];
        param_literal(param, param->initial, literal, sizeof literal);
        fprintf(file, "  %s=%s  %s: ", param->name, literal, param->label);
        print_range(file, param);
        fputc('\n', file);
    }
    if (script->plans)
        describe_plans(file, script->plans, false);
}

static void param_kind_fields(FILE *file, const Param *param)
{
    if (param->kind == PARAM_TOGGLE)
        fputs("\"kind\": \"toggle\"", file);
    if (param->kind == PARAM_SLIDER) {
        fputs("\"kind\": \"slider\", \"lo\": ", file);
        json_number(file, param->lo);
        fputs(", \"hi\": ", file);
        json_number(file, param->hi);
        fputs(", \"step\": ", file);
        json_number(file, param->step);
        fprintf(file, ", \"log\": %s, \"whole\": %s", bool_word(param->log),
                bool_word(param->whole));
    }
    if (param->kind == PARAM_CHOICE)
        fputs("\"kind\": \"choice\", \"choices\": [", file);
    for (int i = 0; param->kind == PARAM_CHOICE && i < param->n_choices; i++) {
        fputs(i ? ", " : "", file);
        json_string(file, param->choices[i]);
    }
    fputs(param->kind == PARAM_CHOICE ? "]" : "", file);
}

static void param_object(FILE *file, const Param *param)
{
    fputs("{\"name\": ", file);
    json_string(file, param->name);
    fputs(", \"label\": ", file);
    json_string(file, param->label);
    fputs(", \"unit\": ", file);
    json_string(file, param->unit);
    fputs(", ", file);
    param_kind_fields(file, param);
    fputs(", \"default\": ", file);
    describe_value(file, param, param->initial);
    fputc('}', file);
}

static void script_object(FILE *file, const ScriptFacts *script)
{
    fputs("{\"script\": ", file);
    json_string(file, script->name);
    fputs(", \"path\": ", file);
    json_string(file, script->path);
    fputs(", \"doc\": ", file);
    json_string(file, script->doc);
    fputs(", \"params\": [", file);
    for (int i = 0; i < script->params->count; i++) {
        fputs(i ? ", " : "", file);
        param_object(file, &script->params->params[i]);
    }
    fputs("]", file);
    if (script->plans) {
        fputs(", ", file);
        describe_plans(file, script->plans, true);
    }
    fputs("}", file);
}

void describe_script(FILE *file, const ScriptFacts *script, bool json)
{
    (json ? script_object : script_lines)(file, script);
}
