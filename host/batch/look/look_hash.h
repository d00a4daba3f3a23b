/* look_hash — what a batch's look comes to, for BatchHooks.look.
 *
 * The command line and lutist.batch both ask here, and value_words.h for the values, so
 * one goes on where the other has stopped.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_LOOK_LOOK_HASH_H
#define LUTIST_BATCH_LOOK_LOOK_HASH_H

#include "base/err.h"
#include "base/hash.h"
#include "base/watch/watch_files.h"
#include "batch/batch_options.h"

/* All of it; NULL where a text does not apply. */
typedef struct LookWords {
    const char *version;     /* lutist's */
    const char *pipeline;    /* the function's name */
    const char *convert;     /* "srgb", or the path of a profile */
    const char *intent;      /* of the conversion */
    const WatchFiles *files; /* that the look has read: script, modules, tables */
} LookWords;

/* New: a hash of the words and of all files. Fails: ERR_FILE. */
char *look_hash(const LookWords *words, Err *err);
/* Add files to a hash: their names and contents, wherever they lie and in whatever
 * order. Folders, and files that are not there, do not count. Fails: ERR_FILE. */
bool look_hash_files(Hash *hash, const WatchFiles *files, Err *err);
/* New: a hash of one that look_hash gave, and of all options that decide the bytes of a
 * result. */
char *look_hash_with(const char *look, const BatchOptions *options);

#endif
