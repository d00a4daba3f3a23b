#include "batch/look/program_cache.h"

#include <string.h>

#include "base/mem.h"
#include "pipe/program/compile.h"

/* Of these that no file needs now. */
enum { MOST_SETS = 8 };

/* The programs for files with one profile. */
struct ProgramSet {
    ProgramSet *next;
    /* immutable */
    int look;
    Block icc;           /* owned; empty: no profile, or files are not converted */
    DeclaredSpace space; /* of files without one */
    bool gray;           /* of converted files, which have a conversion of their own */
    /* whose thread has set `busy` */
    bool converted;
    ColorConversion *after; /* owned; NULL: pixels stay, or not yet converted */
    CallerPlan plans[2];    /* for 8 and 16 bits */
    /* guarded by batch_lock->lock */
    Program *programs[2][2]; /* depth 8 or 16, colour or gray */
    bool busy;               /* one of them is being made */
    int users;               /* files that look into it */
};

static void set_free(ProgramSet *set)
{
    for (int deep = 0; deep < 2; deep++) {
        Plan *plan = atomic_load(&set->plans[deep].plan);
        plan_unref(&plan);
        for (int gray = 0; gray < 2; gray++)
            program_unref(&set->programs[deep][gray]);
    }
    color_conversion_unref(&set->after);
    meta_drop(&set->icc);
    mem_free(set);
}

/* Whoever has set `busy`. */
static bool convert(const ProgramCache *cache, ProgramSet *set, const Meta *meta,
                    ImageInfo info, Err *err)
{
    if (!cache->target || set->converted)
        return true;
    if (!color_target_conversion(cache->target, meta, info.channels, &set->after, err))
        return err_in(err, "its colours cannot be converted");
    for (int deep = 0; deep < 2; deep++)
        set->plans[deep].after = set->after;
    set->converted = true;
    return true;
}

/* A plan that was made ahead serves files that are not converted. */
static void take_plan(ProgramSet *set, CallerPlan *wanted, Plan *ahead)
{
    if (ahead && ahead->depth == wanted->depth && !set->after &&
        !atomic_load(&wanted->plan))
        atomic_store(&wanted->plan, plan_ref(ahead));
}

static Program *compile(const ProgramCache *cache, ProgramSet *set,
                        const BatchLook *look, const Meta *meta, ImageInfo info,
                        Err *err)
{
    CallerPlan *wanted = &set->plans[info.depth == 16];
    wanted->look = look->number;
    wanted->depth = info.depth;
    if (!convert(cache, set, meta, info, err))
        return NULL;
    take_plan(set, wanted, look->plan);
    if (!caller_plan(cache->caller, wanted, err))
        return NULL;
    return compile_plan(atomic_load(&wanted->plan), info.channels, err);
}

/* With the lock held, as the next three. */
static void forget_oldest(ProgramCache *cache)
{
    ProgramSet **oldest = NULL;
    int idle = 0;
    for (ProgramSet **at = &cache->sets; *at; at = &(*at)->next)
        if ((*at)->users == 0) {
            oldest = at;
            idle++;
        }
    if (idle <= MOST_SETS)
        return;
    ProgramSet *old = *oldest;
    *oldest = old->next;
    set_free(old);
}

static ProgramSet *find_set(const ProgramCache *cache, int look, const Block *icc,
                            const DeclaredSpace *space, bool gray)
{
    for (ProgramSet *set = cache->sets; set; set = set->next)
        if (set->look == look && set->gray == gray &&
            memcmp(&set->space, space, sizeof *space) == 0 &&
            set->icc.size == icc->size &&
            (icc->size == 0 || memcmp(set->icc.data, icc->data, icc->size) == 0))
            return set;
    return NULL;
}

static ProgramSet *enter(ProgramCache *cache, int look, const Meta *meta,
                         ImageInfo info, Err *err)
{
    bool gray = cache->target && info.channels <= 2;
    Block icc = cache->target ? meta->icc : (Block){0};
    DeclaredSpace space = cache->target ? declared_space(meta) : (DeclaredSpace){0};
    ProgramSet *set = find_set(cache, look, &icc, &space, gray);
    if (!set) {
        set = mem_new(1, sizeof *set);
        set->look = look;
        set->gray = gray;
        set->space = space;
        if (!meta_set(&set->icc, icc.data, icc.size, err)) {
            mem_free(set);
            return NULL;
        }
        set->next = cache->sets;
        cache->sets = set;
    }
    set->users++;
    return set;
}

/* One thread compiles and the others wait; if it fails, the next one tries. */
Program *program_cache_get(ProgramCache *cache, const BatchLook *look, const Meta *meta,
                           ImageInfo info, Err *err)
{
    BatchLock *batch_lock = cache->batch_lock;
    pthread_mutex_lock(&batch_lock->lock);
    ProgramSet *set = enter(cache, look->number, meta, info, err);
    if (!set) {
        pthread_mutex_unlock(&batch_lock->lock);
        return NULL;
    }
    Program **program = &set->programs[info.depth == 16][info.channels <= 2];
    while (set->busy)
        pthread_cond_wait(&batch_lock->changed, &batch_lock->lock);
    if (!*program) {
        set->busy = true;
        pthread_mutex_unlock(&batch_lock->lock);
        Program *made = compile(cache, set, look, meta, info, err);
        pthread_mutex_lock(&batch_lock->lock);
        *program = made;
        set->busy = false;
        pthread_cond_broadcast(&batch_lock->changed);
    }
    Program *found = *program ? program_ref(*program) : NULL;
    set->users--;
    if (!cancel_is_set(cache->caller->cancel)) /* else a request may still be open */
        forget_oldest(cache);
    pthread_mutex_unlock(&batch_lock->lock);
    return found;
}

void program_cache_term(ProgramCache *cache)
{
    while (cache->sets) {
        ProgramSet *set = cache->sets;
        cache->sets = set->next;
        set_free(set);
    }
}
