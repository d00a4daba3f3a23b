/* The module commands.so: all commands but view. */
#include "cmd/cmd.h"
#include "launcher/entry.h"

typedef bool (*command_fn)(const Options *options, int *code, Err *err);

static const command_fn COMMAND_FNS[COMMAND_COMPLETE + 1] = {
    [COMMAND_BATCH] = cmd_batch,       [COMMAND_RUN] = cmd_run,
    [COMMAND_EXPORT] = cmd_export,     [COMMAND_PYTHON] = cmd_python,
    [COMMAND_NEW] = cmd_new,           [COMMAND_BENCH] = cmd_bench,
    [COMMAND_INFO] = cmd_info,         [COMMAND_REPORT] = cmd_report,
    [COMMAND_DOCTOR] = cmd_doctor,     [COMMAND_ISOLATE] = cmd_isolate,
    [COMMAND_COMPLETE] = cmd_complete,
};

bool entry_command(const Options *options, int *code, Err *err)
{
    return COMMAND_FNS[options->command](options, code, err);
}
