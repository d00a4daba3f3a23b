#include "batch/journal/journal_place.h"

#include <string.h>

#include "base/file/folder.h"
#include "base/mem.h"
#include "base/path.h"
#include "batch/file/outputs.h"
#include "batch/journal/journal.h"
#include "batch/part/part.h"

char *journal_place_all(const BatchOptions *options, Err *err)
{
    if (options->journal)
        return mem_dup(options->journal);
    char *folder = outputs_common_folder(options);
    if (!folder) {
        err_set(err, ERR_USAGE,
                "--resume: the results of '%s' lie in several folders; name a file "
                "for the journal with --journal FILE",
                options->output);
        return NULL;
    }
    char *place = path_join(folder, JOURNAL_NAME);
    mem_free(folder);
    return place;
}

/* New: the journal of this run, where that of all parts is `all`. */
static char *own_beside(const char *all, const BatchOptions *options)
{
    char *label = options->journal_label ? mem_dup(options->journal_label)
                                         : part_label(options->part);
    char *own = part_path(all, label);
    mem_free(label);
    return own;
}

char *journal_place_own(const BatchOptions *options, Err *err)
{
    char *all = journal_place_all(options, err);
    char *own = all ? own_beside(all, options) : NULL;
    mem_free(all);
    return own;
}

/* New: JournalPlace.folder. */
static char *folder_of(const char *start, const BatchOptions *options)
{
    char *folder = options->journal ? NULL : outputs_common_folder(options);
    if (!folder)
        return mem_dup("");
    char *whole = path_join(start, folder), *prefix = path_join(whole, "");
    mem_free(whole);
    mem_free(folder);
    return prefix;
}

bool journal_place_init(JournalPlace *place, const BatchOptions *options, Err *err)
{
    *place = (JournalPlace){.all = journal_place_all(options, err)};
    if (!place->all)
        return false;
    place->own = own_beside(place->all, options);
    place->start = folder_working();
    place->folder = folder_of(place->start, options);
    return true;
}

void journal_place_term(JournalPlace *place)
{
    mem_free(place->all);
    mem_free(place->own);
    mem_free(place->start);
    mem_free(place->folder);
    *place = (JournalPlace){0};
}

char *journal_place_key(const JournalPlace *place, const char *output)
{
    size_t length = strlen(place->folder);
    char *whole = path_join(place->start, output);
    bool below = length && strncmp(whole, place->folder, length) == 0;
    char *key = mem_dup(whole + (below ? length : 0));
    mem_free(whole);
    return key;
}
