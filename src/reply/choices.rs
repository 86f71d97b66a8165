//! What can be pressed below a reply whatever it says: more of it, topics next to it, its sources.

use super::Choice as Pressable;
use super::compose::{Audience, Composer};
use crate::responses::{TopicId, fixed};
use crate::triage::{Choice, Move};
use crate::vocabulary::{Question, Urgency};

impl Composer<'_> {
    /// What can be pressed below a reply whatever it holds: more of it, and its sources.
    pub(super) fn closing(&mut self, moves: &[Move], to: Audience) {
        if to != Audience::Person {
            return self.offer(moves);
        }
        let asking = moves.iter().any(|m| matches!(m, Move::Ask(q, _) if *q != Question::WhatIf));
        let mut answered: Vec<TopicId> = moves
            .iter()
            .filter_map(|step| match step {
                Move::Answer(topic) | Move::FollowUp(topic, _) => Some(*topic),
                _ => None,
            })
            .collect();
        answered.dedup();
        if !asking {
            self.further(&answered);
        }
        let emergency = moves
            .iter()
            .any(|step| matches!(step, Move::Emergency(_) | Move::Sent(_, Urgency::Emergency)));
        if !self.sourced.is_empty() && !emergency {
            self.press(Choice::Sources, fixed::SOURCES);
        }
    }

    /// Help in private, and how to be left alone.
    fn offer(&mut self, moves: &[Move]) {
        if moves.iter().any(|step| matches!(step, Move::Ask(Question::Offer, _))) {
            return;
        }
        self.choices.clear();
        self.answers(Question::Offer, None, false, false);
    }

    pub(super) fn press(&mut self, choice: Choice, label: &str) {
        self.choices.push(self.pressable(choice, label));
    }

    fn pressable(&self, choice: Choice, label: &str) -> Pressable {
        Pressable { id: choice.id(self.responses), label: label.to_owned() }
    }

    /// What found no room can be pressed: before more of it, and before the sources.
    pub(super) fn instead(&mut self, left_out: &[TopicId]) {
        for id in left_out {
            let Some(topic) = self.responses.topic(*id) else { continue };
            let whole = self.pressable(Choice::Topic(*id), &topic.title);
            let more = Choice::More(*id).id(self.responses);
            let sources = Choice::Sources.id(self.responses);
            let at = |wanted: &str| self.choices.iter().position(|choice| choice.id == wanted);
            match (at(&more), at(&sources)) {
                (Some(more), _) => self.choices.splice(more..=more, [whole]),
                (None, Some(sources)) => self.choices.splice(sources..sources, [whole]),
                (None, None) => self.choices.splice(self.choices.len().., [whole]),
            };
        }
    }

    /// More of what was answered, and topics next to it; not offered while a question is open.
    fn further(&mut self, answered: &[TopicId]) {
        let several = answered.len() > 1;
        let of_each = if answered.len() > 2 { 1 } else { 2 };
        let mut related: Vec<TopicId> = Vec::new();
        for id in answered {
            let Some(topic) = self.responses.topic(*id) else { continue };
            if topic.more.is_some() && !self.is_careful(topic) {
                let label = format!("More: {}", topic.title);
                let label = if several { &label } else { fixed::MORE };
                self.press(Choice::More(*id), label);
            }
            for near in topic.related.iter().take(of_each) {
                if !answered.contains(near) && !related.contains(near) {
                    related.push(*near);
                }
            }
        }
        for id in related {
            if let Some(topic) = self.responses.topic(id) {
                self.press(Choice::Topic(id), &topic.title);
            }
        }
    }
}
