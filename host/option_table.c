#include "option_table.h"

#include <string.h>

enum {
    VIEW = 1 << COMMAND_VIEW,
    BATCH = 1 << COMMAND_BATCH,
    RUN = 1 << COMMAND_RUN,
    EXPORT = 1 << COMMAND_EXPORT,
    PYTHON = 1 << COMMAND_PYTHON,
    NEW = 1 << COMMAND_NEW,
    KEYS = 1 << COMMAND_KEYS,
    BENCH = 1 << COMMAND_BENCH,
    INFO = 1 << COMMAND_INFO,
    REPORT = 1 << COMMAND_REPORT,
    DOCTOR = 1 << COMMAND_DOCTOR,
    SCRIPTED = VIEW | BATCH | RUN | EXPORT | BENCH | INFO | DOCTOR,
    OURS = SCRIPTED | NEW | KEYS | REPORT, /* letters are Python's in the other */
};

/* A build may lack the library's headers. */
#ifdef LUTIST_NO_JXL
#define WRITTEN       "jpeg, png, tiff or webp"
#define WRITTEN_WORDS "jpeg png tiff webp"
#else
#define WRITTEN       "jpeg, png, tiff, webp or jxl"
#define WRITTEN_WORDS "jpeg png tiff webp jxl"
#endif

/* The order is the help's. An option whose text differs from command to command is
 * several rows. */
