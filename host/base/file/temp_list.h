/* temp_list — the temporary files that a run has at the moment, for a process that ends
 * while its threads are still in code of others.
 *
 * Threads: any; a lock guards the list.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_FILE_TEMP_LIST_H
#define LUTIST_BASE_FILE_TEMP_LIST_H

#include <pthread.h>

/* A part of what owns the file; it is zeroed where it is in no list. */
typedef struct TempFile {
    int folder;       /* open */
    const char *name; /* in it; borrowed */
    struct TempFile *before, *after;
} TempFile;

typedef struct TempList {
    pthread_mutex_t lock;
    TempFile *first;
} TempList;

void temp_list_init(TempList *list);
void temp_list_term(TempList *list);
void temp_list_add(TempList *list, TempFile *file);
/* Nothing happens to one that is in no list. */
void temp_list_remove(TempList *list, TempFile *file);
/* The process ends: remove the files from the disk. Whoever adds or removes one
 * afterwards waits for the end. */
void temp_list_drop(TempList *list);

#endif
