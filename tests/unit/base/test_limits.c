/* Processors and memory that control groups leave, read from trees made for the test.
 */
#include "cm.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cgroup.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/path.h"

#define V2_MOUNT                                                                       \
    "25 1 0:22 / / rw - ext4 /dev/vda rw\n"                                            \
    "30 25 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n"

static char root[] = "/tmp/lutist-limits-XXXXXX";

static int make_root(void **state)
{
    (void)state;
    snprintf(root, sizeof root, "/tmp/lutist-limits-XXXXXX");
    return mkdtemp(root) ? 0 : -1;
}

static int remove_root(void **state)
{
    (void)state;
    char *command = mem_printf("rm -rf %s", root);
    int failed = system(command);
    mem_free(command);
    return failed;
}

static void make_folders(char *folder)
{
    char *above = path_dir(folder);
    if (mkdir(folder, 0777) != 0 && access(folder, F_OK) != 0) {
        make_folders(above);
        mkdir(folder, 0777);
    }
    mem_free(above);
}

static void put(const char *path, const char *text)
{
    char *whole = mem_printf("%s%s", root, path);
    char *folder = path_dir(whole);
    make_folders(folder);
    FILE *file = fopen(whole, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    mem_free(folder);
    mem_free(whole);
}

static void no_groups_are_no_limit(void **state)
{
    (void)state;
    assert_true(cgroup_cpus(root) == 0);
    assert_true(cgroup_memory(root) == UINT64_MAX);
    put("/proc/self/cgroup", "0::/\n");
    put("/proc/self/mountinfo", "25 1 0:22 / / rw - ext4 /dev/vda rw\n");
    assert_true(cgroup_cpus(root) == 0);
}

static void the_tightest_of_nested_groups_counts(void **state)
{
    (void)state;
    put("/proc/self/cgroup", "0::/user.slice/one.scope/job\n");
    put("/proc/self/mountinfo", V2_MOUNT);
    put("/sys/fs/cgroup/user.slice/one.scope/job/cpu.max", "max 100000\n");
    put("/sys/fs/cgroup/user.slice/one.scope/cpu.max", "150000 100000\n");
    put("/sys/fs/cgroup/user.slice/cpu.max", "400000 100000\n");
    assert_true(cgroup_cpus(root) == 1.5);
    put("/sys/fs/cgroup/user.slice/one.scope/job/memory.max", "max\n");
    put("/sys/fs/cgroup/user.slice/one.scope/memory.max", "9000000\n");
    put("/sys/fs/cgroup/user.slice/one.scope/memory.current", "6000000\n");
    put("/sys/fs/cgroup/user.slice/memory.max", "5000000\n");
    put("/sys/fs/cgroup/user.slice/memory.current", "4500000\n");
    put("/sys/fs/cgroup/user.slice/memory.stat",
        "anon 1\nfile 1500000\ninactive_file 1000000\nactive_file 500000\n");
    assert_int_equal(cgroup_memory(root), 2000000);
    put("/sys/fs/cgroup/memory.high", "1000\n");
    assert_int_equal(cgroup_memory(root), 1000);
}

static void a_group_is_found_where_its_namespace_mounts_it(void **state)
{
    (void)state;
    put("/proc/self/cgroup", "0::/\n");
    put("/proc/self/mountinfo", V2_MOUNT);
    put("/sys/fs/cgroup/cpu.max", "50000 100000\n");
    assert_true(cgroup_cpus(root) == 0.5);
    put("/proc/self/cgroup", "0::/../../elsewhere\n");
    assert_true(cgroup_cpus(root) == 0.5);
}

static void the_hierarchies_of_v1_count(void **state)
{
    (void)state;
    put("/proc/self/cgroup", "9:name=systemd:/\n4:memory:/docker/abc\n"
                             "3:cpuset:/docker/abc\n2:cpu,cpuacct:/docker/abc/in\n");
    put("/proc/self/mountinfo",
        "31 1 0:1 /docker/abc /sys/fs/cgroup/cpuset ro - cgroup cgroup rw,cpuset\n"
        "32 1 0:2 /docker/abc /sys/fs/cgroup/cpu,cpuacct ro - cgroup cgroup "
        "rw,cpu,cpuacct\n"
        "33 1 0:3 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n");
    put("/sys/fs/cgroup/cpu,cpuacct/in/cpu.cfs_quota_us", "-1\n");
    put("/sys/fs/cgroup/cpu,cpuacct/in/cpu.cfs_period_us", "100000\n");
    put("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "200000\n");
    put("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "50000\n");
    put("/sys/fs/cgroup/memory/memory.limit_in_bytes", "70000\n");
    put("/sys/fs/cgroup/memory/memory.usage_in_bytes", "60000\n");
    put("/sys/fs/cgroup/memory/memory.stat",
        "inactive_file 7\ntotal_inactive_file 20000\ntotal_active_file 10000\n");
    assert_true(cgroup_cpus(root) == 4);
    assert_int_equal(cgroup_memory(root), 40000);
}

static void processors_are_the_fewest_rounded_up(void **state)
{
    (void)state;
    cpu_set_t all, one;
    CPU_ZERO(&one);
    assert_int_equal(sched_getaffinity(0, sizeof all, &all), 0);
    assert_int_equal(limits_cpus(root), CPU_COUNT(&all));
    put("/proc/self/cgroup", "0::/\n");
    put("/proc/self/mountinfo", V2_MOUNT);
    put("/sys/fs/cgroup/cpu.max", "1000 100000\n");
    assert_int_equal(limits_cpus(root), 1);
    put("/sys/fs/cgroup/cpu.max", "110000 100000\n");
    assert_int_equal(limits_cpus(root), CPU_COUNT(&all) < 2 ? 1 : 2);
    put("/sys/fs/cgroup/cpu.max", "99900000 100000\n");
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
        if (CPU_ISSET(cpu, &all) && !CPU_COUNT(&one))
            CPU_SET(cpu, &one);
    assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
    assert_int_equal(limits_cpus(root), 1);
    assert_int_equal(sched_setaffinity(0, sizeof all, &all), 0);
}

static void memory_is_the_least_of_all(void **state)
{
    (void)state;
    put("/proc/meminfo", "MemTotal: 900 kB\nMemFree: 100 kB\nMemAvailable: 500 kB\n");
    assert_int_equal(limits_memory(root), 500 << 10);
    put("/proc/self/cgroup", "0::/a\n");
    put("/proc/self/mountinfo", V2_MOUNT);
    put("/sys/fs/cgroup/a/memory.max", "4096\n");
    put("/sys/fs/cgroup/a/memory.current", "1000\n");
    assert_int_equal(limits_memory(root), 3096);
    put("/sys/fs/cgroup/a/memory.current", "5000\n");
    assert_int_equal(limits_memory(root), 0);
}

static void memory_is_refused_by_a_limit_or_a_strict_kernel(void **state)
{
    (void)state;
    struct rlimit before, free_one;
    put("/proc/sys/vm/overcommit_memory", "2\n");
    assert_true(limits_refuse(root));
    put("/proc/sys/vm/overcommit_memory", "0\n");
    bool refused = limits_refuse(root);
    assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
    if (before.rlim_cur != RLIM_INFINITY)
        assert_true(refused);
    free_one =
        (struct rlimit){.rlim_cur = (rlim_t)1 << 45, .rlim_max = before.rlim_max};
    if (setrlimit(RLIMIT_AS, &free_one) == 0)
        assert_true(limits_refuse(root));
    setrlimit(RLIMIT_AS, &before);
}

static void the_soft_limit_of_files_is_raised(void **state)
{
    (void)state;
    struct rlimit before, lower, after;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    lower = (struct rlimit){.rlim_cur = before.rlim_max < 64 ? before.rlim_max : 64,
                            .rlim_max = before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &lower), 0);
    int left = limits_raise_files();
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &after), 0);
    assert_true(after.rlim_cur == before.rlim_max);
    assert_true(left > 0 && (rlim_t)left < after.rlim_cur);
    setrlimit(RLIMIT_NOFILE, &before);
}

