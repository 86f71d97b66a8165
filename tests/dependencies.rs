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
    let names = |of: &toml::Table, table: &str| -> Vec<String> {
        let own = of.get(table).and_then(toml::Value::as_table);
        own.into_iter().flat_map(|own| own.keys().cloned()).collect()
    };
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    let of_targets = targets.into_iter().flat_map(|all| all.values());
    let of_targets = of_targets.flat_map(|own| names(own.as_table().unwrap(), "dependencies"));
    let all =
        ["dependencies", "dev-dependencies"].into_iter().flat_map(|table| names(&manifest, table));
    all.chain(of_targets).collect()
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
