/* watch_files — a list of files, each with the state in which it was read.
 *
 * A path that ends in "/" is a folder, whose stamp changes when a name in it comes or
 * goes.
 * Threads: a value; the caller owns it.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_WATCH_WATCH_FILES_H
#define LUTIST_BASE_WATCH_WATCH_FILES_H

#include <stdint.h>

#include "base/watch/name_set.h"

/* Two states of a file have different stamps. All zeros: there was no such file. */
typedef struct FileStamp {
    int64_t device, inode, size;
    int64_t modified_ns, changed_ns;
} FileStamp;

typedef struct WatchFile {
    char *path; /* owned; absolute */
    FileStamp stamp;
} WatchFile;

typedef struct WatchFiles {
    WatchFile *files; /* owned */
    int count;
    NameSet paths; /* theirs */
} WatchFiles;      /* zeroed memory is an empty one */

/* The file as it is now. */
FileStamp watch_files_stamp(const char *path);
/* A path that is in the list already keeps its stamp. */
void watch_files_add(WatchFiles *list, const char *path, FileStamp stamp);
void watch_files_add_all(WatchFiles *list, const WatchFiles *more);
void watch_files_clear(WatchFiles *list);
/* Does a file differ from its stamp? */
bool watch_files_differ(const WatchFiles *list);
/* Give all files the stamps of now. True: one differed. */
bool watch_files_refresh(WatchFiles *list);

#endif
