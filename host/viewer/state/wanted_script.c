#include "viewer/state/wanted_script.h"

#include <string.h>

void wanted_script_send(WantedScript *script, double now)
{
    script->answer = (Pending){true, now};
}

bool wanted_script_answer(WantedScript *script, const Err *err)
{
    bool told = strcmp(err->text, script->err.text) == 0;
    script->answer.waiting = false;
    script->err = *err;
    return err->kind && !told;
}
