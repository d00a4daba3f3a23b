#include <stdlib.h>

#include "cmd/cmd.h"
#include "python/isolate/server.h"

bool cmd_isolate(const Options *options, int *code, Err *err)
{
    *code = 0;
    return server_run(options->n_args ? strtol(options->args[0], NULL, 10) : 0, err);
}
