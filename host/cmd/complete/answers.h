/* answers — what a word may become, a line each, as the files of assets/completion read
 * them.
 *
 * "WORD TAB text" is a word, with what it means. "TAB PATTERN" stands for the files
 * whose names fit, and for folders; "TAB /" for folders alone. Words that do not begin
 * as the typed one are among them: the shell chooses. Only a script that the line names
 * is run, or the bundled default; what it prints is dropped. On a failure there are no
 * answers.
 * Threads: the process's main thread only.
 * Python:  started and stopped inside, where a script is asked.
 */
#ifndef LUTIST_CMD_COMPLETE_ANSWERS_H
#define LUTIST_CMD_COMPLETE_ANSWERS_H

#include <stdio.h>

#include "cmd/complete/line.h"

/* Of an argument, or an option's name. */
void answers_print(FILE *out, const Line *line);

/* The values that an option of the table may have. */
void answers_values(FILE *out, const Line *line);
/* NAME|PATH.py */
void answers_scripts(FILE *out, const Line *line);

#endif
