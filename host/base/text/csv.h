/* csv — comma-separated values, read record by record (RFC 4180).
 *
 * A field in quotes may hold separators, line ends and doubled quotes; spaces around a
 * field without quotes do not count. Lines end in LF, CRLF or CR; empty ones are passed
 * over, and so is a byte-order mark. The separator is the first of comma, semicolon and
 * tab that the first line has outside quotes; but a first line "sep=" and one of these,
 * as spreadsheets write it, names it and is passed over. The text is decoded in place.
 * Threads: one at a time for each reader.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_TEXT_CSV_H
#define LUTIST_BASE_TEXT_CSV_H

#include <stddef.h>

#include "base/err.h"

typedef enum CsvToken {
    CSV_RECORD, /* in `fields` */
    CSV_END,
    CSV_BROKEN, /* *err has the reason, without line and file; nothing more is read */
} CsvToken;

typedef struct CsvReader {
    const char **fields; /* owned: those of the last record; they lie in the text */
    int count;
    int line; /* where the last record, or the fault, begins; 1 and up */
    /* private */
    char *at, *end;
    int next; /* line */
    char separator;
} CsvReader;

/* `text` of `size` bytes, with room for one more, is changed while it is read, and is
 * borrowed. */
void csv_read(CsvReader *reader, char *text, size_t size);
CsvToken csv_next(CsvReader *reader, Err *err);
void csv_clear(CsvReader *reader);

#endif
