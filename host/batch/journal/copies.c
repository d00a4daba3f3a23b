#include "batch/journal/copies.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"

void copies_add(Copies *copies, const JournalLine *line)
{
    copies->all = mem_more(copies->all, (size_t)copies->count, 1, sizeof *copies->all);
    copies->all[copies->count] = (Copy){.key = mem_dup(line->output),
                                        .read = line->read,
                                        .written = line->written,
                                        .number = copies->count};
    copies->count++;
}

/* The newest of a key comes first. */
static int compare(const void *a, const void *b)
{
    const Copy *left = a, *right = b;
    int order = strcmp(left->key, right->key);
    return order ? order : right->number - left->number;
}

void copies_sort(Copies *copies)
{
    if (copies->count)
        qsort(copies->all, (size_t)copies->count, sizeof *copies->all, compare);
}

/* Of the newest line of that key; NULL: there is none. */
static const Copy *find(const Copies *copies, const char *key)
{
    int low = 0, high = copies->count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (strcmp(copies->all[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < copies->count && strcmp(copies->all[low].key, key) == 0;
    return found ? &copies->all[low] : NULL;
}

void copies_term(Copies *copies)
{
    for (int i = 0; i < copies->count; i++)
        mem_free(copies->all[i].key);
    mem_free(copies->all);
    *copies = (Copies){0};
}

KnownCopy copies_begin(const Copies *copies, const char *to)
{
    KnownCopy copy = {.copies = copies};
    if (!copies)
        return copy;
    copy.key = journal_place_key(copies->place, to);
    const Copy *known = find(copies, copy.key);
    if (known) {
        copy.read = known->read;
        copy.written = known->written;
    }
    return copy;
}

void copies_end(KnownCopy *copy)
{
    mem_free(copy->key);
    *copy = (KnownCopy){0};
}

bool copies_is_own(const KnownCopy *copy, const char *to)
{
    struct stat found;
    if (!copy->read.inode || lstat(to, &found) != 0 || !S_ISREG(found.st_mode))
        return false;
    JournalStamp now = journal_stamp(&found);
    return journal_stamp_same(&now, &copy->written);
}

bool copies_fits(const KnownCopy *copy, const struct stat *from)
{
    JournalStamp now = journal_stamp(from);
    return copy->read.inode == now.inode && journal_stamp_same(&now, &copy->read);
}

bool copies_guard(void *context, int folder, const char *name, const struct stat *there,
                  Err *err)
{
    const KnownCopy *copy = context;
    JournalStamp now = journal_stamp(there);
    bool own = copy->read.inode && journal_stamp_same(&now, &copy->written);
    if (!own && !copy->copies->overwrite)
        return err_set(err, ERR_FILE, "has been changed meanwhile; " OUTFILE_ONLY);
    return claims_guard(copy->copies->claims, folder, name, there, err);
}

bool copies_note(const KnownCopy *copy, const char *source, const struct stat *from,
                 Outfile *out, Err *err)
{
    struct stat written;
    if (!copy->copies)
        return true;
    outfile_identify(out, &written);
    JournalLine line = {.input = source,
                        .read = journal_stamp(from),
                        .output = copy->key,
                        .written = journal_stamp(&written),
                        .look = COPIES_LOOK};
    /* The picture's line follows, and waits for the disk. */
    return journal_add(copy->copies->journal, &line, NULL, err);
}
