//! `docs/dependencies.md` names each direct dependency of `Cargo.toml`, and no other.
#![allow(clippy::unwrap_used, reason = "what fails has failed the test")]

use std::collections::BTreeSet;

#[test]
fn each_dependency_has_its_reason() {
    let program: BTreeSet<String> = used(include_str!("../Cargo.toml"));
    let stand_in = used(include_str!("../local-discord/Cargo.toml"));
    let explained: BTreeSet<String> = explained().into_iter().map(|(name, _)| name).collect();
    assert_eq!(explained, program.union(&stand_in).cloned().collect());
}

fn used(manifest: &str) -> BTreeSet<String> {
    let manifest: toml::Table = toml::from_str(manifest).unwrap();
    let names = |table: &str| manifest[table].as_table().unwrap().keys().cloned();
    names("dependencies").chain(names("dev-dependencies")).collect()
}

#[test]
fn a_reason_is_a_sentence() {
    for (name, reason) in explained() {
        assert!(reason.split(' ').count() >= 4 && reason.ends_with('.'), "{name}: {reason}");
    }
}

/// The rows of the tables: a name and why it is there.
fn explained() -> Vec<(String, String)> {
    let page = include_str!("../docs/dependencies.md");
    let row = |line: &str| {
        let (name, reason) = line.strip_prefix("| `")?.strip_suffix(" |")?.split_once("` | ")?;
        Some((name.to_owned(), reason.to_owned()))
    };
    page.lines().filter_map(row).collect()
}
