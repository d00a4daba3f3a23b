/* codecs — the functions that the JPEG, PNG and TIFF formats are made of.
 *
 * decode_jpeg.c and its sisters each hold one direction of one format; format_jpeg.c
 * and its sisters put them together. Contracts: format.h.
 * Threads: one at a time for each file.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_CODEC_CODECS_H
#define LUTIST_IMAGE_CODEC_CODECS_H

#include "image/codec/format.h"

/* Refuses what is damaged, also where libjpeg would only warn and go on. */
void *decode_jpeg_open(const Format *self, const Source *source, ImageInfo *info,
                       Meta *meta, Err *err);
bool decode_jpeg_rows(void *reader, uint8_t *rows, size_t stride, int count, Err *err);
void decode_jpeg_close(void *reader);
/* All coefficients of a progressive file, or of one with a scan a component. */
uint64_t decode_jpeg_held(const void *reader);

/* Chroma is kept at full resolution from quality 90 on and halved below. Huffman
 * tables are the standard ones: better ones need the whole image in memory. */
void *encode_jpeg_create(FILE *file, const ImageInfo *info, const Meta *meta,
                         const SaveOptions *options, Err *err);
bool encode_jpeg_rows(void *writer, const uint8_t *rows, size_t stride, int count,
                      Err *err);
bool encode_jpeg_finish(void *writer, Err *err);
void encode_jpeg_discard(void *writer);

/* Interlaced files are held whole from the first row read on; the others stream. */
void *decode_png_open(const Format *self, const Source *source, ImageInfo *info,
                      Meta *meta, Err *err);
bool decode_png_rows(void *reader, uint8_t *rows, size_t stride, int count, Err *err);
void decode_png_close(void *reader);
uint64_t decode_png_held(const void *reader);

void *encode_png_create(FILE *file, const ImageInfo *info, const Meta *meta,
                        const SaveOptions *options, Err *err);
bool encode_png_rows(void *writer, const uint8_t *rows, size_t stride, int count,
                     Err *err);
bool encode_png_finish(void *writer, Err *err);
void encode_png_discard(void *writer);

/* The first page. A strip or a row of tiles is held at a time; of strips of more than a
 * few megabytes only a row and what it is decoded from, unless each sample has a plane
 * of its own. A complaint of libtiff's that costs pixels fails. */
void *decode_tiff_open(const Format *self, const Source *source, ImageInfo *info,
                       Meta *meta, Err *err);
bool decode_tiff_rows(void *reader, uint8_t *rows, size_t stride, int count, Err *err);
void decode_tiff_close(void *reader);
uint64_t decode_tiff_held(const void *reader);

/* Strips of 256 KiB, Deflate over differences between neighbours (encode_tiff.c says
 * why); BigTIFF where the pixels may take more than 4 GB. */
void *encode_tiff_create(FILE *file, const ImageInfo *info, const Meta *meta,
                         const SaveOptions *options, Err *err);
bool encode_tiff_rows(void *writer, const uint8_t *rows, size_t stride, int count,
                      Err *err);
bool encode_tiff_finish(void *writer, Err *err);
void encode_tiff_discard(void *writer);

#endif
