//! Promises that hold for every text: looked for with texts, conversations and files at random.
#![allow(clippy::unwrap_used, reason = "what fails has failed the test")]

mod any_plan;
mod broken_plans;
mod calendar;
mod emergencies;
mod files;
mod picture;
mod plans;
mod texts;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;

use charley::responses::{Responses, disk};
use cpu_time::ThreadTime;
use proptest::test_runner::{Config, RngSeed};

/// The shipped response files.
static FILES: LazyLock<Vec<(PathBuf, String)>> = LazyLock::new(|| {
    disk::texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("responses"), "toml").unwrap()
});

/// The shipped responses.
static RESPONSES: LazyLock<Responses> = LazyLock::new(|| Responses::parse(&FILES).unwrap());

/// What proptest takes when nobody says how many cases there shall be.
const USUAL_CASES: u32 = 256;

/// So many cases, the same on every run; `PROPTEST_RNG_SEED` and `PROPTEST_CASES` look elsewhere
/// and further. One that failed is not kept in a file but written into a test.
fn cases(count: u32) -> Config {
    let own = Config::default();
    let cases = if own.cases == USUAL_CASES { count } else { own.cases };
    let rng_seed = match own.rng_seed {
        RngSeed::Random => RngSeed::Fixed(1),
        fixed @ RngSeed::Fixed(_) => fixed,
    };
    Config { cases, rng_seed, failure_persistence: None, ..own }
}

/// Does something and holds it to a time that only a stall takes, even in a debug build.
fn in_time<T>(work: impl FnOnce() -> T) -> T {
    let start = ThreadTime::now();
    let done = work();
    let took = start.elapsed();
    assert!(took < Duration::from_secs(2), "it took {took:?}");
    done
}
