#include "base/limits.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/cgroup.h"
#include "base/mem.h"

/* sched_getaffinity fails if the machine has more processors than a cpu_set_t. */
static int affinity_cpus(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        return CPU_COUNT(&set);
    return (int)sysconf(_SC_NPROCESSORS_ONLN);
}

int limits_cpus(const char *root)
{
    int cpus = affinity_cpus();
    double quota = cgroup_cpus(root);
    if (quota > 0 && quota < cpus)
        cpus = (int)quota + (quota > (int)quota);
    return cpus > 0 ? cpus : 1;
}

/* The kernel's estimate of the memory that is available without swapping. */
static uint64_t machine_memory(const char *root)
{
    char *path = mem_printf("%s/proc/meminfo", root);
    FILE *file = fopen(path, "re");
    mem_free(path);
    char line[128];
    unsigned long long kib;
    uint64_t bytes = UINT64_MAX;
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "MemAvailable: %llu", &kib) == 1)
            bytes = (uint64_t)kib << 10;
    if (file)
        fclose(file);
    return bytes;
}

static uint64_t address_space(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return UINT64_MAX;
    FILE *file = fopen("/proc/self/statm", "re");
    unsigned long long pages = 0;
    if (!file || fscanf(file, "%llu", &pages) != 1)
        pages = 0;
    if (file)
        fclose(file);
    uint64_t used = pages * (uint64_t)sysconf(_SC_PAGESIZE);
    return limit.rlim_cur > used ? limit.rlim_cur - used : 0;
}

static uint64_t smaller(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

uint64_t limits_memory(const char *root)
{
    return smaller(machine_memory(root), smaller(cgroup_memory(root), address_space()));
}

static bool is_limited(int resource)
{
    struct rlimit limit;
    return getrlimit(resource, &limit) != 0 || limit.rlim_cur != RLIM_INFINITY;
}

static bool is_strict_kernel(const char *root)
{
    char *path = mem_printf("%s/proc/sys/vm/overcommit_memory", root);
    FILE *file = fopen(path, "re");
    mem_free(path);
    bool strict = !file || fgetc(file) == '2';
    if (file)
        fclose(file);
    return strict;
}

bool limits_refuse(const char *root)
{
    return is_limited(RLIMIT_AS) || is_limited(RLIMIT_DATA) || is_strict_kernel(root);
}

static int open_files(void)
{
    DIR *dir = opendir("/proc/self/fd");
    int count = 0;
    while (dir && readdir(dir))
        count++;
    if (dir)
        closedir(dir);
    return count;
}

int limits_raise_files(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return INT_MAX;
    if (limit.rlim_cur < limit.rlim_max) {
        struct rlimit raised = {limit.rlim_max, limit.rlim_max};
        if (setrlimit(RLIMIT_NOFILE, &raised) == 0)
            limit = raised;
    }
    if (limit.rlim_cur > INT_MAX)
        return INT_MAX;
    int left = (int)limit.rlim_cur - open_files();
    return left > 0 ? left : 0;
}

bool limits_parse(const char *text, uint64_t *bytes)
{
    static const char units[] = "KMG";
    char *end;
    if (!isdigit((unsigned char)text[0]))
        return false;
    errno = 0;
    uint64_t number = strtoull(text, &end, 10);
    const char *unit = *end ? strchr(units, toupper((unsigned char)*end)) : NULL;
    int shift = unit ? 10 * (int)(unit - units + 1) : 0;
    if (errno || (*end && (!unit || end[1])) || number == 0 ||
        number > UINT64_MAX >> shift)
        return false;
    *bytes = number << shift;
    return true;
}
