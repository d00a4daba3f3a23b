#include <pthread.h>
#include <stdlib.h>

#include "fib.h"

typedef struct Job {
    pthread_t thread;
    int n;
    long result;
} Job;

static void *work(void *arg)
{
    Job *job = arg;
    job->result = fib(job->n);
    return NULL;
}

void fib_index(void *results, int index)
{
    long *values = results;
    values[1 + index] = fib((int)values[0]);
}

long fib_on_threads(int n, int count)
{
    Job *jobs = calloc((size_t)count, sizeof *jobs);
    int started = 0;
    long sum = 0;
    for (; jobs && started < count; started++) {
        jobs[started].n = n;
        if (pthread_create(&jobs[started].thread, NULL, work, &jobs[started]) != 0)
            break;
    }
    for (int i = 0; i < started; i++) {
        pthread_join(jobs[i].thread, NULL);
        sum += jobs[i].result;
    }
    free(jobs);
    return started == count ? sum : -1;
}
