/* jxl_input — a JPEG XL file handed to libjxl's decoder piece by piece.
 *
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JXL_JXL_INPUT_H
#define LUTIST_IMAGE_JXL_JXL_INPUT_H

#include "image/codec/source.h"
#include "image/jxl/jxl_library.h"

/* A file that is read by one decoder. */
typedef struct JxlInput {
    const Source *source;
    const JxlLibrary *lib;
    JxlDecoder *decoder; /* owned */
    uint8_t *bytes;      /* owned: what the decoder has not taken yet */
    size_t room, size;
} JxlInput;

/* From the file's start, for `events` (JXL_DEC_…). Fails: ERR_MEMORY. */
bool jxl_input_open(JxlInput *input, const Source *source, const JxlLibrary *lib,
                    int events, Err *err);
/* Zeros are fine. */
void jxl_input_close(JxlInput *input);

/* The decoder's next event. At JXL_DEC_COLOR_ENCODING, which every decoder of pixels or
 * of their profile asks for, their colours are settled. As much of the file is read as
 * it wants, with a look at the cancel between: never JXL_DEC_ERROR nor
 * JXL_DEC_NEED_MORE_INPUT, which fail: ERR_FILE (damaged, cut short), ERR_CANCELLED,
 * ERR_MEMORY. */
bool jxl_input_next(JxlInput *input, JxlDecoderStatus *event, Err *err);

#endif
