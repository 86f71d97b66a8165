//! Where what Discord says waits until Charley can answer: the gateway is read from the first moment
//! of a start on, and nothing of it is lost or answered out of order.

use std::cell::RefCell;

use super::frame::{Awaited, INTERACTION, READY, RawFrame};
use super::gateway::{Reader, Standing};

/// A place for a reader, who comes later.
pub(super) struct StartupBuffer<R> {
    state: RefCell<State<R>>,
    /// What becomes of a press or a command that comes before.
    early: Box<dyn Fn(Awaited)>,
}

enum State<R> {
    /// Nobody is there yet.
    Waiting { frames: Vec<String>, from: Option<Standing>, intents: u64 },
    /// Everything goes on to the reader.
    Open(R),
}

impl<R: Reader> StartupBuffer<R> {
    /// With nobody there; the session that is gone on with stands so. A press or a command that comes
    /// before somebody is there is told to `early_acks` as well, as it cannot wait.
    pub(super) fn new(from: Option<Standing>, early: impl Fn(Awaited) + 'static) -> Self {
        let state = RefCell::new(State::Waiting { frames: Vec::new(), from, intents: 0 });
        Self { state, early: Box::new(early) }
    }

    /// The first event of a session that began while nobody was there, and what is read in it.
    pub(super) fn began(&self) -> Option<(String, u64)> {
        let state = self.state.borrow();
        let State::Waiting { frames, intents, .. } = &*state else { return None };
        let is_first = |text: &&String| {
            serde_json::from_str::<RawFrame<'_>>(text).is_ok_and(|frame| frame.t == Some(READY))
        };
        frames.iter().rfind(is_first).map(|text| (text.clone(), *intents))
    }

    /// The reader comes, and reads what has been waiting.
    pub(super) fn open(&self, mut reader: R) {
        let mut state = self.state.borrow_mut();
        if let State::Waiting { frames, intents, .. } = &*state {
            reader.intends(*intents);
            for frame in frames {
                reader.frame(frame);
            }
        }
        *state = State::Open(reader);
    }
}

impl<R: Reader> Reader for &StartupBuffer<R> {
    fn frame(&mut self, text: &str) -> bool {
        match &mut *self.state.borrow_mut() {
            State::Waiting { frames, .. } => {
                frames.push(text.to_owned());
                let Ok(frame) = serde_json::from_str::<RawFrame<'_>>(text) else { return false };
                if let (Some(INTERACTION), Some(data)) = (frame.t, frame.d)
                    && let Ok(awaited) = serde_json::from_str(data.get())
                {
                    (self.early)(awaited);
                }
                frame.s.zip(frame.t).is_some()
            }
            State::Open(reader) => reader.frame(text),
        }
    }

    fn intends(&mut self, wanted: u64) {
        match &mut *self.state.borrow_mut() {
            State::Waiting { intents, .. } => *intents = wanted,
            State::Open(reader) => reader.intends(wanted),
        }
    }

    fn standing(&self) -> Option<Standing> {
        match &*self.state.borrow() {
            State::Waiting { from, .. } => from.clone(),
            State::Open(reader) => reader.standing(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

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
                roles: Vec::new(),
            };
            Some(standing)
        }
    }

    #[test]
    fn what_came_before_the_reader_is_read_first_and_in_order() {
        let room = StartupBuffer::new(None, |_| {});
        let mut door = &room;
        door.intends(7);
        assert!(door.frame(r#"{"op":0,"s":1,"t":"READY","d":{}}"#));
        assert!(!door.frame(r#"{"op":11}"#));
        assert_eq!(door.standing(), None);
        let ready = r#"{"op":0,"s":1,"t":"READY","d":{}}"#;
        assert_eq!(room.began(), Some((ready.to_owned(), 7)));

        room.open(Heard::default());
        assert!(door.frame("later"));
        let Standing { session, intents, .. } = door.standing().unwrap();
        assert_eq!(intents, 7);
        assert_eq!(session, r#"{"op":0,"s":1,"t":"READY","d":{}} {"op":11} later"#);
    }

    #[test]
    fn a_press_that_comes_before_the_reader_is_told_at_once_and_later_ones_are_not() {
        let early = Rc::new(RefCell::new(Vec::new()));
        let told = Rc::clone(&early);
        let room = StartupBuffer::new(None, move |awaited| told.borrow_mut().push(awaited.id.0));
        let press = |id: u64| {
            format!(
                r#"{{"op":0,"s":{id},"t":"INTERACTION_CREATE",
                     "d":{{"id":"{id}","token":"t","type":3}}}}"#
            )
        };
        let mut door = &room;
        assert!(door.frame(&press(1)) && door.frame(&press(2)));
        room.open(Heard::default());
        assert!(door.frame(&press(3)));
        assert_eq!(*early.borrow(), [1, 2]);
    }
}
