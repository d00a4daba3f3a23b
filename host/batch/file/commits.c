#include "batch/file/commits.h"

#include "base/mem.h"
#include "base/thread/thread.h"

static bool save(Commits *commits, const Commit *commit, bool dropped, Err *err)
{
    bool fine = dropped ? err_set(err, ERR_CANCELLED, "interrupted")
                        : commits->note(commits->context, commit, err) &&
                              (!commits->sync || outfile_sync(commit->out, err)) &&
                              commits->before(commits->context, commit, err);
    if (fine)
        return claims_commit(commits->claims, commit->out, commit->input, err);
    outfile_abort(commit->out);
    return false;
}

static void conclude(Commits *commits, const Commit *commit, bool dropped)
{
    Err err = {0};
    bool saved = save(commits, commit, dropped, &err);
    commits->settle(commits->context, commit->index, saved ? NULL : &err);
}

/* With the lock held, which is released meanwhile. */
static void conclude_first(Commits *commits)
{
    BatchLock *batch_lock = commits->batch_lock;
    Commit commit = commits->waiting[commits->first];
    bool dropped = commits->dropped;
    commits->first = (commits->first + 1) % commits->room;
    commits->count--;
    pthread_cond_broadcast(&batch_lock->changed);
    pthread_mutex_unlock(&batch_lock->lock);
    conclude(commits, &commit, dropped);
    pthread_mutex_lock(&batch_lock->lock);
    commits->pending--;
    pthread_cond_broadcast(&batch_lock->changed);
}

static void work(void *arg)
{
    Commits *commits = arg;
    pthread_mutex_lock(&commits->batch_lock->lock);
    while (commits->count || !commits->closed) {
        if (commits->count)
            conclude_first(commits);
        else
            pthread_cond_wait(&commits->batch_lock->changed,
                              &commits->batch_lock->lock);
    }
    pthread_mutex_unlock(&commits->batch_lock->lock);
}

void commits_start(Commits *commits)
{
    int wanted = commits->room < COMMIT_THREADS ? commits->room : COMMIT_THREADS;
    if (!commits->sync)
        return;
    commits->waiting = mem_new((size_t)commits->room, sizeof *commits->waiting);
    while (commits->n_threads < wanted &&
           thread_start_small(&commits->threads[commits->n_threads], "lutist-commit",
                              work, commits, NULL))
        commits->n_threads++;
}

void commits_add(Commits *commits, const Commit *commit)
{
    if (!commits->n_threads) {
        conclude(commits, commit, false);
        return;
    }
    BatchLock *batch_lock = commits->batch_lock;
    pthread_mutex_lock(&batch_lock->lock);
    while (commits->pending == commits->room)
        pthread_cond_wait(&batch_lock->changed, &batch_lock->lock);
    int last = (commits->first + commits->count++) % commits->room;
    commits->waiting[last] = *commit;
    commits->pending++;
    pthread_cond_broadcast(&batch_lock->changed);
    pthread_mutex_unlock(&batch_lock->lock);
}

void commits_wait(Commits *commits)
{
    pthread_mutex_lock(&commits->batch_lock->lock);
    while (commits->pending)
        pthread_cond_wait(&commits->batch_lock->changed, &commits->batch_lock->lock);
    pthread_mutex_unlock(&commits->batch_lock->lock);
}

void commits_drop(Commits *commits)
{
    commits->dropped = true;
}

void commits_finish(Commits *commits)
{
    pthread_mutex_lock(&commits->batch_lock->lock);
    commits->closed = true;
    pthread_cond_broadcast(&commits->batch_lock->changed);
    pthread_mutex_unlock(&commits->batch_lock->lock);
    for (int i = 0; i < commits->n_threads; i++)
        pthread_join(commits->threads[i], NULL);
    mem_free(commits->waiting);
}
