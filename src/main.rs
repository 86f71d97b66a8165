//! Charley from the command line.
fn main() {}
