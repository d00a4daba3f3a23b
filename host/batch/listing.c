#include "batch/listing.h"

#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "batch/file/outputs.h"

static void drop_repeats(InputList *list)
{
    char *first;
    int count = output_conflicts_repeats(list, &first);
    if (count == 1)
        log_info("%s: is named twice; it is done once", first);
    else if (count)
        log_info("%s: is named twice, like others, %d in all; each is done once", first,
                 count);
    mem_free(first);
}

CaseProbe listing_probe(const BatchOptions *options)
{
    return (CaseProbe){target_folds, !options->dry_run};
}

static bool check_sync(const char *sync, Err *err)
{
    if (!sync || strcmp(sync, "file") == 0 || strcmp(sync, "none") == 0)
        return true;
    return err_set(err, ERR_USAGE, "sync '%s' is unknown; use file or none", sync);
}

bool listing_make(InputList *list, Claims *claims, const BatchOptions *options,
                  Err *err)
{
    if (!options->n_inputs)
        return err_set(err, ERR_USAGE, "there is no input");
    if (!options->output || !*options->output)
        return err_set(err, ERR_USAGE, "there is no output");
    if (!check_sync(options->sync, err))
        return false;
    inputs_expand(list, options->inputs, options->n_inputs, options->recursive,
                  outputs_folder(options));
    drop_repeats(list);
    output_conflicts_inputs(list, claims);
    if (!outputs_name(list, options, err) ||
        !output_conflicts_outputs(list, listing_probe(options), err))
        return false;
    output_conflicts_existing(list, options->overwrite, claims);
    return !cancel_is_set(options->cancel) ||
           err_set(err, ERR_CANCELLED, "interrupted");
}
