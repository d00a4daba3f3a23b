#include "batch/journal/facts.h"

#include "base/mem.h"

void facts_read(Facts *facts, const JournalLine *line)
{
    facts_clear(facts);
    *facts = (Facts){
        .known = line->pixels > 0,
        .damaged = line->damaged,
        .note = mem_dup(line->note),
        .pixels = (uint64_t)line->pixels,
        .ms = (double)line->ms,
    };
}

void facts_write(JournalLine *line, const BatchItem *item)
{
    line->pixels = (int64_t)item->pixels;
    line->ms = (int64_t)(item->ms + 0.5);
    line->note = item->note[0] ? item->note : NULL;
    line->damaged = item->damaged;
}

void facts_give(const Facts *facts, BatchItem *item)
{
    item->state = BATCH_DONE;
    item->pixels = facts->pixels;
    item->ms = facts->ms;
    item->damaged = facts->damaged;
    if (!facts->note)
        return;
    mem_free((void *)item->note);
    item->note = mem_dup(facts->note);
}

void facts_clear(Facts *facts)
{
    mem_free(facts->note);
    *facts = (Facts){0};
}
