#include "opencl/devices/driver_needs.h"

#include <glob.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

static bool has_pocl(void)
{
    const char *given = getenv("OCL_ICD_VENDORS");
    char *pattern =
        mem_printf("%s/pocl*.icd", given && *given ? given : "/etc/OpenCL/vendors");
    glob_t found = {0};
    bool has = glob(pattern, GLOB_NOSORT, NULL, &found) == 0;
    globfree(&found);
    mem_free(pattern);
    return has;
}

bool driver_needs_are_met(const char *processors, Err *err)
{
    const char *place = processors ? processors : "/sys/devices/system/cpu";
    if (access(place, F_OK) == 0 || !has_pocl())
        return true;
    return err_set(err, ERR_ENV,
                   "OpenCL's driver PoCL finds no processor without %s; mount /sys, or "
                   "name a folder of other drivers in OCL_ICD_VENDORS",
                   place);
}
