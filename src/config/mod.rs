//! Settings: what was typed, then what it means, with every fault at once.
#![expect(clippy::disallowed_methods, reason = "this is where settings come in")]

mod file;

use std::collections::BTreeMap;
use std::env::{self, VarError};
use std::fmt;
use std::path::{Path, PathBuf};

/// One setting, as `.env.example` shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The name in the environment and in `.env`.
    pub name: &'static str,
    /// The value when it is not set.
    pub default: &'static str,
    /// What it is, in one line.
    pub about: &'static str,
}

/// Where conversations and reminders are kept.
pub const DATABASE_URL: Setting = Setting {
    name: "DATABASE_URL",
    default: "sqlite:charley.db",
    about: "Where conversations and reminders are kept: `sqlite:` and a file, made if missing",
};

const RESPONSES_DIR: Setting = Setting {
    name: "RESPONSES_DIR",
    default: "responses",
    about: "The folder with what Charley says",
};

/// Who we are on Discord.
pub const DISCORD_TOKEN: Setting = Setting {
    name: "DISCORD_TOKEN",
    default: "",
    about: "The token of the bot, from the page \"Bot\" of the developer portal; for `charley run`",
};

/// What stands in place of Discord's REST server.
pub const DISCORD_API_URL: Setting = Setting {
    name: "DISCORD_API_URL",
    default: "",
    about: "The root of a REST server to use in place of Discord's own, such as a rate-limit proxy",
};

const LOG_FORMAT: Setting = Setting {
    name: "LOG_FORMAT",
    default: "text",
    about: "How the log is written: `text` for people, `json` for programs",
};

const RUST_LOG: Setting = Setting {
    name: "RUST_LOG",
    default: "info",
    about: "How much is logged: `error`, `warn`, `info`, `debug`, or by part",
};

const CLOCK_SPEED: Setting = Setting {
    name: "CLOCK_SPEED",
    default: "1",
    about: "How many times faster time goes, to rehearse a plan; 10000 makes two weeks two minutes",
};

/// The fastest clock: a day in two seconds.
const FASTEST: u16 = 50_000;

/// Every setting that something reads.
pub const SETTINGS: &[Setting] = &[
    DISCORD_TOKEN,
    DATABASE_URL,
    RESPONSES_DIR,
    RUST_LOG,
    LOG_FORMAT,
    DISCORD_API_URL,
    CLOCK_SPEED,
];

/// A token. It is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// The token itself, for whoever sends it to Discord.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// How Discord is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiscordSettings {
    /// Who we are.
    pub token: Token,
    /// What stands in place of Discord's REST server, without a slash at its end.
    pub api_url: Option<String>,
}

/// How a log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// A line that people read.
    #[default]
    Text,
    /// An object a line.
    Json,
}

/// The settings, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The file of the database.
    pub database: PathBuf,
    /// The folder of response files.
    pub responses: PathBuf,
    /// How Discord is reached; `None` without a token.
    pub discord: Option<DiscordSettings>,
    /// How much is logged, as it was written.
    pub log: String,
    /// How a log is written.
    pub log_format: LogFormat,
    /// How many times faster than the real time Charley's time goes.
    pub clock_speed: u16,
}

impl Settings {
    /// Reads the environment, and for what is not set there the file `.env` of this folder; and all
    /// that is wrong with them. What is faulty has its default.
    #[must_use]
    pub fn read() -> (Self, Vec<ConfigFault>) {
        let mut faults = Vec::new();
        let typed = Typed::read(Path::new(".env"), &mut faults);
        let settings = typed.understand(&mut faults);
        (settings, faults)
    }
}

/// The settings as somebody typed them; an empty value counts as not set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(BTreeMap<String, String>);

impl FromIterator<(String, String)> for Typed {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(typed: I) -> Self {
        Self(typed.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect())
    }
}

impl Typed {
    /// What stands in the environment and in this file, and all that cannot be read.
    fn read(file: &Path, faults: &mut Vec<ConfigFault>) -> Self {
        let mut typed = file::read(file, faults);
        typed.extend(from_environment(faults));
        typed.into_iter().collect()
    }

