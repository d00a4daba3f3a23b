/* The interpreter's life: configured, started and ended in one place. */
#include <signal.h>

#include "base/mem.h"
#include "python/py.h"
#include "python/resource.h"
#include "python/script.h"
#include "python/venv.h"

#define VERSION_TEXT(major, minor) #major "." #minor
#define VERSION_OF(major, minor)   VERSION_TEXT(major, minor)
#define BUILT_FOR                  VERSION_OF(PY_MAJOR_VERSION, PY_MINOR_VERSION)

static PyStatus set_text(PyConfig *config, wchar_t **slot, const char *text)
{
    return PyConfig_SetBytesString(config, slot, text);
}

/* Isolated: no PYTHON* variables, no user site, no script folder on sys.path. UTF-8
 * whatever the locale says. `executable` decides prefix and venv, and multiprocessing
 * starts it. */
static PyStatus initialise(const InterpConfig *options, const char *executable)
{
    PyPreConfig before;
    PyPreConfig_InitIsolatedConfig(&before);
    before.utf8_mode = 1;
    PyStatus status = Py_PreInitialize(&before);
    if (PyStatus_Exception(status))
        return status;
    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    config.install_signal_handlers = options->signals;
    config.write_bytecode = 0;
    config.pathconfig_warnings = 0;
    config.faulthandler = 1; /* a crash in C says where */
    status = set_text(&config, &config.executable, executable);
    if (!PyStatus_Exception(status))
        status = set_text(&config, &config.program_name, executable);
    if (!PyStatus_Exception(status))
        status = Py_InitializeFromConfig(&config);
    PyConfig_Clear(&config);
    return status;
}

/* The package lies beside the program; it goes first, so that nothing shadows it. */
static bool add_package_folder(void)
{
    char *folder = resource_folder("python");
    PyObject *path = PySys_GetObject("path"); /* borrowed */
    PyObject *entry = PyUnicode_DecodeFSDefault(folder);
    bool good = path && entry && PyList_Insert(path, 0, entry) == 0;
    Py_XDECREF(entry);
    mem_free(folder);
    return good;
}

/* SIGTERM and a terminal that is closed end a run as SIGINT does: in order. */
static bool take_signals(void)
{
    PyObject *module = PyImport_ImportModule("lutist.running");
    PyObject *done = module ? PyObject_CallMethod(module, "take_signals", NULL) : NULL;
    Py_XDECREF(done);
    Py_XDECREF(module);
    return done != NULL;
}

static bool prepare(const InterpConfig *options, Err *err)
{
    if (!add_package_folder())
        return py_fetch(err);
    State *state = py_state();
    PyObject *package = state ? PyImport_ImportModule("lutist") : NULL;
    if (!package) {
        py_fetch(err);
        char reason[sizeof err->text];
        snprintf(reason, sizeof reason, "%s", err->text);
        return err_set(err, ERR_ENV, "the lutist package did not load: %s", reason);
    }
    Py_DECREF(package);
    state->pool = options->pool;
    state->mode = options->mode;
    return !options->signals || take_signals() || py_fetch(err);
}

static bool start(const InterpConfig *options, Err *err)
{
    char *executable = venv_executable(options->venv, BUILT_FOR, LUTIST_PYTHON, err);
    if (!executable)
        return false;
    PyImport_AppendInittab("_lutist", PyInit__lutist);
    PyStatus status = initialise(options, executable);
    mem_free(executable);
    if (PyStatus_Exception(status))
        return err_set(err, ERR_ENV,
                       "Python did not start: %s (lutist doctor says which one it is)",
                       status.err_msg ? status.err_msg : "no reason given");
    bool good = prepare(options, err);
    if (!good) {
        err->kind = ERR_ENV;
        Py_FinalizeEx();
        return false;
    }
    PyEval_SaveThread();
    return true;
}

/* A signal that arrives while Python starts waits until there is somebody to take it.
 */
bool interp_start(const InterpConfig *options, Err *err)
{
    REQUIRE(!Py_IsInitialized());
    sigset_t wait, before;
    sigemptyset(&wait);
    sigaddset(&wait, SIGINT);
    sigaddset(&wait, SIGTERM);
    sigaddset(&wait, SIGHUP);
    if (options->signals)
        pthread_sigmask(SIG_BLOCK, &wait, &before);
    bool good = start(options, err);
    if (options->signals)
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    return good;
}

void interp_stop(void)
{
    if (!Py_IsInitialized())
        return;
    PyGILState_Ensure();
    Py_FinalizeEx();
}

char *interp_describe(void)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    PyObject *module = PyImport_ImportModule("lutist.about");
    PyObject *lines = module ? PyObject_CallMethod(module, "interpreter", NULL) : NULL;
    const char *text = lines ? PyUnicode_AsUTF8(lines) : NULL;
    char *copy = mem_dup(text ? text : "python: cannot describe itself");
    PyErr_Clear();
    Py_XDECREF(lines);
    Py_XDECREF(module);
    PyGILState_Release(gil);
    return copy;
}
