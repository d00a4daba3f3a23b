#include "python/module/py_state.h"

#include "base/thread/interrupt.h"

State *py_state(void)
{
    ASSERT_GIL();
    PyObject *type, *value, *trace;
    PyErr_Fetch(&type, &value, &trace);
    PyObject *module = PyImport_ImportModule("_lutist");
    State *state = module ? PyModule_GetState(module) : NULL;
    Py_XDECREF(module); /* sys.modules keeps it */
    if (type)
        PyErr_Restore(type, value, trace);
    return state;
}

/* Signals that come close together are one exception to Python. */
int py_state_interrupts(State *state)
{
    ASSERT_GIL();
    while (PyErr_CheckSignals() < 0) {
        PyErr_Clear();
        state->interrupts++;
    }
    bool ours = interrupt_cancel() != NULL;
    if (ours && state->interrupts < interrupt_count())
        state->interrupts = interrupt_count();
    return state->interrupts;
}
