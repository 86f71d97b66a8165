//! Response files that change while Charley runs are taken over whole, or not at all.
#![allow(clippy::unwrap_used, reason = "what fails has failed the test")]
#![expect(clippy::disallowed_methods, reason = "a test edits files as a moderator does")]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use charley::bot::Bot;
use charley::reload::{News, Reloader, load};
use charley::responses::disk;
use charley::store::{Opening, Sqlite};
use tempfile::TempDir;

/// A folder of response files of its own, and a bot that speaks from it.
struct Club {
    folder: TempDir,
    bot: Arc<Bot>,
    live: Reloader,
}

impl Club {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("responses");
        for (path, text) in disk::texts(&shipped, "toml").unwrap() {
            let to = folder.path().join("responses").join(path);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::write(to, text).unwrap();
        }
        let database = folder.path().join("charley.db");
        let store = Sqlite::open(&database, Opening::default()).await.unwrap();
        let own = folder.path().join("responses");
        let (responses, loaded) = load(&own).unwrap();
        let bot = Arc::new(Bot::new(Arc::new(responses), Arc::new(store)));
        let live = Reloader::new(own, Arc::clone(&bot), loaded);
        Self { folder, bot, live }
    }

    /// Saves as editors do: a new file beside it, moved over it.
    fn save(&self, file: &str, change: impl FnOnce(&str) -> String) {
        let path = self.folder.path().join("responses").join(file);
        let text = change(&fs::read_to_string(&path).unwrap());
        let beside = path.with_extension("new");
        fs::write(&beside, text).unwrap();
        fs::rename(beside, path).unwrap();
    }

    /// What two looks find: at the first it may still be being saved.
    fn looks(&mut self) -> Option<News> {
        assert_eq!(self.live.look(), None);
        self.live.look()
    }

    fn name(&self) -> String {
        self.bot.responses().club.clone()
    }
}

#[tokio::test]
async fn a_sound_change_is_in_use_and_told_once() {
    let mut club = Club::new().await;
    assert_eq!(club.looks(), None);
    club.save("club.toml", |text| text.replace("our club", "Riverside Runners"));

    assert_eq!(club.looks(), Some(News::Taken(vec!["club.toml".to_owned()])));
    assert_eq!(club.name(), "Riverside Runners");
    assert_eq!(club.looks(), None);
}

#[tokio::test]
async fn a_faulty_change_leaves_what_was_and_is_told_once_with_its_place() {
    let mut club = Club::new().await;
    club.save("club.toml", |text| format!("nmae = \"x\"\n{text}"));

    let told = club.looks().unwrap().to_string();
    assert!(told.contains("those from before stay") && told.contains("club.toml:1:1"), "{told}");
    assert_eq!(club.name(), "our club");
    assert_eq!(club.looks(), None);

    club.save("club.toml", |text| text.replace("nmae = \"x\"\n", ""));
    assert!(matches!(club.looks(), Some(News::Taken(_))));
}

#[tokio::test]
async fn a_change_that_hides_danger_signs_leaves_what_was() {
    let mut club = Club::new().await;
    club.save("context.toml", |text| {
        text.replace("[denied]\nbefore = [", "[denied]\nbefore = [\"my\", \"the\",")
    });

    let told = club.looks().unwrap().to_string();
    assert!(told.contains("those from before stay") && told.contains("does not raise"), "{told}");
}

#[tokio::test]
async fn a_folder_that_is_gone_leaves_what_was() {
    let mut club = Club::new().await;
    fs::remove_dir_all(club.folder.path().join("responses")).unwrap();
    assert!(matches!(club.looks(), Some(News::Faulty(_))));
    assert_eq!(club.name(), "our club");
}
