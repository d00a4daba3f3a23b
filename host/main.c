#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "cli.h"
#include "help.h"
#include "module.h"

static int fail(const Err *err)
{
    log_failure(err);
    return err_exit_code(err);
}

/* A job's child processes use the same virtual environment. */
static void hand_on_venv(const Options *options)
{
    char *folder = options->venv ? realpath(options->venv, NULL) : NULL;
    if (folder)
        setenv("VIRTUAL_ENV", folder, 1);
    free(folder);
}

/* Does the command open, or tell of, a window? */
static bool is_of_window(const Options *options)
{
    bool bench = options->command == COMMAND_BENCH && options->n_args &&
                 strcmp(options->args[0], "viewer") == 0;
    return bench || options->command == COMMAND_VIEW ||
           options->command == COMMAND_KEYS;
}

static bool run(const Options *options, int *code, Err *err)
{
    if (options->help)
        help_print(stdout, options->command);
    else if (options->version)
        puts("lutist " LUTIST_VERSION);
    else {
        hand_on_venv(options);
        const char *module = is_of_window(options) ? "viewer" : "commands";
        return module_run(module, options, code, err);
    }
    return true;
}

/* Has the reader of stdout gone, as in `lutist … | head`? */
static bool reader_is_gone(void)
{
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&out, 1, 0) == 1 && (out.revents & POLLERR);
}

/* Unwritten results are a failure, unless their reader has gone. */
static int finish(int code)
{
    bool failed = ferror(stdout);
    errno = 0;
    if (fflush(stdout) == 0 && !failed)
        return code;
    int reason = errno;
    if (reason == EPIPE || reader_is_gone())
        return code;
    log_error("stdout: %s", reason ? strerror(reason) : "it could not be written");
    return code ? code : 1;
}

int main(int argc, char **argv)
{
    Options options;
    Err err = {0};
    int code = 0;
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a limit of file sizes is an error of writing */
    if (argc < 2 && !cli_is_python(argv[0])) {
        help_print(stderr, COMMAND_NONE);
        return 2;
    }
    if (!cli_parse(argc, argv, &options, &err))
        return fail(&err);
    if (!run(&options, &code, &err))
        code = fail(&err);
    cli_clear(&options);
    return finish(code);
}
