/* A tool of the build: make_manual FOLDER writes lutist.1 and lutist-COMMAND.1 there.
 */
#include <stdbool.h>
#include <stdio.h>

#include "manual.h"

static bool write_page(const char *folder, Command command)
{
    char path[4096];
    const char *dash = command ? "-" : "";
    snprintf(path, sizeof path, "%s/lutist%s%s.1", folder, dash, command_name(command));
    FILE *out = fopen(path, "w");
    if (!out) {
        perror(path);
        return false;
    }
    manual_print(out, command, LUTIST_VERSION);
    return fclose(out) == 0;
}

int main(int argc, char **argv)
{
    bool good = argc == 2;
    for (int i = COMMAND_NONE; good && i < COMMANDS; i++)
        good = write_page(argv[1], (Command)i);
    return good ? 0 : 1;
}