static void sizes_are_read_as_people_write_them(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "0",
                                      "-1",
                                      " 1",
                                      "+1",
                                      "G",
                                      "1T",
                                      "2GB",
                                      "1.5G",
                                      "18446744073709551616",
                                      "17179869184G"};
    uint64_t bytes = 7;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(limits_parse(bad[i], &bytes));
    assert_int_equal(bytes, 7);
    assert_true(limits_parse("65536", &bytes) && bytes == 65536);
    assert_true(limits_parse("3k", &bytes) && bytes == 3 << 10);
    assert_true(limits_parse("512M", &bytes) && bytes == 512 << 20);
    assert_true(limits_parse("17179869183G", &bytes) &&
                bytes == UINT64_MAX >> 30 << 30);
}

int main(void)
{
#define IN_ROOT(test) cmocka_unit_test_setup_teardown(test, make_root, remove_root)
    const struct CMUnitTest tests[] = {
        IN_ROOT(no_groups_are_no_limit),
        IN_ROOT(the_tightest_of_nested_groups_counts),
        IN_ROOT(a_group_is_found_where_its_namespace_mounts_it),
        IN_ROOT(the_hierarchies_of_v1_count),
        IN_ROOT(processors_are_the_fewest_rounded_up),
        IN_ROOT(memory_is_the_least_of_all),
        IN_ROOT(memory_is_refused_by_a_limit_or_a_strict_kernel),
        IN_ROOT(the_soft_limit_of_files_is_raised),
        cmocka_unit_test(sizes_are_read_as_people_write_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
