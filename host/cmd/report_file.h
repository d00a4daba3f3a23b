/* report_file — the JSON file that tells what became of each input of a batch.
 *
 * Opened before the batch starts, so that a name that cannot be written is known early;
 * written to a temporary name and renamed when complete. An earlier report is replaced;
 * any other file never, also one that appears meanwhile.
 * Threads: one.
 * Python:  unaware.
 */
#ifndef LUTIST_CMD_REPORT_FILE_H
#define LUTIST_CMD_REPORT_FILE_H

#include "batch/batch.h"
#include "batch/file/claims.h"
#include "pipe/param.h"

typedef struct ReportFile ReportFile;

/* What the report says beside the files. Borrowed. */
typedef struct ReportHead {
    const char *script;     /* path; as it was asked for where none was found */
    const ParamSet *params; /* NULL: not known */
    const ParamValue *values;
    const char *error; /* what ended the run; NULL: it came to its end */
} ReportHead;

/* The folder is made where it is missing, and the files that killed runs have left in
 * it are removed, but for the inputs in `claims`. Fails: ERR_FILE; ERR_USAGE where a
 * file stands there that is no report. */
ReportFile *report_file_open(const char *path, Claims *claims, Err *err);
/* Would report_file_open fail? Nothing is made. */
bool report_file_check(const char *path, Err *err);
/* Takes `file`, also on failure. Fails: ERR_FILE. */
bool report_file_save(ReportFile *file, const ReportHead *head,
                      const BatchReport *report, Err *err);
/* Leaves nothing behind; NULL is fine. */
void report_file_abort(ReportFile *file);

#endif
