#include "batch/journal/resume.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file/folder.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/path.h"
#include "batch/file/outputs.h"
#include "batch/journal/copies.h"
#include "batch/journal/facts.h"
#include "batch/journal/journal.h"
#include "batch/journal/journal_siblings.h"
#include "batch/journal/look_hash.h"

/* What is known of a file. */
typedef struct State {
    char *key;              /* owned: the output as the journal has it; NULL: no file
                               to be done */
    JournalStamp input;     /* as it is now; zeros: nobody has asked yet */
    JournalStamp output;    /* as it is now; zeros: there is none */
    bool odd;               /* something else than an ordinary file is there */
    bool listed, own, fits; /* the journal has a line of it; this output; and it fits */
    char hash[HASH_TEXT];   /* of the input; "": not taken */
    char look[HASH_TEXT];   /* its own, with ResumeWish.late */
    char fitting[HASH_TEXT]; /* the look of the line that fits */
    uint64_t line;           /* the number of the line that says it is done */
    Facts facts;             /* of a run of this part that did not come to its end */
} State;

struct Resume {
    /* immutable after the beginning */
    ResumeWish wish;
    Journal *journal;     /* owned; NULL: a dry run, and there is none */
    char *place;          /* owned: the path of the journal of all parts */
    char *own;            /* owned: that of this one */
    char *start;          /* owned: the folder that relative names start from */
    char *common;         /* owned: what all looks have in common, and the options */
    char look[HASH_TEXT]; /* of all files; unless ResumeWish.late */
    char *folder; /* owned: of the outputs, with a slash; "": they are absolute */
    int *by_key;  /* owned: the indices of files to be done, by their keys */
    int keys;
    Copies copies;       /* with BatchOptions.sidecars */
    ResumeGuard *guards; /* owned: one a file */
    /* each belongs to the thread that develops or commits the file */
    State *states; /* owned */
};

/* The places. */

char *resume_place(const BatchOptions *options, Err *err)
{
    if (options->journal)
        return mem_dup(options->journal);
    char *folder = outputs_common_folder(options);
    if (!folder) {
        err_set(err, ERR_USAGE,
                "--resume: the results of '%s' lie in several folders; name a file "
                "for the journal with --journal FILE",
                options->output);
        return NULL;
    }
    char *place = path_join(folder, JOURNAL_NAME);
    mem_free(folder);
    return place;
}

/* New: the journal of this run, where that of all parts is at `place`. */
static char *own_journal(const BatchOptions *options, const char *place)
{
    char *label = options->journal_label ? mem_dup(options->journal_label)
                                         : part_label(options->part);
    char *own = part_path(place, label);
    mem_free(label);
    return own;
}

char *resume_journal(const BatchOptions *options, Err *err)
{
    char *place = resume_place(options, err);
    char *own = place ? own_journal(options, place) : NULL;
    mem_free(place);
    return own;
}

/* New: Resume.folder. */
static char *folder_of(const Resume *resume)
{
    const BatchOptions *options = resume->wish.options;
    char *folder = options->journal ? NULL : outputs_common_folder(options);
    if (!folder)
        return mem_dup("");
    char *whole = path_join(resume->start, folder), *prefix = path_join(whole, "");
    mem_free(whole);
    mem_free(folder);
    return prefix;
}

/* New: `output` below the folder of the journal, so that both can be moved. */
static char *key_of(const Resume *resume, const char *output)
{
    size_t length = strlen(resume->folder);
    char *whole = path_join(resume->start, output);
    bool below = length && strncmp(whole, resume->folder, length) == 0;
    char *key = mem_dup(whole + (below ? length : 0));
    mem_free(whole);
    return key;
}

static const char *input_of(const Resume *resume, int index)
{
    return resume->wish.items[index].input;
}

/* Does the run do a part of what a larger one reports? */
static bool is_part(const Resume *resume)
{
    return resume->wish.options->part.of || resume->wish.options->journal_label;
}

/* The files. */

