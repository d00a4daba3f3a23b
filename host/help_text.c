#include "help_text.h"

#include <stddef.h>

static const HelpText TEXTS[COMMANDS] = {
    [COMMAND_NONE] =
        {.head =
             "A look is a Python script (-s NAME or PATH); its parameters are the\n"
             "sliders (-p NAME=VALUE). 'lutist COMMAND --help' lists the options of\n"
             "a command.\n"},
    [COMMAND_VIEW] =
        {"[view] IMAGE...", "look at photographs, with live sliders",
         "usage: lutist [view] [OPTION...] IMAGE...\n"
         "       lutist view\n"
         "\n"
         "Open images in a window, with a slider for each parameter of the script.\n"
         "For a folder, open the images in it. 'lutist view' opens an empty window,\n"
         "to drop photographs on. In the window, ? lists the keys.\n",
         NULL,
         "  lutist photo.jpg\n"
         "  lutist -s film.py -p exposure=0.5 photos/\n"
         "  lutist --follow tethered/\n"},
    [COMMAND_BATCH] =
        {"batch IMAGE... -o OUT", "develop files without a window",
         "usage: lutist batch [OPTION...] IMAGE... -o OUT\n"
         "\n"
         "Develop image files and write the results to new files, several at a\n"
         "time. A folder stands for its images, except hidden ones. If a file\n"
         "fails, the error is reported and the other files are still developed.\n"
         "Inputs are never modified.\n",
         "Each file written is listed on stdout as 'INPUT -> OUTPUT'; on a terminal\n"
         "only with -v, and never with -q. Progress and errors go to stderr. The\n"
         "first Ctrl-C finishes the files in work, the second drops them.\n"
         "\n"
         "Exit code: 0 all done, 1 some images failed, 2 wrong usage, 3 the script\n"
         "failed, 4 something is missing on this machine, 130 interrupted.\n",
         "  lutist batch *.jpg -o out/\n"
         "  lutist batch -r photos/ -s mono -p filter=red -o developed/ --resume\n"
         "  lutist batch scan.png -p gamma=1.3 -o '{dir}/{stem}-web.jpg'\n"},
    [COMMAND_RUN] =
        {"run JOB.py [ARG...]", "run a Python job inside lutist",
         "usage: lutist run [OPTION...] JOB.py [ARG...]\n"
         "\n"
         "Run a Python file inside lutist, as __main__; 'import lutist' works in\n"
         "it. The arguments after JOB.py are passed to the job in sys.argv, and\n"
         "sys.exit sets the exit code.\n",
         NULL,
         "  lutist run contact_sheet.py photos/ sheet.png\n"
         "  lutist run --venv ~/venvs/photo job.py --an-option-of-the-job\n"},
    [COMMAND_EXPORT] =
        {"export SCRIPT -o OUT", "write a look as a table",
         "usage: lutist export [OPTION...] SCRIPT -o OUT\n"
         "\n"
         "Write a look, with fixed parameters, as a table for other programs: a\n"
         ".cube file, or a HaldCLUT picture (.png, .tif). SCRIPT is the name of a\n"
         "script, or a .py file.\n",
         "The file is read back and interpolated as its format prescribes. Its form\n"
         "and its largest and mean differences from the look, in steps of 8 bits,\n"
         "are printed.\n"
         "\n"
         "Exit code: 0 done, 1 the file could not be written, 2 wrong usage, 3 the\n"
         "script failed, 4 something is missing on this machine, 130 interrupted.\n",
         "  lutist export teal_and_orange -o teal.cube\n"
         "  lutist export film.py -p contrast=0.3 -o film.cube --size 65\n"
         "  lutist export silver_print --preset Storm -o storm.png --format png8\n"},
    [COMMAND_PYTHON] =
        {"python [ARG...]", "run a Python that has lutist",
         "usage: lutist python [OPTION...] [PYTHON ARGUMENT...]\n"
         "       lutist-python [PYTHON ARGUMENT...]\n"
         "\n"
         "An ordinary Python command line in which 'import lutist' works: -c, -m,\n"
         "-i, a file, stdin, or a prompt. Python's own command line begins with the\n"
         "first argument that is not an option below; 'lutist python -h' lists\n"
         "Python's options. lutist-python is the same as a separate program, for\n"
         "tools that need the path of a Python; it is sys.executable in jobs.\n",
         NULL,
         "  lutist python -c 'import lutist; print(lutist.open(\"photo.jpg\"))'\n"
         "  lutist python --venv ~/venvs/photo -m IPython\n"},
    [COMMAND_NEW] =
        {"new NAME", "write a script to start from",
         "usage: lutist new [OPTION...] NAME\n"
         "\n"
         "Write NAME.py, a commented script with a few parameters, and print what\n"
         "to try next. NAME may include a folder, which is created if missing.\n",
         NULL,
         "  lutist new film\n"
         "  lutist new looks/portrait.py\n"
         "  lutist new ~/.local/share/lutist/scripts/film    # found as -s film\n"},
    [COMMAND_KEYS] =
        {"keys", "list the keys of the window",
         "usage: lutist keys [OPTION...]\n"
         "\n"
         "Print what the keys of the window do, as lines 'KEY ACTION [ARGUMENT]'.\n"
         "The file ~/.config/lutist/keys.conf, which changes the keys, has the same\n"
         "format.\n",
         NULL,
         "  lutist keys\n"
         "  lutist keys --json\n"},
    [COMMAND_BENCH] =
        {"bench WHAT", "measure this machine",
         "usage: lutist bench [OPTION...] kernels|tables\n"
         "       lutist bench [OPTION...] modes IMAGE\n"
         "       lutist bench [OPTION...] batch DIR|IMAGE...\n"
         "       lutist bench [OPTION...] viewer IMAGE\n"
         "\n"
         "Measure lutist on this machine, next to a plain copy of the same bytes.\n"
         "kernels: the pixel loops. tables: the time from a slider's move to new\n"
         "16-bit tables, for a look of ten tones. modes: every way of mapping the\n"
         "pixels of an image, next to pure Python, and whether all give the same\n"
         "bits. batch: files developed as by 'lutist batch', next to their codecs\n"
         "alone. viewer: opens the window, drags the script's first slider by\n"
         "itself, opens it up to six times more, and prints the times from a move\n"
         "to the picture on the screen, and from a start.\n",
         NULL,
         "  lutist bench kernels\n"
         "  lutist bench kernels --verify --json kernels.json\n"
         "  lutist bench tables\n"
         "  lutist bench modes photo.jpg -s mono --plot modes.svg\n"
         "  lutist bench batch holiday/ -s mono\n"
         "  lutist bench viewer photo.jpg --json viewer.json\n"},
    [COMMAND_INFO] =
        {"info IMAGE|SCRIPT...", "describe images and scripts",
         "usage: lutist info [OPTION...] IMAGE|SCRIPT|TABLE|PROFILE...\n"
         "\n"
         "For an image: format, size, channels, depth and metadata. For a script (a\n"
         "name, or a .py file): its parameters with range and default, and its\n"
         "presets. For a table (.cube): title, sizes and domains. For an ICC profile\n"
         "(.icc, .icm): its name and colour space.\n"
         "With -p, --preset or -v, also how a script's stages are computed: which\n"
         "curves run without Python, and how many bytes their tables take.\n",
         NULL,
         "  lutist info photo.jpg scan.png\n"
         "  lutist info film.cube print.icc\n"
         "  lutist info exposure --json\n"
         "  lutist info film.py -p exposure=0.5\n"},
    [COMMAND_REPORT] =
        {"report merge PART...", "merge the reports of a batch's parts",
         "usage: lutist report [OPTION...] merge PART... -o REPORT\n"
         "\n"
         "Merge the reports of the parts of a batch ('lutist batch --part K/N\n"
         "--report') into one, with the files in the order of a single run.\n",
         "Exit code: 0 every part is there and all files are done, 1 some files\n"
         "failed, were left or have no report, 2 wrong usage.\n",
         "  lutist report merge day.*-of-16.json -o day.json\n"},
    [COMMAND_DOCTOR] =
        {"doctor", "describe this installation",
         "usage: lutist doctor [OPTION...]\n"
         "\n"
         "Print what lutist finds on this machine: the Python interpreter, its\n"
         "virtual environment and NumPy, the processor, the image libraries, the\n"
         "display. The exit code is 4 if something essential is missing.\n",
         NULL,
         "  lutist doctor\n"
         "  lutist doctor --venv ~/venvs/photo\n"},
};

const HelpText *help_text(Command command)
{
    return &TEXTS[command];
}
