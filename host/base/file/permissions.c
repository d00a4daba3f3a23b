#include "base/file/permissions.h"

#include <string.h>
#include <sys/types.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/mem.h"

enum { READ_WRITE = 0666, OWNER = 0700, GROUP_SHIFT = 3, PERMISSIONS = 0777 };

static const char LIST[] = "system.posix_acl_access";

static bool has_list(int file)
{
    return fgetxattr(file, LIST, NULL, 0) > 0;
}

Permissions permissions_of(int file, const struct stat *found)
{
    return (Permissions){found->st_mode, found->st_gid, has_list(file)};
}

/* The rights that both group and others have: safe if members of the group would now
 * count as others. */
static mode_t for_any_group(mode_t mode)
{
    mode_t both = mode >> GROUP_SHIFT & mode & 07;
    return (mode & OWNER) | both << GROUP_SHIFT | both;
}

mode_t permissions_mode(const Permissions *source, gid_t group)
{
    if (!source->mode)
        return READ_WRITE;
    mode_t mode = source->mode & READ_WRITE;
    if (source->listed)
        mode &= OWNER; /* with an access list the group bits are its mask, not the
                          group's rights */
    else if (group != source->group)
        mode = for_any_group(mode);
    return mode | S_IRUSR; /* the owner of the output has read the source */
}

/* Is it an attribute that people and their programs set? */
static bool is_kept(const char *name)
{
    return strncmp(name, "user.", 5) == 0 || strcmp(name, LIST) == 0;
}

static void copy_attribute(int from, int to, const char *name)
{
    ssize_t size = fgetxattr(from, name, NULL, 0);
    char *value = size >= 0 ? mem_new((size_t)size + 1, 1) : NULL;
    if (value && fgetxattr(from, name, value, (size_t)size) == size)
        (void)!fsetxattr(to, name, value, (size_t)size, 0);
    mem_free(value);
}

static void copy_attributes(int from, int to, bool with_list)
{
    ssize_t size = flistxattr(from, NULL, 0);
    char *names = size > 0 ? mem_new((size_t)size, 1) : NULL;
    if (names)
        size = flistxattr(from, names, (size_t)size);
    for (ssize_t at = 0; names && at < size; at += (ssize_t)strlen(names + at) + 1)
        if (is_kept(names + at) && (with_list || strcmp(names + at, LIST) != 0))
            copy_attribute(from, to, names + at);
    mem_free(names);
}

void permissions_keep(int file, const struct stat *old, int old_file)
{
    bool same_group = fchown(file, old->st_uid, old->st_gid) == 0 ||
                      fchown(file, (uid_t)-1, old->st_gid) == 0;
    mode_t mode = old->st_mode & PERMISSIONS;
    if (!same_group)
        mode = for_any_group(mode);
    if (old_file < 0 || has_list(old_file))
        mode &= ~(mode_t)S_IRWXG; /* the access list sets the rights */
    /* With the new mode, a default list inherited from the folder would grant more. */
    (void)!fremovexattr(file, LIST);
    /* A file system without modes (FAT) may refuse; the file is complete all the same.
     */
    (void)!fchmod(file, mode);
    if (old_file >= 0)
        copy_attributes(old_file, file, same_group);
}