    /// What it means.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn check(&self) -> Result<Settings, Faults> {
        let mut faults = Vec::new();
        let settings = self.understand(&mut faults);
        done(faults, settings)
    }

    fn understand(&self, faults: &mut Vec<ConfigFault>) -> Settings {
        let database = sqlite_file(self.value(DATABASE_URL)).unwrap_or_else(|fault| {
            faults.push(fault);
            PathBuf::new()
        });
        let responses = PathBuf::from(self.value(RESPONSES_DIR));
        let token = self.value(DISCORD_TOKEN);
        let token = token.strip_prefix("Bot ").unwrap_or(token).to_owned();
        if let Some(cause) = malformed(&token) {
            faults.push(ConfigFault {
                setting: DISCORD_TOKEN.name.to_owned(),
                value: None,
                cause: cause.to_owned(),
                remedy: "copy it again from the page \"Bot\" of the developer portal".to_owned(),
            });
        }
        let api_url = self.checked(DISCORD_API_URL, api_root, faults);
        let log_format = self.checked(LOG_FORMAT, log_format, faults);
        let clock_speed = self.checked(CLOCK_SPEED, clock_speed, faults).unwrap_or(1);
        let discord = (!token.is_empty())
            .then(|| DiscordSettings { token: Token(token), api_url: api_url.flatten() });
        let log = self.value(RUST_LOG).to_owned();
        let log_format = log_format.unwrap_or_default();
        Settings { database, responses, discord, log, log_format, clock_speed }
    }

    /// A value as it is meant; else why it means nothing, and what to write.
    fn checked<T>(
        &self,
        setting: Setting,
        read: impl Fn(&str) -> Result<T, (&'static str, &'static str)>,
        faults: &mut Vec<ConfigFault>,
    ) -> Option<T> {
        let value = self.value(setting);
        let fault = |(cause, remedy): (&'static str, &'static str)| ConfigFault {
            setting: setting.name.to_owned(),
            value: Some(value.to_owned()),
            cause: cause.to_owned(),
            remedy: remedy.to_owned(),
        };
        read(value).map_err(|wrong| faults.push(fault(wrong))).ok()
    }

    /// What was typed. Docker's `--env-file` keeps quotes around it, which a shell takes away.
    fn value(&self, setting: Setting) -> &str {
        let typed = self.0.get(setting.name).map(|value| unquoted(value.trim()));
        typed.filter(|value| !value.is_empty()).unwrap_or(setting.default)
    }
}

/// One thing that is wrong with a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    /// The setting, or the file it stands in.
    pub setting: String,
    /// The value, where it is no secret.
    pub value: Option<String>,
    /// What is wrong with it.
    pub cause: String,
    /// What to do.
    pub remedy: String,
}

impl fmt::Display for ConfigFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { setting, value, cause, remedy } = self;
        match value {
            Some(value) => write!(f, "`{setting}` is `{value}`, but {cause}; {remedy}"),
            None => write!(f, "`{setting}`: {cause}; {remedy}"),
        }
    }
}

/// All that is wrong with the settings, a line each.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct Faults(pub Vec<ConfigFault>);

fn done<T>(faults: Vec<ConfigFault>, value: T) -> Result<T, Faults> {
    if faults.is_empty() { Ok(value) } else { Err(Faults(faults)) }
}

fn from_environment(faults: &mut Vec<ConfigFault>) -> Vec<(String, String)> {
    let mut typed = Vec::new();
    for setting in SETTINGS {
        match env::var(setting.name) {
            Ok(value) => typed.push((setting.name.to_owned(), value)),
            Err(VarError::NotPresent) => {}
            Err(VarError::NotUnicode(_)) => faults.push(ConfigFault {
                setting: setting.name.to_owned(),
                value: None,
                cause: "it is not UTF-8".to_owned(),
                remedy: "write it in UTF-8".to_owned(),
            }),
        }
    }
    typed
}

