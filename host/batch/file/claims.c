#include "batch/file/claims.h"

#include <fcntl.h>
#include <pthread.h>
#include <search.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/sysmacros.h>

#include "base/mem.h"

typedef enum ClaimKind {
    CLAIM_INPUT,
    CLAIM_SIDECAR,
    CLAIM_LOOK,
    CLAIM_RESULT
} ClaimKind;

typedef struct Claim {
    dev_t device;
    ino_t inode;
    const char *name; /* borrowed: of the file; of a sidecar or a result, the input's */
    ClaimKind kind;
    int64_t birth; /* of a result, in ns; 0: the file system does not tell */
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
static int64_t birth_of(const struct statx *found)
{
    return found->stx_mask & STATX_BTIME
               ? found->stx_btime.tv_sec * 1000000000 + found->stx_btime.tv_nsec
               : 0;
}

static int64_t birth(int folder, const char *name)
{
    struct statx found;
    bool told = statx(folder, name, AT_SYMLINK_NOFOLLOW, STATX_BTIME, &found) == 0;
    return told ? birth_of(&found) : 0;
}

/* Of a result, without its name. */
static Claim claim_of(Outfile *out)
{
    struct statx found;
    struct stat file;
    int handle = fileno(outfile_file(out));
    if (statx(handle, "", AT_EMPTY_PATH, STATX_INO | STATX_BTIME, &found) == 0)
        return (Claim){.device = makedev(found.stx_dev_major, found.stx_dev_minor),
                       .inode = found.stx_ino,
                       .kind = CLAIM_RESULT,
                       .birth = birth_of(&found)};
    outfile_identify(out, &file);
    return (Claim){.device = file.st_dev, .inode = file.st_ino, .kind = CLAIM_RESULT};
}

/* The first claim of an inode stays, but a new result takes it over: it is another
 * file. */
static void add(Claims *claims, Claim claim)
{
    Claim *new = mem_new(1, sizeof *new);
    *new = claim;
    pthread_mutex_lock(&claims->lock);
    Claim **found = mem_tsearch(new, &claims->tree, compare);
    if (*found != new) {
        if (claim.kind == CLAIM_RESULT)
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
    add(claims, (Claim){file->st_dev, file->st_ino, name, CLAIM_INPUT, 0});
}

void claims_add_sidecar(Claims *claims, const char *path, const char *name)
{
    struct stat found;
    if (stat(path, &found) == 0)
        add(claims, (Claim){found.st_dev, found.st_ino, name, CLAIM_SIDECAR, 0});
}

void claims_add_look(Claims *claims, const char *path)
{
    struct stat found;
    if (lstat(path, &found) != 0)
        return;
    add(claims, (Claim){found.st_dev, found.st_ino, path, CLAIM_LOOK, 0});
    if (S_ISLNK(found.st_mode) && stat(path, &found) == 0)
        add(claims, (Claim){found.st_dev, found.st_ino, path, CLAIM_LOOK, 0});
}

void claims_add_looks(Claims *claims, const WatchFiles *files)
{
    for (int i = 0; i < files->count; i++)
        claims_add_look(claims, files->files[i].path);
}

const char *claims_input(Claims *claims, const struct stat *file)
{
    Claim claim = find(claims, file);
    return claim.kind == CLAIM_INPUT ? claim.name : NULL;
}

bool claims_keep(void *context, const struct stat *file)
{
    if (!context)
        return false;
    Claim claim = find(context, file);
    return claim.name && claim.kind != CLAIM_RESULT;
}

/* A link to a file that the look reads does not. */
static bool leads_elsewhere(Claims *claims, int folder, const char *name,
                            const struct stat *there, Err *err)
{
    struct stat target;
    if (!S_ISLNK(there->st_mode) || fstatat(folder, name, &target, 0) != 0)
        return true;
    Claim claim = find(claims, &target);
    return !claim.name || claim.kind != CLAIM_LOOK ||
           err_set(err, ERR_FILE,
                   "is a link to %s, which the look reads; it is not replaced",
                   claim.name);
}

bool claims_guard(void *context, int folder, const char *name, const struct stat *there,
                  Err *err)
{
    Claim claim = find(context, there);
    if (!claim.name)
        return leads_elsewhere(context, folder, name, there, err);
    if (claim.kind == CLAIM_LOOK)
        return err_set(err, ERR_FILE, "would overwrite %s, which the look reads",
                       claim.name);
    if (claim.birth && birth(folder, name) != claim.birth)
        return true; /* another run has replaced the result, and its inode was used
                        again */
    static const char *const what[] = {[CLAIM_INPUT] = "the input",
                                       [CLAIM_SIDECAR] = "a sidecar of the input",
                                       [CLAIM_RESULT] = "this run's result of"};
    return err_set(err, ERR_FILE, "would overwrite %s %s", what[claim.kind],
                   claim.name);
}

bool claims_commit(Claims *claims, Outfile *out, const char *input, Err *err)
{
    Claim claim = claim_of(out);
    claim.name = input;
    pthread_mutex_lock(&claims->committing);
    bool done = outfile_commit(out, err);
    if (done)
        add(claims, claim);
    pthread_mutex_unlock(&claims->committing);
    return done;
}
