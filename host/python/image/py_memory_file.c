#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memfd_create */
#endif
#include "python/image/py_memory_file.h"

#include <sys/mman.h>
#include <unistd.h>

FILE *py_memory_file_open(void)
{
    ASSERT_GIL();
    int handle = memfd_create("lutist", MFD_CLOEXEC);
    FILE *file = handle < 0 ? NULL : fdopen(handle, "w+b");
    if (file)
        return file;
    PyErr_SetFromErrno(PyExc_OSError);
    if (handle >= 0)
        close(handle);
    return NULL;
}
