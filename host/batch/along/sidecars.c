#include "batch/along/sidecars.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file/regular.h"
#include "base/mem.h"
#include "base/path.h"

enum { PIECE = 1 << 16, FORMS = 4 };

/* New: the name of form `form` for a picture: "a.xmp", "a.jpg.xmp", and the same in
 * capitals, as some programs write them. */
static char *sidecar_name(const char *picture, int form)
{
    const char *ext = form < 2 ? "xmp" : "XMP";
    if (form % 2)
        return mem_printf("%s.%s", picture, ext);
    char *stem = path_stem(picture);
    char *name = mem_printf("%.*s%s.%s", (int)(path_name(picture) - picture), picture,
                            stem, ext);
    mem_free(stem);
    return name;
}

void sidecars_claim(Claims *claims, const char *input)
{
    for (int form = 0; form < FORMS; form++) {
        char *path = sidecar_name(input, form);
        claims_add_sidecar(claims, path, input);
        mem_free(path);
    }
}

/* Is there a file at `path` with the same bytes? */
static bool is_there(FILE *source, const char *path)
{
    char ours[4096], theirs[sizeof ours];
    FILE *file = regular_open(path, "the sidecar", NULL, NULL);
    bool same = file;
    size_t got = 1;
    while (same && got) {
        got = fread(ours, 1, sizeof ours, source);
        same = fread(theirs, 1, sizeof theirs, file) == got &&
               memcmp(ours, theirs, got) == 0;
    }
    if (file)
        fclose(file);
    rewind(source);
    return same;
}

/* One file on its way. */
typedef struct Way {
    const Sidecars *task;
    const char *from, *to;
    FILE *source;
    struct stat file; /* of it */
    KnownCopy known;
} Way;

static bool pour(const Way *way, Outfile *out, Err *err)
{
    char piece[PIECE];
    size_t got;
    while ((got = fread(piece, 1, sizeof piece, way->source)))
        if (fwrite(piece, 1, got, outfile_file(out)) != got)
            return err_set_errno(err, ERR_FILE, errno, "%s", way->to);
    return !ferror(way->source) || err_set_errno(err, ERR_FILE, errno, "%s", way->from);
}

/* Takes `out`. */
static bool fill(Way *way, Outfile *out, Err *err)
{
    const Sidecars *task = way->task;
    bool fine = pour(way, out, err) && outfile_flush(out, err) &&
                (!task->keep_times || outfile_set_times(out, &way->file, err)) &&
                (!task->sync || outfile_sync(out, err)) &&
                copies_note(&way->known, way->from, &way->file, out, err);
    if (fine)
        return claims_commit(task->claims, out, task->name, err);
    outfile_abort(out);
    return false;
}

static Outfile *open_copy(Way *way, Err *err)
{
    const Sidecars *task = way->task;
    bool own = copies_is_own(&way->known, way->to);
    char *dir = path_dir(way->to);
    OutfileRules rules = {.folder = folders_get(task->folders, dir, err),
                          .overwrite = task->overwrite || own,
                          .source = permissions_of(fileno(way->source), &way->file),
                          .guard = task->copies ? copies_guard : claims_guard,
                          .context = task->claims,
                          .temps = task->temps};
    if (task->copies)
        rules.context = &way->known;
    Outfile *out = rules.folder ? outfile_open(way->to, &rules, err) : NULL;
    folder_unref(&rules.folder);
    mem_free(dir);
    return out;
}

/* The file that was opened may be another than the one that was looked at. */
static bool identify(Way *way, Err *err)
{
    return fstat(fileno(way->source), &way->file) == 0 ||
           err_set_errno(err, ERR_FILE, errno, "%s", way->from);
}

/* `why`: without the path, if that has the source's name. */
static void note_refusal(const Way *way, const char *why, Notes *notes)
{
    const char *name = path_name(way->to);
    size_t length = strlen(way->to);
    bool named = strncmp(why, way->to, length) == 0 && why[length] == ':';
    bool same = strcmp(path_name(way->from), name) == 0;
    notes_add(notes, "%s is not copied: %s%s%s", path_name(way->from), same ? "" : name,
              same ? "" : ": ", named ? why + length + 2 : why);
}

static bool copy(Way *way, Notes *notes, Err *err)
{
    Err why = {0};
    bool done =
        copies_fits(&way->known, &way->file) && copies_is_own(&way->known, way->to);
    if (done || is_there(way->source, way->to))
        return true;
    Outfile *out = open_copy(way, &why);
    if (out)
        return fill(way, out, err);
    note_refusal(way, why.text, notes);
    return true;
}

static bool copy_form(const Sidecars *task, int form, Notes *notes, Err *err)
{
    char *from = sidecar_name(task->input, form);
    char *to = sidecar_name(task->output, form);
    Way way = {.task = task, .from = from, .to = to};
    bool fine = true;
    if (stat(from, &way.file) == 0 && S_ISREG(way.file.st_mode)) {
        way.source = regular_open(from, "the sidecar", NULL, err);
        way.known = copies_begin(task->copies, to);
        fine = way.source && identify(&way, err) && copy(&way, notes, err);
        copies_end(&way.known);
        if (way.source)
            fclose(way.source);
    }
    mem_free(from);
    mem_free(to);
    return fine;
}

bool sidecars_copy(const Sidecars *task, Notes *notes, Err *err)
{
    for (int form = 0; form < FORMS; form++)
        if (!copy_form(task, form, notes, err))
            return false;
    return true;
}
