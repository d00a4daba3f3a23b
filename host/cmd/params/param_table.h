/* param_table — a table of parameters: a row a file, as CSV or JSON.
 *
 * The room host/cmd/params: the table as text (here), and its rows as looks of the
 * inputs (row_looks).
 *
 * CSV has a header: `file`, and a column a parameter; an empty field sets nothing,
 * and a row of empty ones is passed over.
 * JSON is a list of objects with the same members: texts, numbers, true and false; null
 * sets nothing.
 * Threads: immutable after read.
 * Python:  unaware.
 */
#ifndef LUTIST_CMD_PARAMS_PARAM_TABLE_H
#define LUTIST_CMD_PARAMS_PARAM_TABLE_H

#include "base/err.h"

typedef struct TableCell {
    const char *name; /* of a parameter; it lies in the table, as its value does: */
    const char *text; /* of `length` bytes */
    int length;
} TableCell;

typedef struct TableRow {
    int line; /* in the file, where it begins; 1 and up */
    const char *file;
    TableCell *cells; /* owned by the table */
    int count;
} TableRow;

typedef struct ParamTable {
    const char *path; /* borrowed */
    TableRow *rows;
    int count;
    char *text;          /* private, as the next two */
    const char **header; /* of CSV: owned, NULL behind the last */
    int columns;
} ParamTable; /* zeroed memory is an empty one */

/* The format is JSON where the path ends in ".json", else CSV. Fails: ERR_USAGE "PATH,
 * line N: reason", or "PATH: reason" where it cannot be read; ERR_MEMORY; nothing is
 * owned then. */
bool param_table_read(ParamTable *table, const char *path, Err *err);
void param_table_clear(ParamTable *table);
/* "PATH, line N: REASON" for what is wrong with a row. Returns false. */
bool param_table_fail(const ParamTable *table, const TableRow *row, Err *err);

#endif
