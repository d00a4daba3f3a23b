#include "cmd/batch_from_options.h"

#include <string.h>

static Strip strip_of(const char *word)
{
    if (!word)
        return STRIP_NOTHING;
    return *word ? STRIP_ALL : STRIP_METADATA;
}

/* The options that need no check. */
static BatchOptions plain_options(const Options *options)
{
    return (BatchOptions){
        .filter = {options->include.texts, options->include.count,
                   options->exclude.texts, options->exclude.count},
        .retry_failed = options->retry_failed,
        .output = options->output,
        .format = options->format,
        .quality = options->quality == OPTION_KEEP ? QUALITY_KEEP : options->quality,
        .pack = {.depth = options->depth,
                 .level = options->level,
                 .compression = options->compression,
                 .predictor = options->predictor,
                 .progressive = options->progressive,
                 .optimize = options->optimize,
                 .restart = options->restart},
        .lossless = options->lossless,
        .jobs = options->jobs ? options->jobs : options->threads,
        .max_pixels = options->max_pixels,
        .max_metadata = options->max_metadata,
        .lenient = options->lenient,
        .memory = options->memory,
        .sync = options->sync,
        .resize_linear = options->resize_linear,
        .strip = strip_of(options->strip),
        .sidecars = options->sidecars,
        .keep_times = options->keep_times,
        .recursive = options->recursive,
        .overwrite = options->overwrite,
        .resume = options->resume,
        .journal = options->journal,
        .skip_existing = options->skip_existing,
        .newer = options->newer,
        .fail_fast = options->fail_fast,
        .dry_run = options->dry_run,
    };
}

/* *second: is it the second word? Without an option it is the first. */
static bool choose(const char *name, const char *value, const char *const words[2],
                   bool *second, Err *err)
{
    *second = value && strcmp(value, words[1]) == 0;
    return !value || *second || strcmp(value, words[0]) == 0 ||
           err_set(err, ERR_USAGE, "--%s '%s' is unknown; use %s or %s", name, value,
                   words[0], words[1]);
}

bool batch_from_options(const Options *options, BatchOptions *batch, Err *err)
{
    static const char *const checks[] = {"time", "hash"}, *const sizes[] = {"full",
                                                                            "half"};
    Err why;
    *batch = plain_options(options);
    if (options->resize && !fit_size_parse(options->resize, &batch->resize, err))
        return false;
    if (options->part && !part_parse(options->part, &batch->part, &why))
        return err_set(err, ERR_USAGE, "--%s", why.text);
    if (!pack_options_check(&batch->pack, &why))
        return err_set(err, ERR_USAGE, "--%s", why.text);
    return choose("check", options->check, checks, &batch->check_hash, err) &&
           choose("raw", options->raw, sizes, &batch->raw_half, err);
}
