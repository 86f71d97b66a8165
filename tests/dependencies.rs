//! `docs/dependencies.md` names each direct dependency of `Cargo.toml`, and no other.

use std::collections::BTreeSet;

#[test]
fn each_dependency_has_its_reason() {
    let manifest: toml::Table = toml::from_str(include_str!("../Cargo.toml")).unwrap();
    let names = |table: &str| manifest[table].as_table().unwrap().keys().cloned();
    let used: BTreeSet<String> = names("dependencies").chain(names("dev-dependencies")).collect();
    let explained: BTreeSet<String> = explained().into_iter().map(|(name, _)| name).collect();
    assert_eq!(explained, used);
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
