/* font_file — where the font of the window is.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_FILE_FONT_FILE_H
#define LUTIST_BASE_FILE_FONT_FILE_H

#include "base/err.h"

/* The path in LUTIST_FONT, which may not exist; else that of DejaVu Sans where Debian
 * and other systems have it. Static, or of the environment. Fails: ERR_ENV: no font. */
const char *font_file(Err *err);

#endif
