/* known_files — the files of a batch as they are now, beside what its journal says of
 * them.
 *
 * Threads: each file one at a time; init, sort and term on one alone.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_JOURNAL_KNOWN_FILES_H
#define LUTIST_BATCH_JOURNAL_KNOWN_FILES_H

#include "base/hash.h"
#include "base/thread/cancel.h"
#include "batch/journal/facts.h"

typedef struct KnownFile {
    char *key;              /* owned: the output as the journal has it; NULL: no file
                               to be done */
    JournalStamp input;     /* as it is now; zeros: nobody has asked yet */
    JournalStamp output;    /* as it is now; zeros: there is none */
    bool odd;               /* something else than an ordinary file is there */
    bool listed, own, fits; /* the journal has a line of it; this output; and it fits */
    char hash[HASH_TEXT];   /* of the input; "": not taken */
    char look[HASH_TEXT];   /* its own, with ResumeWish.late */
    char fitting[HASH_TEXT]; /* the look of the line that fits */
    uint64_t line;           /* the number of the line that says it is done */
    Facts facts;             /* of a run of this part that did not come to its end */
} KnownFile;

typedef struct KnownFiles {
    KnownFile *all; /* owned */
    int count;
    int *by_key; /* owned: the indices of files with keys, by these */
    int keys;
} KnownFiles;

void known_files_init(KnownFiles *files, int count);
void known_files_term(KnownFiles *files);
/* Before known_files_find, when all keys are set. */
void known_files_sort(KnownFiles *files);
/* The index of the file with that key; -1: there is none. */
int known_files_find(const KnownFiles *files, const char *key);
void known_files_forget_facts(KnownFiles *files);

/* Examine the input at `path`, unless its stamp is known. An input that cannot be
 * examined fails when it is read. */
void known_file_see_input(KnownFile *file, const char *path);
/* Examine what is at `path`. */
void known_file_see_output(KnownFile *file, const char *path);
bool known_file_is_there(const KnownFile *file); /* is anything at the output? */
/* Take the hash of the input at `path`. Fails: ERR_FILE, ERR_CANCELLED. */
bool known_file_take_hash(KnownFile *file, const char *path, Cancel *cancel, Err *err);
/* Has the input at `path` that hash? Where it cannot be taken, it has not. */
bool known_file_has_hash(KnownFile *file, const char *path, Cancel *cancel,
                         const char *hash);
/* Is the output what the line's run has written? */
bool known_file_is_written(const KnownFile *file, const JournalLine *line);

#endif
