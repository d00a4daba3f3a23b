#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* jpeglib.h wants stdio.h before it. */
#include <jpeglib.h>
#include <png.h>
#include <tiffio.h>
#include <webp/decode.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/thread/thread.h"
#include "cmd/cmd.h"
#include "cmd/cmd_view.h"
#include "image/codec/format.h"
#include "kernels.h"
#include "python/interp.h"
#include "python/script.h"

#define WORD_OF(x) #x
#define WORD(x)    WORD_OF(x)

/* false: something is missing that lutist cannot do without. */
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
    text_put(stdout, folder);
    putchar('\n');
    mem_free(folder);
    return found;
}

static void tell_processor(void)
{
    const char *asked = getenv("LUTIST_CPU");
    printf("cpu level: %s", cpu_name(cpu_level()));
    if (asked && cpu_by_name(asked) < 0)
        printf(" (LUTIST_CPU=%s is no level and was ignored)", asked);
    else if (cpu_level() != cpu_best())
        printf(" (LUTIST_CPU; the best here is %s)", cpu_name(cpu_best()));
    printf("\nprocessors: %d\n", thread_cpus());
}

/* libtiff's own words: "LIBTIFF, Version 4.5.0", and lines about its authors. */
static void tell_tiff(void)
{
    const char *text = TIFFGetVersion(), *number = strpbrk(text, "0123456789");
    printf("tiff: libtiff %.*s\n", number ? (int)strcspn(number, "\n") : 0,
           number ? number : "");
}

static void tell_codecs(void)
{
    printf("jpeg: libjpeg-turbo %s\n", WORD(LIBJPEG_TURBO_VERSION));
    printf("png: libpng %s\n", png_get_libpng_ver(NULL));
    tell_tiff();
    int webp = WebPGetDecoderVersion();
    printf("webp: libwebp %d.%d.%d, read only\n", webp >> 16, webp >> 8 & 255,
           webp & 255);
    printf("gif, bmp, pcx, pnm, qoi, tga: lutist's own, read only\n");
    char sdl[16] = "";
    bool found = format_sdl_version(sdl);
    printf("ico, cur, lbm, xpm: %s%s\n",
           found ? "SDL2_image " : "MISSING: package libsdl2-image-2.0-0", sdl);
}

static void tell_viewer(void)
{
    Err err;
    if (cmd_view_check(&err))
        puts("viewer: SDL2 and SDL2_ttf");
    else
        printf("viewer: MISSING: %s\n", err.text);
}

/* The window is the viewer's alone, so that its absence is no failure here. */
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
    static const char font[] = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
    bool found = access(font, R_OK) == 0;
    printf("font: %s%s\n", found ? "" : "none (package fonts-dejavu-core): ", font);
}

bool cmd_doctor(const Options *options, int *code, Err *err)
{
    (void)err;
    puts("lutist: " LUTIST_VERSION);
    bool fine = check_python(options);
    fine = check_scripts() && fine;
    tell_processor();
    tell_codecs();
    tell_viewer();
    tell_display();
    tell_font();
    *code = fine ? 0 : 4;
    return true;
}
