/* cgroup — the processors and the memory that control groups leave this process.
 *
 * A limit may stand in any group above, so all of them are asked up to the mount; v2,
 * and the cpu and memory hierarchies of v1. `root` goes before every path that is read:
 * "" for this machine, a folder for a test.
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_BASE_CGROUP_H
#define LUTIST_BASE_CGROUP_H

#include <stdint.h>

/* Processor time a second of time, the smallest quota; 0: there is none. */
double cgroup_cpus(const char *root);

/* Bytes that can still be taken below the tightest limit, files that are merely cached
 * not counted as taken; UINT64_MAX: there is no limit. */
uint64_t cgroup_memory(const char *root);

#endif
