//! The file `.env`: the settings in it, or what is wrong with it, and where.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::{ConfigFault, SETTINGS};

/// The settings in this file; nothing if there is none.
pub(super) fn read(file: &Path, faults: &mut Vec<ConfigFault>) -> BTreeMap<String, String> {
    match text(file) {
        Ok(text) => settings(file, &text, faults),
        Err((cause, remedy)) => {
            let (setting, remedy) = (file.display().to_string(), remedy.to_owned());
            faults.push(ConfigFault { setting, value: None, cause, remedy });
            BTreeMap::new()
        }
    }
}

/// What stands in it; else why nobody can tell, and what to do.
fn text(file: &Path) -> Result<String, (String, &'static str)> {
    if file.is_dir() {
        let remedy = "remove it and write a file of that name; Docker makes such a folder where it \
                      is to mount a file that does not exist yet";
        return Err(("it is a folder".to_owned(), remedy));
    }
    let bytes = match fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            return Err((error.to_string(), "give the user who runs charley the right to read it"));
        }
        Err(error) => return Err((error.to_string(), "make it readable, or remove it")),
    };
    String::from_utf8(bytes).map_err(|_| ("it is not UTF-8".to_owned(), "save it as UTF-8"))
}

fn settings(file: &Path, text: &str, faults: &mut Vec<ConfigFault>) -> BTreeMap<String, String> {
    // Some editors begin a file with a mark of its encoding.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut typed = BTreeMap::new();
    let mut place = Place { text, line: 0 };
    for line in dotenvy::from_read_iter(text.as_bytes()) {
        match line {
            Ok((name, value)) => drop(typed.insert(name, value)),
            Err(dotenvy::Error::LineParse(line, _)) => {
                faults.push(bad_line(file, place.of(&line), &line));
            }
            // What is in memory can be read; and an end that does not come would be waited for.
            Err(_) => break,
        }
    }
    faults.extend(typed.keys().filter_map(|name| slip(file, name)));
    typed
}

/// How far the file was searched for faulty lines, which come without their numbers.
struct Place<'t> {
    text: &'t str,
    line: usize,
}

impl Place<'_> {
    /// The number of the next line that holds this, or this as its value, and no more than a comment
    /// besides.
    fn of(&mut self, faulty: &str) -> usize {
        let mut rest = self.text;
        for (at, line) in self.text.split_inclusive('\n').enumerate() {
            let value = line.find('=').and_then(|equals| rest.get(equals + 1..));
            let value = value.unwrap_or_default().trim_start_matches([' ', '\t']);
            let holds = |whole: &str| whole.strip_prefix(faulty).is_some_and(is_end);
            if at >= self.line && (holds(rest) || holds(value)) {
                self.line = at + 1;
                break;
            }
            rest = rest.strip_prefix(line).unwrap_or_default();
        }
        self.line
    }
}

/// Whether nothing follows in this line but a comment.
fn is_end(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\t']);
    rest.is_empty() || rest.starts_with(['\r', '\n', '#'])
}

/// Of a line that cannot be read nothing is shown: it may hold a token.
fn bad_line(file: &Path, number: usize, line: &str) -> ConfigFault {
    // What is read on to the end of the file began with a quote.
    let cause = if line.contains('\n') { "its quote has no end" } else { "it cannot be read" };
    let remedy = "write each setting as `NAME=value` on its own line, \
                  and a value with spaces in quotes";
    ConfigFault {
        setting: format!("{}:{number}", file.display()),
        value: None,
        cause: cause.to_owned(),
        remedy: remedy.to_owned(),
    }
}

/// A name that is no setting but nearly one: what is set by it would be passed over in silence.
fn slip(file: &Path, name: &str) -> Option<ConfigFault> {
    if SETTINGS.iter().any(|setting| setting.name == name) {
        return None;
    }
    let meant = SETTINGS.iter().find(|setting| {
        let slips = strsim::osa_distance(setting.name, &name.to_uppercase());
        slips <= 1 || slips == 2 && setting.name.len() > 10
    })?;
    Some(ConfigFault {
        setting: file.display().to_string(),
        value: None,
        cause: format!("there is no setting `{name}`"),
        remedy: format!("write `{}`", meant.name),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Faults;

    /// What is read of a file that holds these bytes, and what is wrong with it, a line each.
    fn reads(bytes: &[u8]) -> (BTreeMap<String, String>, String) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(".env");
        fs::write(&file, bytes).unwrap();
        let mut faults = Vec::new();
        let typed = read(&file, &mut faults);
        let shown = Faults(faults).to_string();
        (typed, shown.replace(&folder.path().display().to_string(), ""))
    }

    #[test]
    fn the_file_gives_what_it_sets_and_every_bad_line_is_a_fault_with_its_number() {
        let (typed, shown) =
            reads(b"# a club\nRESPONSES_DIR=words\r\nMY secret\r\nMY=x\nTOKEN=secret oops # ah\n");
        assert_eq!(typed.get("RESPONSES_DIR").map(String::as_str), Some("words"));
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines.len(), 2, "{shown}");
        assert!(
            lines[0].starts_with("`/.env:3`: it cannot be read; write each setting"),
            "{shown}"
        );
        assert!(lines[1].starts_with("`/.env:5`: it cannot be read"), "{shown}");
        assert!(!shown.contains("secret") && !shown.contains("oops"), "{shown}");
    }

    #[test]
    fn a_quote_without_an_end_is_named_by_the_line_where_it_begins() {
        let (_, shown) = reads(b"LOG_FORMAT=json\nDATABASE_URL=\"sqlite:a.db\nRUST_LOG=info\n");
        assert!(shown.starts_with("`/.env:2`: its quote has no end"), "{shown}");
        assert_eq!(shown.lines().count(), 1, "{shown}");
    }

    #[test]
    fn a_mark_of_the_encoding_is_passed_over_and_another_encoding_is_told() {
        let (typed, shown) = reads(b"\xef\xbb\xbfLOG_FORMAT=json\n");
        assert_eq!((typed.len(), shown.as_str()), (1, ""));
        let (_, shown) = reads(b"\xff\xfeL\0O\0G\0");
        assert_eq!(shown, "`/.env`: it is not UTF-8; save it as UTF-8");
    }

    #[test]
    fn a_slip_in_a_name_is_told_and_the_settings_of_others_are_left_alone() {
        let (_, shown) = reads(b"DATABASE_ULR=sqlite:a.db\nPOSTGRES_USER=x\nRUST_BACKTRACE=1\n");
        assert_eq!(shown, "`/.env`: there is no setting `DATABASE_ULR`; write `DATABASE_URL`");
    }

    #[test]
    fn a_folder_in_its_place_is_told_at_once_and_none_at_all_is_no_fault() {
        let folder = tempfile::tempdir().unwrap();
        let mut faults = Vec::new();
        assert_eq!(read(folder.path(), &mut faults), BTreeMap::new());
        assert!(faults[0].to_string().contains("it is a folder; remove it"), "{faults:?}");
        assert_eq!(read(&folder.path().join("none"), &mut Vec::new()), BTreeMap::new());
    }
}
