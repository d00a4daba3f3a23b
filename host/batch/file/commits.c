#include "batch/file/commits.h"

#include "base/mem.h"
#include "base/thread/thread.h"

static bool save(Commits *commits, const Commit *commit, bool dropped, Err *err)
{
    bool fine = dropped ? err_set(err, ERR_CANCELLED, "interrupted")
                        : !commits->sync || outfile_sync(commit->out, err);
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
    Monitor *monitor = commits->monitor;
    Commit commit = commits->waiting[commits->first];
    bool dropped = commits->dropped;
    commits->first = (commits->first + 1) % commits->room;
    commits->count--;
    pthread_cond_broadcast(&monitor->changed);
    pthread_mutex_unlock(&monitor->lock);
    conclude(commits, &commit, dropped);
    pthread_mutex_lock(&monitor->lock);
    commits->pending--;
    pthread_cond_broadcast(&monitor->changed);
}

static void work(void *arg)
{
    Commits *commits = arg;
    pthread_mutex_lock(&commits->monitor->lock);
    while (commits->count || !commits->closed) {
        if (commits->count)
            conclude_first(commits);
        else
            pthread_cond_wait(&commits->monitor->changed, &commits->monitor->lock);
    }
    pthread_mutex_unlock(&commits->monitor->lock);
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
    Monitor *monitor = commits->monitor;
    pthread_mutex_lock(&monitor->lock);
    while (commits->count == commits->room)
        pthread_cond_wait(&monitor->changed, &monitor->lock);
    int last = (commits->first + commits->count++) % commits->room;
    commits->waiting[last] = *commit;
    commits->pending++;
    pthread_cond_broadcast(&monitor->changed);
    pthread_mutex_unlock(&monitor->lock);
}

void commits_wait(Commits *commits)
{
    pthread_mutex_lock(&commits->monitor->lock);
    while (commits->pending)
        pthread_cond_wait(&commits->monitor->changed, &commits->monitor->lock);
    pthread_mutex_unlock(&commits->monitor->lock);
}

void commits_drop(Commits *commits)
{
    commits->dropped = true;
}

void commits_finish(Commits *commits)
{
    pthread_mutex_lock(&commits->monitor->lock);
    commits->closed = true;
    pthread_cond_broadcast(&commits->monitor->changed);
    pthread_mutex_unlock(&commits->monitor->lock);
    for (int i = 0; i < commits->n_threads; i++)
        pthread_join(commits->threads[i], NULL);
    mem_free(commits->waiting);
}
