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

/// serenity asks for an old `tokio-tungstenite`, and with it for a TLS stack of its time; the empty one
/// of `vendor/` stands in its place.
#[test]
fn the_old_tls_stack_stays_out() {
    let lock: toml::Table = toml::from_str(include_str!("../Cargo.lock")).unwrap();
    let packages = lock.get("package").and_then(toml::Value::as_array).unwrap();
    let text = |package: &toml::Value, key: &str| {
        package.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned()
    };
    let named = |name: &str| -> Vec<&toml::Value> {
        packages.iter().filter(|package| text(package, "name") == name).collect()
    };
    let versions: Vec<String> =
        named("rustls").into_iter().map(|package| text(package, "version")).collect();
    assert_eq!(versions.len(), 1, "more than one TLS stack: {versions:?}");
    assert!(versions[0].starts_with("0.23."), "{versions:?}");
    for name in ["openssl", "openssl-sys", "native-tls", "tokio-rustls"] {
        let old = |package: &&toml::Value| !text(package, "version").starts_with("0.26.");
        assert!(!named(name).iter().any(old), "{name} is back");
    }
    let old: Vec<&toml::Value> = named("tokio-tungstenite")
        .into_iter()
        .filter(|package| text(package, "version").starts_with("0.21."))
        .collect();
    for package in old {
        assert!(package.get("source").is_none(), "tokio-tungstenite 0.21 comes from a registry");
        assert!(package.get("dependencies").is_none(), "tokio-tungstenite 0.21 is no longer empty");
    }
}
