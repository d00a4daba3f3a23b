#include "launcher/entry.h"

#include "base/log.h"
#include "module.h"

int lutist_enter(const Options *options)
{
    int code = 0;
    Err err = {0};
    log_set_level(options->quiet ? LOG_ERROR : options->verbose ? LOG_DEBUG : LOG_INFO);
    if (entry_command(options, &code, &err))
        return code;
    log_failure(&err);
    return err_exit_code(&err);
}
