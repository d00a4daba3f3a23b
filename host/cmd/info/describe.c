#include "cmd/info/describe.h"

#include <string.h>

#include "base/mem.h"
#include "base/text/printable.h"
#include "image/profile/profile.h"

static const char *const CHANNEL_NAMES[] = {"", "gray", "gray and alpha", "RGB",
                                            "RGBA"};

static double megapixels(ImageInfo info)
{
    return (double)info.width * info.height / 1e6;
}

/* ", colours: Adobe RGB (EXIF)" */
static void print_declared(FILE *file, const Meta *meta)
{
    char name[80];
    DeclaredSpace space = declared_space(meta);
    declared_name(&space, name, sizeof name);
    if (space.by)
        fprintf(file, ", colours: %s (%s)", name, declared_by(&space));
}

/* ", ICC (Adobe RGB (1998))" */
static void print_profile(FILE *file, const Meta *meta)
{
    if (!meta->icc.data) {
        print_declared(file, meta);
        return;
    }
    Err err;
    Profile *profile = profile_open(&meta->icc, &err);
    fprintf(file, ", ICC (%s)", profile ? profile_name(profile) : err.text);
    profile_unref(&profile);
}

void describe_image(FILE *file, const char *path, const Reader *reader)
{
    ImageInfo info = reader_info(reader);
    const Meta *meta = reader_meta(reader);
    printable_put(file, path);
    fprintf(file, ": %s, %d x %d (%.3g MP), %s, %d bits", reader_format(reader)->name,
            info.width, info.height, megapixels(info), CHANNEL_NAMES[info.channels],
            info.depth);
    if (reader_orientation(reader) != 1)
        fprintf(file, ", turned upright (orientation %d)", reader_orientation(reader));
    fputs(meta->exif.data ? ", EXIF" : "", file);
    print_profile(file, meta);
    fputs(meta->xmp.data ? ", XMP" : "", file);
    fputs(meta->iptc.data ? ", IPTC" : "", file);
    if (meta->dpi > 0)
        fprintf(file, ", %.4g dpi", meta->dpi);
    fputc('\n', file);
}

static void print_slider(FILE *file, const Param *param)
{
    fprintf(file, "%.6g to %.6g%s%s", param->lo, param->hi, param->unit[0] ? " " : "",
            param->unit);
    if (param->step > 0)
        fprintf(file, " in steps of %.6g", param->step);
    fprintf(file, "%s%s", param->whole ? ", whole numbers" : "",
            param->log ? ", logarithmic" : "");
}

/* The values it may have: "-1 to 1 EV", "sepia, cyan", "on or off". */
static void print_range(FILE *file, const Param *param)
{
    switch (param->kind) {
    case PARAM_SLIDER:
        print_slider(file, param);
        break;
    case PARAM_CHOICE:
        for (int i = 0; i < param->n_choices; i++)
            fprintf(file, "%s%s", i ? ", " : "", param->choices[i]);
        break;
    case PARAM_TOGGLE:
        fputs("on or off", file);
        break;
    case PARAM_FILE:
        fprintf(file, "a file, %s", param->pattern);
        break;
    case PARAM_CURVE:
        fputs("a curve, x,y x,y ... from 0 to 1", file);
        break;
    case PARAM_COLOR:
        fputs("a colour, #rrggbb", file);
        break;
    }
}

/* "exposure=0  Exposure: -1 to 1 EV — what it does". */
static void print_param(FILE *file, const Param *param)
{
    char *literal = param_literal(param, param->initial);
    fprintf(file, "  %s%s=", param->group[0] ? "  " : "", param->name);
    printable_put(file, literal);
    fprintf(file, "  %s: ", param->label);
    print_range(file, param);
    fprintf(file, "%s%s\n", param->help[0] ? " — " : "", param->help);
    mem_free(literal);
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

/* "presets: Faded, Strong (yours)"; nothing where there are none. */
static void print_presets(FILE *file, const PresetList *presets)
{
    for (int i = 0; i < presets->count; i++)
        fprintf(file, "%s%s%s", i ? ", " : "  presets: ", presets->presets[i].name,
                presets->presets[i].own ? " (yours)" : "");
    if (presets->count)
        fputc('\n', file);
}

void describe_script(FILE *file, const ScriptFacts *script)
{
    printable_put(file, script->name);
    fputs(": ", file);
    printable_put(file, script->path);
    fputc('\n', file);
    print_doc(file, script->doc);
    for (int i = 0; i < script->params->count; i++) {
        if (param_begins_group(script->params, i))
            fprintf(file, "  %s:\n", script->params->params[i].group);
        print_param(file, &script->params->params[i]);
    }
    print_presets(file, script->presets);
    if (script->plans)
        describe_plans(file, script->plans);
}
