#include "viewer/measure/measure.h"

#include <fcntl.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/thread/dispatch.h"
#include "base/thread/thread.h"
#include "viewer/measure/hand.h"
#include "viewer/measure/latency.h"

/* A mouse's usual distance between two moves. */
static const double MOVE_MS = 8;
/* The way of a drag in window units: a move changes the value by a step. */
enum { MOVES = 300, STEP = 2, KNOB = 8 };
/* How long a picture may take, and a prefetch gets at least and at most. */
static const double PATIENCE_MS = 600e3, PREFETCH_MS = 1000, PREFETCH_MOST_MS = 10e3;

struct Measure {
    pthread_t thread;
    Dispatch *inbox; /* frames */
    /* the longest since they were last taken, in ms */
    _Atomic double stall, own;
    /* the UI thread's */
    int schedule; /* the kernel's account of it; -1: there is none */
    double begun, waited;
    /* the measuring thread's */
    Measured *into;
    MeasuredFrame last; /* the newest frame */
    LatencyLog log;
    LatencyLog made, shown; /* of the pictures in the frames */
    Err err;
};

typedef struct Message {
    Measure *measure;
    MeasuredFrame frame;
} Message;

static void take_frame(void *data)
{
    const Message *message = data;
    Measure *measure = message->measure;
    measure->last = message->frame;
    latency_frame(&measure->log, message->frame.now, message->frame.since);
    latency_time(&measure->made, message->frame.made_ms);
    latency_time(&measure->shown, message->frame.now - message->frame.made_at);
}

void measure_frame(Measure *measure, const MeasuredFrame *frame)
{
    if (!measure)
        return;
    Message *message = mem_new(1, sizeof *message);
    *message = (Message){measure, *frame};
    dispatch_post_newest(measure->inbox, message, /* each its own key: none is lost */
                         &(DispatchItem){take_frame, mem_free, message});
}

/* What the UI thread has waited for a processor so far, in ms; -1: not known. The
 * second number is that, in nanoseconds. */
static double waited_ms(const Measure *measure)
{
    char text[64], *end;
    ssize_t got =
        measure->schedule < 0 ? -1 : pread(measure->schedule, text, sizeof text - 1, 0);
    text[got > 0 ? got : 0] = '\0';
    strtoull(text, &end, 10);
    return end > text ? (double)strtoull(end, NULL, 10) / 1e6 : -1;
}

void measure_turn_begin(Measure *measure)
{
    if (!measure)
        return;
    measure->waited = waited_ms(measure);
    measure->begun = thread_clock_ms();
}

static void raise_to(_Atomic double *most, double ms)
{
    if (ms > atomic_load(most))
        atomic_store(most, ms);
}

void measure_turn_end(Measure *measure)
{
    if (!measure)
        return;
    double ms = thread_clock_ms() - measure->begun, waited = waited_ms(measure);
    raise_to(&measure->stall, ms);
    if (waited >= 0)
        raise_to(&measure->own, fmax(ms - (waited - measure->waited), 0));
}

/* The measuring thread. */

static MeasuredStall take_stall(Measure *measure)
{
    return (MeasuredStall){atomic_exchange(&measure->stall, 0),
                           atomic_exchange(&measure->own, -1)};
}

static MeasuredStall longest(MeasuredStall a, MeasuredStall b)
{
    return (MeasuredStall){fmax(a.ms, b.ms), fmax(a.own_ms, b.own_ms)};
}

static uint64_t peak_memory(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (uint64_t)usage.ru_maxrss * 1024;
}

/* When this process began. The kernel counts in hundredths of a second: it was in the
 * middle of what remains possible of that one. */
