/* journal_line — what a batch remembers of one file: a JSON object on a line.
 *
 * The room batch/journal: lines (here), the file they are in (journal), and what they
 * mean for a run that carries on (resume).
 * Threads: values.
 * Python:  unaware.
 */
#ifndef LUTIST_BATCH_JOURNAL_JOURNAL_LINE_H
#define LUTIST_BATCH_JOURNAL_JOURNAL_LINE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

/* A state of a file. All zeros: not known. */
typedef struct JournalStamp {
    int64_t size, mtime_ns, inode;
} JournalStamp;

typedef struct JournalLine {
    const char *input;    /* absolute */
    JournalStamp read;    /* of the input, before it was read */
    const char *hash;     /* of its bytes; NULL: not taken */
    const char *output;   /* below the journal's folder, else absolute */
    JournalStamp written; /* of the output; its inode is 0: a copy is as good */
    const char *look;     /* the hash of all that decides the result's bytes */
    const char *reason;   /* NULL: the file is complete, and gets its name now */
    /* of a file that is done; in a part's journal alone, else zeros */
    const char *note;
    int64_t pixels, ms, damaged; /* as in BatchItem */
    bool end;                    /* no file: here a run of the part came to its end */
} JournalLine;

JournalStamp journal_stamp(const struct stat *file);
/* Of the size and the time alone. */
bool journal_stamp_same(const JournalStamp *a, const JournalStamp *b);

/* New: the line with its newline. */
char *journal_line_text(const JournalLine *line);
/* `text`, without the newline, is changed; the strings point into it. Members that are
 * not known are passed over. False: it is no such line. */
bool journal_line_read(JournalLine *line, char *text);

#endif
