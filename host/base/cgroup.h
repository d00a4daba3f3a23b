/* cgroup — the processors and the memory that control groups leave this process.
 *
 * Any group above may set a limit, so all groups up to the mount are read: v2, and the
 * cpu and memory hierarchies of v1. Every path that is read begins with `root`: "" for
 * this machine, a folder for a test.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_CGROUP_H
#define LUTIST_BASE_CGROUP_H

#include <stdint.h>

/* Processor seconds a second, by the smallest quota; 0: there is no quota. */
double cgroup_cpus(const char *root);

/* Bytes that can still be taken below the tightest limit; cached files do not count as
 * taken. UINT64_MAX: there is no limit. */
uint64_t cgroup_memory(const char *root);

#endif
