#include "image/pack_options.h"

#include <string.h>

static bool is_one_of(const char *word, const char *const *words)
{
    while (*words && strcmp(word, *words) != 0)
        words++;
    return *words;
}

bool pack_options_check(const PackOptions *options, Err *err)
{
    static const char *const compressions[] = {"none", "lzw", "deflate", NULL};
    static const char *const predictors[] = {"none", "horizontal", NULL};
    if (options->depth != 0 && options->depth != 8 && options->depth != 16)
        return err_set(err, ERR_USAGE, "depth %d: must be 8 or 16", options->depth);
    if (options->compression && !is_one_of(options->compression, compressions))
        return err_set(err, ERR_USAGE,
                       "compression '%s' is unknown; use none, lzw or deflate",
                       options->compression);
    if (options->predictor && !is_one_of(options->predictor, predictors))
        return err_set(err, ERR_USAGE,
                       "predictor '%s' is unknown; use none or horizontal",
                       options->predictor);
    return true;
}
