/* library — a codec's shared library, opened when the first file needs it.
 *
 * A program without it starts faster, and a machine that lacks it reads and writes all
 * other formats. The room of a format lists the functions that it calls:
 *
 *     #define GIF_FUNCTIONS(X) X(DGifOpen) X(DGifCloseFile)
 *     LIBRARY_TABLE(GifLibrary, GIF_FUNCTIONS);
 *     const GifLibrary *gif_library(Err *err);
 *
 * and defines the last one by LIBRARY_DEFINE. Calls read lib->DGifOpen(…).
 * Threads: any; a library is opened once and stays open.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_CODEC_LIBRARY_H
#define LUTIST_IMAGE_CODEC_LIBRARY_H

#include <pthread.h>
#include <stdbool.h>

#include "base/err.h"

typedef void (*library_fn)(void);

typedef struct Library {
    /* immutable */
    const char *name;             /* "libtiff", for messages */
    const char *file;             /* "libtiff.so.6" */
    const char *package;          /* Debian's that has it */
    const char *const *functions; /* their names; NULL ends them */
    library_fn *slots;            /* one a name, in the same order */
    /* guarded by lock; the slots are, too, until it is open */
    pthread_mutex_t lock;
    bool is_open;
} Library;

/* Open it and fill its slots, where no call has done so yet. Fails: ERR_FILE that names
 * the package, ERR_MEMORY; the next call tries again. */
bool library_open(Library *library, Err *err);

/* `Type`: a struct of pointers to the functions. */
#define LIBRARY_TABLE(Type, FUNCTIONS)                                                 \
    typedef struct Type {                                                              \
        FUNCTIONS(LIBRARY_SLOT)                                                        \
    } Type
#define LIBRARY_SLOT(function) __typeof__(&(function)) function;

/* `const Type *get(Err *err)`: the table, filled and immutable, borrowed for the
 * process's life. NULL: as library_open. */
#define LIBRARY_DEFINE(get, Type, FUNCTIONS, name_, file_, package_)                   \
    const Type *get(Err *err)                                                          \
    {                                                                                  \
        static union {                                                                 \
            Type table;                                                                \
            library_fn slots[sizeof(Type) / sizeof(library_fn)];                       \
        } all;                                                                         \
        static const char *const functions[] = {FUNCTIONS(LIBRARY_NAME) NULL};         \
        static Library library = {name_,     file_,     package_,                      \
                                  functions, all.slots, PTHREAD_MUTEX_INITIALIZER};    \
        return library_open(&library, err) ? &all.table : NULL;                        \
    }
#define LIBRARY_NAME(function) #function,

#endif
