/* jxl_blocks — the header and the metadata of a JPEG XL file.
 *
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_JXL_JXL_BLOCKS_H
#define LUTIST_IMAGE_JXL_JXL_BLOCKS_H

#include "image/codec/source.h"
#include "image/jxl/jxl_library.h"
#include "image/meta/meta.h"

/* All of the file is gone through, without its pixels: its boxes may stand behind them.
 * EXIF's orientation becomes 1, because libjxl applies the file's own. Fails:
 * ERR_FILE, ERR_MEMORY, ERR_CANCELLED. */
bool jxl_blocks_read(const Source *source, const JxlLibrary *lib, JxlBasicInfo *info,
                     Meta *meta, Err *err);

#endif
