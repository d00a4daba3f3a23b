/* earlier_values — the values of parameters that the looks before this one had, by
 * name.
 *
 * A look that lacks a parameter does not make it forgotten: its value is there again in
 * the next look that has it.
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_PANEL_EARLIER_VALUES_H
#define LUTIST_VIEWER_PANEL_EARLIER_VALUES_H

#include "pipe/param.h"

typedef struct EarlierValue {
    ParamSet *set;    /* a reference; of the look that had it last */
    int at;           /* its parameter there */
    ParamValue value; /* owned */
} EarlierValue;

typedef struct EarlierValues {
    EarlierValue *list; /* owned; one a name */
    int count;
} EarlierValues; /* zeroed memory is an empty one */

void earlier_values_clear(EarlierValues *earlier);
/* Keep the values of a look that goes. */
void earlier_values_keep(EarlierValues *earlier, ParamSet *set,
                         const ParamValue *values);
/* The values for the parameters of `set`, by name and kind, as settings_carry does it;
 * new array, param_values_free. */
ParamValue *earlier_values_for(const EarlierValues *earlier, const ParamSet *set);

#endif
