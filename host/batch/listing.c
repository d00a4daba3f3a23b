#include "batch/listing.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "batch/along/sidecars.h"
#include "batch/file/outputs.h"
#include "batch/journal/retry.h"

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

static bool check_sidecars(const char *kind, Err *err)
{
    return !kind || strcmp(kind, "xmp") == 0 ||
           err_set(err, ERR_USAGE, "sidecars '%s' are unknown; use xmp", kind);
}

static void claim_sidecars(const InputList *list, Claims *claims)
{
    for (int i = 0; i < list->count && !cancel_is_set(list->cancel); i++)
        sidecars_claim(claims, list->files[i].input);
}

/* What an option says of files that exist; the strongest wins. */
static Existing existing_of(const BatchOptions *options)
{
    if (options->skip_existing)
        return EXISTING_SKIPPED;
    if (options->overwrite || options->resume) /* the journal judges later */
        return EXISTING_REPLACED;
    return options->newer ? EXISTING_RENEWED : EXISTING_REFUSED;
}

static bool check_existing(const BatchOptions *options, Err *err)
{
    int chosen = options->resume + options->skip_existing + options->newer;
    if (chosen > 1)
        return err_set(err, ERR_USAGE,
                       "choose one of --resume, --skip-existing and --newer");
    if (options->overwrite && (options->skip_existing || options->newer))
        return err_set(err, ERR_USAGE, "--overwrite replaces what %s keeps: choose one",
                       options->newer ? "--newer" : "--skip-existing");
    if (!options->resume && (options->check_hash || options->journal))
        return err_set(err, ERR_USAGE, "%s needs --resume",
                       options->journal ? "--journal" : "--check hash");
    return true;
}

/* The inputs: those given, or else those that failed. */
static bool expand(InputList *list, const BatchOptions *options, const Retry *retry,
                   Err *err)
{
    bool given = options->n_inputs || !options->retry_failed;
    const char *const *names =
        given ? options->inputs : (const char *const *)retry->inputs;
    int count = given ? options->n_inputs : retry->count;
    if (!count && given)
        return err_set(err, ERR_USAGE, "there is no input");
    InputRules rules = {.recursive = options->recursive,
                        .not_into = outputs_folder(options),
                        .filter = options->filter};
    if (options->outputs)
        inputs_take(list, names, options->outputs, count);
    else
        inputs_expand(list, names, count, &rules);
    if (!list->count && count && !cancel_is_set(list->cancel))
        return err_set(err, ERR_USAGE, "--include and --exclude leave no file");
    return true;
}

/* What has not failed before need not be done. */
static void skip_others(InputList *list, const Retry *retry)
{
    char *here = folder_working();
    for (int i = 0; i < list->count; i++) {
        char *path = path_join(here, list->files[i].input);
        if (!list->files[i].reason && !retry_wants(retry, path))
            list->files[i].skipped = true;
        mem_free(path);
    }
    mem_free(here);
}

/* The other parts' files stay in the list, for the names of all. */
static void mark_parts(InputList *list, Part part)
{
    for (int i = 0; i < list->count; i++)
        list->files[i].elsewhere = !part_has(part, list->files[i].input);
}

static bool check_options(const BatchOptions *options, Err *err)
{
    if (!options->output || !*options->output)
        return err_set(err, ERR_USAGE, "there is no output");
    if (options->resize_linear && !options->resize.width && !options->resize.share)
        return err_set(err, ERR_USAGE, "--resize-linear needs --resize");
    return check_sync(options->sync, err) && check_sidecars(options->sidecars, err) &&
           check_existing(options, err);
}

static bool make(InputList *list, Claims *claims, const BatchOptions *options,
                 const Retry *retry, Err *err)
{
    if (!expand(list, options, retry, err))
        return false;
    drop_repeats(list);
    output_conflicts_inputs(list, claims);
    if (options->sidecars)
        claim_sidecars(list, claims);
    if (!outputs_name(list, options, err) ||
        !output_conflicts_outputs(list, listing_probe(options), err))
        return false;
    mark_parts(list, options->part);
    if (options->retry_failed)
        skip_others(list, retry);
    output_conflicts_existing(list, existing_of(options), claims);
    return !cancel_is_set(options->cancel) ||
           err_set(err, ERR_CANCELLED, "interrupted");
}

bool listing_make(InputList *list, Claims *claims, const BatchOptions *options,
                  Err *err)
{
    Retry retry = {0};
    if (!check_options(options, err) ||
        (options->retry_failed && !retry_read(&retry, options->retry_failed, err)))
        return false;
    bool made = make(list, claims, options, &retry, err);
    retry_clear(&retry);
    return made;
}
