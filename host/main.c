#include <errno.h>
#include <fcntl.h>
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

/* Is what the command prints its result, or a part of it? */
static bool prints(const Options *options)
{
    Command command = options->command;
    bool json = options->progress && strcmp(options->progress, "json") == 0;
    return options->help || options->version || options->dry_run || options->print0 ||
           json || command == COMMAND_INFO || command == COMMAND_EXPORT ||
           command == COMMAND_KEYS || command == COMMAND_DOCTOR ||
           command == COMMAND_NEW || command == COMMAND_BENCH;
}

/* The next file to be opened would become a standard stream that is closed, and get
 * what is printed. A command whose results are printed still fails to write them. */
static void fill_streams(const Options *options)
{
    int file;
    do
        file = open("/dev/null", prints(options) ? O_RDONLY : O_RDWR);
    while (file >= 0 && file <= STDERR_FILENO);
    if (file >= 0)
        close(file);
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
    fill_streams(&options);
    if (!run(&options, &code, &err))
        code = fail(&err);
    cli_clear(&options);
    return finish(code);
}
