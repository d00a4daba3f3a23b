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

static bool pour(FILE *source, FILE *target)
{
    char piece[PIECE];
    size_t got;
    while ((got = fread(piece, 1, sizeof piece, source)))
        if (fwrite(piece, 1, got, target) != got)
            return false;
    return !ferror(source);
}

/* Takes `out`. */
static bool fill(const Sidecars *task, FILE *source, Outfile *out, const char *from,
                 Err *err)
{
    struct stat file;
    bool fine = fstat(fileno(source), &file) == 0 && pour(source, outfile_file(out));
    if (!fine)
        err_set_errno(err, ERR_FILE, errno, "%s", from);
    fine = fine && outfile_flush(out, err) &&
           (!task->keep_times || outfile_set_times(out, &file, err)) &&
           (!task->sync || outfile_sync(out, err));
    if (fine)
        return claims_commit(task->claims, out, task->name, err);
    outfile_abort(out);
    return false;
}

static Outfile *open_copy(const Sidecars *task, FILE *source, const char *to, Err *err)
{
    char *dir = path_dir(to);
    OutfileRules rules = {.folder = folders_get(task->folders, dir, err),
                          .overwrite = task->overwrite,
                          .source = permissions_of(fileno(source)),
                          .guard = claims_guard,
                          .context = task->claims};
    Outfile *out = rules.folder ? outfile_open(to, &rules, err) : NULL;
    folder_unref(&rules.folder);
    mem_free(dir);
    return out;
}

static bool copy(const Sidecars *task, FILE *source, const char *from, const char *to,
                 Notes *notes, Err *err)
{
    Err why = {0};
    if (is_there(source, to))
        return true;
    Outfile *out = open_copy(task, source, to, &why);
    if (out)
        return fill(task, source, out, from, err);
    size_t length = strlen(to);
    bool named = strncmp(why.text, to, length) == 0 && why.text[length] == ':';
    notes_add(notes, "%s is not copied: %s: %s", path_name(from), path_name(to),
              named ? why.text + length + 2 : why.text);
    return true;
}

static bool copy_form(const Sidecars *task, int form, Notes *notes, Err *err)
{
    struct stat file;
    char *from = sidecar_name(task->input, form);
    char *to = sidecar_name(task->output, form);
    bool fine = true;
    if (stat(from, &file) == 0 && S_ISREG(file.st_mode)) {
        FILE *source = regular_open(from, "the sidecar", NULL, err);
        fine = source && copy(task, source, from, to, notes, err);
        if (source)
            fclose(source);
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
