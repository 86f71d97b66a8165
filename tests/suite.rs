//! The one test binary: everything that goes through the public face of the crate.

// What may use what.
mod architecture;
// The program from outside.
mod cli;
// Every statement of the source articles can be asked for.
mod coverage;
// Each dependency has its reason.
mod dependencies;
// The question flow is safe in every state.
mod flow;
// The commands, the paths and the conversation that the README shows.
mod readme;
// A reminder comes once, whatever dies in between.
mod scheduler;
// What the store keeps, whatever the database.
mod store;
// Labelled messages reach their floors.
mod understanding;
