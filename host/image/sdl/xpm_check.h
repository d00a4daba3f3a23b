/* xpm_check — is an XPM file one that SDL2_image can read?
 *
 * An XPM file is C source of strings: the size, a string a colour, a string a row.
 * SDL2_image follows a null pointer where a pixel's letter is no colour's, and reads
 * behind a colour's string that is too short.
 * Threads: pure; the file's position moves.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_SDL_XPM_CHECK_H
#define LUTIST_IMAGE_SDL_XPM_CHECK_H

#include "image/codec/source.h"

typedef struct XpmHead {
    uint32_t width, height; /* pixels */
    uint32_t colours;
    uint32_t letters; /* that stand for a pixel: 1 to 15 */
} XpmHead;

/* The first string; the file is at its start. Fails: ERR_FILE. */
bool xpm_check_head(const Source *source, XpmHead *head, Err *err);
/* All strings behind it, without memory for them. Fails: ERR_FILE, ERR_CANCELLED. */
bool xpm_check_rest(const Source *source, const XpmHead *head, Err *err);

#endif