#define FIELD(name) offsetof(Options, name)
static const OptionRow ROWS[] = {
    {'r', "recursive", NULL, KIND_FLAG, GROUP_INPUT, BATCH, FIELD(recursive),
     .help = "read the folders in a folder too, but follow no symbolic link; OUT gets "
             "the same folders"},
    {0, "files-from", "FILE", KIND_TEXT, GROUP_INPUT, BATCH, FIELD(files_from),
     .help = "read names of inputs, one a line, from a file too; - is standard input"},
    {'0', "null", NULL, KIND_FLAG, GROUP_INPUT, BATCH, FIELD(nul),
     .help = "the names of --files-from end with a NUL, as of find -print0"},
    {0, "include", "PATTERN", KIND_LIST, GROUP_INPUT, BATCH, FIELD(include),
     .help = "take only files whose name, or whose folder's, fits, as '*.jpg'; with a "
             "slash the path below the folder must fit; may be repeated"},
    {0, "exclude", "PATTERN", KIND_LIST, GROUP_INPUT, BATCH, FIELD(exclude),
     .help = "take no file that fits; may be repeated"},
    {0, "retry-failed", "FILE", KIND_TEXT, GROUP_INPUT, BATCH, FIELD(retry_failed),
     .help = "do only the files that failed, by a --report or a journal of --resume; "
             "without IMAGE...: all of them"},
    {0, "part", "K/N", KIND_TEXT, GROUP_INPUT, BATCH, FIELD(part),
     .help = "do only part K of N, for jobs on several machines: a file's name decides "
             "its part, so files that are added move no other; --report and --journal "
             "get the part into their names, as day.03-of-16.json"},
    {0, "lenient", NULL, KIND_FLAG, GROUP_INPUT, BATCH, FIELD(lenient),
     .help =
         "develop damaged JPEG files, and raw files that are cut short, as far as they "
         "can be read, with a warning, instead of refusing them"},
    {0, "raw", "SIZE", KIND_TEXT, GROUP_INPUT, BATCH, FIELD(raw),
     .help = "read cameras' raw files full (the default), or half: a pixel for four of "
             "the sensor's, much faster",
     .choices = "full half"},
    {0, "follow", "DIR", KIND_TEXT, GROUP_INPUT, VIEW, FIELD(follow),
     .help =
         "instead of IMAGE...: open a folder, show the image in it that was written "
         "last, and each new one when it is complete"},
    {0, "max-pixels", "N", KIND_SIZE, GROUP_INPUT, VIEW, FIELD(max_pixels),
     .help = "refuse images with more pixels (default: 2147483648)"},
    {0, "max-pixels", "N", KIND_SIZE, GROUP_INPUT, BATCH | INFO, FIELD(max_pixels),
     .help = "refuse images with more pixels (default: 268435456)"},
    {0, "max-metadata", "SIZE", KIND_BYTES, GROUP_INPUT, VIEW | BATCH | INFO,
     FIELD(max_metadata), .help = "refuse files with more metadata (default: 64M)"},

    {'s', "script", "NAME|PATH[:FUNCTION]", KIND_TEXT, GROUP_LOOK, VIEW | BATCH,
     FIELD(script),
     .help =
         "the script: the name of a bundled one, of one of yours or of an installed "
         "package's, or a .py file (default: exposure)"},
    {'s', "script", "NAME|PATH[:FUNCTION]", KIND_TEXT, GROUP_LOOK, BENCH, FIELD(script),
     .help = "modes, batch, viewer: the script (default: exposure; modes and batch "
             "without -p at "
             "exposure=0.5 gamma=1.3)"},
    {0, "preset", "NAME", KIND_TEXT, GROUP_LOOK, VIEW | BATCH | EXPORT | INFO,
     FIELD(preset),
     .help = "start from one of the script's presets, or of yours; -p changes single "
             "values"},
    {0, "preset", "NAME", KIND_TEXT, GROUP_LOOK, BENCH, FIELD(preset),
     .help =
         "modes, batch, viewer: start from one of the script's presets, or of yours"},
    {'p', "param", "NAME=VALUE", KIND_PARAM, GROUP_LOOK, VIEW | BATCH | EXPORT | INFO,
     0, .help = "set one of the script's parameters; may be repeated"},
    {'p', "param", "NAME=VALUE", KIND_PARAM, GROUP_LOOK, BENCH, 0,
     .help =
         "modes, batch, viewer: set one of the script's parameters; may be repeated"},

    {0, "params", "TABLE", KIND_TEXT, GROUP_LOOK, BATCH, FIELD(table),
     .help =
         "parameters that differ from file to file: a .csv file with a column file and "
         "a column a parameter, or a .json file with a list of such objects"},
    {0, "sidecar", NULL, KIND_FLAG, GROUP_LOOK, VIEW, FIELD(sidecar),
     .help = "give each picture values of its own, and keep them beside it, in "
             "IMAGE.lutist"},
    {0, "isolate", NULL, KIND_FLAG, GROUP_LOOK, VIEW | BATCH | EXPORT | INFO,
     FIELD(isolate),
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
     .help = WRITTEN " (default: the input's; png for formats that cannot be written); "
                     "all but jpeg and png need a library, which 'lutist doctor' names",
     .choices = WRITTEN_WORDS},
    {'o', "output", "OUT", KIND_OUT, GROUP_OUTPUT, EXPORT, FIELD(output),
     .help = "the file to write: .cube for a table, .png or .tif for a HaldCLUT "
             "picture; a missing folder is made"},
    {0, "format", "FORMAT", KIND_TEXT, GROUP_OUTPUT, EXPORT, FIELD(format),
     .help =
         "cube (one-dimensional for a look of tones alone, else "
         "three-dimensional), cube1d, cube3d; png, tiff: 16 bits, png8, tiff8: 8 bits "
         "(default: by the name)",
     .choices = "cube cube1d cube3d png tiff png8 tiff8"},
    {0, "size", "N", KIND_COUNT, GROUP_OUTPUT, EXPORT, FIELD(size), 2, 65536,
     "points of the table: of a 3D one a side, 2 to 256 (default: 33); of a 1D one 2 "
     "to "
     "65536 (default: 65536, which is exact); of a Hald picture its level, 2 to 16 "
     "(default: 8, which has 64 points a side)",
     .range =
         "2 to 256 points a side for a 3D table, 2 to 65536 points for a 1D one, or "
         "a level of 2 to 16 for a Hald picture"},
    {0, "quality", "N|keep", KIND_QUALITY, GROUP_OUTPUT, BATCH, FIELD(quality), 1, 100,
     "quality of JPEG, WebP and JPEG XL, 1 to 100 (default: 92); keep: a JPEG made of "
     "a "
     "JPEG has its quantisation tables and its subsampling",
     .range = "a whole number from 1 to 100, or keep,", .choices = "keep"},
    {0, "depth", "8|16", KIND_COUNT, GROUP_OUTPUT, BATCH, FIELD(depth), 8, 16,
     "bits a sample: 16 makes the look at 16 bits of files of 8, too; 8 rounds after "
     "the "
     "look (default: the input's). JPEG and WebP always have 8",
     .range = "8 or 16", .choices = "8 16"},
    {0, "progressive", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(progressive),
     .help = "write progressive JPEG files; they take more memory"},
    {0, "optimize", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(optimize),
     .help = "give each JPEG file Huffman tables of its own: some percent smaller, but "
             "they take more memory"},
    {0, "restart", "ROWS", KIND_COUNT, GROUP_OUTPUT, BATCH, FIELD(restart), 1, 65535,
     "put a restart marker into JPEG files after each ROWS rows of blocks"},
    {0, "level", "N", KIND_COUNT, GROUP_OUTPUT, BATCH, FIELD(level), 1, 9,
     "how much time PNG, and TIFF with deflate, take to become smaller, 1 to 9 "
     "(default: chosen for speed)"},
    {0, "compression", "HOW", KIND_TEXT, GROUP_OUTPUT, BATCH, FIELD(compression),
     .help = "of TIFF: none, lzw or deflate (the default)",
     .choices = "none lzw deflate"},
    {0, "predictor", "HOW", KIND_TEXT, GROUP_OUTPUT, BATCH, FIELD(predictor),
     .help = "of TIFF with lzw or deflate: none or horizontal (the default), the "
             "difference to the pixel on the left",
     .choices = "none horizontal"},
    {0, "lossless", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(lossless),
     .help = "write WebP and JPEG XL without loss, as PNG and TIFF always are"},
    {0, "convert", "srgb|FILE.icc", KIND_TEXT, GROUP_OUTPUT, BATCH, FIELD(convert),
     .help = "after the look convert the colours from each file's ICC profile (sRGB "
             "where it has none) to sRGB or to a profile, which the result gets "
             "(default: the profile is kept)",
     .choices = "srgb"},
    {0, "intent", "INTENT", KIND_TEXT, GROUP_OUTPUT, BATCH, FIELD(intent),
     .help = "the rendering intent of --convert: perceptual (the default), relative, "
             "saturation or absolute",
     .choices = "perceptual relative saturation absolute"},
    {0, "resize", "SIZE", KIND_TEXT, GROUP_OUTPUT, BATCH, FIELD(resize),
     .help = "after the look make pictures smaller: 1920x1080 (to fit this box), "
             "'long-edge 2000' or 50%; the proportions stay, and none is enlarged"},
    {0, "resize-linear", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(resize_linear),
     .help = "do so in linear light, by sRGB's curve"},
    {0, "strip", "[all]", KIND_WORD, GROUP_OUTPUT, BATCH, FIELD(strip), .word = "all",
     .help =
         "write no EXIF, XMP, IPTC, texts and resolution, but the ICC profile; with "
         "all: nor that",
     .choices = "all"},
    {0, "sidecars", "KIND", KIND_TEXT, GROUP_OUTPUT, BATCH, FIELD(sidecars),
     .help =
         "copy the files that lie beside an input too, under the result's name: xmp "
         "(a.xmp and a.jpg.xmp of a.jpg); an existing one that differs is kept",
     .choices = "xmp"},
    {0, "keep-times", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(keep_times),
     .help = "give each result the time of its input's last change"},
    {0, "overwrite", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(overwrite),
     .help = "replace existing files, but never an input; a link is replaced, not "
             "followed"},
    {0, "overwrite", NULL, KIND_FLAG, GROUP_OUTPUT, EXPORT, FIELD(overwrite),
     .help = "replace an existing file, but none that the look reads; a link is "
             "replaced, not followed"},
    {0, "overwrite", NULL, KIND_FLAG, GROUP_OUTPUT, NEW, FIELD(overwrite),
     .help = "replace an existing file; a link is replaced, not followed"},
    {0, "resume", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(resume),
     .help =
         "keep a journal beside the outputs, and carry on where an earlier run with "
         "--resume has ended: what it has done is skipped, and what has changed "
         "since (input, look, options) is done again"},
    {0, "check", "HOW", KIND_TEXT, GROUP_OUTPUT, BATCH, FIELD(check),
     .help = "how --resume knows an input again: time (its path, size, time and inode; "
             "the default) or hash (its bytes, wherever it lies)",
     .choices = "time hash"},
    {0, "journal", "FILE", KIND_OUT, GROUP_OUTPUT, BATCH, FIELD(journal),
     .help = "the journal of --resume (default: .lutist-journal.jsonl in the folder of "
             "the outputs)"},
    {0, "skip-existing", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(skip_existing),
     .help = "skip a file whose output exists, whatever made it"},
    {0, "newer", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(newer),
     .help = "the same, but replace an output that is older than its input"},
    {0, "report", "FILE", KIND_OUT, GROUP_OUTPUT, BATCH, FIELD(report),
     .help = "write a JSON report: each file, its time, its error"},
    {'o', "output", "REPORT", KIND_OUT, GROUP_OUTPUT, REPORT, FIELD(output),
     .help = "the report to write; it replaces an earlier report, but no other file"},
    {0, "dry-run", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(dry_run),
     .help = "print the names of the outputs and write nothing"},
    {0, "progress", "HOW", KIND_TEXT, GROUP_OUTPUT, BATCH, FIELD(progress),
     .help =
         "how far the run is: auto (on a terminal a line that rewrites itself, "
         "elsewhere one every 10 seconds; the default), json (on stdout a JSON object "
         "a line, for each file and every second, for programs) or none",
     .choices = "auto json none"},
    {0, "print0", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(print0),
     .help = "print results as INPUT NUL OUTPUT NUL, for programs"},
    {0, "json", NULL, KIND_FLAG, GROUP_OUTPUT, INFO, FIELD(json),
     .help = "print a JSON list with one object an argument"},
    {0, "json", NULL, KIND_FLAG, GROUP_OUTPUT, KEYS, FIELD(json),
     .help = "print a JSON list with one object an action"},
    {0, "default", NULL, KIND_FLAG, GROUP_INPUT, KEYS, FIELD(defaults),
     .help = "print the keys without those of keys.conf"},
    {0, "markdown", NULL, KIND_FLAG, GROUP_OUTPUT, KEYS, FIELD(markdown),
     .help = "print the tables of the documentation"},
    {0, "json", "FILE", KIND_OUT, GROUP_OUTPUT, BENCH, FIELD(json_file),
     .help = "write the results as JSON too"},
    {0, "plot", "FILE.svg", KIND_OUT, GROUP_OUTPUT, BENCH, FIELD(plot),
     .help = "modes: draw a bar chart"},

    {'j', "jobs", "N", KIND_COUNT, GROUP_WORK, BATCH, FIELD(jobs), 1, 1024,
     "files at a time (default: as many as threads)"},
    {0, "cache", "SIZE", KIND_BYTES, GROUP_WORK, VIEW, FIELD(cache),
     .help = "memory for pictures, as 512M or 2G (default: a quarter of the available "
             "memory): within it the next and the previous one wait at hand; a larger "
             "picture is read into a temporary file in $TMPDIR"},
    {0, "cache", "SIZE", KIND_BYTES, GROUP_WORK, BENCH, FIELD(cache),
     .help = "viewer: memory for pictures, as lutist view has it"},
    {0, "memory", "SIZE", KIND_BYTES, GROUP_WORK, BATCH, FIELD(memory),
     .help = "memory for all files in work together, as 512M or 2G (default: half of "
             "the available memory); a larger file is developed alone"},
    {0, "sync", "SYNC", KIND_TEXT, GROUP_WORK, BATCH, FIELD(sync),
     .help = "file: a file gets its name only after it is on the disk (the default); "
             "none: the system decides when it is written",
     .choices = "file none"},
    {0, "script-timeout", "SECONDS", KIND_COUNT, GROUP_WORK, BATCH,
     FIELD(script_timeout), 1, 86400,
     "end the run if loading the script, or a call of it, takes longer (default: it "
     "may "
     "take any time)"},
    {0, "fail-fast", NULL, KIND_FLAG, GROUP_WORK, BATCH, FIELD(fail_fast),
     .help = "start no new file after one has failed"},
    {'t', "threads", "N", KIND_COUNT, GROUP_WORK, VIEW | BATCH | RUN | EXPORT | BENCH,
     FIELD(threads), 1, 1024, "threads for pixels (default: one a processor)"},
    {0, "threads", "N", KIND_COUNT, GROUP_WORK, PYTHON, FIELD(threads), 1, 1024,
     "threads for pixels (default: one a processor)"},
    {0, "mode", "MODE", KIND_MODE, GROUP_WORK, VIEW | BATCH | RUN | PYTHON, FIELD(mode),
     .help =
         "how pixels are mapped: parallel (every processor; the default), single "
         "(one thread), opencl (a graphics card, or what else doctor lists), or the "
         "ways of Python alone: python, numpy, ctypes. All give the same bits",
     .choices = "parallel single opencl python numpy ctypes"},
    {0, "device", "N|NAME", KIND_TEXT, GROUP_WORK, VIEW | BATCH | RUN | PYTHON | BENCH,
     FIELD(device),
     .help =
         "the device of the mode opencl: its number in 'lutist doctor', or a part of "
         "its name (default: the first graphics card, else the first device)"},
    {0, "megapixels", "N", KIND_COUNT, GROUP_WORK, BENCH, FIELD(megapixels), 1, 4096,
     "kernels: the size of the test picture"},
    {0, "verify", NULL, KIND_FLAG, GROUP_WORK, BENCH, FIELD(verify),
     .help = "kernels: compare every result with double precision, those of an OpenCL "
             "device too"},

    {0, "display-profile", "srgb|FILE.icc", KIND_TEXT, GROUP_GENERAL, VIEW,
     FIELD(display_profile),
     .help = "the colours of the display, for pictures with an ICC profile (default: "
             "the display's own profile under X11, else sRGB)",
     .choices = "srgb"},
    {0, "no-config", NULL, KIND_FLAG, GROUP_GENERAL, VIEW, FIELD(no_config),
     .help = "read none of your files of settings, such as keys.conf, and remember "
             "nothing of the window"},
    {0, "dither", NULL, KIND_FLAG, GROUP_GENERAL, VIEW, FIELD(dither),
     .help =
         "dither 16-bit pictures for the 8 bits of the screen, so that smooth skies "
         "show no bands"},
    {0, "clip", "LOW,HIGH", KIND_TEXT, GROUP_GENERAL, VIEW, FIELD(clip),
     .help = "count and mark samples up to LOW, and from HIGH on, as clipped, of 0 for "
             "black to 1 for white (default: 0,1)"},
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
