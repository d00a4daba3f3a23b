/* strip_flow — the rows of one file from its reader to its writer, a strip at a time.
 *
 * The calling thread reads, maps and writes strip by strip. As soon as a thread is
 * spare, even in the middle of the file, that thread writes and the caller goes on
 * reading, a few strips ahead; strips are mapped by whoever has time.
 * Threads: the calling one, and spare ones that it waits for.
 * Python:  unaware; BatchHooks.map is called as caller.h says.
 */
#ifndef LUTIST_BATCH_FLOW_STRIP_FLOW_H
#define LUTIST_BATCH_FLOW_STRIP_FLOW_H

#include "base/thread/spare_threads.h"
#include "batch/caller.h"
#include "image/reader.h"
#include "image/writer.h"
#include "pipe/scale/scale_stream.h"

/* Memory for a strip, kept from file to file. Starts zeroed. */
typedef struct Strips {
    uint8_t *data; /* owned; mem_free */
    size_t size;   /* bytes */
} Strips;

typedef struct StripFlow {
    ImageInfo in;       /* of the reader's rows */
    Program *program;   /* borrowed, as all that follows */
    ScaleStream *scale; /* NULL: the size stays */
    Caller *caller;
    Cancel *cancel;
    SpareThreads *spare; /* NULL: none */
    atomic_int *done;    /* counts rows; NULL: nobody asks */
} StripFlow;

/* All rows. Fails as the reader, the writer and the hook do, ERR_MEMORY,
 * ERR_CANCELLED. */
bool strip_flow_run(const StripFlow *flow, Strips *strips, Reader *reader,
                    Writer *writer, Err *err);

/* The most bytes that it takes for rows like `in`, with up to `threads` at work. */
uint64_t strip_flow_memory(ImageInfo in, int threads);

#endif
