/* pixel_value — one pixel of the file and what the look makes of it, at the file's
 * depth.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_SCOPE_PIXEL_VALUE_H
#define LUTIST_VIEWER_SCOPE_PIXEL_VALUE_H

#include "pipe/program/program.h"

enum { PIXEL_VALUE_TEXT = 96 };

/* "120, 45: 10 20 30 → 12 24 36"; without an arrow where `program` is NULL. A gray
 * pixel has one number, and alpha stands behind a slash. `pixel` is the image's at
 * (x, y). */
void pixel_value_text(ImageInfo info, int x, int y, const uint8_t *pixel,
                      const Program *program, char text[PIXEL_VALUE_TEXT]);

#endif
