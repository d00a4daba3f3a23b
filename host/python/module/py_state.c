#include "python/module/py_state.h"

/* The interpreter holds the module, so that an import is no part of a call, and a
 * script that clears sys.modules leaves the state in place. */
static PyObject *held_module(void)
{
    static const char name[] = "_lutist";
    PyObject *held =
        PyInterpreterState_GetDict(PyInterpreterState_Get()); /* borrowed */
    PyObject *module = held ? PyDict_GetItemString(held, name) : NULL;
    if (module || !held)
        return module;
    module = PyImport_ImportModule(name);
    bool good = module && PyDict_SetItemString(held, name, module) == 0;
    Py_XDECREF(module);
    return good ? module : NULL;
}

State *py_state(void)
{
    ASSERT_GIL();
    PyObject *module = held_module();
    return module ? PyModule_GetState(module) : NULL;
}

static void drop_temps(void *context)
{
    temp_list_drop(context);
}

void py_state_begin_temps(State *state)
{
    ASSERT_GIL();
    temp_list_init(&state->temps);
    state->last_word = (LastWord){.fn = drop_temps, .context = &state->temps};
    interrupt_last_word_add(&state->last_word);
}

void py_state_end_temps(State *state)
{
    ASSERT_GIL();
    interrupt_last_word_remove(&state->last_word);
    temp_list_term(&state->temps);
}

/* Python raises one exception for signals that arrive close together. */
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
