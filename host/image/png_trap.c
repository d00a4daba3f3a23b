#include "image/png_trap.h"

#include <errno.h>
#include <string.h>

#include "image/png_chunks.h"

_Noreturn void png_trap_error(png_structp png, png_const_charp text)
{
    PngTrap *trap = png_get_error_ptr(png);
    if (strstr(text, "emory"))
        trap_throw(&trap->trap, ERR_MEMORY, "out of memory");
    trap_throw(&trap->trap, ERR_FILE, "damaged PNG file: %s", text);
}

/* libpng's warnings concern metadata; other damage was made an error. */
void png_trap_warning(png_structp png, png_const_charp text)
{
    const PngTrap *trap = png_get_error_ptr(png);
    if (trap->source && strlen(text) > 4 && strcmp(text + 4, ": CRC error") == 0)
        png_chunks_note_damage(trap->source, text);
}

static void check_cancel(PngTrap *trap)
{
    if (cancel_is_set(trap->cancel))
        trap_throw(&trap->trap, ERR_CANCELLED, "interrupted");
}

void png_trap_read(png_structp png, png_bytep data, size_t size)
{
    PngTrap *trap = png_get_io_ptr(png);
    check_cancel(trap);
    if (fread(data, 1, size, trap->file) == size)
        return;
    trap->ended = true;
    trap_throw(&trap->trap, ERR_FILE, "the PNG file is cut short");
}

void png_trap_write(png_structp png, png_bytep data, size_t size)
{
    PngTrap *trap = png_get_io_ptr(png);
    check_cancel(trap);
    if (fwrite(data, 1, size, trap->file) != size)
        trap_throw(&trap->trap, ERR_FILE, "%s", strerror(errno));
}

void png_trap_flush(png_structp png)
{
    (void)png; /* the file is flushed once, when it is committed */
}
