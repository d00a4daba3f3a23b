/* json_read — JSON text, read token by token.
 *
 * The text is decoded in place. A lone surrogate from U+DC80 to U+DCFF becomes the byte
 * that json.h wrote so; any other lone surrogate breaks the text.
 * Threads: one at a time for each reader.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_TEXT_JSON_READ_H
#define LUTIST_BASE_TEXT_JSON_READ_H

#include <stdbool.h>
#include <stdint.h>

/* Lists and objects in each other, at most. */
enum { JSON_DEPTH = 64 };

typedef enum JsonToken {
    JSON_BROKEN, /* no JSON: nothing more is read */
    JSON_END,    /* of the text */
    JSON_OBJECT,
    JSON_OBJECT_END,
    JSON_LIST,
    JSON_LIST_END,
    JSON_NAME,   /* of the value that follows; in `text` */
    JSON_TEXT,   /* in `text` */
    JSON_NUMBER, /* `text` begins with it, for strtod and its kin */
    JSON_TRUE,
    JSON_FALSE,
    JSON_NULL,
} JsonToken;

typedef struct JsonReader {
    char *at;         /* what is read next */
    const char *text; /* of the last token, in the text itself */
    bool wants_value; /* a value must follow */
    bool any;         /* the list, the object or the text has a value already */
    int depth;
    uint64_t objects; /* a bit for each depth: an object, not a list */
} JsonReader;

/* `text` ends with a NUL; it is changed while it is read, and is borrowed. */
void json_read(JsonReader *reader, char *text);
JsonToken json_next(JsonReader *reader);
/* Read to the end of the value that `token`, the last one, has begun. False: broken. */
bool json_skip(JsonReader *reader, JsonToken token);

#endif
