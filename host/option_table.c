#include "option_table.h"

#include <string.h>

enum {
    VIEW = 1 << COMMAND_VIEW,
    BATCH = 1 << COMMAND_BATCH,
    RUN = 1 << COMMAND_RUN,
    PYTHON = 1 << COMMAND_PYTHON,
    NEW = 1 << COMMAND_NEW,
    BENCH = 1 << COMMAND_BENCH,
    INFO = 1 << COMMAND_INFO,
    DOCTOR = 1 << COMMAND_DOCTOR,
    SCRIPTED = VIEW | BATCH | RUN | BENCH | INFO | DOCTOR,
    OURS = SCRIPTED | NEW, /* letters are Python's in the other */
};

/* The order is the help's. An option whose text differs from command to command is
 * several rows. */
#define FIELD(name) offsetof(Options, name)
static const OptionRow ROWS[] = {
    {'r', "recursive", NULL, KIND_FLAG, GROUP_INPUT, BATCH, FIELD(recursive),
     .help = "read the folders in a folder too, but follow no symbolic link; OUT gets "
             "the same folders"},
    {0, "lenient", NULL, KIND_FLAG, GROUP_INPUT, BATCH, FIELD(lenient),
     .help = "develop damaged JPEG files as far as they can be read, with a warning, "
             "instead of refusing them"},
    {0, "max-pixels", "N", KIND_SIZE, GROUP_INPUT, VIEW | BATCH | INFO,
     FIELD(max_pixels), .help = "refuse images with more pixels (default: 268435456)"},
    {0, "max-metadata", "SIZE", KIND_BYTES, GROUP_INPUT, VIEW | BATCH | INFO,
     FIELD(max_metadata), .help = "refuse files with more metadata (default: 64M)"},

    {'s', "script", "NAME|PATH[:FUNCTION]", KIND_TEXT, GROUP_LOOK, VIEW | BATCH,
     FIELD(script),
     .help =
         "the script: the name of a bundled one, of one of yours or of an installed "
         "package's, or a .py file (default: exposure)"},
    {'s', "script", "NAME|PATH[:FUNCTION]", KIND_TEXT, GROUP_LOOK, BENCH, FIELD(script),
     .help = "modes: the script (default: exposure; without -p at exposure=0.5 "
             "gamma=1.3)"},
    {0, "preset", "NAME", KIND_TEXT, GROUP_LOOK, VIEW | BATCH | INFO, FIELD(preset),
     .help = "start from one of the script's presets, or of yours; -p changes single "
             "values"},
    {0, "preset", "NAME", KIND_TEXT, GROUP_LOOK, BENCH, FIELD(preset),
     .help = "modes: start from one of the script's presets, or of yours"},
    {'p', "param", "NAME=VALUE", KIND_PARAM, GROUP_LOOK, VIEW | BATCH | INFO, 0,
     .help = "set one of the script's parameters; may be repeated"},
    {'p', "param", "NAME=VALUE", KIND_PARAM, GROUP_LOOK, BENCH, 0,
     .help = "modes: set one of the script's parameters; may be repeated"},

    {0, "isolate", NULL, KIND_FLAG, GROUP_LOOK, VIEW | BATCH | INFO, FIELD(isolate),
     .help = "run the script in a process of its own: if it crashes, or takes too much "
             "memory, only that process ends"},
    {0, "no-isolate", NULL, KIND_FLAG, GROUP_LOOK, VIEW, FIELD(no_isolate),
     .help = "run it in the viewer's process, also a script that asks for its own, or "
             "that has crashed the viewer"},

    {'o', "output", "OUT", KIND_OUT, GROUP_OUTPUT, BATCH, FIELD(output),
     .help = "a folder, made when missing, in which each file has its input's name; or "
             "a file name, for a single input; or a template with {stem} (the name "
             "without extension), {ext} (the extension with its dot), {dir} (the "
             "input's folder) and {index} (1, 2, ...); {{ and }} stand for braces"},
    {0, "format", "FORMAT", KIND_TEXT, GROUP_OUTPUT, BATCH, FIELD(format),
     .help = "jpeg, png or tiff (default: the input's; png for formats that cannot be "
             "written)"},
    {0, "quality", "N", KIND_COUNT, GROUP_OUTPUT, BATCH, FIELD(quality), 1, 100,
     "JPEG quality, 1 to 100 (default: 92)"},
    {0, "overwrite", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(overwrite),
     .help = "replace existing files, but never an input; a link is replaced, not "
             "followed"},
    {0, "overwrite", NULL, KIND_FLAG, GROUP_OUTPUT, NEW, FIELD(overwrite),
     .help = "replace an existing file; a link is replaced, not followed"},
    {0, "report", "FILE", KIND_OUT, GROUP_OUTPUT, BATCH, FIELD(report),
     .help = "write a JSON report: each file, its time, its error"},
    {0, "dry-run", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(dry_run),
     .help = "print the names of the outputs and write nothing"},
    {0, "print0", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(print0),
     .help = "print results as INPUT NUL OUTPUT NUL, for programs"},
    {0, "json", NULL, KIND_FLAG, GROUP_OUTPUT, INFO, FIELD(json),
     .help = "print a JSON list with one object an argument"},
    {0, "json", "FILE", KIND_OUT, GROUP_OUTPUT, BENCH, FIELD(json_file),
     .help = "write the results as JSON too"},
    {0, "plot", "FILE.svg", KIND_OUT, GROUP_OUTPUT, BENCH, FIELD(plot),
     .help = "modes: draw a bar chart"},

    {'j', "jobs", "N", KIND_COUNT, GROUP_WORK, BATCH, FIELD(jobs), 1, 1024,
     "files at a time (default: as many as threads)"},
    {0, "memory", "SIZE", KIND_BYTES, GROUP_WORK, BATCH, FIELD(memory),
     .help = "memory for all files in work together, as 512M or 2G (default: half of "
             "the available memory); a larger file is developed alone"},
    {0, "sync", "SYNC", KIND_TEXT, GROUP_WORK, BATCH, FIELD(sync),
     .help = "file: a file gets its name only after it is on the disk (the default); "
             "none: the system decides when it is written"},
    {0, "script-timeout", "SECONDS", KIND_COUNT, GROUP_WORK, BATCH,
     FIELD(script_timeout), 1, 86400,
     "end the run if loading the script, or a call of it, takes longer (default: it "
     "may "
     "take any time)"},
    {0, "fail-fast", NULL, KIND_FLAG, GROUP_WORK, BATCH, FIELD(fail_fast),
     .help = "start no new file after one has failed"},
    {'t', "threads", "N", KIND_COUNT, GROUP_WORK, VIEW | BATCH | RUN | BENCH,
     FIELD(threads), 1, 1024, "threads for pixels (default: one a processor)"},
    {0, "threads", "N", KIND_COUNT, GROUP_WORK, PYTHON, FIELD(threads), 1, 1024,
     "threads for pixels (default: one a processor)"},
    {0, "mode", "MODE", KIND_MODE, GROUP_WORK, VIEW | BATCH | RUN | PYTHON, FIELD(mode),
     .help = "how pixels are mapped: parallel (every processor; the default), single "
             "(one thread), or the ways of Python alone: python, numpy, ctypes. All "
             "give the same bits"},
    {0, "megapixels", "N", KIND_COUNT, GROUP_WORK, BENCH, FIELD(megapixels), 1, 4096,
     "kernels: the size of the test picture"},
    {0, "verify", NULL, KIND_FLAG, GROUP_WORK, BENCH, FIELD(verify),
     .help = "kernels: first compare every result with double precision"},

    {0, "venv", "DIR", KIND_TEXT, GROUP_GENERAL, SCRIPTED | PYTHON, FIELD(venv),
     .help = "a Python virtual environment (default: $VIRTUAL_ENV)"},
    {'q', "quiet", NULL, KIND_FLAG, GROUP_GENERAL, OURS, FIELD(quiet),
     .help = "print only errors and warnings"},
    {'v', "verbose", NULL, KIND_FLAG, GROUP_GENERAL, OURS, FIELD(verbose),
     .help = "print more about the work"},
    {'h', "help", NULL, KIND_FLAG, GROUP_GENERAL, OURS, FIELD(help),
     .help = "print this text"},
    {0, "help", NULL, KIND_FLAG, GROUP_GENERAL, PYTHON, FIELD(help),
     .help = "print this text"},
    {0, "version", NULL, KIND_FLAG, GROUP_GENERAL, OURS, FIELD(version),
     .help = "print the version"},
};
enum { N_ROWS = sizeof ROWS / sizeof *ROWS };

static bool belongs(const OptionRow *row, Command command)
{
    return row->commands & 1 << command;
}

const OptionRow *option_table_long(Command command, const char *name, size_t length)
{
    for (const OptionRow *row = ROWS; row < ROWS + N_ROWS; row++)
        if (belongs(row, command) && strlen(row->name) == length &&
            strncmp(row->name, name, length) == 0)
            return row;
    return NULL;
}

const OptionRow *option_table_short(Command command, char letter)
{
    for (const OptionRow *row = ROWS; row < ROWS + N_ROWS; row++)
        if (belongs(row, command) && row->letter == letter)
            return row;
    return NULL;
}

const OptionRow *option_table_row(Command command, int index)
{
    for (const OptionRow *row = ROWS; row < ROWS + N_ROWS; row++)
        if (belongs(row, command) && index-- == 0)
            return row;
    return NULL;
}

const char *option_table_heading(OptionGroup group)
{
    static const char *const headings[GROUPS] = {
        "Input:", "Look:", "Output:", "Work:", "General:"};
    return headings[group];
}
