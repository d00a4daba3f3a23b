#include "python/attend/py_attend.h"

#include <stdio.h>

/* The signal's handler is a function of `_lutist`. */
static bool install(PyObject *signals, PyObject *ours)
{
    PyObject *handler = PyObject_GetAttrString(ours, "interrupted");
    PyObject *done = handler ? PyObject_CallMethod(signals, "signal", "iN",
                                                   ATTENDANT_SIGNAL, handler)
                             : NULL;
    Py_XDECREF(done);
    return done != NULL;
}

bool py_attend_install(State *state, Attendant *attendant)
{
    ASSERT_GIL();
    if (!attendant)
        return true;
    PyObject *signals = PyImport_ImportModule("_signal");
    PyObject *ours = PyImport_ImportModule("_lutist");
    bool good = signals && ours && install(signals, ours);
    Py_XDECREF(signals);
    Py_XDECREF(ours);
    if (!good)
        return false;
    attendant_attach(attendant);
    state->attendant = attendant;
    return true;
}

void py_attend_begin(const State *state)
{
    ASSERT_GIL();
    attendant_begin(state->attendant);
}

AttendantReason py_attend_end(const State *state)
{
    ASSERT_GIL();
    AttendantReason reason = attendant_end(state->attendant);
    if (reason)
        PyThreadState_SetAsyncExc(PyThread_get_thread_ident(), NULL);
    return reason;
}

char *py_attend_words(const State *state, AttendantReason reason,
                      char text[PY_ATTEND_WORDS])
{
    ASSERT_GIL();
    if (reason == ATTENDANT_LATE)
        snprintf(text, PY_ATTEND_WORDS,
                 "the script took longer than %g s (--script-timeout)",
                 attendant_limit(state->attendant));
    else
        snprintf(text, PY_ATTEND_WORDS, "the script was stopped after %.1f s",
                 attendant_seconds(state->attendant));
    return text;
}

PyObject *py_attend_signal(PyObject *module, PyObject *arguments)
{
    (void)arguments;
    ASSERT_GIL();
    const State *state = PyModule_GetState(module);
    int asked = attendant_asked(state->attendant);
    if (!asked)
        Py_RETURN_NONE;
    if (asked > 1)
        PyThreadState_SetAsyncExc(PyThread_get_thread_ident(), PyExc_KeyboardInterrupt);
    PyErr_SetNone(PyExc_KeyboardInterrupt);
    return NULL;
}
