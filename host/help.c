#include "help.h"

static const char OVERVIEW[] =
    "usage: lutist [view] IMAGE...          look at photographs, with live sliders\n"
    "       lutist batch IMAGE... -o OUT    develop files without a window\n"
    "       lutist run JOB.py [ARG...]      run a Python job inside lutist\n"
    "       lutist python [ARG...]          a Python that has lutist\n"
    "       lutist bench WHAT               measure this machine\n"
    "       lutist info IMAGE|SCRIPT...     what a file holds, what a script declares\n"
    "       lutist doctor                   what is found on this machine\n"
    "\n"
    "A look is a Python script (-s NAME or PATH); its parameters are the sliders\n"
    "(-p NAME=VALUE). 'lutist COMMAND --help' lists a command's options.\n"
    "\n"
    "  --help       this text\n"
    "  --version    the version\n";

#define LOOK                                                                           \
    "Look:\n"                                                                          \
    "  -s, --script NAME|PATH[:FUNCTION]\n"                                            \
    "                         the script: a bundled or your own name, or a .py file\n" \
    "                         (default: exposure)\n"                                   \
    "  -p, --param NAME=VALUE one of its parameters; may be repeated\n"

#define MODE                                                                           \
    "      --mode MODE        how pixels are mapped: parallel (every processor; the\n" \
    "                         default), single (one thread); or what Python alone\n"   \
    "                         can do: python, numpy, ctypes. The results are the\n"    \
    "                         same bits\n"

#define LIMITS                                                                         \
    "      --max-pixels N     refuse larger images (default: 268435456)\n"             \
    "      --max-metadata SIZE\n"                                                      \
    "                         refuse files with more of it (default: 64M)\n"

#define VENV                                                                           \
    "      --venv DIR         a Python virtual environment (default: $VIRTUAL_ENV)\n"

#define COMMON                                                                         \
    "  -q, --quiet            nothing but errors and warnings\n"                       \
    "  -v, --verbose          more about what happens\n"                               \
    "  -h, --help             this text\n"                                             \
    "      --version          the version\n"

#define EXIT                                                                           \
    "Exit code: 0 all done, 1 some images failed, 2 usage, 3 the script failed,\n"     \
    "4 the environment, 130 interrupted.\n"

static const char VIEW[] =
    "usage: lutist [view] [OPTION...] IMAGE...\n"
    "\n"
    "Open images in a window, with a slider for each parameter of the script. A\n"
    "folder opens its images. In the window, ? lists the keys.\n"
    "\n" LOOK "\n"
    "Work:\n"
    "  -t, --threads N        threads for pixels (default: one a processor)\n" MODE
        LIMITS VENV COMMON "\n"
    "Examples:\n"
    "  lutist photo.jpg\n"
    "  lutist -s film.py -p exposure=0.5 photos/\n";

static const char BATCH[] =
    "usage: lutist batch [OPTION...] IMAGE... -o OUT\n"
    "\n"
    "Develop files into files, several at a time. A folder stands for the images in\n"
    "it, hidden ones aside. A file that fails is reported and the rest go on. An\n"
    "input is never written to.\n"
    "\n"
    "Output:\n"
    "  -o, --output OUT       a folder, made when missing, for files of the inputs'\n"
    "                         names; or a file name, for a single input; or a\n"
    "                         template with {stem} (the name without extension),\n"
    "                         {ext} (with its dot), {dir} (the input's folder) and\n"
    "                         {index} (1, 2, ...); {{ and }} stand for braces\n"
    "      --format FORMAT    jpeg, png or tiff (default: the input's; png where\n"
    "                         that cannot be written)\n"
    "      --quality N        of JPEG, 1 to 100 (default: 92)\n"
    "      --overwrite        replace files that are there already, but no input; a\n"
    "                         link is replaced itself\n"
    "      --report FILE      write a JSON report: each file, its time, its error\n"
    "      --dry-run          print what would be written, write nothing\n"
    "      --print0           print results as INPUT NUL OUTPUT NUL, for programs\n"
    "\n" LOOK "\n"
    "Work:\n"
    "  -r, --recursive        go into the folders of folders (not through symbolic\n"
    "                         links); OUT keeps their structure\n"
    "  -j, --jobs N           files at a time (default: as many as threads)\n"
    "      --memory SIZE      for all files in work, as 512M or 2G (default: half of\n"
    "                         what is available); a larger file is in work alone\n"
    "      --sync SYNC        file: no file gets its name before it is on the disk\n"
    "                         (the default); none: when the system likes\n"
    "  -t, --threads N        threads (default: one a processor)\n" MODE
    "      --fail-fast        start no new file after one has failed\n"
    "      --lenient          develop damaged JPEG files as far as they go, with a\n"
    "                         warning, instead of refusing them\n" LIMITS VENV COMMON
    "\n"
    "Every file written is a line 'INPUT -> OUTPUT' on stdout, unless that is a\n"
    "terminal (-v prints them there too, -q never); progress and errors go to stderr.\n"
    "The first Ctrl-C finishes the files in work, the second drops them.\n"
    "\n"
    "Examples:\n"
    "  lutist batch *.jpg -o out/\n"
    "  lutist batch -r photos/ -s mono -p filter=red -o developed/ --report day.json\n"
    "  lutist batch scan.png -p gamma=1.3 --quality 95 -o '{dir}/{stem}-web.jpg'\n"
    "\n" EXIT;

