#include "python/isolate/child_limits.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/mem.h"

/* Python with NumPy reserves some hundred megabytes of addresses without using them. */
static const uint64_t LEAST = 1u << 30;

void child_limits_follow(long host)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != host)
        _exit(1); /* it had ended before */
}

bool child_limits_memory(const char *value, uint64_t available, uint64_t *bytes,
                         Err *err)
{
    if (!value || !*value)
        *bytes = available / 2 > LEAST ? available / 2 : LEAST;
    else if (strcasecmp(value, "none") == 0)
        *bytes = UINT64_MAX;
    else if (!limits_parse(value, bytes))
        return err_set(err, ERR_USAGE,
                       "LUTIST_ISOLATE_MEMORY=%s: must be a size such as 2G, or none",
                       value);
    return true;
}

/* A sanitizer reserves terabytes of addresses. */
static bool can_be_limited(void)
{
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
    return false;
#else
    return true;
#endif
}

static void limit_addresses(uint64_t bytes)
{
    struct rlimit limit;
    if (!can_be_limited() || getrlimit(RLIMIT_AS, &limit) != 0 ||
        bytes >= limit.rlim_cur)
        return;
    limit.rlim_cur = limit.rlim_max = bytes;
    setrlimit(RLIMIT_AS, &limit);
    mem_spare_addresses();
}

/* The highest value: before any process that holds pictures. */
static void go_first(void)
{
    int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file < 0)
        return; /* no /proc: the system chooses */
    ssize_t written = write(file, "1000", 4);
    (void)written;
    close(file);
}

bool child_limits_set(Err *err)
{
    uint64_t bytes = UINT64_MAX;
    if (!child_limits_memory(getenv("LUTIST_ISOLATE_MEMORY"), limits_memory(""), &bytes,
                             err))
        return false;
    go_first();
    limit_addresses(bytes);
    return true;
}
