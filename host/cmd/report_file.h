/* report_file — the JSON file that tells how each input of a batch ended.
 *
 * It is opened before the batch starts, so a name that cannot be written is known
 * early. It is written to a temporary name and renamed when complete. It replaces an
 * earlier report, but no other file, even one that appears meanwhile.
 * Threads: one.
 * Python:  unaware.
 */
#ifndef LUTIST_CMD_REPORT_FILE_H
#define LUTIST_CMD_REPORT_FILE_H

#include "batch/batch.h"
#include "batch/file/claims.h"
#include "pipe/param.h"

typedef struct ReportFile ReportFile;

/* The report's fields beside the files. Borrowed. */
typedef struct ReportHead {
    const char *script;     /* its path; if none was found, as it was asked for */
    const ParamSet *params; /* NULL: not known */
    const ParamValue *values;
    const char
        *values_text;   /* in their place: a JSON object; NULL: they are not text */
    const char *folder; /* that relative names start from; NULL: this one */
    const char *error;  /* the error that ended the run; NULL: none */
    Part part;          /* that the report is of; zeros: it is of all inputs */
} ReportHead;

/* A missing folder is made. The temporary files of killed runs are removed from it, but
 * no input in `claims`. Fails: ERR_FILE; ERR_USAGE if the existing file is not a
 * report. */
ReportFile *report_file_open(const char *path, Claims *claims, Err *err);
/* Would report_file_open fail? Nothing is made. */
bool report_file_check(const char *path, Err *err);
/* Takes `file`, also on failure. Fails: ERR_FILE. */
bool report_file_save(ReportFile *file, const ReportHead *head,
                      const BatchReport *report, Err *err);
/* Leaves nothing behind; NULL is fine. */
void report_file_abort(ReportFile *file);

#endif
