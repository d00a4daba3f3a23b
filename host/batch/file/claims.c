#include "batch/file/claims.h"

#include <fcntl.h>
#include <pthread.h>
#include <search.h>
#include <stdint.h>
#include <stdio.h>

#include "base/mem.h"

typedef struct Claim {
    dev_t device;
    ino_t inode;
    const char *input; /* borrowed */
    bool is_result;    /* made from that input, rather than the input itself */
    int64_t birth;     /* of a result, in ns; 0: the file system does not tell */
} Claim;

struct Claims {
    pthread_mutex_t committing; /* held from the guard's check to the new claim */
    pthread_mutex_t lock;
    void *tree; /* of owned Claim; guarded by `lock` */
};

static int compare(const void *a, const void *b)
{
    const Claim *left = a, *right = b;
    if (left->device != right->device)
        return left->device < right->device ? -1 : 1;
    if (left->inode != right->inode)
        return left->inode < right->inode ? -1 : 1;
    return 0;
}

Claims *claims_new(void)
{
    Claims *claims = mem_new(1, sizeof *claims);
    pthread_mutex_init(&claims->committing, NULL);
    pthread_mutex_init(&claims->lock, NULL);
    return claims;
}

void claims_free(Claims *claims)
{
    if (!claims)
        return;
    tdestroy(claims->tree, mem_free);
    pthread_mutex_destroy(&claims->committing);
    pthread_mutex_destroy(&claims->lock);
    mem_free(claims);
}

/* The birth time distinguishes a file from an earlier one with the same inode. */
static int64_t birth(int folder, const char *name, int flags)
{
    struct statx found;
    if (statx(folder, name, flags, STATX_BTIME, &found) != 0 ||
        !(found.stx_mask & STATX_BTIME))
        return 0;
    return found.stx_btime.tv_sec * 1000000000 + found.stx_btime.tv_nsec;
}

/* The first claim of an inode stays, but a new result takes it over: it is another
 * file. */
static void add(Claims *claims, Claim claim)
{
    Claim *new = mem_new(1, sizeof *new);
    *new = claim;
    pthread_mutex_lock(&claims->lock);
    Claim **found = tsearch(new, &claims->tree, compare);
    REQUIRE(found);
    if (*found != new) {
        if (claim.is_result)
            **found = claim;
        mem_free(new);
    }
    pthread_mutex_unlock(&claims->lock);
}

/* The zero Claim if no input or result has it. */
static Claim find(Claims *claims, const struct stat *file)
{
    Claim key = {.device = file->st_dev, .inode = file->st_ino};
    pthread_mutex_lock(&claims->lock);
    Claim **found = tfind(&key, &claims->tree, compare);
    Claim claim = found ? **found : (Claim){0};
    pthread_mutex_unlock(&claims->lock);
    return claim;
}

void claims_add_input(Claims *claims, const struct stat *file, const char *name)
{
    add(claims, (Claim){file->st_dev, file->st_ino, name, false, 0});
}

const char *claims_input(Claims *claims, const struct stat *file)
{
    Claim claim = find(claims, file);
    return claim.is_result ? NULL : claim.input;
}

bool claims_keep(void *context, const struct stat *file)
{
    return context && claims_input(context, file);
}

bool claims_guard(void *context, int folder, const char *name, const struct stat *there,
                  Err *err)
{
    Claim claim = find(context, there);
    if (!claim.input)
        return true;
    if (claim.birth && birth(folder, name, AT_SYMLINK_NOFOLLOW) != claim.birth)
        return true; /* another run has replaced the result, and its inode was used
                        again */
    return err_set(err, ERR_FILE, "would overwrite %s %s",
                   claim.is_result ? "this run's result of" : "the input", claim.input);
}

bool claims_commit(Claims *claims, Outfile *out, const char *input, Err *err)
{
    struct stat file;
    outfile_identify(out, &file);
    int64_t made = birth(fileno(outfile_file(out)), "", AT_EMPTY_PATH);
    pthread_mutex_lock(&claims->committing);
    bool done = outfile_commit(out, err);
    if (done)
        add(claims, (Claim){file.st_dev, file.st_ino, input, true, made});
    pthread_mutex_unlock(&claims->committing);
    return done;
}
