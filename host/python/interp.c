#include "python/interp.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/file/installed.h"
#include "base/mem.h"
#include "base/thread/interrupt.h"
#include "python/attend/py_attend.h"
#include "python/errors/py_err.h"
#include "python/module/py_bundle.h"
#include "python/module/py_call.h"
#include "python/module/py_host.h"
#include "python/module/py_module.h"
#include "python/module/py_text.h"
#include "python/venv.h"

#define VERSION_TEXT(major, minor) #major "." #minor
#define VERSION_OF(major, minor)   VERSION_TEXT(major, minor)
#define BUILT_FOR                  VERSION_OF(PY_MAJOR_VERSION, PY_MINOR_VERSION)

/* Jobs and scripts run isolated: no PYTHON* variables, no user site, no script folder
 * on sys.path, and UTF-8 in every locale. Python's own command line is not isolated. */
static PyStatus preinitialise(bool isolated, int argc, char **argv)
{
    PyPreConfig config;
    if (!isolated) {
        PyPreConfig_InitPythonConfig(&config);
        return Py_PreInitializeFromBytesArgs(&config, argc, argv);
    }
    PyPreConfig_InitIsolatedConfig(&config);
    config.utf8_mode = 1;
    return Py_PreInitialize(&config);
}

static void configure_isolated(PyConfig *config, bool signals, bool site)
{
    PyConfig_InitIsolatedConfig(config);
    config->install_signal_handlers = signals;
    config->write_bytecode = 0;
    config->site_import = site;
    config->faulthandler = 1; /* a crash in C says where */
}

/* The executable `python` decides the virtual environment. The standard library belongs
 * to the libpython that is linked, even where another release of the same version made
 * the environment. */
static PyStatus set_places(PyConfig *config, const char *python)
{
    const struct {
        wchar_t **field;
        const char *path;
    } places[] = {
        {&config->executable, python},
        {&config->program_name, python},
        {&config->base_executable, LUTIST_PYTHON},
        {&config->home, LUTIST_PYTHON_HOME},
    };
    PyStatus status = PyStatus_Ok();
    for (int i = 0; i < 4 && !PyStatus_Exception(status); i++)
        status = PyConfig_SetBytesString(config, places[i].field, places[i].path);
    return status;
}

/* The module site sets up a virtual environment. */
static bool wants_site(const InterpConfig *options, const char *python)
{
    return options->site || strcmp(python, LUTIST_PYTHON) != 0;
}

static PyStatus initialise(const InterpConfig *options, const char *python, int argc,
                           char **argv)
{
    PyStatus status = preinitialise(argc == 0, argc, argv);
    if (PyStatus_Exception(status))
        return status;
    PyConfig config;
    if (argc == 0)
        configure_isolated(&config, options->signals || options->interruptible,
                           wants_site(options, python));
    else
        PyConfig_InitPythonConfig(&config);
    config.pathconfig_warnings = 0;
    if (argc)
        status = PyConfig_SetBytesArgv(&config, argc, argv);
    if (!PyStatus_Exception(status))
        status = set_places(&config, python);
    if (!PyStatus_Exception(status))
        status = Py_InitializeFromConfig(&config);
    PyConfig_Clear(&config);
    return status;
}

/* multiprocessing and others start sys.executable: it must be a Python that has lutist.
 */
static bool set_executable(const InterpConfig *options)
{
    char *beside = installed_python();
    const char *given = options->program;
    PyObject *path =
        PyUnicode_DecodeFSDefault(given && given[0] == '/' ? given : beside);
    bool good = path && PySys_SetObject("executable", path) == 0;
    Py_XDECREF(path);
    mem_free(beside);
    return good;
}

static bool find_package(Err *err)
{
    char *folder = installed_share("python");
    bool good = py_bundle_install(folder, err);
    mem_free(folder);
    return good;
}

/* take() of a module in lutist.host: "signals" (SIGTERM and SIGHUP end a run in order,
 * as SIGINT does), "timers" or "exits". */
static bool take(const char *module, Err *err)
{
    PyObject *done = py_call(module, "take", "()");
    Py_XDECREF(done);
    return done || py_err_fetch(err);
}

/* Give the built-in module the pool and the mode of the host. */
static bool equip(const InterpConfig *options, Err *err)
{
    if (!find_package(err))
        return false;
    State *state = set_executable(options) ? py_state() : NULL;
    if (!state)
        return py_err_fetch(err);
    py_host_equip(state, options->pool, options->mode, options->device);
    return py_attend_install(state, options->attendant) || py_err_fetch(err);
}

/* Install our handler in front of Python's. */
static bool watch_signals(Err *err)
{
    return take("lutist.host.signals", err) && interrupt_limit(NULL, err);
}

/* True where site has run; else it will when an import needs it. False: exception set.
 */
static bool late_site(void)
{
    PyObject *modules = PyImport_GetModuleDict(); /* borrowed */
    if (PyDict_GetItemString(modules, "site"))
        return true;
    PyObject *done = py_call("lutist.host.late_site", "install", "()");
    Py_XDECREF(done);
    return done != NULL;
}

