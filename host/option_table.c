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
     .help = "also read the folders inside a folder, but follow no symbolic link; "
             "OUT gets the same folders"},
    {0, "files-from", "FILE", KIND_TEXT, GROUP_INPUT, BATCH, FIELD(files_from),
     .help = "read more names of inputs from a file, one per line; - is standard "
             "input"},
    {'0', "null", NULL, KIND_FLAG, GROUP_INPUT, BATCH, FIELD(nul),
     .help = "the names in --files-from end with a NUL, as from find -print0"},
    {0, "include", "PATTERN", KIND_LIST, GROUP_INPUT, BATCH, FIELD(include),
     .help = "take only files whose name, or a folder's, matches, such as '*.jpg'; a "
             "pattern with a slash must match the path below the given folder; may "
             "be repeated"},
    {0, "exclude", "PATTERN", KIND_LIST, GROUP_INPUT, BATCH, FIELD(exclude),
     .help = "leave out files that match; may be repeated"},
    {0, "retry-failed", "FILE", KIND_TEXT, GROUP_INPUT, BATCH, FIELD(retry_failed),
     .help = "do only the files that failed, according to a --report or a journal of "
             "--resume; without IMAGE..., all of them"},
    {0, "part", "K/N", KIND_TEXT, GROUP_INPUT, BATCH, FIELD(part),
     .help = "do only part K of N, for jobs on several machines. A file's part "
             "depends on its name alone, so added files move no others. --report and "
             "--journal get the part into their names, such as day.03-of-16.json"},
    {0, "lenient", NULL, KIND_FLAG, GROUP_INPUT, BATCH, FIELD(lenient),
     .help = "develop damaged JPEG files and truncated raw files as far as they can "
             "be read, with a warning, instead of refusing them"},
    {0, "raw", "SIZE", KIND_TEXT, GROUP_INPUT, BATCH, FIELD(raw),
     .help = "read camera raw files at full size (the default) or half: one pixel "
             "for four of the sensor's, much faster",
     .choices = "full half"},
    {0, "follow", "DIR", KIND_TEXT, GROUP_INPUT, VIEW, FIELD(follow),
     .help = "instead of IMAGE...: open a folder, show its most recent image, and "
             "each new one as soon as it is complete"},
    {0, "max-pixels", "N", KIND_SIZE, GROUP_INPUT, VIEW, FIELD(max_pixels),
     .help = "refuse images with more pixels (default: 2147483648)"},
    {0, "max-pixels", "N", KIND_SIZE, GROUP_INPUT, BATCH | INFO, FIELD(max_pixels),
     .help = "refuse images with more pixels (default: 268435456)"},
    {0, "max-metadata", "SIZE", KIND_BYTES, GROUP_INPUT, VIEW | BATCH | INFO,
     FIELD(max_metadata),
     .help = "refuse files with more metadata than this (default: 64M)"},

    {'s', "script", "NAME|PATH[:FUNCTION]", KIND_TEXT, GROUP_LOOK, VIEW | BATCH,
     FIELD(script),
     .help = "the script: by name, if it is bundled, yours or an installed "
             "package's, or as a .py file (default: exposure)"},
    {'s', "script", "NAME|PATH[:FUNCTION]", KIND_TEXT, GROUP_LOOK, BENCH, FIELD(script),
     .help = "modes, batch, viewer: the script (default: exposure; for modes and "
             "batch without -p, with exposure=0.5 gamma=1.3)"},
    {0, "preset", "NAME", KIND_TEXT, GROUP_LOOK, VIEW | BATCH | EXPORT | INFO,
     FIELD(preset),
     .help = "start from one of the script's presets or one of yours; -p changes "
             "individual values"},
    {0, "preset", "NAME", KIND_TEXT, GROUP_LOOK, BENCH, FIELD(preset),
     .help = "modes, batch, viewer: start from one of the script's presets or one of "
             "yours"},
    {'p', "param", "NAME=VALUE", KIND_PARAM, GROUP_LOOK, VIEW | BATCH | EXPORT | INFO,
     0, .help = "set one of the script's parameters; may be repeated"},
    {'p', "param", "NAME=VALUE", KIND_PARAM, GROUP_LOOK, BENCH, 0,
     .help =
         "modes, batch, viewer: set one of the script's parameters; may be repeated"},

    {0, "params", "TABLE", KIND_TEXT, GROUP_LOOK, BATCH, FIELD(table),
     .help = "parameters that differ from file to file: a .csv file with a column "
             "named file and a column per parameter, or a .json file with a list of "
             "such objects"},
    {0, "sidecar", NULL, KIND_FLAG, GROUP_LOOK, VIEW, FIELD(sidecar),
     .help = "give each picture its own values, and keep them beside it in "
             "IMAGE.lutist"},
    {0, "isolate", NULL, KIND_FLAG, GROUP_LOOK, VIEW | BATCH | EXPORT | INFO,
     FIELD(isolate),
     .help = "run the script in its own process: if it crashes or takes too much "
             "memory, only that process ends"},
    {0, "no-isolate", NULL, KIND_FLAG, GROUP_LOOK, VIEW, FIELD(no_isolate),
     .help = "run the script in the viewer's process, even if it asks for its own or "
             "has crashed the viewer before"},

    {'o', "output", "OUT", KIND_OUT, GROUP_OUTPUT, BATCH, FIELD(output),
     .help = "a folder, created if missing, in which each file keeps its input's "
             "name; or a file name, for a single input; or a template with {stem} "
             "(the name without extension), {ext} (the extension with its dot), "
             "{dir} (the input's folder) and {index} (1, 2, ...); {{ and }} stand "
             "for braces"},
    {0, "format", "FORMAT", KIND_TEXT, GROUP_OUTPUT, BATCH, FIELD(format),
     .help =
         WRITTEN " (default: the input's, or png where that cannot be written); all "
                 "but jpeg and png need a library, which 'lutist doctor' names",
     .choices = WRITTEN_WORDS},
    {'o', "output", "OUT", KIND_OUT, GROUP_OUTPUT, EXPORT, FIELD(output),
     .help = "the file to write: .cube for a table, .png or .tif for a HaldCLUT "
             "picture; a missing folder is created"},
    {0, "format", "FORMAT", KIND_TEXT, GROUP_OUTPUT, EXPORT, FIELD(format),
     .help = "cube (1D if the look has only tones, otherwise 3D), cube1d or cube3d; "
             "png or tiff: 16 bits; png8 or tiff8: 8 bits (default: from the file's "
             "name)",
     .choices = "cube cube1d cube3d png tiff png8 tiff8"},
    {0, "size", "N", KIND_COUNT, GROUP_OUTPUT, EXPORT, FIELD(size), 2, 65536,
     "points of the table: 2 to 256 per side in 3D (default: 33); 2 to 65536 "
     "in 1D (default: 65536, which is exact); for a Hald picture its level, "
     "2 to 16 (default: 8, which has 64 points per side)",
     .range =
         "2 to 256 points a side for a 3D table, 2 to 65536 points for a 1D one, or "
         "a level from 2 to 16 for a Hald picture"},
    {0, "quality", "N|keep", KIND_QUALITY, GROUP_OUTPUT, BATCH, FIELD(quality), 1, 100,
     "quality of JPEG, WebP and JPEG XL, 1 to 100 (default: 92); keep: a "
     "JPEG made from a JPEG keeps its quantisation tables and subsampling",
     .range = "a whole number from 1 to 100, or keep", .choices = "keep"},
    {0, "depth", "8|16", KIND_COUNT, GROUP_OUTPUT, BATCH, FIELD(depth), 8, 16,
     "bits per sample: 16 also develops 8-bit files at 16 bits; 8 rounds "
     "after the look (default: the input's). JPEG and WebP always have 8",
     .range = "8 or 16", .choices = "8 16"},
    {0, "progressive", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(progressive),
     .help = "write progressive JPEG files; takes more memory"},
    {0, "optimize", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(optimize),
     .help = "give each JPEG file its own Huffman tables: a few percent smaller, but "
             "takes more memory"},
    {0, "restart", "ROWS", KIND_COUNT, GROUP_OUTPUT, BATCH, FIELD(restart), 1, 65535,
     "put a restart marker into JPEG files after every ROWS rows of blocks"},
    {0, "level", "N", KIND_COUNT, GROUP_OUTPUT, BATCH, FIELD(level), 1, 9,
     "compression of PNG, and of TIFF with deflate, from 1 (fast) to 9 "
     "(small) (default: chosen for speed)"},
    {0, "compression", "HOW", KIND_TEXT, GROUP_OUTPUT, BATCH, FIELD(compression),
     .help = "compression of TIFF: none, lzw or deflate (the default)",
     .choices = "none lzw deflate"},
    {0, "predictor", "HOW", KIND_TEXT, GROUP_OUTPUT, BATCH, FIELD(predictor),
     .help = "predictor of TIFF with lzw or deflate: none or horizontal (the "
             "default), which stores differences from the pixel to the left",
     .choices = "none horizontal"},
    {0, "lossless", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(lossless),
     .help = "write WebP and JPEG XL losslessly, as PNG and TIFF always are"},
    {0, "convert", "srgb|FILE.icc", KIND_TEXT, GROUP_OUTPUT, BATCH, FIELD(convert),
     .help = "after the look, convert the colours from each file's ICC profile (sRGB "
             "if it has none) to sRGB or to the given profile, which the result gets "
             "(default: the file's profile is kept)",
     .choices = "srgb"},
    {0, "intent", "INTENT", KIND_TEXT, GROUP_OUTPUT, BATCH, FIELD(intent),
     .help = "the rendering intent of --convert: perceptual (the default), relative, "
             "saturation or absolute",
     .choices = "perceptual relative saturation absolute"},
    {0, "resize", "SIZE", KIND_TEXT, GROUP_OUTPUT, BATCH, FIELD(resize),
     .help = "after the look, make pictures smaller: 1920x1080 (to fit this box), "
             "'long-edge 2000' or 50%; the proportions stay, and none is enlarged"},
    {0, "resize-linear", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(resize_linear),
     .help = "resize in linear light, by sRGB's curve"},
    {0, "strip", "[all]", KIND_WORD, GROUP_OUTPUT, BATCH, FIELD(strip), .word = "all",
     .help = "leave out EXIF, XMP, IPTC, texts, comments, GeoTIFF tags and "
             "resolution, but keep the ICC profile; with all, leave that out too",
     .choices = "all"},
    {0, "sidecars", "KIND", KIND_TEXT, GROUP_OUTPUT, BATCH, FIELD(sidecars),
     .help = "also copy the files that accompany an input, under the result's name: "
             "xmp (a.xmp and a.jpg.xmp for a.jpg); an existing one that differs is "
             "kept",
     .choices = "xmp"},
    {0, "keep-times", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(keep_times),
     .help = "give each result the modification time of its input"},
    {0, "overwrite", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(overwrite),
     .help = "replace existing files, but never an input; a link is replaced, not "
             "followed"},
    {0, "overwrite", NULL, KIND_FLAG, GROUP_OUTPUT, EXPORT, FIELD(overwrite),
     .help = "replace an existing file, but never one that the look reads; a link is "
             "replaced, not followed"},
    {0, "overwrite", NULL, KIND_FLAG, GROUP_OUTPUT, NEW, FIELD(overwrite),
     .help = "replace an existing file; a link is replaced, not followed"},
    {0, "resume", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(resume),
     .help = "keep a journal beside the outputs, and continue where an earlier run "
             "with --resume ended: finished files are skipped; those whose input, "
             "look or options have changed are done again"},
    {0, "check", "HOW", KIND_TEXT, GROUP_OUTPUT, BATCH, FIELD(check),
     .help = "how --resume recognises an input: time (its path, size, time and "
             "inode; the default) or hash (its bytes, wherever it lies)",
     .choices = "time hash"},
    {0, "journal", "FILE", KIND_OUT, GROUP_OUTPUT, BATCH, FIELD(journal),
     .help = "the journal of --resume (default: .lutist-journal.jsonl in the output "
             "folder)"},
    {0, "skip-existing", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(skip_existing),
     .help = "skip files whose output exists, whatever made it"},
    {0, "newer", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(newer),
     .help = "skip them too, but replace outputs that are older than their inputs"},
    {0, "report", "FILE", KIND_OUT, GROUP_OUTPUT, BATCH, FIELD(report),
     .help = "write a JSON report with each file, its time and its error"},
    {'o', "output", "REPORT", KIND_OUT, GROUP_OUTPUT, REPORT, FIELD(output),
     .help = "the report to write; replaces an earlier report, but no other file"},
    {0, "dry-run", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(dry_run),
     .help = "print the names of the outputs and write nothing"},
    {0, "progress", "HOW", KIND_TEXT, GROUP_OUTPUT, BATCH, FIELD(progress),
     .help = "how progress is shown: auto (on a terminal a line that rewrites "
             "itself, elsewhere one every 10 seconds; the default), json (on stdout "
             "a JSON object per line, for each file and every second, for programs) "
             "or none",
     .choices = "auto json none"},
    {0, "print0", NULL, KIND_FLAG, GROUP_OUTPUT, BATCH, FIELD(print0),
     .help = "print results as INPUT NUL OUTPUT NUL, for programs"},
    {0, "json", NULL, KIND_FLAG, GROUP_OUTPUT, INFO, FIELD(json),
     .help = "print a JSON list with one object per argument"},
    {0, "json", NULL, KIND_FLAG, GROUP_OUTPUT, KEYS, FIELD(json),
     .help = "print a JSON list with one object per action"},
    {0, "default", NULL, KIND_FLAG, GROUP_INPUT, KEYS, FIELD(defaults),
     .help = "print the default keys, without keys.conf"},
    {0, "markdown", NULL, KIND_FLAG, GROUP_OUTPUT, KEYS, FIELD(markdown),
     .help = "print Markdown tables, as in the documentation"},
    {0, "json", "FILE", KIND_OUT, GROUP_OUTPUT, BENCH, FIELD(json_file),
     .help = "also write the results as JSON"},
    {0, "plot", "FILE.svg", KIND_OUT, GROUP_OUTPUT, BENCH, FIELD(plot),
     .help = "modes: draw a bar chart"},

    {'j', "jobs", "N", KIND_COUNT, GROUP_WORK, BATCH, FIELD(jobs), 1, 1024,
     "files in work at a time (default: as many as threads)"},
    {0, "cache", "SIZE", KIND_BYTES, GROUP_WORK, VIEW, FIELD(cache),
     .help = "memory for pictures, such as 512M or 2G (default: a quarter of the "
             "available memory). The next and the previous picture are kept ready in "
             "it; a picture that is too large is read into a temporary file in "
             "$TMPDIR"},
    {0, "cache", "SIZE", KIND_BYTES, GROUP_WORK, BENCH, FIELD(cache),
     .help = "viewer: memory for pictures, as for lutist view"},
    {0, "memory", "SIZE", KIND_BYTES, GROUP_WORK, BATCH, FIELD(memory),
     .help = "memory for all files in work together, such as 512M or 2G (default: "
             "half of the available memory); a larger file is developed alone"},
    {0, "sync", "SYNC", KIND_TEXT, GROUP_WORK, BATCH, FIELD(sync),
     .help = "file: a file gets its name only once it is on the disk (the default); "
             "none: the system decides when it is written",
     .choices = "file none"},
    {0, "script-timeout", "SECONDS", KIND_COUNT, GROUP_WORK, BATCH,
     FIELD(script_timeout), 1, 86400,
     "end the run if loading the script, or a call of it, takes longer "
     "(default: no limit)"},
    {0, "fail-fast", NULL, KIND_FLAG, GROUP_WORK, BATCH, FIELD(fail_fast),
     .help = "start no more files after one has failed"},
    {'t', "threads", "N", KIND_COUNT, GROUP_WORK, VIEW | BATCH | RUN | EXPORT | BENCH,
     FIELD(threads), 1, 1024, "threads for pixels (default: one per processor)"},
    {0, "threads", "N", KIND_COUNT, GROUP_WORK, PYTHON, FIELD(threads), 1, 1024,
     "threads for pixels (default: one per processor)"},
    {0, "mode", "MODE", KIND_MODE, GROUP_WORK, VIEW | BATCH | RUN | PYTHON, FIELD(mode),
     .help = "how pixels are mapped: parallel (every processor; the default), single "
             "(one thread), opencl (a graphics card, or another device that 'lutist "
             "doctor' lists), or the ways Python alone offers: python, numpy, "
             "ctypes. All give the same bits",
     .choices = "parallel single opencl python numpy ctypes"},
    {0, "device", "N|NAME", KIND_TEXT, GROUP_WORK, VIEW | BATCH | RUN | PYTHON | BENCH,
     FIELD(device),
     .help = "the device for --mode opencl: its number in 'lutist doctor', or part "
             "of its name (default: the first graphics card, else the first device)"},
    {0, "megapixels", "N", KIND_COUNT, GROUP_WORK, BENCH, FIELD(megapixels), 1, 4096,
     "kernels: the size of the test picture"},
    {0, "verify", NULL, KIND_FLAG, GROUP_WORK, BENCH, FIELD(verify),
     .help = "kernels: compare every result with double precision, also those of an "
             "OpenCL device"},

    {0, "display-profile", "srgb|FILE.icc", KIND_TEXT, GROUP_GENERAL, VIEW,
     FIELD(display_profile),
     .help = "the display's colours, for pictures with an ICC profile (default: the "
             "display's own profile under X11, otherwise sRGB)",
     .choices = "srgb"},
    {0, "no-config", NULL, KIND_FLAG, GROUP_GENERAL, VIEW, FIELD(no_config),
     .help = "ignore your settings files, such as keys.conf, and remember nothing "
             "about the window"},
    {0, "dither", NULL, KIND_FLAG, GROUP_GENERAL, VIEW, FIELD(dither),
     .help = "dither 16-bit pictures on an 8-bit screen, so that smooth skies show "
             "no bands"},
    {0, "clip", "LOW,HIGH", KIND_TEXT, GROUP_GENERAL, VIEW, FIELD(clip),
     .help = "count and mark samples as clipped up to LOW and from HIGH on, where 0 "
             "is black and 1 is white (default: 0,1)"},
    {0, "venv", "DIR", KIND_TEXT, GROUP_GENERAL, SCRIPTED | PYTHON, FIELD(venv),
     .help = "a Python virtual environment (default: $VIRTUAL_ENV)"},
    {'q', "quiet", NULL, KIND_FLAG, GROUP_GENERAL, OURS, FIELD(quiet),
     .help = "print only errors and warnings"},
    {'v', "verbose", NULL, KIND_FLAG, GROUP_GENERAL, OURS, FIELD(verbose),
     .help = "print more details"},
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
