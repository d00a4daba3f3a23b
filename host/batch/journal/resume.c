#include "batch/journal/resume.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file/folder.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "batch/journal/journal.h"
#include "batch/journal/journal_place.h"
#include "batch/journal/journal_siblings.h"
#include "batch/journal/known_files.h"
#include "batch/look/look_hash.h"

struct Resume {
    /* immutable after the beginning */
    ResumeWish wish;
    Journal *journal; /* owned; NULL: a dry run, and there is none */
    JournalPlace place;
    char *common;         /* owned: what all looks have in common, and the options */
    char look[HASH_TEXT]; /* of all files; unless ResumeWish.late */
    Copies copies;        /* with BatchOptions.sidecars */
    ResumeGuard *guards;  /* owned: one a file */
    /* each belongs to the thread that develops or commits the file */
    KnownFiles files;
};

/* New: the whole path of a file's input. */
static char *input_of(const Resume *resume, int index)
{
    return path_join(resume->place.start, resume->wish.items[index].input);
}

/* Does the run do a part of what a larger one reports? */
static bool is_part(const Resume *resume)
{
    return resume->wish.options->part.of || resume->wish.options->journal_label;
}

static void see_input(Resume *resume, int index)
{
    char *path = input_of(resume, index);
    known_file_see_input(&resume->files.all[index], path);
    mem_free(path);
}

static bool take_hash(Resume *resume, int index, Err *err)
{
    char *path = input_of(resume, index);
    bool taken = known_file_take_hash(&resume->files.all[index], path,
                                      resume->wish.options->cancel, err);
    mem_free(path);
    return taken;
}

/* A line that fits. */

static bool is_stopped(const Resume *resume)
{
    return resume->wish.is_stopped(resume->wish.context);
}

static bool has_hash(Resume *resume, int index, const char *hash)
{
    char *path = input_of(resume, index);
    bool same = known_file_has_hash(&resume->files.all[index], path,
                                    resume->wish.options->cancel, hash);
    mem_free(path);
    return same;
}

static bool has_name(const Resume *resume, int index, const char *name)
{
    char *path = input_of(resume, index);
    bool same = strcmp(path, name) == 0;
    mem_free(path);
    return same;
}

static bool fits(Resume *resume, int index, const JournalLine *line)
{
    const KnownFile *file = &resume->files.all[index];
    bool other = !resume->wish.late && strcmp(line->look, resume->look) != 0;
    if (other || is_stopped(resume))
        return false;
    if (resume->wish.options->check_hash && line->hash)
        return has_hash(resume, index, line->hash);
    see_input(resume, index);
    return journal_stamp_same(&line->read, &file->input) &&
           line->read.inode == file->input.inode &&
           has_name(resume, index, line->input);
}

static void weigh_line(Resume *resume, int index, const JournalLine *line)
{
    KnownFile *file = &resume->files.all[index];
    if (line->reason)
        return;
    file->listed = true;
    if (!known_file_is_written(file, line))
        return;
    file->own = true;
    file->fits = file->output.size && fits(resume, index, line);
    facts_read(&file->facts, line);
    snprintf(file->fitting, sizeof file->fitting, "%s", line->look);
}

static void take_line(void *context, const JournalLine *line)
{
    Resume *resume = context;
    if (line->end) {
        known_files_forget_facts(&resume->files);
        return;
    }
    if (strcmp(line->look, COPIES_LOOK) == 0) {
        if (resume->wish.options->sidecars)
            copies_add(&resume->copies, line);
        return;
    }
    int index = known_files_find(&resume->files, line->output);
    if (index >= 0)
        weigh_line(context, index, line);
}

/* The verdict. */

static void refuse(BatchItem *item, char *reason)
{
    mem_free((void *)item->reason);
    item->reason = reason;
    item->state = BATCH_FAILED;
}

static const char *look_of(const Resume *resume, int index)
{
    return resume->wish.late ? resume->files.all[index].look : resume->look;
}

static void join_look(const Resume *resume, const char *words, char look[HASH_TEXT])
{
    Hash *hash = hash_new();
    hash_add_text(hash, resume->common);
    hash_add_text(hash, words);
    hash_finish(hash, look);
}

static void judge(Resume *resume, int index)
{
    const KnownFile *file = &resume->files.all[index];
    BatchItem *item = &resume->wish.items[index];
    if (!known_file_is_there(file))
        return;
    if (file->own && file->fits && strcmp(file->fitting, look_of(resume, index)) == 0)
        item->state = BATCH_SKIPPED;
    else if (file->own)
        item->replaces = true;
    else if (!resume->wish.options->overwrite)
        refuse(item, mem_printf("%s: %s" OUTFILE_ONLY, item->output,
                                file->listed
                                    ? "has been changed since it was written; "
                                    : "already exists, and the journal does not know "
                                      "it; "));
}

static void examine(Resume *resume, int index)
{
    const BatchItem *item = &resume->wish.items[index];
    if (item->state != BATCH_LEFT)
        return;
    resume->files.all[index].key = journal_place_key(&resume->place, item->output);
    if (item->exists)
        known_file_see_output(&resume->files.all[index], item->output);
}

