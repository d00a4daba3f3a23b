/* heif_library — libheif's functions that lutist calls.
 *
 * It brings the decoders of HEVC (HEIC) and AV1 (AVIF).
 * Threads: any.
 * Python:  unaware.
 */
#ifndef LUTIST_IMAGE_HEIF_HEIF_LIBRARY_H
#define LUTIST_IMAGE_HEIF_HEIF_LIBRARY_H

#include <libheif/heif.h>

#include "image/codec/library.h"

#define HEIF_FUNCTIONS(X)                                                              \
    X(heif_get_version)                                                                \
    X(heif_context_alloc)                                                              \
    X(heif_context_free)                                                               \
    X(heif_context_read_from_reader)                                                   \
    X(heif_context_set_maximum_image_size_limit)                                       \
    X(heif_context_get_number_of_top_level_images)                                     \
    X(heif_context_get_primary_image_handle)                                           \
    X(heif_image_handle_release)                                                       \
    X(heif_image_handle_get_width)                                                     \
    X(heif_image_handle_get_height)                                                    \
    X(heif_image_handle_has_alpha_channel)                                             \
    X(heif_image_handle_is_premultiplied_alpha)                                        \
    X(heif_image_handle_get_list_of_auxiliary_image_IDs)                               \
    X(heif_image_handle_get_auxiliary_image_handle)                                    \
    X(heif_image_handle_get_auxiliary_type)                                            \
    X(heif_image_handle_free_auxiliary_types)                                          \
    X(heif_image_handle_get_luma_bits_per_pixel)                                       \
    X(heif_image_handle_get_list_of_metadata_block_IDs)                                \
    X(heif_image_handle_get_metadata_type)                                             \
    X(heif_image_handle_get_metadata_content_type)                                     \
    X(heif_image_handle_get_metadata_size)                                             \
    X(heif_image_handle_get_metadata)                                                  \
    X(heif_image_handle_get_raw_color_profile_size)                                    \
    X(heif_image_handle_get_raw_color_profile)                                         \
    X(heif_image_handle_get_nclx_color_profile)                                        \
    X(heif_nclx_color_profile_free)                                                    \
    X(heif_decoding_options_alloc)                                                     \
    X(heif_decoding_options_free)                                                      \
    X(heif_decode_image)                                                               \
    X(heif_image_get_width)                                                            \
    X(heif_image_get_height)                                                           \
    X(heif_image_get_bits_per_pixel_range)                                             \
    X(heif_image_get_plane_readonly)                                                   \
    X(heif_image_release)

LIBRARY_TABLE(HeifLibrary, HEIF_FUNCTIONS);
const HeifLibrary *heif_library(Err *err);

#endif
