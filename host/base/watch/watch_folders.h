/* watch_folders — inotify on the folders in which files lie.
 *
 * A file is watched through its folder, because an editor may write a new file and give
 * it the old name. For a symbolic link that is the link's folder and its target's, link
 * by link. Where inotify fails, or does not see what other machines write, the folder
 * is `polled`: its owner looks at the files now and then.
 * Threads: owner thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_WATCH_WATCH_FOLDERS_H
#define LUTIST_BASE_WATCH_WATCH_FOLDERS_H

#include "base/watch/watch_files.h"

typedef struct WatchFolder {
    char *path;   /* owned; "" where there is none */
    char **names; /* owned, each too: the watched files in it */
    int n_names;
    int number; /* of inotify; -1: none */
} WatchFolder;

typedef struct WatchFolders {
    int file; /* to wait for with poll; -1: inotify does not work */
    bool polled;
    WatchFolder **folders; /* owned, each too */
    int count;
    void *by_path; /* owned: the folders as a tree of tsearch */
    NameSet told;  /* the messages about polling */
} WatchFolders;

void watch_folders_init(WatchFolders *all);
void watch_folders_term(WatchFolders *all);
/* Watch the folders of these files and no others. What happened before is forgotten. */
void watch_folders_set(WatchFolders *all, const WatchFiles *files);
/* Read the events that have come. True: one was about a watched file or a folder. */
bool watch_folders_read(WatchFolders *all);

#endif