static const char RUN[] =
    "usage: lutist run [OPTION...] JOB.py [ARG...]\n"
    "\n"
    "Run a Python file inside lutist, as __main__, with 'import lutist' at hand. What\n"
    "follows JOB.py is the job's: sys.argv. The exit code is the one of sys.exit.\n"
    "\n"
    "  -t, --threads N        threads for pixels (default: one a processor)\n" MODE VENV
        COMMON "\n"
    "Examples:\n"
    "  lutist run contact_sheet.py photos/ sheet.png\n"
    "  lutist run --venv ~/venvs/photo job.py --an-option-of-the-job\n";

static const char PYTHON[] =
    "usage: lutist python [OPTION...] [PYTHON ARGUMENT...]\n"
    "       lutist-python [PYTHON ARGUMENT...]\n"
    "\n"
    "An ordinary Python command line in which 'import lutist' works: -c, -m, -i, a\n"
    "file, stdin, or a prompt. What is no option of lutist's is Python's; 'lutist\n"
    "python -h' lists those. lutist-python is the same as a program of its own, for\n"
    "tools that want the path of a Python, and sys.executable in jobs.\n"
    "\n"
    "      --threads N        threads for pixels (default: one a processor)\n" MODE VENV
    "      --help             this text\n"
    "\n"
    "Examples:\n"
    "  lutist python -c 'import lutist; print(lutist.open(\"photo.jpg\"))'\n"
    "  lutist python --venv ~/venvs/photo -m IPython\n";

static const char BENCH[] =
    "usage: lutist bench [OPTION...] kernels|tables\n"
    "       lutist bench [OPTION...] modes IMAGE\n"
    "\n"
    "Measure the work on this machine beside a plain copy of the same bytes: kernels,\n"
    "the pixel code; tables, from a slider's move to new 16-bit tables, for a look of\n"
    "ten tones; modes, every way of mapping the pixels of an image, beside pure\n"
    "Python, and whether all give the same bits.\n"
    "\n"
    "  -s, --script SCRIPT    modes: the look (default: exposure; without -p it is\n"
    "                         that at exposure=0.5 gamma=1.3)\n"
    "  -p, --param NAME=VALUE modes: one of its parameters; may be repeated\n"
    "      --plot FILE.svg    modes: draw a bar chart\n"
    "      --json FILE        write the rows as JSON, too\n"
    "      --megapixels N     kernels: size of the picture that is worked on\n"
    "      --verify           kernels: compare every result with double precision\n"
    "                         first\n"
    "  -t, --threads N        threads (default: one a processor)\n" VENV COMMON "\n"
    "Examples:\n"
    "  lutist bench kernels\n"
    "  lutist bench kernels --verify --json kernels.json\n"
    "  lutist bench tables\n"
    "  lutist bench modes photo.jpg -s mono --plot modes.svg\n";

static const char INFO[] =
    "usage: lutist info [OPTION...] IMAGE|SCRIPT...\n"
    "\n"
    "For an image: format, size, channels, depth and what it carries. For a script (a\n"
    "name, or a .py file): its parameters with range and default. With -p or -v also\n"
    "what becomes of its stages at that setting: which curves run without Python, how\n"
    "many bytes of tables they make.\n"
    "\n"
    "  -p, --param NAME=VALUE one of its parameters; may be repeated\n"
    "      --json             a JSON list of one object an argument\n" LIMITS VENV
        COMMON "\n"
    "Examples:\n"
    "  lutist info photo.jpg scan.png\n"
    "  lutist info exposure --json\n"
    "  lutist info film.py -p exposure=0.5\n";

static const char DOCTOR[] =
    "usage: lutist doctor [OPTION...]\n"
    "\n"
    "Print what lutist finds on this machine: the Python interpreter, its virtual\n"
    "environment and NumPy, the processor, the image libraries, the display. Exit\n"
    "code 4 when something is missing that it cannot do without.\n"
    "\n" VENV COMMON "\n"
    "Examples:\n"
    "  lutist doctor\n"
    "  lutist doctor --venv ~/venvs/photo\n";

const char *help_text(Command command)
{
    static const char *const texts[COMMANDS] = {
        OVERVIEW, VIEW, BATCH, RUN, PYTHON, BENCH, INFO, DOCTOR,
    };
    return texts[command];
}
