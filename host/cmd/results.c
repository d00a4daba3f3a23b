#include "cmd/results.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

bool results_flush(Err *err)
{
    *err = (Err){0};
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    if (errno == EPIPE)
        return false;
    clearerr(stdout);
    return err_set(err, ERR_FILE, "stdout: %s", strerror(errno));
}
