/* display_waits — preloaded, it writes a line on stderr whenever a thread waits for an
 * answer of the X server: "waits NAME", by the thread's name.
 *
 * Threads: any.
 * Python:  unaware. */
#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef void *(*wait_fn)(void *connection, uint64_t request, void **error);

/* Xlib's way to wait. */
void *xcb_wait_for_reply64(void *connection, uint64_t request, void **error);

void *xcb_wait_for_reply64(void *connection, uint64_t request, void **error)
{
    void *symbol = dlsym(RTLD_NEXT, "xcb_wait_for_reply64");
    wait_fn real;
    char name[16] = "";
    if (!symbol) { /* Xlib was opened by itself: its library is in no list */
        static void *library;
        library = dlopen("libxcb.so.1", RTLD_NOW | RTLD_NOLOAD);
        symbol = library ? dlsym(library, "xcb_wait_for_reply64") : NULL;
    }
    memcpy(&real, &symbol, sizeof real);
    pthread_getname_np(pthread_self(), name, sizeof name);
    dprintf(2, "waits %s\n", name);
    return real(connection, request, error);
}