static bool judge_all(Resume *resume, Err *err)
{
    int count = resume->wish.count, unreadable = 0;
    for (int i = 0; i < count; i++)
        examine(resume, i);
    known_files_sort(&resume->files);
    if (!resume->wish.options->journal_label)
        journal_siblings_each(resume->place.all, resume->place.own, take_line, resume);
    known_files_forget_facts(&resume->files);
    if (resume->journal)
        unreadable = journal_each(resume->journal, take_line, resume, err);
    copies_sort(&resume->copies);
    if (unreadable < 0)
        return false;
    if (unreadable)
        log_debug("the journal: lines that cannot be read: %d", unreadable);
    for (int i = 0; i < count && !resume->wish.late; i++)
        if (resume->files.all[i].key)
            judge(resume, i);
    return true;
}

void resume_choose(Resume *resume, int index, const char *words)
{
    join_look(resume, words, resume->files.all[index].look);
    judge(resume, index);
}

/* The beginning. */

static bool open_journal(Resume *resume, Err *err)
{
    if (resume->wish.options->dry_run)
        return journal_open_to_read(&resume->journal, resume->place.own, err);
    char *dir = path_dir(resume->place.own);
    Folder *folder = folder_open(dir, true, err);
    resume->journal = folder ? journal_open(resume->place.own, err) : NULL;
    folder_unref(&folder);
    mem_free(dir);
    return resume->journal;
}

Resume *resume_begin(const ResumeWish *wish, Err *err)
{
    Resume *resume = mem_new(1, sizeof *resume);
    resume->wish = *wish;
    resume->common = look_hash_with(wish->look, wish->options);
    join_look(resume, wish->words, resume->look);
    known_files_init(&resume->files, wish->count);
    resume->guards = mem_new((size_t)wish->count, sizeof *resume->guards);
    for (int i = 0; i < wish->count; i++)
        resume->guards[i] = (ResumeGuard){resume, i};
    bool fine = journal_place_init(&resume->place, wish->options, err) &&
                open_journal(resume, err);
    resume->copies = (Copies){.place = &resume->place,
                              .journal = resume->journal,
                              .claims = wish->claims,
                              .overwrite = wish->options->overwrite};
    fine = fine && judge_all(resume, err);
    if (fine && is_stopped(resume))
        fine = err_set(err, ERR_CANCELLED, "interrupted");
    if (fine)
        return resume;
    resume_end(resume);
    return NULL;
}

void resume_end(Resume *resume)
{
    if (!resume)
        return;
    journal_close(resume->journal);
    copies_term(&resume->copies);
    known_files_term(&resume->files);
    journal_place_term(&resume->place);
    mem_free(resume->guards);
    mem_free(resume->common);
    mem_free(resume);
}

/* The run. */

void resume_conclude(Resume *resume)
{
    Err ignored = {0};
    bool ended = true;
    if (!is_part(resume) || resume->wish.options->dry_run)
        return;
    for (int i = 0; i < resume->wish.count; i++) {
        BatchItem *item = &resume->wish.items[i];
        if (item->state == BATCH_SKIPPED && resume->files.all[i].facts.known)
            facts_give(&resume->files.all[i].facts, item);
        ended = ended && item->state != BATCH_LEFT;
    }
    if (ended)
        journal_add(resume->journal, &(JournalLine){.end = true}, NULL, &ignored);
}

bool resume_note_bytes(Resume *resume, int index, Err *err)
{
    resume->files.all[index].hash[0] = '\0';
    return !resume->wish.options->check_hash || take_hash(resume, index, err);
}

void resume_note_input(Resume *resume, int index, const struct stat *found)
{
    if (found->st_ino)
        resume->files.all[index].input = journal_stamp(found);
}

const Copies *resume_copies(const Resume *resume)
{
    return &resume->copies;
}

ResumeGuard *resume_guard(Resume *resume, int index)
{
    return &resume->guards[index];
}

bool resume_guard_fn(void *context, int folder, const char *name,
                     const struct stat *there, Err *err)
{
    const ResumeGuard *guard = context;
    const Resume *resume = guard->resume;
    const KnownFile *file = &resume->files.all[guard->index];
    JournalStamp now = journal_stamp(there);
    bool same =
        now.inode == file->output.inode && journal_stamp_same(&now, &file->output);
    if (!same && !resume->wish.options->overwrite)
        return err_set(err, ERR_FILE, "has been changed meanwhile; " OUTFILE_ONLY);
    return claims_guard(resume->wish.claims, folder, name, there, err);
}

static bool add(Resume *resume, int index, JournalLine *line, Err *err)
{
    KnownFile *file = &resume->files.all[index];
    char *input = input_of(resume, index);
    line->input = input;
    line->read = file->input;
    line->hash = file->hash[0] ? file->hash : NULL;
    line->output = file->key;
    line->look = look_of(resume, index);
    bool added = journal_add(resume->journal, line, &file->line, err);
    mem_free(input);
    return added;
}

bool resume_note_done(Resume *resume, int index, Outfile *out, Err *err)
{
    struct stat written;
    outfile_identify(out, &written);
    JournalLine line = {.written = journal_stamp(&written)};
    line.written.inode = 0;
    if (is_part(resume))
        facts_write(&line, &resume->wish.items[index]);
    return add(resume, index, &line, err);
}

bool resume_wait(Resume *resume, int index, Err *err)
{
    return !resume->wish.sync ||
           journal_wait(resume->journal, resume->files.all[index].line, err);
}

void resume_note_failed(Resume *resume, int index, const char *reason)
{
    Err ignored = {0};
    JournalLine line = {.reason = reason};
    if (!resume->files.all[index].key)
        return;
    see_input(resume, index);
    add(resume, index, &line, &ignored);
}
