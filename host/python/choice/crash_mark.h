/* crash_mark — a note on the disk that this process is in a script's code, which stays
 * if the process ends there.
 *
 * One small file a script and process, in the state folder ($XDG_STATE_HOME, else
 * ~/.local/state: lutist/running), locked while the process lives. To enter and to
 * leave the script's code is one write of one byte. An orderly end removes the file. A
 * file of a process that ended inside tells the next one that the script crashed, for
 * as long as the script has not been changed since. Where the folder cannot be written
 * there are no marks.
 * Threads: owner thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_PYTHON_CHOICE_CRASH_MARK_H
#define LUTIST_PYTHON_CHOICE_CRASH_MARK_H

#include <stdbool.h>

typedef struct CrashMark {
    char *path; /* owned; NULL: there is no mark */
    int file;
} CrashMark;

/* Has a process ended in this script's code, and is the script the same since? `script`
 * is its absolute path. Marks that mean nothing any more are removed. */
bool crash_mark_has_crashed(const char *script);
/* Forget that it has crashed. */
void crash_mark_forget(const char *script);

/* Make this process's mark. */
CrashMark crash_mark_open(const char *script);
/* The script's code begins, and has returned. Zeroed memory is fine, here and below. */
void crash_mark_enter(const CrashMark *mark);
void crash_mark_leave(const CrashMark *mark);
/* Remove it. */
void crash_mark_close(CrashMark *mark);

#endif