static double process_began_ms(double at_latest)
{
    unsigned long long start = 0;
    struct timespec now;
    FILE *file = fopen("/proc/self/stat", "re");
    if (!file || fscanf(file,
                        "%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u "
                        "%*u %*u %*d %*d %*d %*d %*d %*d %llu",
                        &start) != 1)
        start = 0;
    if (file)
        fclose(file);
    clock_gettime(CLOCK_BOOTTIME, &now);
    double tick_ms = 1e3 / (double)sysconf(_SC_CLK_TCK);
    double age =
        (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6 - (double)start * tick_ms;
    double tick = thread_clock_ms() - age;
    return (tick + fmax(fmin(tick + tick_ms, at_latest), tick)) / 2;
}

/* Take frames until `end`. False: the window is closed. */
static bool rest(Measure *measure, double end)
{
    for (double now; (now = thread_clock_ms()) < end;)
        if (dispatch_process(measure->inbox, (int)ceil(end - now)) == DISPATCH_CLOSED)
            return false;
    return true;
}

typedef bool (*check_fn)(const MeasuredFrame *frame, uint64_t than);

/* Take frames until one is as wanted. */
static bool await(Measure *measure, check_fn check, uint64_t than)
{
    double end = thread_clock_ms() + PATIENCE_MS;
    while (!check(&measure->last, than)) {
        int left = (int)(end - thread_clock_ms());
        if (left <= 0)
            return err_set(&measure->err, ERR_ENV, "the picture did not come");
        if (dispatch_process(measure->inbox, left) == DISPATCH_CLOSED)
            return false;
    }
    return true;
}

static bool is_any(const MeasuredFrame *frame, uint64_t unused)
{
    (void)unused;
    return frame->image != 0;
}

static bool is_settled(const MeasuredFrame *frame, uint64_t unused)
{
    (void)unused;
    return frame->settled;
}

static bool is_actual(const MeasuredFrame *frame, uint64_t unused)
{
    (void)unused;
    return frame->settled && frame->zoom == 1;
}

static bool is_whole(const MeasuredFrame *frame, uint64_t unused)
{
    (void)unused;
    return frame->settled && frame->whole;
}

static bool is_another(const MeasuredFrame *frame, uint64_t than)
{
    return frame->image != than;
}

/* The mouse's place after so many moves: from one end of the slider to the other and
 * back. The last one goes farther than all others: however many moves the window takes
 * at once, it finds another value, so there is a picture. */
static int drag_place(Rect slider, int move)
{
    int end = rect_max(slider.w - 2 * KNOB, 3 * STEP), length = end - 2 * STEP;
    int way = move * STEP % (2 * length);
    if (move == MOVES)
        way = end;
    else if (way > length)
        way = 2 * length - way;
    return slider.x + KNOB + way;
}

static bool drag(Measure *measure, MeasuredDrag *into)
{
    Rect slider = measure->last.slider;
    int y = slider.y + slider.h / 2;
    if (rect_is_empty(slider))
        return err_set(&measure->err, ERR_USAGE,
                       "bench viewer: the script has no slider to drag");
    measure->log = measure->made = measure->shown = (LatencyLog){0};
    hand_move(drag_place(slider, 0), y);
    hand_press(true, drag_place(slider, 0), y);
    double begin = thread_clock_ms();
    for (int i = 1; i <= MOVES; i++) {
        if (!rest(measure, begin + i * MOVE_MS))
            return false;
        latency_event(&measure->log, hand_move(drag_place(slider, i), y));
    }
    hand_press(false, drag_place(slider, MOVES), y);
    while (measure->log.answered < measure->log.count)
        switch (dispatch_process(measure->inbox, (int)PATIENCE_MS)) {
        case DISPATCH_RAN:
            break;
        case DISPATCH_IDLE:
            return err_set(&measure->err, ERR_ENV, "the last move had no picture");
        case DISPATCH_CLOSED:
            return false;
        }
    *into = (MeasuredDrag){.latency = latency_of(&measure->log),
                           .made = latency_of(&measure->made),
                           .shown = latency_of(&measure->shown),
                           .stall = take_stall(measure),
                           .megapixels = measure->last.megapixels,
                           .memory = peak_memory()};
    return await(measure, is_settled, 0);
}

/* The longest stall is that since the drag before: the change of the view counts. */
static bool drags(Measure *measure)
{
    MeasuredDrag *into = measure->into->drags;
    take_stall(measure);
    if (!drag(measure, &into[VIEW_FITTED]))
        return false;
    hand_key(SDLK_1);
    if (!await(measure, is_actual, 0) || !drag(measure, &into[VIEW_ACTUAL]))
        return false;
    hand_key(SDLK_0);
    hand_key(SDLK_w);
    if (!await(measure, is_whole, 0) || !drag(measure, &into[VIEW_WHOLE]))
        return false;
    hand_key(SDLK_w);
    return true;
}

/* Each image gets time to be read before it is asked for. */
static bool next_images(Measure *measure, double read_ms)
{
    LatencyLog log = {0};
    Measured *into = measure->into;
    double time_ms = fmin(fmax(2 * read_ms, PREFETCH_MS), PREFETCH_MOST_MS);
    into->next_stall.own_ms = -1;
    for (int i = 0; i < MEASURED_STEPS; i++) {
        uint64_t image = measure->last.image;
        if (!rest(measure, thread_clock_ms() + time_ms))
            return false;
        take_stall(measure);
        double begin = hand_key(SDLK_n);
        if (!await(measure, is_another, image))
            return false;
        latency_event(&log, begin);
        latency_frame(&log, measure->last.now, begin);
        into->at_hand += measure->last.at_hand;
        into->next_stall = longest(into->next_stall, take_stall(measure));
        if (!await(measure, is_settled, 0))
            return false;
    }
    into->next = latency_of(&log);
    return true;
}

static void note_sizes(Measure *measure)
{
    Measured *into = measure->into;
    const MeasuredFrame *frame = &measure->last;
    into->width = frame->window.w;
    into->height = frame->window.h;
    into->image_width = frame->info.width;
    into->image_height = frame->info.height;
    into->channels = frame->info.channels;
    into->depth = frame->info.depth;
}

static bool use_all(Measure *measure, double born)
{
    bool good = await(measure, is_settled, 0);
    double read_ms = measure->last.now - born;
    note_sizes(measure);
    good = good && drags(measure) && next_images(measure, read_ms);
    measure->into->memory = peak_memory();
    return good;
}

static void use_window(void *arg)
{
    Measure *measure = arg;
    double born = process_began_ms(measure->into->began_ms);
    bool good = await(measure, is_any, 0);
    measure->into->first_ms = measure->last.now - born;
    measure->into->first_memory = peak_memory();
    if (!measure->into->first_only)
        good = good && use_all(measure, born);
    if (!good && !measure->err.kind)
        err_set(&measure->err, ERR_ENV,
                "the window was closed before all was measured");
    hand_quit();
}

static void measure_free(Measure *measure)
{
    if (measure->schedule >= 0)
        close(measure->schedule);
    dispatch_free(measure->inbox);
    mem_free(measure);
}

Measure *measure_begin(Measured *into, Err *err)
{
    Measure *measure = mem_new(1, sizeof *measure);
    measure->into = into;
    measure->inbox = dispatch_new();
    atomic_init(&measure->stall, 0);
    atomic_init(&measure->own, -1);
    measure->schedule = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
    if (thread_start(&measure->thread, "measure", use_window, measure, err))
        return measure;
    measure_free(measure);
    return NULL;
}

bool measure_end(Measure *measure, Err *err)
{
    if (!measure)
        return true;
    dispatch_close(measure->inbox);
    pthread_join(measure->thread, NULL);
    bool good = !measure->err.kind;
    if (!good)
        *err = measure->err;
    measure_free(measure);
    return good;
}
