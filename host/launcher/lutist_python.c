/* lutist-python: the Python that lutist embeds, as a program of its own.
 *
 * sys.executable must be one file that takes a Python command line, by its real path
 * and under another argv[0], too. This one starts the lutist beside it and passes its
 * own path in argv[0]: a link in a virtual environment's bin/ stands for that
 * environment, as with Python's own.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

static const char NAME[] = "lutist-python";

static int has_our_name(const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;
    return slash && strcmp(slash + 1, NAME) == 0;
}

/* The path it was called by. For a script whose first line names it that is argv[0];
 * the kernel's AT_EXECFN is the script then. */
static const char *called_as(const char *first, const char *own)
{
    const unsigned long address = getauxval(AT_EXECFN);
    const char *executed;
    /* The kernel gives a pointer as a number. */
    memcpy(&executed, &address, sizeof executed);
    if (has_our_name(first))
        return first;
    return has_our_name(executed) ? executed : own;
}

/* Absolute; links stay. NULL: too long. */
static const char *absolute(const char *path, char *space, size_t size)
{
    if (path[0] == '/')
        return path;
    if (!getcwd(space, size))
        return NULL;
    size_t used = strlen(space);
    int added = snprintf(space + used, size - used, "/%s", path);
    return added > 0 && (size_t)added < size - used ? space : NULL;
}

int main(int argc, char **argv)
{
    char own[PATH_MAX], space[PATH_MAX], program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);
    own[length > 0 ? length : 0] = '\0';
    const char *slash = strrchr(own, '/');
    if (!slash || argc < 1) {
        fprintf(stderr, "lutist-python: /proc/self/exe cannot be read\n");
        return 4;
    }
    const char *path = absolute(called_as(argv[0], own), space, sizeof space);
    argv[0] = (char *)(has_our_name(path) ? path : own);
    snprintf(program, sizeof program, "%.*s/lutist", (int)(slash - own), own);
    execv(program, argv);
    perror(program);
    return 4;
}
