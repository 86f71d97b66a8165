//! What somebody tells of themselves while a plan runs. Before anything else of it comes, it ends for
//! whoever is under 18, rests in pregnancy until a midwife was asked, and goes on with more care on a
//! blood thinner.

use super::order::{circumstances, is_of_interview};
use super::{Case, Flow, ForPlan, Move, OnPlan, Stage};
use crate::understanding::{Plainly, Understanding, Who};
use crate::vocabulary::{Card, Fact, Flag, FlagId, Question, Urgency};

/// What is new of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum News {
    /// Under 18.
    Young,
    /// Pregnant, or gave birth lately.
    Pregnant,
    /// A blood thinner.
    Thinner,
    /// Another medicine, or an illness.
    Illness,
}

impl Flow<'_> {
    /// A message that tells of oneself and of nothing else, while a plan runs.
    pub(super) fn heard_meanwhile(&mut self, said: &Understanding, before: &Case) -> bool {
        let Some(news) = self.news_of_person(before) else { return false };
        let changes = matches!(news, News::Young | News::Pregnant);
        let signs = said.raised.union(said.unsure).without(circumstances());
        let alone = signs.is_empty() && !said.is_relevant() && !self.is_in_doubt();
        let answers = said.plainly == Plainly::NoAndMore;
        let free = match self.stage {
            Stage::Asking(Question::Rescreen, _) | Stage::Idle | Stage::Closed(_) => true,
            Stage::Asking(..) | Stage::Waiting => false,
        };
        if !alone || !changes && (answers || said.question || !free) {
            return false;
        }
        self.takes_note(news);
        if !changes {
            self.repeat_question();
        }
        true
    }

    /// The same, however it was told and whatever came of the rest.
    pub(super) fn note_meanwhile(&mut self, before: &Case) {
        let noted = matches!(self.plan, Some(ForPlan::Ends | ForPlan::Rests | ForPlan::Stops))
            || self
                .moves
                .iter()
                .any(|step| matches!(step, Move::Show(Card::PlanMedicine | Card::PlanThinner)));
        let interview = self.moves.iter().any(|step| match step {
            Move::Ask(question, _) => *question != Question::Rescreen,
            Move::Advice => true,
            _ => false,
        });
        // The advice at the end of an interview tells of a visit by itself.
        let news = self.news_of_person(before);
        let news = news.filter(|news| !(noted || interview && *news == News::Illness));
        if let Some(news) = news {
            self.takes_note(news);
        }
    }

    /// What is known of the person that was not known before.
    fn news_of_person(&self, before: &Case) -> Option<News> {
        let own = !Who::WRITER.differs(self.case.who);
        if !before.plan.runs || !own || self.is_sent_to_doctor() || self.quiet.is_some() {
            return None;
        }
        let raised = |flag| self.case.has(flag) && !before.has(flag);
        let thinner = self.case.facts.contains(Fact::BloodThinner);
        if self.case.is_minor() && !before.is_minor() {
            Some(News::Young)
        } else if raised(Flag::Pregnancy) {
            Some(News::Pregnant)
        } else if thinner && !before.facts.contains(Fact::BloodThinner) {
            Some(News::Thinner)
        } else {
            let ill = raised(Flag::Medication) || raised(Flag::Condition);
            ill.then_some(News::Illness)
        }
    }

    /// Whether a danger sign is in doubt.
    fn is_in_doubt(&self) -> bool {
        self.case.unsure.iter().any(|flag| self.responses.urgency(flag) >= Urgency::Urgent)
    }

    fn takes_note(&mut self, news: News) {
        match news {
            News::Young => {
                self.case.plan = OnPlan::default();
                self.plan = Some(ForPlan::Ends);
                self.instead_of_check(Card::PlanEndsMinor);
            }
            News::Pregnant => {
                self.case.plan.checks_in = true;
                self.plan = Some(ForPlan::Rests);
                self.instead_of_check(Card::PlanMidwife);
                let asks =
                    matches!(self.stage, Stage::Asking(question, _) if is_of_interview(question));
                if !asks && self.stage != Stage::Waiting {
                    self.case.doubt(Flag::UnrelentingPain);
                    self.ask(Question::Clarify, Some(FlagId::from(Flag::UnrelentingPain)));
                }
            }
            News::Thinner => self.acknowledge(Move::Show(Card::PlanThinner)),
            News::Illness => self.acknowledge(Move::Show(Card::PlanMedicine)),
        }
    }

    /// What is said first, in place of a word that it was read.
    fn acknowledge(&mut self, step: Move) {
        self.moves.retain(|other| !is_mere_word(other) && *other != step);
        self.moves.insert(0, step);
    }

    /// The same, where the plan no longer asks for the danger signs of a check-in.
    fn instead_of_check(&mut self, card: Card) {
        self.acknowledge(Move::Show(card));
        let responses = self.responses;
        let of_plan = |step: &Move| match step {
            Move::Ask(Question::Rescreen, _) => true,
            Move::Answer(topic) | Move::FollowUp(topic, _) => {
                let intents = ["nocturnal_info", "stretching", "massage"];
                responses.topic(*topic).is_some_and(|topic| {
                    topic.id == "pregnancy" || intents.contains(&topic.intent.as_str())
                })
            }
            _ => false,
        };
        self.moves.retain(|step| !of_plan(step));
        if matches!(self.stage, Stage::Asking(Question::Rescreen, _)) {
            self.stage = Stage::Closed(Urgency::SelfCare);
        }
    }
}

/// Whether a step says no more than that something was read, or holds for everybody like that.
const fn is_mere_word(step: &Move) -> bool {
    matches!(
        step,
        Move::Show(
            Card::Noted
                | Card::NotUnderstood
                | Card::PlanUnclear
                | Card::UnclearAnswer
                | Card::StillHolds
                | Card::MinorNote
                | Card::PregnancyNote
                | Card::PlanMinor
                | Card::PlanPregnant
        )
    )
}
