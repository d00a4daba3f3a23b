/* bom — the byte order mark that some editors begin a text with.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_TEXT_BOM_H
#define LUTIST_BASE_TEXT_BOM_H

#include <stddef.h>

/* The bytes of a mark of UTF-8 at the beginning of `text`; 0: there is none. */
size_t bom_length(const char *text, size_t size);

#endif
