/* kinds — what each kind of program does: it is made by compile_KIND.c from a plan, and
 * applied to pixels by map_KIND.c.
 *
 * A new kind is an enumerator of ProgramKind with its data in Program, a file of each
 * sort, and its lines in compile.c (the choice), program.c (the description), run.c,
 * and where the modes of Python read a program's data
 * (python/modes/py_program_tables.c).
 * Threads: any.
 * Python:  unaware; call with the GIL released.
 */
#ifndef LUTIST_PIPE_PROGRAM_KINDS_H
#define LUTIST_PIPE_PROGRAM_KINDS_H

#include "pipe/program/program.h"

/* Each sets the kind, its data and table_bytes of a new program whose other fields are
 * set, or leaves all as it is if the plan is not of the kind. Fails: ERR_MEMORY. */
typedef bool (*compile_fn)(Program *program, Err *err);

bool compile_tables(Program *program, Err *err); /* any plan without steps, or gray */
bool compile_matrix(Program *program, Err *err);
bool compile_mixer(Program *program, Err *err);
bool compile_cube(Program *program, Err *err);
bool compile_floats(Program *program, Err *err);
bool compile_planes(Program *program, Err *err); /* any plan */

/* Packed pixels of `channels` samples, of a program of the kind. `stream`: the result
 * is larger than the caches. src and dst do not overlap. */
typedef void (*map_fn)(const Program *program, int channels, bool stream,
                       const uint8_t *src, uint8_t *dst, size_t pixels);

void map_identity(const Program *program, int channels, bool stream, const uint8_t *src,
                  uint8_t *dst, size_t pixels);
void map_tables(const Program *program, int channels, bool stream, const uint8_t *src,
                uint8_t *dst, size_t pixels);
void map_matrix(const Program *program, int channels, bool stream, const uint8_t *src,
                uint8_t *dst, size_t pixels);
void map_mixer(const Program *program, int channels, bool stream, const uint8_t *src,
               uint8_t *dst, size_t pixels);
void map_cube(const Program *program, int channels, bool stream, const uint8_t *src,
              uint8_t *dst, size_t pixels);
void map_floats(const Program *program, int channels, bool stream, const uint8_t *src,
                uint8_t *dst, size_t pixels);
void map_planes(const Program *program, int channels, bool stream, const uint8_t *src,
                uint8_t *dst, size_t pixels);

/* Packed pixels of a program of any kind that are marked or in doubt: through
 * plan_exact, or where curves are straight pieces through plan_eval. 3 or 4 channels.
 */
void map_exact(const Program *program, int channels, const uint8_t *src, uint8_t *dst,
               size_t pixels);

/* The same for the pixels found[0 … count) among those of src and dst. Neighbours of
 * one colour, such as black borders, are worked out once. */
void map_found(const Program *program, int channels, const uint8_t *src, uint8_t *dst,
               const uint32_t *found, size_t count);

#endif
