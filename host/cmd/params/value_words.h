/* value_words — what tells the values of a script's parameters from others, for a run
 * that carries on: the values, and the contents of the files among them.
 *
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_CMD_PARAMS_VALUE_WORDS_H
#define LUTIST_CMD_PARAMS_VALUE_WORDS_H

#include "base/err.h"
#include "pipe/param.h"

typedef struct ValueWords ValueWords;

ValueWords *value_words_new(const ParamSet *params); /* borrowed */
void value_words_free(ValueWords *words);            /* NULL is fine */
/* New. A file is read once, however many values name it. Fails: ERR_FILE. */
char *value_words_of(ValueWords *words, const ParamValue *values, Err *err);

#endif
