/* row_looks — the rows of a table as looks of a batch's inputs.
 *
 * Look 0 has the values of the command line; rows with equal values are one look. All
 * rows are checked before a file is developed.
 * Threads: immutable after new.
 * Python:  unaware.
 */
#ifndef LUTIST_CMD_PARAMS_ROW_LOOKS_H
#define LUTIST_CMD_PARAMS_ROW_LOOKS_H

#include "batch/batch.h"
#include "cmd/params/param_table.h"
#include "pipe/param.h"

typedef struct RowLooks RowLooks;

typedef struct RowLooksOf {
    const char *script;        /* its name, for messages; borrowed */
    const ParamSet *params;    /* borrowed */
    const ParamValue *values;  /* where a row sets nothing; borrowed */
    const BatchReport *report; /* whose items are the inputs; borrowed */
} RowLooksOf;

/* A row whose `file` is the path of an input, or the name of one alone, is that
 * input's. A row that names no input is told of. The table, and what `of` points
 * to, are borrowed until row_looks_free. Fails: ERR_USAGE "TABLE, line N: reason". */
RowLooks *row_looks_new(const ParamTable *table, const RowLooksOf *of, Err *err);
void row_looks_free(RowLooks *looks); /* NULL is fine */
/* The look of item `index` of the report, 0 and up. */
int row_looks_of(const RowLooks *looks, int index);
/* The values of a look; borrowed. */
const ParamValue *row_looks_values(const RowLooks *looks, int look);

#endif
