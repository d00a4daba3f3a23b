#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file/font_file.h"
#include "base/mem.h"
#include "base/text/printable.h"
#include "base/thread/thread.h"
#include "cmd/cmd.h"
#include "image/codec/format.h"
#include "image/profile/lcms_library.h"
#include "kernels.h"
#include "module.h"
#include "opencl/opencl.h"
#include "python/interp.h"
#include "python/script.h"

/* false: something necessary is missing */
static bool check_python(const Options *options)
{
    InterpConfig config = {.venv = options->venv, .site = true};
    Err err = {0};
    if (!interp_start(&config, &err)) {
        printf("python: MISSING: %s\n", err.text);
        return false;
    }
    char *lines = interp_describe();
    printf("%s\n", lines);
    mem_free(lines);
    interp_stop();
    return true;
}

static bool check_scripts(void)
{
    char *folder = script_folder();
    bool found = access(folder, R_OK | X_OK) == 0;
    printf("scripts: %s", found ? "" : "MISSING: no folder ");
    printable_put(stdout, folder);
    putchar('\n');
    mem_free(folder);
    return found;
}

static void tell_processor(void)
{
    const char *asked = getenv("LUTIST_CPU");
    printf("cpu level: %s", cpu_name(cpu_level()));
    if (asked && cpu_by_name(asked) < 0)
        printf(" (LUTIST_CPU=%s is not a level and was ignored)", asked);
    else if (cpu_level() != cpu_best())
        printf(" (LUTIST_CPU; the best here is %s)", cpu_name(cpu_best()));
    printf("\nprocessors: %d\n", thread_cpus());
}

/* A library, and the formats that it reads. */
static void tell_library(const Format *format)
{
    Err err;
    char text[64] = "lutist's own";
    if (format->library && !format->library(text, sizeof text, &err))
        printf("MISSING: %s\n", err.text);
    else
        printf("%s%s\n", text, format->encode ? "" : ", read only");
}

/* A line for each library. */
static void tell_codecs(void)
{
    const Format *format, *next;
    for (int i = 0; (format = format_at(i)); i++) {
        next = format_at(i + 1);
        bool last = !next || next->library != format->library;
        printf("%s%s", format->name, last ? ": " : ", ");
        if (last)
            tell_library(format);
    }
}

static void tell_profiles(void)
{
    Err err;
    char text[64];
    bool found = lcms_library_version(text, sizeof text, &err);
    printf("colour profiles: %s%s\n",
           found ? "" : "MISSING: ", found ? text : err.text);
}

/* A line for each device of the mode opencl. */
static void tell_opencl(void)
{
    OpenClDevice devices[OPENCL_MOST_DEVICES];
    Err err;
    int count;
    if (!opencl_devices(devices, &count, &err)) {
        printf("opencl: MISSING: %s\n", err.text);
        return;
    }
    for (int i = 0; i < count; i++)
        printf("opencl device %d: %s (%s), %d unit%s, %.1f GB\n", i + 1,
               devices[i].name, devices[i].driver, devices[i].units,
               devices[i].units == 1 ? "" : "s", (double)devices[i].memory / 1e9);
}

static void tell_viewer(void)
{
    Err err;
    if (module_check("viewer", &err))
        puts("viewer: SDL2 and SDL2_ttf");
    else
        printf("viewer: MISSING: %s\n", err.text);
}

/* Only the viewer needs the window, so its absence is no failure here. */
static void tell_display(void)
{
    const char *wayland = getenv("WAYLAND_DISPLAY"), *x11 = getenv("DISPLAY");
    if (wayland && *wayland)
        printf("display: Wayland %s\n", wayland);
    else if (x11 && *x11)
        printf("display: X11 %s\n", x11);
    else
        printf("display: none ($DISPLAY and $WAYLAND_DISPLAY are not set); "
               "batch and run need none\n");
}

static void tell_font(void)
{
    Err err;
    const char *path = font_file(&err);
    if (!path)
        printf("font: MISSING: %s\n", err.text);
    else if (access(path, R_OK) != 0)
        printf("font: MISSING: %s cannot be read (LUTIST_FONT)\n", path);
    else
        printf("font: %s\n", path);
}

bool cmd_doctor(const Options *options, int *code, Err *err)
{
    (void)err;
    puts("lutist: " LUTIST_VERSION);
    bool fine = check_python(options);
    fine = check_scripts() && fine;
    tell_processor();
    tell_codecs();
    tell_profiles();
    tell_opencl();
    tell_viewer();
    tell_display();
    tell_font();
    *code = fine ? 0 : 4;
    return true;
}
