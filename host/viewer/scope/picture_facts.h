/* picture_facts — a picture's data in lines, for the card.
 *
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_SCOPE_PICTURE_FACTS_H
#define LUTIST_VIEWER_SCOPE_PICTURE_FACTS_H

#include "image/image.h"

enum { PICTURE_FACTS = 10 };

typedef struct PictureFact {
    const char *label;
    char text[160];
} PictureFact;

typedef struct PictureFacts {
    PictureFact facts[PICTURE_FACTS];
    int count; /* of those that are known */
} PictureFacts;

/* `path`: the file's; its extension names the format. `profile`: the name of its ICC
 * profile, "" for none. */
PictureFacts picture_facts(const Image *image, const char *path, const char *profile);

#endif
