#include "viewer/sidecar/sidecar_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file/outfile.h"
#include "base/mem.h"
#include "viewer/sidecar/sidecar.h"

enum { MOST = 1 << 20 }; /* bytes */

static char *path_of(const char *picture)
{
    return mem_printf("%s.lutist", picture);
}

/* False: as read. */
static bool take(int file, const char *path, char *text, Err *err)
{
    struct stat info;
    if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size > MOST)
        return err_set(err, ERR_FILE, "%s: is not a lutist sidecar", path);
    ssize_t got = 0, part = 1;
    while (part > 0 && got < MOST) {
        part = read(file, text + got, (size_t)(MOST - got));
        got += part > 0 ? part : 0;
    }
    text[got] = '\0';
    if (part >= 0 && strlen(text) != (size_t)got)
        return err_set(err, ERR_FILE, "%s: is not a lutist sidecar", path);
    return part >= 0 || err_set_errno(err, ERR_FILE, errno, "%s", path);
}

char *sidecar_file_read(const char *picture, Err *err)
{
    char *path = path_of(picture), *text = NULL;
    *err = (Err){0};
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file >= 0) {
        text = mem_new(MOST + 1, 1);
        if (!take(file, path, text, err)) {
            mem_free(text);
            text = NULL;
        }
        close(file);
    } else if (errno == ELOOP) {
        err_set(err, ERR_FILE, "%s: is a link, which is not read", path);
    } else if (errno != ENOENT) {
        err_set_errno(err, ERR_FILE, errno, "%s", path);
    }
    mem_free(path);
    return text;
}

bool sidecar_file_write(const char *picture, const char *text, Err *err)
{
    static const OutfileKind kind = {"sidecar of lutist", SIDECAR_OPENING};
    char *path = path_of(picture);
    OutfileRules rules = {
        .overwrite = true, .guard = outfile_guard_kind, .context = (void *)&kind};
    Outfile *out = outfile_open(path, &rules, err);
    mem_free(path);
    if (!out)
        return false;
    fputs(text, outfile_file(out));
    return outfile_save(out, err);
}