/* An input that cannot be examined fails when it is read. */
static void look_at_input(Resume *resume, int index)
{
    struct stat found;
    if (resume->states[index].input.inode)
        return;
    char *path = path_join(resume->start, input_of(resume, index));
    if (stat(path, &found) == 0)
        resume->states[index].input = journal_stamp(&found);
    mem_free(path);
}

static void look_at_output(Resume *resume, int index)
{
    State *state = &resume->states[index];
    struct stat found;
    const BatchItem *item = &resume->wish.items[index];
    if (!item->exists || lstat(item->output, &found) != 0)
        return;
    state->odd = !S_ISREG(found.st_mode);
    state->output = journal_stamp(&found);
}

static bool is_there(const State *state)
{
    return state->output.inode || state->odd;
}

static bool take_hash(Resume *resume, int index, Err *err)
{
    Cancel *cancel = resume->wish.options->cancel;
    char *path = path_join(resume->start, input_of(resume, index));
    bool taken = hash_file(path, cancel, resume->states[index].hash, err);
    mem_free(path);
    return taken;
}

/* A line that fits. */

static bool is_stopped(const Resume *resume)
{
    return resume->wish.is_stopped(resume->wish.context);
}

static bool has_same_bytes(Resume *resume, int index, const char *hash)
{
    State *state = &resume->states[index];
    Err err;
    if (!state->hash[0] && !take_hash(resume, index, &err))
        state->hash[0] = '\0';
    return state->hash[0] && strcmp(state->hash, hash) == 0;
}

static bool has_same_name(const Resume *resume, int index, const char *name)
{
    char *path = path_join(resume->start, input_of(resume, index));
    bool same = strcmp(path, name) == 0;
    mem_free(path);
    return same;
}

static bool fits(Resume *resume, int index, const JournalLine *line)
{
    const State *state = &resume->states[index];
    bool other = !resume->wish.late && strcmp(line->look, resume->look) != 0;
    if (other || is_stopped(resume))
        return false;
    if (resume->wish.options->check_hash && line->hash)
        return has_same_bytes(resume, index, line->hash);
    look_at_input(resume, index);
    return journal_stamp_same(&line->read, &state->input) &&
           line->read.inode == state->input.inode &&
           has_same_name(resume, index, line->input);
}

/* A run that is killed while it names a file can leave an empty one. */
static bool wrote(const JournalLine *line, const State *state)
{
    return !state->odd && state->output.inode &&
           (!state->output.size || journal_stamp_same(&line->written, &state->output));
}

/* The runs before have reported them. */
static void forget_facts(Resume *resume)
{
    for (int i = 0; i < resume->wish.count; i++)
        facts_clear(&resume->states[i].facts);
}

static void weigh_line(Resume *resume, int index, const JournalLine *line)
{
    State *state = &resume->states[index];
    if (line->reason)
        return;
    state->listed = true;
    if (!wrote(line, state))
        return;
    state->own = true;
    state->fits = state->output.size && fits(resume, index, line);
    facts_read(&state->facts, line);
    snprintf(state->fitting, sizeof state->fitting, "%s", line->look);
}

/* Files by their keys. */

static int compare(const void *a, const void *b, void *context)
{
    const State *states = context;
    return strcmp(states[*(const int *)a].key, states[*(const int *)b].key);
}

static void sort_keys(Resume *resume)
{
    resume->by_key = mem_new((size_t)resume->wish.count + 1, sizeof *resume->by_key);
    for (int i = 0; i < resume->wish.count; i++)
        if (resume->states[i].key)
            resume->by_key[resume->keys++] = i;
    qsort_r(resume->by_key, (size_t)resume->keys, sizeof *resume->by_key, compare,
            resume->states);
}

