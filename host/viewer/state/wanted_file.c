#include "viewer/state/wanted_file.h"

void wanted_file_send(WantedFile *file, uint64_t number, double now)
{
    file->number = number;
    file->answer = (Pending){true, now};
    file->again = false;
    file->partial_ms = 0;
    file->rough = false;
}

bool wanted_file_answer(WantedFile *file, uint64_t number, const Err *err)
{
    bool newest = number == file->number;
    if (number < file->shown || (err->kind && !newest))
        return false;
    if (newest)
        file->answer.waiting = false;
    if (!err->kind || !file->again)
        file->err = *err;
    if (!err->kind) {
        file->shown = number;
        file->gone = false;
    }
    return true;
}
