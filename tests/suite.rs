mod cli;
mod scheduler;
mod store;
