#include "viewer/scope/far_pixel.h"

#include <string.h>

#include "base/mem.h"

typedef struct Request {
    FarPixel *pixel; /* the UI thread's */
    Image *image;    /* a reference */
    PixelSpot spot;
    uint8_t bytes[FAR_PIXEL_BYTES];
} Request;

static void request_free(void *data)
{
    Request *request = data;
    image_unref(&request->image);
    mem_free(request);
}

static void read_pixel(void *data)
{
    Request *request = data;
    ImageInfo info = request->image->info;
    info.width = 1;
    size_t size = image_row_bytes(info);
    const uint8_t *row = image_row(request->image, request->spot.y);
    memcpy(request->bytes, row + (size_t)request->spot.x * size, size);
    image_unref(
        &request->image); /* to free a picture takes long: not on the UI thread */
}

static void take(void *data)
{
    const Request *request = data;
    FarPixel *pixel = request->pixel;
    pixel->known = request->spot;
    memcpy(pixel->bytes, request->bytes, sizeof pixel->bytes);
}

static bool is_same(PixelSpot a, PixelSpot b)
{
    return a.picture == b.picture && a.x == b.x && a.y == b.y;
}

void far_pixel_want(FarPixel *pixel, Image *image, PixelSpot spot)
{
    if (is_same(pixel->wanted, spot))
        return;
    pixel->wanted = spot;
    Request *request = mem_new(1, sizeof *request);
    *request = (Request){.pixel = pixel, .image = image_ref(image), .spot = spot};
    errands_do(pixel->errands, pixel,
               &(Errand){read_pixel, take, request_free, request});
}
