#include "viewer/save/saver.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file/outfile.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/thread/thread.h"
#include "viewer/save/save_place.h"

struct Saver {
    /* immutable after start */
    SaverConfig config;
    pthread_t thread;
    Dispatch *inbox; /* of the saver's thread; owned */
    /* any thread */
    Cancel cancel;      /* of the files asked for so far */
    atomic_int wanted;  /* requests so far */
    atomic_int dropped; /* requests up to this number are not wanted any more */
    atomic_int rows;    /* of the file in work, developed so far */
    atomic_int height;  /* of that file */
    atomic_int held;    /* requests with a plan that have no answer yet */
};

SaveWish *save_wish_copy(const SaveWish *wish)
{
    SaveWish *copy = mem_new(1, sizeof *copy);
    *copy = *wish;
    copy->input = mem_dup(wish->input);
    copy->look = mem_dup(wish->look);
    copy->values = mem_dup(wish->values);
    copy->name = mem_dup(wish->name);
    return copy;
}

void save_wish_free(SaveWish *wish)
{
    if (!wish)
        return;
    mem_free(wish->input);
    mem_free(wish->look);
    mem_free(wish->values);
    mem_free(wish->name);
    mem_free(wish);
}

/* The outcome, for the UI thread. */

typedef struct Outcome {
    Saver *saver;
    Saved saved;
} Outcome;

static void deliver(void *data)
{
    const Outcome *outcome = data;
    const SaverConfig *config = &outcome->saver->config;
    config->take(config->context, &outcome->saved);
}

static void outcome_free(void *data)
{
    Outcome *outcome = data;
    save_wish_free(outcome->saved.wish);
    mem_free(outcome);
}

/* `path`: of the file, if there is one. */
static void describe(Saved *saved, const char *path)
{
    const SaveWish *wish = saved->wish;
    const size_t size = sizeof saved->text;
    if (!saved->err.kind) {
        char *folder = path_dir(path);
        snprintf(saved->text, size, "Saved %s in %s%s", path_name(path), folder,
                 wish->turned ? ", not turned: only the view is" : "");
        mem_free(folder);
    } else if (saved->exists) {
        snprintf(saved->text, size, "%s already exists: the picture was not saved.",
                 path_name(path));
    } else if (saved->err.kind == ERR_CANCELLED) {
        snprintf(saved->text, size, "Saving %s was stopped.", path_name(wish->input));
    } else {
        snprintf(saved->text, size, "The picture was not saved: %s", saved->err.text);
    }
}

/* Is the place or the name at fault? The file that was read is not named then: it has
 * nothing to do with it. */
static bool is_misplaced(Err *err, const char *input, const char *path)
{
    size_t length = strlen(input);
    bool named = err->kind && strncmp(err->text, input, length) == 0 &&
                 strncmp(err->text + length, ": ", 2) == 0;
    char *folder = path_dir(path);
    bool place = named && strstr(err->text + length, folder);
    mem_free(folder);
    if (place)
        memmove(err->text, err->text + length + 2, strlen(err->text + length + 2) + 1);
    return place || (err->kind && strncmp(err->text, path, strlen(path)) == 0);
}

/* Takes `wish`. `path`: as above. */
static void tell(Saver *saver, SaveWish *wish, const char *path, bool exists,
                 const Err *err)
{
    Outcome *outcome = mem_new(1, sizeof *outcome);
    Saved *saved = &outcome->saved;
    outcome->saver = saver;
    *saved = (Saved){.wish = wish, .exists = exists, .err = *err};
    saved->misplaced = path && *path && is_misplaced(&saved->err, wish->input, path);
    describe(saved, path);
    dispatch_post_newest(saver->config.ui, outcome, /* a key of its own */
                         &(DispatchItem){deliver, outcome_free, outcome});
}

/* The saver's thread. */

enum { TRIES = 10000 };

typedef struct Job {
    Saver *saver;
    SaveWish *wish;   /* owned; NULL: it was given back */
    Plan *plan;       /* a reference */
    WatchFiles files; /* that the look has read */
} Job;

static void job_free(void *data)
{
    Job *job = data;
    save_wish_free(job->wish);
    plan_unref(&job->plan);
    watch_files_clear(&job->files);
    mem_free(job);
}

static bool is_dropped(void *context)
{
    const Job *job = context;
    return job->wish->number <= atomic_load(&job->saver->dropped) ||
           cancel_is_set(&job->saver->cancel);
}

