//! Where what Discord says waits until Charley can answer: the gateway is read from the first moment
//! of a start on, and nothing of it is lost or answered out of order.

use std::cell::RefCell;

use super::frame::RawFrame;
use super::gateway::{Reader, Standing};

/// A place for a reader, who comes later.
pub(super) struct Anteroom<R>(RefCell<State<R>>);

enum State<R> {
    /// Nobody is there yet.
    Waiting { frames: Vec<String>, from: Option<Standing>, intents: u64 },
    /// Everything goes on to the reader.
    Open(R),
}

impl<R: Reader> Anteroom<R> {
    /// With nobody there; the session that is gone on with stands so.
    pub(super) fn new(from: Option<Standing>) -> Self {
        Self(RefCell::new(State::Waiting { frames: Vec::new(), from, intents: 0 }))
    }

    /// The reader comes, and reads what has been waiting.
    pub(super) fn open(&self, mut reader: R) {
        let mut state = self.0.borrow_mut();
        if let State::Waiting { frames, intents, .. } = &*state {
            reader.intends(*intents);
            for frame in frames {
                reader.frame(frame);
            }
        }
        *state = State::Open(reader);
    }
}

impl<R: Reader> Reader for &Anteroom<R> {
    fn frame(&mut self, text: &str) -> bool {
        match &mut *self.0.borrow_mut() {
            State::Waiting { frames, .. } => {
                frames.push(text.to_owned());
                is_event(text)
            }
            State::Open(reader) => reader.frame(text),
        }
    }

    fn intends(&mut self, wanted: u64) {
        match &mut *self.0.borrow_mut() {
            State::Waiting { intents, .. } => *intents = wanted,
            State::Open(reader) => reader.intends(wanted),
        }
    }

    fn standing(&self) -> Option<Standing> {
        match &*self.0.borrow() {
            State::Waiting { from, .. } => from.clone(),
            State::Open(reader) => reader.standing(),
        }
    }
}

fn is_event(text: &str) -> bool {
    serde_json::from_str::<RawFrame<'_>>(text).is_ok_and(|frame| frame.s.zip(frame.t).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Heard(Vec<String>, u64);

    impl Reader for Heard {
        fn frame(&mut self, text: &str) -> bool {
            self.0.push(text.to_owned());
            true
        }

        fn intends(&mut self, intents: u64) {
            self.1 = intents;
        }

        fn standing(&self) -> Option<Standing> {
            let session = self.0.join(" ");
            let standing = Standing {
                session,
                sequence: 0,
                resume_url: None,
                user: 1,
                application: 2,
                seen: 0,
                intents: self.1,
            };
            Some(standing)
        }
    }

    #[test]
    fn what_came_before_the_reader_is_read_first_and_in_order() {
        let room = Anteroom::new(None);
        let mut door = &room;
        door.intends(7);
        assert!(door.frame(r#"{"op":0,"s":1,"t":"READY","d":{}}"#));
        assert!(!door.frame(r#"{"op":11}"#));
        assert_eq!(door.standing(), None);

        room.open(Heard::default());
        assert!(door.frame("later"));
        let Standing { session, intents, .. } = door.standing().unwrap();
        assert_eq!(intents, 7);
        assert_eq!(session, r#"{"op":0,"s":1,"t":"READY","d":{}} {"op":11} later"#);
    }
}
