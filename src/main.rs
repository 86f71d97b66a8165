//! `charley`: does what the arguments say, prints an error once, and exits.

use std::io::Write;
use std::process::ExitCode;

/// Loading the response files takes more memory than keeping them, and this allocator gives the rest
/// back to the system; `.cargo/config.toml` says when.
#[cfg(all(feature = "jemalloc", not(target_env = "msvc")))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    charley::cli::run(std::env::args_os()).unwrap_or_else(|error| {
        // When even the error cannot be printed, the exit code still tells.
        let _ = writeln!(anstream::stderr().lock(), "charley: {error:#}");
        ExitCode::FAILURE
    })
}
