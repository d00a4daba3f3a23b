/* formats — the formats that there are.
 *
 * Threads: constants.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_CODEC_FORMATS_H
#define LUTIST_IMAGE_CODEC_FORMATS_H

struct Format; /* format.h */

extern const struct Format format_jpeg;
extern const struct Format format_png;
extern const struct Format format_tiff;
extern const struct Format format_webp; /* read: the first frame */
/* Builds may lack the library's headers for these. */
extern const struct Format format_jxl;
extern const struct Format format_heic; /* only read, and so are the others */
extern const struct Format format_avif;
extern const struct Format format_jpeg2000;
extern const struct Format format_raw; /* of cameras */
/* These are only read. */
extern const struct Format format_gif; /* the first frame */
extern const struct Format format_bmp;
extern const struct Format format_pcx;
extern const struct Format format_pnm;
extern const struct Format format_qoi;
extern const struct Format format_tga;
/* Through SDL2_image, which is opened with the first such file. */
extern const struct Format format_ico;
extern const struct Format format_cur;
extern const struct Format format_lbm;
extern const struct Format format_xpm;

#endif