/* -1: no file of this run. */
static int find(const Resume *resume, const char *key)
{
    int low = 0, high = resume->keys;
    while (low < high) {
        int middle = low + (high - low) / 2, index = resume->by_key[middle];
        int order = strcmp(key, resume->states[index].key);
        if (order == 0)
            return index;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return -1;
}

static void take_line(void *context, const JournalLine *line)
{
    Resume *resume = context;
    if (line->end) {
        forget_facts(resume);
        return;
    }
    if (strcmp(line->look, COPIES_LOOK) == 0) {
        if (resume->wish.options->sidecars)
            copies_add(&resume->copies, line);
        return;
    }
    int index = find(context, line->output);
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
    return resume->wish.late ? resume->states[index].look : resume->look;
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
    const State *state = &resume->states[index];
    BatchItem *item = &resume->wish.items[index];
    if (!is_there(state))
        return;
    if (state->own && state->fits &&
        strcmp(state->fitting, look_of(resume, index)) == 0)
        item->state = BATCH_SKIPPED;
    else if (state->own)
        item->replaces = true;
    else if (!resume->wish.options->overwrite)
        refuse(item, mem_printf("%s: %s" OUTFILE_ONLY, item->output,
                                state->listed
                                    ? "has been changed since it was written; "
                                    : "already exists, and the journal does not know "
                                      "it; "));
}

static void examine(Resume *resume, int index)
{
    const BatchItem *item = &resume->wish.items[index];
    if (item->state != BATCH_LEFT)
        return;
    resume->states[index].key = key_of(resume, item->output);
    look_at_output(resume, index);
}

static bool judge_all(Resume *resume, Err *err)
{
    int count = resume->wish.count, unreadable = 0;
    for (int i = 0; i < count; i++)
        examine(resume, i);
    sort_keys(resume);
    if (!resume->wish.options->journal_label)
        journal_siblings_each(resume->place, resume->own, take_line, resume);
    forget_facts(resume);
    if (resume->journal)
        unreadable = journal_each(resume->journal, take_line, resume, err);
    copies_sort(&resume->copies);
    if (unreadable < 0)
        return false;
    if (unreadable)
        log_debug("the journal: lines that cannot be read: %d", unreadable);
    for (int i = 0; i < count && !resume->wish.late; i++)
        if (resume->states[i].key)
            judge(resume, i);
    return true;
}

void resume_choose(Resume *resume, int index, const char *words)
{
    join_look(resume, words, resume->states[index].look);
    judge(resume, index);
}

/* The beginning. */

static bool find_journal(Resume *resume, Err *err)
{
    resume->place = resume_place(resume->wish.options, err);
    if (resume->place)
        resume->own = own_journal(resume->wish.options, resume->place);
    return resume->place;
}

static bool open_journal(Resume *resume, Err *err)
{
    if (!find_journal(resume, err))
        return false;
    if (resume->wish.options->dry_run)
        return journal_open_to_read(&resume->journal, resume->own, err);
    char *dir = path_dir(resume->own);
    Folder *folder = folder_open(dir, true, err);
    resume->journal = folder ? journal_open(resume->own, err) : NULL;
    folder_unref(&folder);
    mem_free(dir);
    return resume->journal;
}

Resume *resume_begin(const ResumeWish *wish, Err *err)
{
    Resume *resume = mem_new(1, sizeof *resume);
    size_t count = (size_t)wish->count;
    resume->wish = *wish;
    resume->start = folder_working();
    resume->common = look_hash_with(wish->look, wish->options);
    resume->folder = folder_of(resume);
    join_look(resume, wish->words, resume->look);
    resume->states = mem_new(count, sizeof *resume->states);
    resume->guards = mem_new(count, sizeof *resume->guards);
    for (int i = 0; i < wish->count; i++)
        resume->guards[i] = (ResumeGuard){resume, i};
    bool fine = open_journal(resume, err) && judge_all(resume, err);
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
    copies_clear(&resume->copies);
    for (int i = 0; i < resume->wish.count; i++) {
        mem_free(resume->states[i].key);
        facts_clear(&resume->states[i].facts);
    }
    mem_free(resume->states);
    mem_free(resume->guards);
    mem_free(resume->by_key);
    mem_free(resume->place);
    mem_free(resume->own);
    mem_free(resume->common);
    mem_free(resume->folder);
    mem_free(resume->start);
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
        if (item->state == BATCH_SKIPPED && resume->states[i].facts.known)
            facts_give(&resume->states[i].facts, item);
        ended = ended && item->state != BATCH_LEFT;
    }
    if (ended)
        journal_add(resume->journal, &(JournalLine){.end = true}, NULL, &ignored);
}

