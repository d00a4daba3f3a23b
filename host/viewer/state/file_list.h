/* file_list — the images that the user can go through, in order.
 *
 * A named file is listed whether it exists or not: loading it reports errors. A folder
 * stands for its images without the hidden ones, with numbers in order ("9.jpg" before
 * "10.jpg").
 * Threads: owner thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_STATE_FILE_LIST_H
#define LUTIST_VIEWER_STATE_FILE_LIST_H

#include "base/err.h"

typedef struct FileList {
    char **paths;  /* owned, each too */
    int count;     /* 0: a followed folder that is still empty */
    int at;        /* the index of the wanted one */
    bool back;     /* the last step was towards the first */
    char **inputs; /* the files and folders that it lists; owned, each too */
    int n_inputs;
} FileList;

/* Fails: ERR_FILE if no file is named and no folder holds an image. */
bool file_list_open(FileList *files, const char *const *inputs, int count, Err *err);
/* The same on any thread: relative paths count from `folder`. */
bool file_list_open_in(FileList *files, const char *folder, const char *const *inputs,
                       int count, Err *err);
/* Can the folder be listed, even if it has no image? */
bool file_list_is_folder(const char *folder);
void file_list_close(FileList *files);
/* The path of the wanted one, of 1 and up; borrowed. */
const char *file_list_path(const FileList *files);
/* The path `step` files from the wanted one; borrowed. NULL: the list ends before. */
const char *file_list_beside(const FileList *files, int step);
/* The index of a path; -1: it is not in the list. */
int file_list_find(const FileList *files, const char *path);
/* Take over the files of a newer list; *fresh becomes empty. The wanted one stays the
 * wanted one, in its place, also where the newer list lacks it; the inputs stay, too,
 * unless there were none. True: the files differ. */
bool file_list_refresh(FileList *files, FileList *fresh);
/* Take a path out, unless it is the wanted one. */
void file_list_forget(FileList *files, const char *path);
/* Move to a path. False: it is not in the list, or wanted already. */
bool file_list_go(FileList *files, const char *path);
/* Move by `step` files, not beyond the ends. False: nothing moved. */
bool file_list_step(FileList *files, int step);

/* The order of two names, as strcmp returns it: runs of digits compare as numbers,
 * upper case as lower case. 0 only for identical names. */
int file_list_compare(const char *a, const char *b);

#endif
