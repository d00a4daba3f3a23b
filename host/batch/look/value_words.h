/* value_words — what tells the values of a script's parameters from others, for a run
 * that carries on: BatchLook.words.
 *
 * Of a file that is a value its name and contents count, wherever it lies.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_LOOK_VALUE_WORDS_H
#define LUTIST_BATCH_LOOK_VALUE_WORDS_H

#include "base/err.h"
#include "base/watch/watch_files.h"
#include "pipe/param.h"

typedef struct ValueWords ValueWords;

ValueWords *value_words_new(const ParamSet *params); /* borrowed */
void value_words_free(ValueWords *words);            /* NULL is fine */
/* New. `more`: files that the look reads at these values, beside those of
 * LookWords.files; NULL: none. A value's file is read once, however many values name
 * it. Fails: ERR_FILE. */
char *value_words_of(ValueWords *words, const ParamValue *values,
                     const WatchFiles *more, Err *err);

#endif
