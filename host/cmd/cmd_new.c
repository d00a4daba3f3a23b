#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file/installed.h"
#include "base/file/outfile.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text/shell_quote.h"
#include "cmd/cmd.h"

/* New string: "film", "looks/film" and "film.py" name the file that -s finds. NULL:
 * *err. */
static char *path_of(const char *name, Err *err)
{
    const char *file = path_name(name);
    if (!*file || file[strspn(file, ".")] == '\0') {
        err_set(err, ERR_USAGE, "new: '%s' names no file; see 'lutist new --help'",
                name);
        return NULL;
    }
    return mem_printf("%s%s", name, path_ext_is(name, "py") ? "" : ".py");
}

static bool copy_text(FILE *from, FILE *to)
{
    char block[4096];
    size_t size;
    while ((size = fread(block, 1, sizeof block, from)) > 0)
        if (fwrite(block, 1, size, to) != size)
            break;
    return !ferror(from) && !ferror(to);
}

/* A missing folder is made. */
static Outfile *open_file(const char *path, bool overwrite, Err *err)
{
    char *dir = path_dir(path);
    Folder *folder = folder_open(dir, true, err);
    OutfileRules rules = {.folder = folder, .overwrite = overwrite};
    Outfile *out = folder ? outfile_open(path, &rules, err) : NULL;
    if (!folder)
        err_in(err, path);
    folder_unref(&folder);
    mem_free(dir);
    return out;
}

/* The starting script, as a file at `path`. */
static bool write_look(FILE *look, const char *path, bool overwrite, Err *err)
{
    Outfile *out = open_file(path, overwrite, err);
    if (!out)
        return false;
    if (copy_text(look, outfile_file(out)))
        return outfile_save(out, err);
    err_set_errno(err, ERR_FILE, errno, "%s", path);
    outfile_abort(out);
    return false;
}

static void print_next(const char *path)
{
    /* A name that starts with '-' would be read as an option. */
    char *safe = mem_printf("%s%s", path[0] == '-' ? "./" : "", path);
    static const char *const commands[][2] = {
        {"lutist -s ", " photo.jpg"},
        {"lutist info ", ""},
        {"lutist batch -s ", " photo.jpg -o out"}};
    shell_quote_put(stdout, safe);
    puts(": a look to begin with. Try:");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        printf("  %s", commands[i][0]);
        shell_quote_put(stdout, safe);
        puts(commands[i][1]);
    }
    mem_free(safe);
}

static bool make(const Options *options, const char *path, Err *err)
{
    char *from = installed_share("scripts/starter/look.py");
    FILE *look = fopen(from, "re");
    bool made = look ? write_look(look, path, options->overwrite, err)
                     : err_set_errno(err, ERR_ENV, errno, "%s", from);
    if (look)
        fclose(look);
    mem_free(from);
    if (made && !options->quiet)
        print_next(path);
    return made;
}

bool cmd_new(const Options *options, int *code, Err *err)
{
    *code = 0;
    if (options->n_args > 1)
        return err_set(err, ERR_USAGE, "new: one name is enough; '%s' is too many",
                       options->args[1]);
    char *path = path_of(options->args[0], err);
    bool made = path && make(options, path, err);
    mem_free(path);
    return made;
}
