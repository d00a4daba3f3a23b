#include "viewer/control/file_step.h"

#include "base/file/folder.h"
#include "base/mem.h"
#include "base/path.h"
#include "viewer/control/folder_list.h"

/* On its way to the errands and back. */
typedef struct Request {
    FileStepper *stepper; /* the UI thread's */
    FileStep step;        /* its strings are owned */
    char *found;          /* owned */
} Request;

static void request_free(void *data)
{
    Request *request = data;
    mem_free((char *)request->step.path);
    mem_free((char *)request->step.home);
    mem_free((char *)request->step.pattern);
    mem_free(request->found);
    mem_free(request);
}

/* List `folder`. False: it cannot be read, or has no file that matches. */
static bool list_files(FolderList *list, const char *folder, const char *pattern)
{
    return folder && folder_list_read(list, folder, pattern, NULL) &&
           folder_list_step(list, "", 1) >= 0;
}

static bool list_around(FolderList *list, const FileStep *step)
{
    char *folder = step->path[0] ? path_dir(step->path) : NULL;
    char *here = folder_working();
    bool good = list_files(list, folder, step->pattern) ||
                list_files(list, step->home, step->pattern) ||
                list_files(list, here, step->pattern);
    mem_free(folder);
    mem_free(here);
    return good;
}

static void find(void *data)
{
    Request *request = data;
    const FileStep *step = &request->step;
    FolderList list = {0};
    int at = list_around(&list, step)
                 ? folder_list_step(&list, path_name(step->path), step->steps)
                 : -1;
    request->found = at >= 0 ? folder_list_path(&list, at) : NULL;
    folder_list_close(&list);
}

static void take(void *data)
{
    const Request *request = data;
    FileStepper *stepper = request->stepper;
    int more = stepper->more;
    if (stepper->awaited != request)
        return;
    stepper->awaited = NULL;
    stepper->more = 0;
    stepper->take(stepper->context, &request->step, request->found, stepper->more_param,
                  more);
}

void file_step_want(FileStepper *stepper, const FileStep *step)
{
    if (stepper->awaited) {
        bool same = stepper->more_param == step->param;
        stepper->more = (same ? stepper->more : 0) + step->steps;
        stepper->more_param = step->param;
        return;
    }
    Request *request = mem_new(1, sizeof *request);
    *request = (Request){stepper, *step, NULL};
    request->step.path = mem_dup(step->path);
    request->step.home = mem_dup(step->home);
    request->step.pattern = mem_dup(step->pattern);
    stepper->awaited = request;
    errands_do(stepper->errands, stepper, &(Errand){find, take, request_free, request});
}

void file_step_forget(FileStepper *stepper)
{
    stepper->awaited = NULL;
    stepper->more = 0;
}
