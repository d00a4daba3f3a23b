#include "viewer/picture/picture_delivery.h"

#include "base/mem.h"

typedef struct Message {
    PictureDelivery *delivery;
    Picture *picture; /* owned */
} Message;

static void picture_free(Picture *picture)
{
    if (picture)
        mem_free(picture->pixels);
    mem_free(picture);
}

void picture_delivery_term(PictureDelivery *delivery)
{
    picture_free(delivery->spare);
    delivery->spare = NULL;
}

Picture *picture_delivery_new(PictureDelivery *delivery, size_t count, Err *err)
{
    Picture *picture = delivery->spare ? delivery->spare : mem_new(1, sizeof *picture);
    delivery->spare = NULL;
    if (picture->capacity < count) {
        mem_free(picture->pixels);
        picture->pixels = mem_alloc(count * sizeof *picture->pixels, err);
        picture->capacity = picture->pixels ? count : 0;
    }
    return picture;
}

void picture_delivery_put_back(PictureDelivery *delivery, Picture *picture)
{
    picture_free(delivery->spare);
    delivery->spare = picture;
}

/* On the UI thread. */
static void deliver(void *data)
{
    const Message *message = data;
    message->delivery->take(message->delivery->context, message->picture);
}

/* On the render thread. */
static void take_back(void *data)
{
    Message *message = data;
    picture_delivery_put_back(message->delivery, message->picture);
    message->picture = NULL;
}

static void drop(void *data)
{
    Message *message = data;
    picture_free(message->picture);
    mem_free(message);
}

/* On the UI thread; on the render thread for a picture that a newer one replaced. */
static void send_back(void *data)
{
    Message *message = data;
    dispatch_post_newest(message->delivery->render, message->delivery,
                         &(DispatchItem){take_back, drop, message});
}

void picture_delivery_send(PictureDelivery *delivery, Picture *picture)
{
    Message *message = mem_new(1, sizeof *message);
    *message = (Message){delivery, picture};
    dispatch_post_newest(delivery->ui, delivery,
                         &(DispatchItem){deliver, send_back, message});
}
