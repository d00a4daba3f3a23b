#include "viewer/edit/history.h"

#include <string.h>

#include "base/mem.h"

LookState look_state_new(const char *script, const char *words)
{
    return (LookState){mem_dup(script), mem_dup(words)};
}

void look_state_clear(LookState *state)
{
    mem_free(state->script);
    mem_free(state->words);
    *state = (LookState){0};
}

bool look_state_is(const LookState *state, const char *script, const char *words)
{
    return state->script && strcmp(state->script, script) == 0 &&
           strcmp(state->words, words) == 0;
}

static size_t size_of(const LookState *state)
{
    return strlen(state->script) + strlen(state->words) + 2;
}

static void drop(History *history, int index)
{
    history->bytes -= size_of(&history->states[index]);
    look_state_clear(&history->states[index]);
}

static void drop_later(History *history)
{
    while (history->count > history->at + 1)
        drop(history, --history->count);
}

static void drop_oldest(History *history)
{
    drop(history, 0);
    history->count--;
    history->at--;
    memmove(history->states, history->states + 1,
            (size_t)history->count * sizeof *history->states);
    history->states[history->count] = (LookState){0};
}

void history_clear(History *history)
{
    for (int i = 0; i < history->count; i++)
        look_state_clear(&history->states[i]);
    *history = (History){0};
}

static void put(History *history, int index, const char *script, const char *words)
{
    history->states[index] = look_state_new(script, words);
    history->bytes += size_of(&history->states[index]);
}

static void push(History *history, const char *script, const char *words)
{
    if (history->count == HISTORY_STATES)
        drop_oldest(history);
    put(history, history->count, script, words);
    history->at = history->count++;
    while (history->bytes > HISTORY_BYTES && history->count > 1)
        drop_oldest(history);
}

void history_note(History *history, const char *script, const char *words,
                  uint64_t gesture)
{
    if (history->count && look_state_is(&history->states[history->at], script, words))
        return;
    bool joins = gesture && gesture == history->gesture && history->at > 0;
    if (joins)
        history->at--;
    drop_later(history);
    history->gesture = gesture;
    if (!joins || !look_state_is(&history->states[history->at], script, words))
        push(history, script, words);
    else
        history->gesture = 0; /* it is back where it began: it has no state now */
}

void history_settle(History *history, const char *script, const char *words)
{
    if (!history->count || look_state_is(&history->states[history->at], script, words))
        return;
    drop(history, history->at);
    put(history, history->at, script, words);
}

bool history_has(const History *history, int step)
{
    int to = history->at + step;
    return to >= 0 && to < history->count;
}

static const LookState *go(History *history, int step)
{
    int to = history->at + step;
    if (!history_has(history, step))
        return NULL;
    history->at = to;
    history->gesture = 0;
    return &history->states[to];
}

const LookState *history_undo(History *history)
{
    return go(history, -1);
}

const LookState *history_redo(History *history)
{
    return go(history, 1);
}
