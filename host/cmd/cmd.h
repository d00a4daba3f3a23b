/* cmd — the commands; launcher/commands_module.c calls them.
 *
 * The room host/cmd: one file a command (cmd_*), and what it needs: for batch its
 * options (batch_from_options), its inputs (name_list), and its output (progress,
 * report_file). cmd/info describes files, cmd/report merges reports, cmd/params reads
 * tables of parameters, cmd/bench measures, cmd/complete answers shells.
 *
 * Each returns true with *code set to the exit code, its messages printed; or false
 * with *err set, which the caller prints and turns into the exit code.
 * Threads: the process's main thread only.
 * Python:  started and stopped inside, where a command wants it.
 */
#ifndef LUTIST_CMD_CMD_H
#define LUTIST_CMD_CMD_H

#include "options.h"

bool cmd_batch(const Options *options, int *code, Err *err);
bool cmd_python(const Options *options, int *code, Err *err);
bool cmd_export(const Options *options, int *code, Err *err);
bool cmd_run(const Options *options, int *code, Err *err);
bool cmd_new(const Options *options, int *code, Err *err);
bool cmd_bench(const Options *options, int *code, Err *err);
bool cmd_report(const Options *options, int *code, Err *err);
bool cmd_info(const Options *options, int *code, Err *err);
bool cmd_doctor(const Options *options, int *code, Err *err);
/* The process of an isolated script; a host starts it, not a person. */
bool cmd_isolate(const Options *options, int *code, Err *err);
/* What the last of the arguments, the words behind `lutist`, may become; for shells
 * (cmd/complete/answers.h). */
bool cmd_complete(const Options *options, int *code, Err *err);

#endif
