/* Making a plan: the first tones, then step by step a matrix or a cube, and tones. */
#include <math.h>

#include "base/mem.h"
#include "pipe/plan/plan_builder.h"
#include "pipe/plan/step_cube.h"
#include "pipe/plan/step_matrices.h"
#include "pipe/plan/step_tones.h"
#include "pipe/tone/tone_chain.h"

static bool changes_nothing(const Stage *stage, bool first)
{
    return stage->kind == STAGE_MATRIX ? step_matrices_is_identity(stage->matrix)
                                       : step_cube_is_identity(stage, first);
}

/* A copy without the matrices and cubes that change nothing, so that the tones around
 * them join. */
static Stage *effective_stages(const Stage *stages, int count, int *kept)
{
    Stage *copy = mem_new((size_t)count, sizeof *copy);
    *kept = 0;
    for (int i = 0; i < count; i++)
        if (!changes_nothing(&stages[i], *kept == 0))
            copy[(*kept)++] = stages[i];
    while (*kept && step_cube_is_last_identity(&copy[*kept - 1]))
        --*kept;
    return copy;
}

static Range range_of(const double *values, size_t n)
{
    Range range = {values[0], values[0]};
    for (size_t i = 1; i < n; i++) {
        range.lo = values[i] < range.lo ? values[i] : range.lo;
        range.hi = values[i] > range.hi ? values[i] : range.hi;
    }
    return range;
}

/* The tones before any matrix or cube: sampled at exactly the values that a file can
 * hold. */
static bool take_first_tones(PlanBuilder *b, Err *err)
{
    Plan *plan = b->plan;
    int count = step_tones_count(b);
    if (!tone_chain_first(b->cache, b->pool, b->stages, count, plan->levels, plan->tone,
                          err))
        return false;
    b->at += count;
    for (int c = 0; c < 3 && b->at < b->count; c++)
        if (plan->tone[c])
            b->range[c] = range_of(plan->tone[c], (size_t)plan->levels);
    return true;
}

/* Where the matrices cancel out, tones are still sampled finely: they see values that
 * the tones before have made. False: without such tones there is no step. */
static bool take_matrices(PlanBuilder *b, PlanStep *step)
{
    step_matrices_take(b, step);
    if (step_matrices_is_identity((const double(*)[4])step->matrix) &&
        step_tones_count(b) == 0) {
        mem_free(step->matrices);
        return false;
    }
    step_matrices_transform(b, step);
    return true;
}

/* Far from the largest double, so that what is computed of a range is finite, too. */
static bool check_ranges(const PlanBuilder *b, Err *err)
{
    static const double most = 1e300;
    for (int c = 0; c < 3; c++)
        if (!(b->range[c].lo >= -most && b->range[c].hi <= most) ||
            !isfinite(b->error[c]))
            return err_set(err, ERR_SCRIPT,
                           "the numbers of a matrix or cube are too large: its results "
                           "are beyond 1e300");
    return true;
}

/* Matrices or a cube, then tones. */
static bool take_step(PlanBuilder *b, Err *err)
{
    Plan *plan = b->plan;
    PlanStep step = {0};
    if (b->stages[b->at].kind == STAGE_CUBE)
        step_cube_take(b, &step);
    else if (!take_matrices(b, &step))
        return true;
    plan->steps = mem_more(plan->steps, (size_t)plan->n_steps, 1, sizeof step);
    plan->steps[plan->n_steps++] = step;
    return check_ranges(b, err) &&
           step_tones_take(b, &plan->steps[plan->n_steps - 1], err);
}

/* Make plan_exact possible if some samples need it. */
static bool settle_doubts(PlanBuilder *b, Err *err)
{
    Plan *plan = b->plan;
    plan->hopeless = step_tones_is_hopeless(b);
    plan->doubtful = plan->doubtful || plan->hopeless;
    for (int s = 0; plan->doubtful && s < plan->n_steps; s++)
        if (!step_tones_sample_exact(b, &plan->steps[s], err))
            return false;
    return true;
}

static Plan *build(PlanBuilder *b, int depth, Err *err)
{
    REQUIRE(depth == 8 || depth == 16);
    Plan *plan = b->plan = mem_new(1, sizeof *plan);
    atomic_init(&plan->refs, 1);
    plan->depth = depth;
    plan->levels = 1 << depth;
    for (int c = 0; c < 3; c++)
        b->range[c] = (Range){0, 1};
    bool good = take_first_tones(b, err);
    while (good && b->at < b->count)
        good = take_step(b, err);
    good = good && settle_doubts(b, err);
    if (!good)
        plan_unref(&plan);
    return plan;
}

Plan *plan_new_with(const Stage *stages, int count, int depth, ToneCache *cache,
                    Pool *pool, Err *err)
{
    ToneCache *own = cache ? NULL : tone_cache_new();
    PlanBuilder b = {.cache = cache ? cache : own, .pool = pool};
    Stage *kept = effective_stages(stages, count, &b.count);
    b.stages = kept;
    tone_cache_begin(b.cache);
    Plan *plan = build(&b, depth, err);
    if (plan)
        tone_cache_end(b.cache);
    tone_cache_free(own);
    mem_free(kept);
    return plan;
}

Plan *plan_new(const Stage *stages, int count, int depth, Err *err)
{
    return plan_new_with(stages, count, depth, NULL, NULL, err);
}
