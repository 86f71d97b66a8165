//! The one test binary: everything that goes through the public face of the crate.

// What may use what.
mod architecture;
// The program from outside.
mod cli;
// A locked or full disk, a crash, a slip in the settings.
mod bad_day;
// The conversations that moderators own go as written.
mod conversations;
// Every statement of the source articles can be asked for.
mod coverage;
// Each dependency has its reason.
mod dependencies;
mod discord;
// The question flow is safe in every state.
mod flow;
// Response files that change while Charley runs.
mod reload;
// The page for moderators names everything there is.
mod moderators;
// The picture of a plan is drawn as it is kept.
mod picture;
// The commands, the paths and the conversation that the README shows.
mod readme;
// Labelled messages that nobody looked at reach their floors.
mod held_out;
// What became of reminders, shown and tried again.
mod reminders;
// Each fault of response files is told as its folder shows.
mod responses;
// Promises that hold for every text.
mod robustness;
// A reminder comes once, whatever dies in between.
mod scheduler;
// A plan is safe in every state.
mod plan_flow;
// One plan, and two places to talk about it.
mod plan_places;
// What has to be right before a start.
mod preflight;
// The smallest sound set of response files.
mod smallest;
// What the store keeps, whatever the database.
mod store;
// Labelled messages reach their floors.
mod understanding;
// Labelled messages of all walks of life reach theirs.
mod walks_of_life;
