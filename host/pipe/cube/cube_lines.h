/* cube_lines — the lines of a text file that say something, one at a time.
 *
 * Empty lines and comments, which begin with #, are left out. A line ends with a line
 * feed, a carriage return, both, or with the file. Memory does
 * not grow with the file: one block of it is held.
 * Threads: one at a time.
 * Python:  unaware.
 */
#ifndef LUTIST_PIPE_CUBE_CUBE_LINES_H
#define LUTIST_PIPE_CUBE_CUBE_LINES_H

#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "base/thread/cancel.h"

enum { CUBE_LINES_LONGEST = 65536 }; /* bytes of a line */

typedef struct CubeLines {
    FILE *file; /* borrowed */
    const char *name;
    Cancel *cancel;         /* may be NULL */
    uint64_t left;          /* bytes of the file that are not in the block yet */
    char *block;            /* owned */
    const char *next, *end; /* of the block: what has not been given */
    const char *at, *stop;  /* the line, without blanks around it */
    int number;             /* its number from 1; at the end the one it would have */
    bool more;              /* there is a line; false: the end */
} CubeLines;

/* From the file's beginning, where a byte order mark may stand, to its end: `size`
 * bytes. `name`, borrowed, is for errors. Fails: ERR_MEMORY. */
bool cube_lines_init(CubeLines *lines, FILE *file, uint64_t size, const char *name,
                     Cancel *cancel, Err *err);
void cube_lines_term(CubeLines *lines);

/* Go to the next line, or to the end. Fails: ERR_FILE "NAME, line 7: reason" for a line
 * that is too long, or "NAME: reason"; ERR_CANCELLED. */
bool cube_lines_next(CubeLines *lines, Err *err);
/* The next word of the line, and its length; 0: there is none. */
size_t cube_lines_word(CubeLines *lines, const char **word);
/* Bytes of the file from the line on, as far as it has not been taken by words. */
uint64_t cube_lines_left(const CubeLines *lines);

#endif
