#include "viewer/state/wanted_file.h"

void wanted_file_send(WantedFile *file, uint64_t number, double now)
{
    *file = (WantedFile){.number = number, .answer = {true, now}};
}

bool wanted_file_answer(WantedFile *file, uint64_t number, const Err *err)
{
    if (number != file->number)
        return false;
    file->answer.waiting = false;
    file->err = *err;
    return true;
}