/* The objects of a start live to the end: no collection looks at them again. */
static bool spare_collector(void)
{
    PyObject *done = py_call("gc", "freeze", "()");
    Py_XDECREF(done);
    return done != NULL;
}

static bool load_package(Err *err)
{
    PyGC_Disable(); /* all objects of a start are in use */
    PyObject *package = PyImport_ImportModule("lutist");
    Py_XDECREF(package);
    bool good = package && late_site() && spare_collector();
    PyGC_Enable();
    if (good)
        return true;
    py_err_fetch(err);
    char reason[sizeof err->text];
    snprintf(reason, sizeof reason, "%s", err->text);
    return err_set(err, ERR_ENV, "the lutist package did not load: %s", reason);
}

/* New string: the Python to pose as. */
static char *find_python(const InterpConfig *options, Err *err)
{
    char *around = options->program ? venv_around(options->program) : NULL;
    const char *venv = options->venv ? options->venv : around;
    char *python = venv_executable(venv, BUILT_FOR, LUTIST_PYTHON, err);
    mem_free(around);
    return python;
}

/* Start Python, so that `import _lutist` works. argc > 0: as a Python command line. */
static bool begin(const InterpConfig *options, int argc, char **argv, Err *err)
{
    char *python = find_python(options, err);
    if (!python)
        return false;
    PyImport_AppendInittab("_lutist", PyInit__lutist);
    PyStatus status = initialise(options, python, argc, argv);
    mem_free(python);
    if (PyStatus_IsExit(status))
        exit(status.exitcode); /* --version */
    if (PyStatus_Exception(status))
        return err_set(err, ERR_ENV,
                       "Python did not start: %s (lutist doctor says which one it is)",
                       status.err_msg ? status.err_msg : "no reason given");
    if (equip(options, err))
        return true;
    err->kind = ERR_ENV;
    Py_FinalizeEx();
    return false;
}

/* Does looks' code run here that must not end the process? A job may, and a host's
 * child. */
static bool keeps_exits(const InterpConfig *options)
{
    return !options->site && !options->interruptible;
}

static bool start(const InterpConfig *options, Err *err)
{
    if (!begin(options, 0, NULL, err))
        return false;
    if (load_package(err) && (!options->signals || watch_signals(err)) &&
        take("lutist.host.timers", err) &&
        (!keeps_exits(options) || take("lutist.host.exits", err))) {
        PyEval_SaveThread();
        return true;
    }
    err->kind = ERR_ENV;
    Py_FinalizeEx();
    return false;
}

bool interp_main(const InterpConfig *options, int argc, char **argv, int *code,
                 Err *err)
{
    REQUIRE(!Py_IsInitialized());
    if (!begin(options, argc, argv, err))
        return false;
    interrupt_watch(); /* an interrupt ends a call without the GIL */
    *code = Py_RunMain();
    return true;
}

/* Signals are blocked while Python starts, until its handlers are in place. */
bool interp_start(const InterpConfig *options, Err *err)
{
    REQUIRE(!Py_IsInitialized());
    sigset_t before;
    if (options->signals) {
        interrupt_block(&before);
        interrupt_step_back(); /* Python installs no handler over another's */
    }
    bool good = start(options, err);
    if (options->signals)
        interrupt_unblock(&before);
    return good;
}

/* One that no code has met would be told of as the error of an exit function. */
static void drop_interrupt(void)
{
    if (PyErr_CheckSignals() < 0)
        PyErr_Clear();
}

void interp_stop(void)
{
    if (!Py_IsInitialized())
        return;
    PyGILState_Ensure();
    drop_interrupt();
    Py_FinalizeEx();
}

char *interp_describe(void)
{
    ASSERT_NO_GIL();
    PyGILState_STATE gil = PyGILState_Ensure();
    PyObject *lines = py_call("lutist.host.doctor", "interpreter", "()");
    char *copy = lines ? py_text_copy(lines) : NULL;
    if (!copy)
        copy = mem_dup("python: cannot describe itself");
    PyErr_Clear();
    Py_XDECREF(lines);
    PyGILState_Release(gil);
    return copy;
}

int interp_interrupts(void)
{
    ASSERT_NO_GIL();
    if (!Py_IsInitialized())
        return interrupt_count();
    PyGILState_STATE gil = PyGILState_Ensure();
    State *state = py_state();
    int count = state ? py_state_interrupts(state) : 0;
    PyGILState_Release(gil);
    return count;
}

static void flush(const char *name)
{
    PyObject *stream = PySys_GetObject(name); /* borrowed */
    PyObject *done = stream ? PyObject_CallMethod(stream, "flush", NULL) : NULL;
    PyErr_Clear(); /* the script may have closed or replaced it */
    Py_XDECREF(done);
}

void interp_settle(void)
{
    ASSERT_NO_GIL();
    PyGILState_STATE gil = PyGILState_Ensure();
    flush("stdout");
    flush("stderr");
    drop_interrupt();
    PyGILState_Release(gil);
}
