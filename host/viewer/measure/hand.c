#include "viewer/measure/hand.h"

#include <SDL_events.h>
#include <SDL_timer.h>

#include "base/thread/thread.h"

static double push(SDL_Event event)
{
    double now = thread_clock_ms();
    event.common.timestamp = SDL_GetTicks();
    SDL_PushEvent(&event);
    return now;
}

double hand_move(int x, int y)
{
    return push((SDL_Event){.motion = {.type = SDL_MOUSEMOTION, .x = x, .y = y}});
}

double hand_press(bool down, int x, int y)
{
    return push(
        (SDL_Event){.button = {.type = down ? SDL_MOUSEBUTTONDOWN : SDL_MOUSEBUTTONUP,
                               .button = SDL_BUTTON_LEFT,
                               .state = down ? SDL_PRESSED : SDL_RELEASED,
                               .clicks = 1,
                               .x = x,
                               .y = y}});
}

double hand_key(SDL_Keycode key)
{
    SDL_KeyboardEvent event = {
        .type = SDL_KEYDOWN, .state = SDL_PRESSED, .keysym = {.sym = key}};
    double now = push((SDL_Event){.key = event});
    event.type = SDL_KEYUP;
    event.state = SDL_RELEASED;
    push((SDL_Event){.key = event});
    return now;
}

void hand_quit(void)
{
    push((SDL_Event){.type = SDL_QUIT});
}