fn unquoted(value: &str) -> &str {
    let within = |quote| value.strip_prefix(quote)?.strip_suffix(quote);
    within('"').or_else(|| within('\'')).unwrap_or(value).trim()
}

/// Why this can be no token, as far as one sees without asking Discord.
fn malformed(token: &str) -> Option<&'static str> {
    let parts: Vec<&str> = token.split('.').collect();
    if token.is_empty() {
        None
    } else if token.contains(char::is_whitespace) {
        Some("there is a space in it")
    } else if parts.len() != 3 || parts.iter().any(|part| part.is_empty()) {
        Some("a token has three parts with a dot between them, and this has not")
    } else if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        Some("there is a letter in it that no token has")
    } else {
        None
    }
}

fn api_root(url: &str) -> Result<Option<String>, (&'static str, &'static str)> {
    let root = url.trim_end_matches('/');
    let is_root = ["http://", "https://"].iter().any(|scheme| {
        root.strip_prefix(scheme).is_some_and(|host| !host.is_empty() && !host.contains('/'))
    });
    match root {
        "" => Ok(None),
        root if is_root => Ok(Some(root.to_owned())),
        _ => Err(("that is no root of a server", "write it such as `http://127.0.0.1:8080`")),
    }
}

fn log_format(name: &str) -> Result<LogFormat, (&'static str, &'static str)> {
    match name {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err(("there is no such format", "write `text` or `json`")),
    }
}

fn clock_speed(text: &str) -> Result<u16, (&'static str, &'static str)> {
    let speed = text.parse().ok().filter(|speed| (1..=FASTEST).contains(speed));
    speed.ok_or(("that is no speed of a clock", "write a whole number from 1 to 50000"))
}

