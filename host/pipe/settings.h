/* settings — a script's parameter values: from -p options, from an earlier load, as
 * words.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_SETTINGS_H
#define LUTIST_PIPE_SETTINGS_H

#include "pipe/param.h"

/* Put "NAME=VALUE" texts on `values`, one for each parameter of `set`. `script` is its
 * name in messages. Fails: ERR_USAGE naming the wrong part, with a hint; the values
 * before it are set. */
bool settings_apply(const ParamSet *set, const char *script, const char *const *texts,
                    int count, ParamValue *values, Err *err);

/* Returns false. *err is ERR_USAGE: `script` has no parameter `name`; it names those
 * that there are, and the one that may be meant. */
bool settings_unknown(const ParamSet *set, const char *script, const char *name,
                      Err *err);

/* The values of an earlier set for the parameters of `set`, by name and kind; new
 * array, param_values_free. A number outside the range becomes the nearest allowed one.
 * A value that was the default becomes the new default, and so does one that does not
 * fit: another kind, a choice that is gone. */
ParamValue *settings_carry(const ParamSet *set, const ParamSet *earlier,
                           const ParamValue *values);
/* The same of one parameter: the value for `param` of one that was `was`; new:
 * param_clear. */
ParamValue settings_carry_one(const Param *param, const Param *was, ParamValue value);

/* Cut off where it is longer. */
typedef char SettingText[512];
/* "with exposure=0.5, gamma=1.3", or "" without parameters. */
void settings_describe(const ParamSet *set, const ParamValue *values, SettingText text);

#endif
