//! Each fault of response files is told as its folder shows; the shipped files have none.
//!
//! `responses/FAULT/` holds files that are laid over the smallest sound set, and `problems.txt`,
//! what a moderator is told then. `without.txt` names files to take out, a line each.
//! `BLESS=1 cargo test responses` rewrites what is told.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what fails has failed the test")]
#![expect(clippy::disallowed_methods, reason = "a test reads the files of the project")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use charley::cli::check::check;
use charley::responses::{Problems, disk};

use crate::smallest::{self, Files};

/// Folders that hold more than one fault.
const SEVERAL: &[&str] = &["many_alike", "many_at_once", "of_texts_and_of_the_engine_at_once"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/responses")
}

/// The folders, one a fault.
fn faults() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut faults: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    faults.sort();
    faults
}

/// The smallest set with the files of a folder laid over it.
fn planted(fault: &Path) -> Files {
    let mut files = smallest::files();
    files.extend(disk::texts(fault, "toml").unwrap());
    let told = ["problems.txt", "without.txt"].map(Path::new);
    files.extend(disk::unread(fault).unwrap().into_iter().filter(|(f, _)| !told.contains(&&**f)));
    let without = fs::read_to_string(fault.join("without.txt")).unwrap_or_default();
    for path in without.lines() {
        assert!(files.remove(Path::new(path)).is_some(), "{path} is not there");
    }
    files
}

fn problems(files: Files) -> Problems {
    let files: Vec<(PathBuf, String)> = files.into_iter().collect();
    check(&files, smallest::TODAY).err().unwrap_or_default()
}

#[test]
fn every_fault_is_told_as_its_folder_shows() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    for fault in faults() {
        let name = fault.file_name().unwrap().to_str().unwrap().to_owned();
        let problems = problems(planted(&fault));
        let told = format!("{problems}\n");
        let file = fault.join("problems.txt");
        if bless {
            fs::write(&file, &told).unwrap();
        }
        if fs::read_to_string(&file).unwrap_or_default() != told {
            wrong.push(format!("{name}:\n{told}"));
        }
        let several = SEVERAL.contains(&name.as_str());
        if (problems.list().len() != 1) != several {
            wrong.push(format!("{name}: {} faults\n{told}", problems.list().len()));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What the command says of files in a folder, and its exit code.
fn command(files: &Files) -> (String, Option<i32>) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let mut charley = Command::new(env!("CARGO_BIN_EXE_charley"));
    let output = charley.arg("check").arg(folder.path()).output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}

#[test]
fn the_command_tells_the_same_and_ends_with_one() {
    let fault = folder().join("unknown_key");
    let told = fs::read_to_string(fault.join("problems.txt")).unwrap();
    assert_eq!(command(&planted(&fault)), (told, Some(1)));
}

#[test]
fn the_command_shows_which_topics_are_near_each_other() {
    let mut files = smallest::files();
    for (id, stray) in [("ice", "about baths of ice"), ("baths", "about baths, warm")] {
        let text = files[Path::new("topics/see_doctor.toml")].replace("see doctor", id);
        let examples = format!("examples = [\"about {id}\", \"more about {id}\", \"{stray}\", ");
        let text = text.replace("examples = [", &examples);
        files.insert(format!("topics/{id}.toml").into(), text);
    }
    let (told, code) = command(&files);
    assert_eq!(code, Some(0), "{told}");
    assert!(
        told.contains(" examples (") && told.contains("%) reach their topic unseen\n"),
        "{told}"
    );
    assert!(told.contains("   1 of  5 of `ice` are taken for `baths`\n"), "{told}");
    assert!(told.contains("15 topics and 30 red flags are sound\n"), "{told}");
}

#[test]
fn a_folder_that_is_another_is_one_fault() {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("responses");
    for (folder, told) in [
        (shipped.join("topics"), "topics` is no folder of response files"),
        (shipped.join("topics"), "did you mean `"),
        (shipped.join("schemas"), "set RESPONSES_DIR to it"),
        (shipped.join("club.toml"), "club.toml` is a file, not a folder"),
        (shipped.join("topic"), "there is no `"),
    ] {
        let problems = disk::files(&folder).unwrap_err();
        assert_eq!(problems.list().len(), 1, "{problems}");
        assert!(problems.to_string().contains(told), "{problems}");
    }
}

#[cfg(unix)]
#[test]
fn what_nobody_shall_look_at_is_not_read_and_what_has_no_end_is_a_fault() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let topics = folder.path().join("topics");
    std::fs::create_dir(&topics).unwrap();
    std::fs::write(topics.join("ice.toml"), "intent = \"ice\"").unwrap();
    // An editor's lock on a file that is not saved, and what another system leaves on a shared disk.
    symlink("me@host.1234", topics.join(".#ice.toml")).unwrap();
    std::fs::write(topics.join("._ice.toml"), [0, 5, 22, 7]).unwrap();
    let files = disk::files(folder.path()).unwrap();
    let names: Vec<_> = files.iter().map(|(path, _)| path.to_string_lossy()).collect();
    assert_eq!(names, ["topics/ice.toml"]);
    for (to, told) in [("/dev/zero", "is no plain file"), ("..", "leads back to a folder")] {
        let link = topics.join("odd.toml");
        symlink(to, &link).unwrap();
        let problems = disk::files(folder.path()).unwrap_err();
        std::fs::remove_file(link).unwrap();
        assert!(problems.to_string().contains(told), "{problems}");
    }
}

