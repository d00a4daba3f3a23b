/* text_size — the steps of the text's size in the window, which the user chooses.
 *
 * All of panel, bars and lists grows with it; the picture does not.
 * Threads: pure.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_REMEMBER_TEXT_SIZE_H
#define LUTIST_VIEWER_REMEMBER_TEXT_SIZE_H

#include <stdbool.h>

/* `steps` larger than `size`, or smaller; no further than the ends. */
double text_size_step(double size, int steps);
/* The largest that is neither above `size` nor above `most`; but what is no larger than
 * usual (1) stays so, whatever `most` is. */
double text_size_within(double size, double most);
/* Is it between the smallest and the largest? */
bool text_size_is_valid(double size);

#endif
