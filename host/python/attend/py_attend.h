/* py_attend — interrupts of the script's code: the attendant's signal as a
 * KeyboardInterrupt.
 *
 * From the second interrupt of a call on, a further exception follows the first, so
 * that code which swallows one in a loop leaves the loop.
 * Threads: the script thread.
 * Python:  caller must hold the GIL.
 */
#ifndef LUTIST_PYTHON_ATTEND_PY_ATTEND_H
#define LUTIST_PYTHON_ATTEND_PY_ATTEND_H

#include "base/thread/attendant.h"
#include "python/module/py_state.h"

/* Attend the calling thread. `attendant` is borrowed to the end; NULL: do nothing.
 * False: exception set. */
bool py_attend_install(State *state, Attendant *attendant);
/* Code of the script begins. */
void py_attend_begin(const State *state);
/* It has ended: no interrupt comes any more. A pending exception is kept. */
AttendantReason py_attend_end(const State *state);
enum { PY_ATTEND_WORDS = 96 }; /* bytes */
/* What to say of it: "the script was stopped after 2.1 s", in `text`, which it returns.
 */
char *py_attend_words(const State *state, AttendantReason reason,
                      char text[PY_ATTEND_WORDS]);

/* _lutist.interrupted(number, frame), the handler of the signal. */
PyObject *py_attend_signal(PyObject *module, PyObject *arguments);

#endif
