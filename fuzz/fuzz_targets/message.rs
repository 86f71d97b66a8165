//! Any message, from wherever the conversation stands: a turn comes of it, and no more than that.
#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use charley::message::{Address, Message, PersonId, PlaceId};
use charley::responses::{Responses, disk};
use charley::turn::{Conversation, Event, turn};
use libfuzzer_sys::fuzz_target;

static RESPONSES: LazyLock<Responses> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../responses");
    disk::load(&folder).unwrap_or_else(|problems| panic!("{problems}"))
});

fuzz_target!(|said: (bool, Vec<String>)| {
    let (addressed, texts) = said;
    let from = Address { person: PersonId(1), place: PlaceId(2) };
    let mut conversation = Conversation::default();
    for (text, id) in texts.into_iter().zip(0..4) {
        let at = jiff::Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_mins(id);
        let message = Message { id: id.unsigned_abs(), from, text, at, addressed, in_public: !addressed, within: None };
        let turn = turn(&RESPONSES, conversation, &Event::Said(message));
        assert!(turn.replies.iter().all(|reply| reply.text.chars().count() <= 2_000));
        conversation = turn.next;
    }
});
