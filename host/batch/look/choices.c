#include "batch/look/choices.h"

#include "base/mem.h"

void choices_init(Choices *choices)
{
    size_t count = (size_t)choices->count;
    if (choices->hooks->choose)
        choices->choices = mem_new(count, sizeof *choices->choices);
}

static void clear(Choice *choice)
{
    plan_unref(&choice->look.plan);
    mem_free(choice->look.words);
    mem_free(choice->why);
    choice->look = (BatchLook){0};
    choice->why = NULL;
}

void choices_term(Choices *choices)
{
    for (int i = 0; choices->choices && i < choices->count; i++)
        clear(&choices->choices[i]);
    mem_free(choices->choices);
}

bool choices_is_of_file(const Err *err)
{
    return err->kind == ERR_FILE || err->kind == ERR_USAGE;
}

static Choice choose(const Choices *choices, int index, Err *fatal)
{
    const BatchHooks *hooks = choices->hooks;
    const BatchItem *item = &choices->items[index];
    Choice choice = {.made = true};
    Err err = {0};
    if (hooks->choose(hooks->context, item, &choice.look, &err))
        return choice;
    if (!choices_is_of_file(&err)) {
        *fatal = err;
        err_set(&err, ERR_CANCELLED, "interrupted"); /* the file is left */
    }
    choice.why = mem_new(1, sizeof err);
    *choice.why = err;
    return choice;
}

/* The next file that is to be done. Its state changes only once it is chosen. */
static bool find_next(Choices *choices)
{
    while (choices->next < choices->count &&
           choices->items[choices->next].state != BATCH_LEFT)
        choices->next++;
    return choices->next < choices->count;
}

bool choices_step(Choices *choices, int taken, Err *fatal)
{
    BatchLock *batch_lock = choices->batch_lock;
    if (!choices->choices || !find_next(choices) ||
        choices->next >= taken + choices->ahead)
        return false;
    int index = choices->next++;
    Choice choice = choose(choices, index, fatal);
    pthread_mutex_lock(&batch_lock->lock);
    choices->choices[index] = choice;
    pthread_cond_broadcast(&batch_lock->changed);
    pthread_mutex_unlock(&batch_lock->lock);
    return true;
}

const BatchLook *choices_get(Choices *choices, int index, Err *err)
{
    static const BatchLook all = {0};
    BatchLock *batch_lock = choices->batch_lock;
    if (!choices->choices)
        return &all;
    const Choice *choice = &choices->choices[index];
    pthread_mutex_lock(&batch_lock->lock);
    while (!choice->made && !choices->closed)
        pthread_cond_wait(&batch_lock->changed, &batch_lock->lock);
    bool made = choice->made;
    pthread_mutex_unlock(&batch_lock->lock);
    if (!made)
        err_set(err, ERR_CANCELLED, "interrupted");
    else if (choice->why)
        *err = *choice->why;
    return made && !choice->why ? &choice->look : NULL;
}

void choices_drop(Choices *choices, int index)
{
    if (choices->choices)
        clear(&choices->choices[index]);
}

void choices_close(Choices *choices)
{
    choices->closed = true;
    pthread_cond_broadcast(&choices->batch_lock->changed);
}
