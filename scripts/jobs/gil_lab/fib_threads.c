#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#include "fib.h"

static void *work(void *n)
{
    return (void *)(intptr_t)fib((int)(intptr_t)n);
}

long fib_on_threads(int n, int count)
{
    pthread_t *threads = calloc((size_t)count, sizeof *threads);
    int started = 0;
    long sum = 0;
    while (threads && started < count &&
           pthread_create(&threads[started], NULL, work, (void *)(intptr_t)n) == 0)
        started++;
    for (int i = 0; i < started; i++) {
        void *result;
        pthread_join(threads[i], &result);
        sum += (long)(intptr_t)result;
    }
    free(threads);
    return started == count ? sum : -1;
}
