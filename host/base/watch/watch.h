/* watch — a thread that tells when one of some files has changed.
 *
 * The room base/watch: the thread (here), the files with their states (watch_files),
 * inotify on their folders (watch_folders).
 *
 * A burst of writes counts once, when it has been quiet for a moment. Only a file whose
 * stamp differs has changed, so a file that changed between being read and being
 * watched is noticed too. The thread sleeps until an event comes, unless a folder must
 * be polled.
 * Threads: any; watch_stop once, by the last user.
 * Python:  unaware. No lock is held while `changed` is called.
 */
#ifndef LUTIST_BASE_WATCH_WATCH_H
#define LUTIST_BASE_WATCH_WATCH_H

#include "base/err.h"
#include "base/watch/watch_files.h"

typedef struct Watch Watch;

/* `changed` is called on the thread, once for each change of the files. Fails: ERR_ENV.
 */
Watch *watch_start(void (*changed)(void *context), void *context, Err *err);
/* Watch these files, and no others. Takes their list; *files becomes empty. */
void watch_set(Watch *watch, WatchFiles *files);
/* NULL is fine. `changed` is not called any more. */
void watch_stop(Watch *watch);

#endif
