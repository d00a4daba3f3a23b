/* acts — what the actions of action_table.c do.
 *
 * Threads: UI thread only.
 * Python:  unaware.
 */
#ifndef LUTIST_VIEWER_ACTION_ACTS_H
#define LUTIST_VIEWER_ACTION_ACTS_H

#include "viewer/app/app.h"
#include "viewer/keys/action_row.h"

/* see_acts */
void act_card(App *app, const Strike *strike); /* the next one */
void act_clipping(App *app, const Strike *strike);
void act_grid(App *app, const Strike *strike);
void act_loupe(App *app, const Strike *strike);
void act_histogram_scale(App *app, const Strike *strike);
void act_split(App *app, const Strike *strike);      /* by strike->action */
void act_split_line(App *app, const Strike *strike); /* the argument's way */
bool act_split_line_check(const char *argument, Err *err);
void act_picture_menu(App *app, const Strike *strike);
void act_surround(App *app, const Strike *strike);
void act_hide(App *app, const Strike *strike);

/* file_acts */
void act_step_file(App *app, const Strike *strike); /* by strike->action */
void act_open(App *app, const Strike *strike);
void act_save(App *app, const Strike *strike);
void act_save_as(App *app, const Strike *strike);
void act_export(App *app, const Strike *strike);
void act_reload(App *app, const Strike *strike);

/* edit_acts */
void act_undo(App *app, const Strike *strike);
void act_redo(App *app, const Strike *strike);
void act_copy(App *app, const Strike *strike);
void act_copy_values(App *app, const Strike *strike);
void act_paste(App *app, const Strike *strike);
void act_keep(App *app, const Strike *strike); /* the argument's snapshot */
void act_show(App *app, const Strike *strike); /* the same */
bool act_snapshot_check(const char *argument, Err *err);
void act_looks(App *app, const Strike *strike);
void act_look_next(App *app, const Strike *strike);
void act_look_previous(App *app, const Strike *strike);

/* view_acts */
void act_zoom(App *app, const Strike *strike); /* by strike->action */
void act_pan(App *app, const Strike *strike);  /* to the argument's side */
bool act_pan_check(const char *argument, Err *err);
void act_turn_right(App *app, const Strike *strike);
void act_turn_left(App *app, const Strike *strike);
void act_before(App *app, const Strike *strike);
void act_hold_before(App *app, const Strike *strike);
void act_profile(App *app, const Strike *strike);
void act_whole(App *app, const Strike *strike);

/* mode_acts */
void act_mode(App *app, const Strike *strike); /* the argument's */
bool act_mode_check(const char *argument, Err *err);
void act_mode_next(App *app, const Strike *strike);
void act_modes(App *app, const Strike *strike); /* open their menu */
void act_modes_press(App *app);                 /* the same, by the mouse */
void act_modes_chosen(App *app, Mode mode);     /* MODES: none */
void act_times(App *app, const Strike *strike); /* in the status bar, or not */

/* window_acts */
void act_quit(App *app, const Strike *strike);
void act_escape(App *app, const Strike *strike);
void act_help(App *app, const Strike *strike);
void act_fullscreen(App *app, const Strike *strike);
void act_panel_side(App *app, const Strike *strike);
void act_panel_width(App *app, const Strike *strike); /* as the argument says */
bool act_panel_width_check(const char *argument, Err *err);
void act_text_larger(App *app, const Strike *strike);
void act_text_smaller(App *app, const Strike *strike);

/* param_acts */
void act_panel(App *app, const Strike *strike); /* by strike->action */
bool act_pace_check(const char *argument, Err *err);

void act_row_menu(App *app, const Strike *strike);

/* property_acts: of a parameter by its name */
void act_add(App *app, const Strike *strike);
bool act_add_check(const char *argument, Err *err);
void act_set(App *app, const Strike *strike);
void act_cycle(App *app,
               const Strike *strike); /* without a name the one with the focus */
void act_reset(App *app, const Strike *strike);

#endif
