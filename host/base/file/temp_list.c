#include "base/file/temp_list.h"

#include <unistd.h>

void temp_list_init(TempList *list)
{
    list->first = NULL;
    pthread_mutex_init(&list->lock, NULL);
}

void temp_list_term(TempList *list)
{
    pthread_mutex_destroy(&list->lock);
}

void temp_list_add(TempList *list, TempFile *file)
{
    pthread_mutex_lock(&list->lock);
    file->before = NULL;
    file->after = list->first;
    if (list->first)
        list->first->before = file;
    list->first = file;
    pthread_mutex_unlock(&list->lock);
}

void temp_list_remove(TempList *list, TempFile *file)
{
    pthread_mutex_lock(&list->lock);
    if (file->before)
        file->before->after = file->after;
    else if (list->first == file)
        list->first = file->after;
    if (file->after)
        file->after->before = file->before;
    *file = (TempFile){0};
    pthread_mutex_unlock(&list->lock);
}

void temp_list_drop(TempList *list)
{
    pthread_mutex_lock(&list->lock); /* for good */
    for (const TempFile *file = list->first; file; file = file->after)
        unlinkat(file->folder, file->name, 0);
}