static bool is_there(const char *path)
{
    struct stat there;
    return lstat(path, &there) == 0;
}

/* *path: new, where the result is or would be; NULL: not known. */
static bool develop(Job *job, const char *output, char **path, Err *err)
{
    Saver *saver = job->saver;
    DevelopFile work = {.input = job->wish->input,
                        .output = output,
                        .seen = job->wish->seen,
                        .replace = job->wish->replace,
                        .plan = job->plan,
                        .looks = &job->files,
                        .max_pixels = saver->config.max_pixels,
                        .max_metadata = saver->config.max_metadata,
                        .cancel = &saver->cancel,
                        .is_dropped = is_dropped,
                        .context = job,
                        .rows = &saver->rows};
    return saver->config.develop(&work, path, err);
}

/* Another program may take a free name meanwhile; then the next one is tried. */
static bool write_free(Job *job, char **path, Err *err)
{
    for (int number = 1; number <= TRIES; number++) {
        *err = (Err){0};
        char *output = save_place_free(job->wish->input, job->wish->look, number);
        bool fine = develop(job, output, path, err);
        mem_free(output);
        if (fine || err->kind == ERR_CANCELLED || !*path || !is_there(*path))
            return fine;
        mem_free(*path);
        *path = NULL;
    }
    return err_set(err, ERR_FILE, "%s: no name beside it is free", job->wish->input);
}

static bool write_named(Job *job, char **path, bool *exists, Err *err)
{
    char *output = save_place_named(job->wish->input, job->wish->name, err);
    bool fine = output && develop(job, output, path, err);
    *exists = !fine && *path && strstr(err->text, OUTFILE_EXISTS);
    mem_free(output);
    return fine;
}

static void serve(void *data)
{
    Job *job = data;
    char *path = NULL;
    bool exists = false;
    Err err = {0};
    atomic_store(&job->saver->rows, 0);
    atomic_store(&job->saver->height, job->wish->height);
    if (is_dropped(job))
        err_set(&err, ERR_CANCELLED, "stopped");
    else if (job->wish->name)
        write_named(job, &path, &exists, &err);
    else
        write_free(job, &path, &err);
    tell(job->saver, job->wish, path, exists, &err);
    atomic_fetch_sub(&job->saver->held, 1);
    job->wish = NULL;
    mem_free(path);
}

static void saver_thread(void *arg)
{
    const Saver *saver = arg;
    while (dispatch_process(saver->inbox, -1) != DISPATCH_CLOSED)
        ;
}

/* Requests. */

int saver_ticket(Saver *saver)
{
    return atomic_fetch_add(&saver->wanted, 1) + 1;
}

void saver_want(Saver *saver, SaveWish *wish, Plan *plan, const WatchFiles *files)
{
    Job *job = mem_new(1, sizeof *job);
    *job = (Job){.saver = saver, .wish = wish, .plan = plan};
    watch_files_add_all(&job->files, files);
    atomic_fetch_add(&saver->held, 1);
    dispatch_post_newest(saver->inbox, job, /* a key of its own */
                         &(DispatchItem){serve, job_free, job});
}

void saver_refuse(Saver *saver, SaveWish *wish, const Err *err)
{
    tell(saver, wish, NULL, false, err);
}

void saver_cancel(Saver *saver)
{
    atomic_store(&saver->dropped, atomic_load(&saver->wanted));
}

bool saver_is_at_work(Saver *saver)
{
    return atomic_load(&saver->held) > 0;
}

double saver_progress(Saver *saver)
{
    int height = atomic_load(&saver->height), rows = atomic_load(&saver->rows);
    return height > 0 && rows < height ? (double)rows / height : rows > 0;
}

/* Start and end. */

Saver *saver_start(const SaverConfig *config, Err *err)
{
    Saver *saver = mem_new(1, sizeof *saver);
    saver->config = *config;
    saver->inbox = dispatch_new();
    if (thread_start(&saver->thread, "lutist-save", saver_thread, saver, err))
        return saver;
    saver_free(saver);
    return NULL;
}

void saver_stop(Saver *saver)
{
    if (!saver)
        return;
    cancel_set(&saver->cancel, CANCEL_CLOSED);
    dispatch_close(saver->inbox);
    pthread_join(saver->thread, NULL);
}

void saver_free(Saver *saver)
{
    if (!saver)
        return;
    dispatch_free(saver->inbox);
    mem_free(saver);
}
