/* py_record — a script's functions, recorded as expressions by
 * lutist.recording.record.
 *
 * Threads: any that holds the GIL.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_CURVE_PY_RECORD_H
#define LUTIST_PYTHON_CURVE_PY_RECORD_H

#include "pipe/expr/expr.h"
#include "python/module/py.h"

/* Record `function`. *expr gives the same values; NULL: the function cannot be
 * recorded, and `why` has the reason. cache: NULL, or a RecordCache. False: exception
 * set (an interrupt). */
bool py_record(PyObject *cache, PyObject *function, Expr **expr, char *why,
               size_t size);

/* A new lutist.recording.record_cache.RecordCache: the recordings of a script. NULL:
 * exception set. */
PyObject *py_record_cache_new(void);
/* A plan begins: recordings that the last plan did not use are forgotten. NULL cache:
 * nothing to do. False: exception set, and *err says where it came about. */
bool py_record_cache_turn(PyObject *cache, Err *err);

/* _lutist.expression(nodes, constants, tables): a capsule; None where they make none.
 * tables: a buffer of doubles, as for expr_new_with. */
PyObject *py_record_expression(PyObject *module, PyObject *args);
/* _lutist.evaluate(expression, inputs): the results as bytes of doubles; None where one
 * has no value. */
PyObject *py_record_evaluate(PyObject *module, PyObject *args);
/* The names of the operations, for lutist.recording.operations; new reference. */
PyObject *py_record_ops(void);

#endif
