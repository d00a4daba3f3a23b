/* limits — the share of the machine that this process may use.
 *
 * Every path that is read begins with `root`: "" for this machine, a folder for a test.
 * Threads: any; limits_raise_files changes the process.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_LIMITS_H
#define LUTIST_BASE_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

/* Processors: the affinity mask (taskset) and the control groups' quota, rounded up. At
 * least 1. */
int limits_cpus(const char *root);

/* Bytes of memory that are available: of the machine, of the control groups, of the
 * address space (ulimit -v). */
uint64_t limits_memory(const char *root);

/* Can the process be refused memory that the machine has? By a limit of its own (ulimit
 * -v, -d), or by a kernel that promises no more than there is. */
bool limits_refuse(const char *root);

/* Read a limit of memory as people write it: "65536", "512M", "2g". False: it is none,
 * or it is 0. */
bool limits_parse(const char *text, uint64_t *bytes);

/* Raise the soft limit of open files to the hard one. Returns how many more files can
 * be opened. */
int limits_raise_files(void);

#endif
