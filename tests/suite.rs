mod store;
mod scheduler;
mod cli;
