/* folder_watch — tells when a picture's file changes, and when files come to the opened
 * folders or go.
 *
 * The folders are listed on the watch's thread, because a disk may be slow.
 * Threads: every function from the UI thread; folder_watch_inputs from any other one too.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_LOAD_FOLDER_WATCH_H
#define LUTIST_VIEWER_LOAD_FOLDER_WATCH_H

#include "base/thread/dispatch.h"
#include "base/watch/watch_files.h"
#include "viewer/state/file_list.h"

typedef struct FolderWatch FolderWatch;

typedef enum PictureNews {
    PICTURE_SAME,
    PICTURE_CHANGED, /* also: it is there again */
    PICTURE_GONE
} PictureNews;

typedef struct FolderNews {
    bool listed;       /* the inputs have been listed */
    FileList files;    /* of the inputs as they are now, without folders that are gone;
                          `take` may move it out; it may be empty */
    char *newest;      /* of the followed folder; owned; NULL: it holds no image */
    int64_t newest_ns; /* when that was written last */
    PictureNews picture; /* of the newest file that folder_watch_picture named */
} FolderNews;

typedef struct FolderWatchConfig {
    const char *const *inputs; /* files and folders; copied */
    int n_inputs;
    const char *follow;                            /* a folder; copied; NULL: none */
    Dispatch *ui;                                  /* borrowed */
    void (*take)(void *context, FolderNews *news); /* on the UI thread */
    void *context;
} FolderWatchConfig;

/* Relative paths count from the folder that is current now. Fails: ERR_ENV. */
FolderWatch *folder_watch_start(const FolderWatchConfig *config, Err *err);
/* Nobody may process `ui` any more. NULL is fine. */
void folder_watch_stop(FolderWatch *watch);

/* The window has other files now: no list of the ones before is taken any more.
 * folder_watch_inputs follows, which may have to wait for a disk. */
void folder_watch_leave(FolderWatch *watch);
/* Watch other files and folders from now on; copied. Folders are listed at once: none
 * of their files is missed. */
void folder_watch_inputs(FolderWatch *watch, const char *const *inputs, int count);
/* Watch this file beside the folders, which was read in the state `stamp`. */
void folder_watch_picture(FolderWatch *watch, const char *path, FileStamp stamp);

/* The image of a folder that was written last, and when; of two at the same time the
 * later name. New; NULL: there is none. */
char *folder_watch_newest(const char *folder, const FileList *files, int64_t *ns);

#endif