/// `sqlite:charley.db`, `sqlite://charley.db`, `sqlite:/var/lib/charley.db`.
fn sqlite_file(url: &str) -> Result<PathBuf, ConfigFault> {
    let fault = |value: &str, cause: &str, remedy: &str| ConfigFault {
        setting: DATABASE_URL.name.to_owned(),
        value: Some(value.to_owned()),
        cause: cause.to_owned(),
        remedy: remedy.to_owned(),
    };
    let example = "write `sqlite:` and a file, such as `sqlite:charley.db`";
    let Some((scheme, rest)) = url.split_once(':') else {
        return Err(fault(url, "it does not say what kind of database it is", example));
    };
    if !scheme.eq_ignore_ascii_case("sqlite") {
        // The rest of such an address may hold a password.
        let value = format!("{scheme}:…");
        return Err(fault(&value, "this version knows SQLite only", example));
    }
    let file = rest.strip_prefix("//").unwrap_or(rest);
    if file.is_empty() || file.starts_with(':') || file.starts_with("file:") {
        return Err(fault(url, "that is no file, and reminders must outlive the program", example));
    }
    if file.starts_with("~/") {
        return Err(fault(url, "`~` is not known here", "write the whole path of the file"));
    }
    if file.contains('?') {
        return Err(fault(url, "options are not known here", "leave out the `?` and the rest"));
    }
    Ok(PathBuf::from(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(settings: &[(&str, &str)]) -> Typed {
        settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn faults(url: &str) -> String {
        typed(&[("DATABASE_URL", url)]).check().unwrap_err().to_string()
    }

    #[test]
    fn what_is_not_set_has_its_default() {
        let settings = Typed::default().check().unwrap();
        assert_eq!(settings.database, Path::new("charley.db"));
        assert_eq!(settings.responses, Path::new("responses"));
        assert_eq!(typed(&[("DATABASE_URL", " ")]).check(), Ok(settings));
    }

    #[test]
    fn a_file_may_be_written_in_each_common_way() {
        for (url, file) in [
            ("sqlite:a.db", "a.db"),
            ("sqlite://a.db", "a.db"),
            ("sqlite:/var/a.db", "/var/a.db"),
            ("sqlite:///var/a.db", "/var/a.db"),
            ("SQLite:a.db", "a.db"),
            ("\"sqlite:a.db\"", "a.db"),
            ("'sqlite:a.db'", "a.db"),
        ] {
            let settings = typed(&[("DATABASE_URL", url)]).check().unwrap();
            assert_eq!(settings.database, Path::new(file), "{url}");
        }
    }

    #[test]
    fn a_fault_names_the_setting_the_value_the_cause_and_the_remedy() {
        assert_eq!(
            faults("charley.db"),
            "`DATABASE_URL` is `charley.db`, but it does not say what kind of database it is; \
             write `sqlite:` and a file, such as `sqlite:charley.db`"
        );
        assert!(faults("sqlite:").contains("that is no file"));
        assert!(faults("sqlite::memory:").contains("that is no file"));
        assert!(faults("sqlite:file:a.db").contains("that is no file"));
        assert!(faults("sqlite:~/a.db").contains("write the whole path"));
        assert!(faults("sqlite:a.db?mode=ro").contains("leave out the `?`"));
    }

    #[test]
    fn a_token_is_never_shown_and_may_carry_its_prefix() {
        let settings = typed(&[("DISCORD_TOKEN", "Bot MTIz.abc.hunter2")]).check().unwrap();
        assert_eq!(settings.discord.as_ref().unwrap().token.secret(), "MTIz.abc.hunter2");
        assert!(!format!("{settings:?}").contains("hunter2"));
        let faulty = typed(&[("DISCORD_TOKEN", "hunter2 oops")]).check().unwrap_err().to_string();
        assert!(faulty.contains("a space") && !faulty.contains("hunter2"), "{faulty}");
    }

    #[test]
    fn what_can_be_no_token_is_told_before_discord_is_asked() {
        let token = |token| typed(&[("DISCORD_TOKEN", token)]).check();
        assert!(token("'MTIz.abc.def'").is_ok());
        for wrong in ["hunter2", "MTIz..def", "MTIz.h\u{f6}nter2.x", "a.b.c.hunter2"] {
            let told = token(wrong).unwrap_err().to_string();
            assert!(told.contains("copy it again") && !told.contains("nter2"), "{told}");
        }
    }

    #[test]
    fn a_server_in_place_of_discords_is_named_by_its_root() {
        let url = |url| typed(&[("DISCORD_TOKEN", "a.b.c"), ("DISCORD_API_URL", url)]).check();
        let root = url("http://127.0.0.1:8080/").unwrap().discord.unwrap().api_url;
        assert_eq!(root.as_deref(), Some("http://127.0.0.1:8080"));
        for wrong in ["127.0.0.1:8080", "http://", "http://a/api/v10"] {
            assert!(url(wrong).unwrap_err().to_string().contains("no root"), "{wrong}");
        }
    }

    #[test]
    fn a_clock_goes_forward_and_not_too_fast() {
        let speed = |speed| typed(&[("CLOCK_SPEED", speed)]).check();
        assert_eq!(Typed::default().check().unwrap().clock_speed, 1);
        assert_eq!(speed("10000").unwrap().clock_speed, 10_000);
        for wrong in ["0", "-1", "0.5", "fast", "60000"] {
            let told = speed(wrong).unwrap_err().to_string();
            assert!(told.contains("a whole number from 1"), "{told}");
        }
    }

    #[test]
    fn every_faulty_setting_is_named_at_once() {
        let typed = typed(&[("DATABASE_URL", "a.db"), ("LOG_FORMAT", "xml")]);
        assert_eq!(typed.check().unwrap_err().0.len(), 2);
    }

    #[test]
    fn a_password_is_never_shown() {
        let shown = faults("postgres://charley:hunter2@db/charley");
        assert!(shown.contains("`postgres:…`") && !shown.contains("hunter2"), "{shown}");
    }

    #[test]
    fn the_example_file_shows_every_setting_and_no_other() {
        let shown: String = SETTINGS
            .iter()
            .map(|s| format!("# {}\n{}={}\n", s.about, s.name, s.default))
            .collect::<Vec<_>>()
            .join("\n");
        assert!(
            include_str!("../../.env.example").ends_with(&shown),
            "it should end with:\n{shown}"
        );
    }
}
