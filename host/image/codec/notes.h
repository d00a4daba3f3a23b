/* notes — remarks about a file that was read or written all the same.
 *
 * Threads: a value; one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_CODEC_NOTES_H
#define LUTIST_IMAGE_CODEC_NOTES_H

#include <stdbool.h>

typedef struct Notes {
    bool damaged;   /* something the file held was lost: it is not as it was made */
    char text[400]; /* one line without the file's name, "; " between; "": nothing */
} Notes;

/* Something that the output will not have, though the file is whole. A text that was
 * noted before is not repeated. */
void notes_add(Notes *notes, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same of something that is damaged. */
void notes_damage(Notes *notes, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
#define NOTES_NO_GAIN_MAP "its HDR gain map is not kept"

/* One line in the log, where there is something to say about `path`. */
void notes_log(const Notes *notes, const char *path);

#endif
