/* notes — remarks about a file whose reading or writing did not fail.
 *
 * Threads: a value; one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_CODEC_NOTES_H
#define LUTIST_IMAGE_CODEC_NOTES_H

#include <stdbool.h>

typedef struct Notes {
    bool damaged;   /* a part of the file's contents was lost */
    char text[400]; /* one line without the file's name, "; " between; "": nothing */
} Notes;

/* Note a loss in the output of a file that is whole. A text is noted once. */
void notes_add(Notes *notes, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Note damage in the file. */
void notes_damage(Notes *notes, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
#define NOTES_NO_GAIN_MAP "its HDR gain map is not kept"

/* Write the notes about `path` to the log as one line, if there are any. */
void notes_log(const Notes *notes, const char *path);

#endif