bool resume_note_bytes(Resume *resume, int index, Err *err)
{
    resume->states[index].hash[0] = '\0';
    return !resume->wish.options->check_hash || take_hash(resume, index, err);
}

void resume_note_input(Resume *resume, int index, const struct stat *found)
{
    if (found->st_ino)
        resume->states[index].input = journal_stamp(found);
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
    const State *state = &resume->states[guard->index];
    JournalStamp now = journal_stamp(there);
    bool same =
        now.inode == state->output.inode && journal_stamp_same(&now, &state->output);
    if (!same && !resume->wish.options->overwrite)
        return err_set(err, ERR_FILE, "has been changed meanwhile; " OUTFILE_ONLY);
    return claims_guard(resume->wish.claims, folder, name, there, err);
}

static bool add(Resume *resume, int index, JournalLine *line, Err *err)
{
    State *state = &resume->states[index];
    char *input = path_join(resume->start, input_of(resume, index));
    line->input = input;
    line->read = state->input;
    line->hash = state->hash[0] ? state->hash : NULL;
    line->output = state->key;
    line->look = look_of(resume, index);
    bool added = journal_add(resume->journal, line, &state->line, err);
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
           journal_wait(resume->journal, resume->states[index].line, err);
}

void resume_note_failed(Resume *resume, int index, const char *reason)
{
    Err ignored = {0};
    JournalLine line = {.reason = reason};
    if (!resume->states[index].key)
        return;
    look_at_input(resume, index);
    add(resume, index, &line, &ignored);
}

/* The copies. */

ResumeCopy resume_copy_begin(Resume *resume, const char *to)
{
    ResumeCopy copy = {.resume = resume};
    if (!resume)
        return copy;
    copy.key = key_of(resume, to);
    const Copy *known = copies_find(&resume->copies, copy.key);
    if (known) {
        copy.read = known->read;
        copy.written = known->written;
    }
    return copy;
}

bool resume_copy_is_own(const ResumeCopy *copy, const char *to)
{
    struct stat found;
    if (!copy->read.inode || lstat(to, &found) != 0 || !S_ISREG(found.st_mode))
        return false;
    JournalStamp now = journal_stamp(&found);
    return journal_stamp_same(&now, &copy->written);
}

bool resume_copy_fits(const ResumeCopy *copy, const struct stat *from)
{
    JournalStamp now = journal_stamp(from);
    return copy->read.inode == now.inode && journal_stamp_same(&now, &copy->read);
}

bool resume_copy_guard_fn(void *context, int folder, const char *name,
                          const struct stat *there, Err *err)
{
    const ResumeCopy *copy = context;
    const ResumeWish *wish = &copy->resume->wish;
    JournalStamp now = journal_stamp(there);
    bool own = copy->read.inode && journal_stamp_same(&now, &copy->written);
    if (!own && !wish->options->overwrite)
        return err_set(err, ERR_FILE, "has been changed meanwhile; " OUTFILE_ONLY);
    return claims_guard(wish->claims, folder, name, there, err);
}

bool resume_copy_note(const ResumeCopy *copy, const char *source,
                      const struct stat *from, Outfile *out, Err *err)
{
    struct stat written;
    if (!copy->resume)
        return true;
    outfile_identify(out, &written);
    JournalLine line = {.input = source,
                        .read = journal_stamp(from),
                        .output = copy->key,
                        .written = journal_stamp(&written),
                        .look = COPIES_LOOK};
    /* The picture's line follows, and waits for the disk. */
    return journal_add(copy->resume->journal, &line, NULL, err);
}

void resume_copy_end(ResumeCopy *copy)
{
    mem_free(copy->key);
    *copy = (ResumeCopy){0};
}
