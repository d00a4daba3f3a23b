/* option_value — the text of an option's value, checked and stored in Options.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_OPTION_VALUE_H
#define LUTIST_OPTION_VALUE_H

#include "base/err.h"
#include "option_table.h"

/* Put `value` (ignored by an option that takes none) into the option's field. Fails:
 * ERR_USAGE. */
bool option_value_apply(const OptionRow *row, Options *options, const char *value,
                        Err *err);

#endif
