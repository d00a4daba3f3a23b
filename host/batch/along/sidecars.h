/* sidecars — the XMP files beside an input, copied beside its output.
 *
 * a.xmp and a.jpg.xmp belong to a.jpg; its output b.png gets b.xmp and b.png.xmp. The
 * bytes stay. A file that is there already, and differs, is kept, unless files may be
 * replaced, or a journal knows it as an earlier copy that nobody has changed; an
 * input's own sidecar and another picture's copy always stay.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_ALONG_SIDECARS_H
#define LUTIST_BATCH_ALONG_SIDECARS_H

#include "batch/file/claims.h"
#include "batch/file/folders.h"
#include "batch/journal/copies.h"
#include "image/codec/notes.h"

/* Borrowed. */
typedef struct Sidecars {
    const char *input, *output; /* the picture's: absolute */
    const char *name;           /* of the input, for as long as the claims live */
    Folders *folders;
    Claims *claims;
    const Copies *copies; /* what they know may be replaced; NULL: nothing is known */
    TempList *temps;      /* as in OutfileRules */
    bool overwrite;       /* replace a file that differs */
    bool sync;            /* the copies are on the disk */
    bool keep_times;      /* they have their sources' times */
} Sidecars;

/* No output or copy may replace the sidecars of `input`, which is borrowed. */
void sidecars_claim(Claims *claims, const char *input);
/* A copy that cannot be made because of what is there is a note. Fails: ERR_FILE
 * (reading, or a full disk). */
bool sidecars_copy(const Sidecars *task, Notes *notes, Err *err);

#endif
