/* script_news — what the script thread tells the UI thread of the script in force.
 *
 * `config` and `source` outlive the UI thread's queue. Of several news that wait only
 * the newest counts; no word of presets is left out.
 * Threads: script thread only.
 * Python:  started, and the GIL is free.
 */
#ifndef LUTIST_VIEWER_SCRIPT_SCRIPT_NEWS_H
#define LUTIST_VIEWER_SCRIPT_SCRIPT_NEWS_H

#include "viewer/script/script_source.h"
#include "viewer/script/scripter_config.h"

/* `loading`: a load is in work. */
void script_news_tell(const ScripterConfig *config, const ScriptSource *source,
                      bool loading);
/* The presets of the script in force. `done`: what was done to them, for people; `err`:
 * why it was not; NULL: nothing failed. `refused`: ScripterPresets'; copied. */
void script_news_presets(const ScripterConfig *config, const ScriptSource *source,
                         const char *done, const Err *err, const char *refused);

#endif