#[test]
fn the_smallest_set_is_sound() {
    let problems = problems(smallest::files());
    assert!(problems.is_empty(), "\n{problems}");
}

#[test]
fn the_shipped_files_are_sound() {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("responses");
    let problems = problems(disk::texts(&shipped, "toml").unwrap().into_iter().collect());
    assert!(problems.is_empty(), "\n{problems}");
}

#[test]
fn files_as_windows_saves_them_are_sound() {
    let mut files = smallest::files();
    for text in files.values_mut() {
        *text = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    }
    let problems = problems(files);
    assert!(problems.is_empty(), "\n{problems}");
}

#[test]
fn facts_are_those_that_code_listens_for() {
    let check = |from: &str, to: &str, told: &str| {
        let mut files = smallest::files();
        let facts = files.get_mut(Path::new("facts.toml")).unwrap();
        assert!(facts.contains(from));
        *facts = facts.replace(from, to);
        let problems = problems(files);
        assert_eq!(problems.list().len(), 1, "\n{problems}");
        assert!(problems.to_string().contains(told), "\n{problems}");
    };
    let swimming = "[swimming]\nphrases = [\"swimming\"]\n";
    check(swimming, "", "the fact `swimming` is missing");
    check("[swimming]", "[swiming]", "did you mean `swimming`?");
    let derived = format!("{swimming}[both_legs]\nphrases = [\"both legs\"]\n");
    check(swimming, &derived, "the fact `both_legs` is worked out by code");
}

#[test]
fn what_cannot_be_counted_is_a_fault() {
    let mut files = smallest::files();
    let list = files[Path::new("words/muscle.toml")].clone();
    for at in 0..120 {
        files.insert(format!("words/more_{at}.toml").into(), list.clone());
    }
    assert!(problems(files).to_string().contains("more than 127 word lists"));

    let mut files = smallest::files();
    let flag = files[Path::new("red_flags/bruising.toml")].replace("bruising", "more");
    let flag = flag.replace("list = 2\nshort = \"more\"\n", "");
    for at in 0..40 {
        let flag = flag.replace("signal more", &format!("signal more_{at}"));
        files.insert(format!("red_flags/more_{at:02}.toml").into(), flag);
    }
    let problems = problems(files);
    assert_eq!(problems.list().len(), 6, "\n{problems}");
    assert!(problems.to_string().contains("`more_34` would not count"), "\n{problems}");
}
