//! Empty on purpose: serenity names this crate for its gateway, which Charley does not switch on.
