//! Self-care at the end of the interview, and the offer of a schedule that fits.

use serde::{Deserialize, Serialize};

use super::asked::Where;
use super::order::is_of_interview;
use super::plain::tells_nothing;
use super::{Answer, Case, Flow, ForPlan, Move, Stage};
use crate::responses::TopicId;
use crate::understanding::{About, Claim, Scored, Understanding};
use crate::vocabulary::{Aspect, Card, Fact, Flag, Question, Setting, Status, Urgency};

/// Which schedule fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Schedule {
    /// A short cramp that left nothing.
    Short,
    /// A cramp that left soreness or a limp, was long, or came again.
    Full,
    /// Night cramps.
    Night,
}

impl Schedule {
    /// The name of the plan that follows it.
    #[must_use]
    pub const fn plan(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Full => "full",
            Self::Night => "night",
        }
    }
}

impl Case {
    /// The schedule that fits; `None` when soreness decides and was not said.
    #[must_use]
    pub fn schedule(&self) -> Option<Schedule> {
        let holds = |fact| self.facts.contains(fact);
        let long = holds(Fact::ComesAndGoes)
            || holds(Fact::Over15Minutes)
            || self.answered.contains(Question::LetGo10);
        let repeated = holds(Fact::SecondCramp) || self.has(Flag::Recurrent);
        if self.setting == Setting::Nocturnal {
            Some(Schedule::Night)
        } else if long || repeated || self.sore == Some(true) {
            Some(Schedule::Full)
        } else {
            self.sore.map(|_| Schedule::Short)
        }
    }
}

/// Whether a message asks for a plan: "can you check on me?" is a question.
pub(super) fn wants_plan(said: &Understanding) -> bool {
    let of_it = |claim: &Claim| claim.about == About::Fact(Fact::PlanWish);
    said.claims.iter().any(|claim| of_it(claim) && claim.status != Status::Denied)
}

impl Flow<'_> {
    /// Whether a message says that no reminders are wanted, and nothing else.
    pub(super) fn refuses_plan(&self, said: &Understanding) -> bool {
        let of_it = |claim: &Claim| match claim.about {
            About::Fact(Fact::PlanWish) => claim.status == Status::Denied,
            About::Fact(Fact::PlanStop) => claim.status.raises(),
            About::Fact(_) | About::Flag(_) => false,
        };
        let named = said.topics.first().filter(|best| best.named);
        let topic = named.and_then(|best| self.responses.topic(best.topic));
        let other = topic.is_some_and(|topic| topic.intent != "reminders");
        let plain = tells_nothing(said) && !said.question && !wants_plan(said) && !other;
        plain && said.claims.iter().any(of_it)
    }

    /// Self-care, and the offer of a schedule.
    pub(super) fn advise(&mut self) {
        let agreed = std::mem::take(&mut self.case.plan.agreed) && !self.case.plan.runs;
        if agreed && self.may_have_schedule() {
            // What was told of them meanwhile may change the advice.
            if !self.news.is_empty() {
                self.say(Move::Advice);
            }
            return self.take_up(self.case.schedule().unwrap_or(Schedule::Full));
        }
        self.say(Move::Advice);
        if self.must_not_stretch() {
            self.say(Move::Show(Card::PlanNoStretch));
        }
        if self.case.plan.runs {
            self.plan = Some(ForPlan::CrampTold);
            self.finish();
        } else if self.may_have_schedule() && !self.case.answered.contains(Question::PlanOffer) {
            self.ask(Question::PlanOffer, None);
        } else {
            if let Some(card) = self.why_no_plan().filter(|_| self.case.plan.wished || agreed) {
                self.say(Move::Show(card));
            }
            self.finish();
        }
    }

    /// Whoever asks for a plan while the interview is open hears that it is offered at its end.
    pub(super) fn promise_plan(&mut self, said: &Understanding) {
        let known = !self.case.plan.runs && self.why_no_plan().is_none();
        let told = self.moves.contains(&Move::Show(Card::PlanComes));
        if self.is_interview_open() && known && !told && wants_plan(said) {
            self.moves.insert(0, Move::Show(Card::PlanComes));
        }
    }

    /// What is said to who wants a plan and may have none here.
    fn why_no_plan(&self) -> Option<Card> {
        if self.case.is_minor() {
            Some(Card::PlanMinor)
        } else if self.case.has(Flag::Pregnancy) && self.case.setting == Setting::Nocturnal {
            Some(Card::PlanPregnant)
        } else {
            self.must_not_stretch().then_some(Card::PlanNoStretch)
        }
    }

    fn finish(&mut self) {
        self.stage = Stage::Closed(Urgency::SelfCare);
    }

    /// Not for minors, nor with signs that do not fit a plain cramp; in pregnancy the midwife
    /// decides on stretches at night.
    fn may_have_schedule(&self) -> bool {
        let asks_midwife =
            self.case.has(Flag::Pregnancy) && self.case.setting == Setting::Nocturnal;
        let fits = self.case.no_plain_cramp().is_none()
            && !self.is_after_care()
            && !self.must_not_stretch();
        !self.case.is_minor() && !asks_midwife && fits
    }

    /// Told not to stretch, which is all that the plan for the night is.
    fn must_not_stretch(&self) -> bool {
        self.case.facts.contains(Fact::NoStretch) && self.case.setting == Setting::Nocturnal
    }

    /// A question about the check-ins while they are offered or after that, or the wish for some where
    /// there are none: why not, and what instead.
    pub(super) fn heard_of_plan(&mut self, said: &Understanding) -> bool {
        // "Can I have the plan?" is a question.
        let says = |fact| {
            let of_it = |claim: &Claim| claim.about == About::Fact(fact);
            said.claims.iter().any(|claim| of_it(claim) && claim.status != Status::Denied)
        };
        let offered = self.case.asked.contains(Question::PlanOffer)
            || matches!(self.stage, Stage::Asking(Question::PlanOffer, _));
        let plain = tells_nothing(said) && !self.case.plan.runs;
        if plain && offered && says(Fact::PlanAbout) {
            self.say(Move::Show(Card::PlanAbout));
            self.repeat_question();
            return true;
        }
        let wants = says(Fact::PlanWish) || says(Fact::PlanShow);
        let known = self.case.reported || self.case.advised;
        // Whoever said no to it may come to want it: it is offered once more.
        let closed = self.stage == Stage::Closed(Urgency::SelfCare) && self.case.checked;
        if plain && wants && offered && closed && self.may_have_schedule() {
            self.ask(Question::PlanOffer, None);
            return true;
        }
        if !(plain && known && wants && !offered) {
            return false;
        }
        let pregnant = self.case.has(Flag::Pregnancy).then_some(Card::PlanPregnant);
        let comes = self.is_interview_open().then_some(Card::PlanComes);
        let Some(card) = self.why_no_plan().or(pregnant).or(comes) else { return false };
        self.say(Move::Show(card));
        self.repeat_question();
        true
    }

    /// A circumstance that is told where the plan is offered: why to book a visit, and the offer stands.
    /// The advice is not told over again.
    pub(super) fn heard_at_offer(&mut self, said: &Understanding) {
        let lasting = [Flag::Medication, Flag::Condition, Flag::Recurrent];
        let only = said.raised.iter().all(|flag| lasting.into_iter().any(|one| flag == one.into()));
        if !only || !self.may_have_schedule() || self.next_question().is_some() {
            return self.go_on();
        }
        if said.question {
            self.answer_topics(said, Where::Alone);
        }
        if !self.news.is_empty() {
            self.say(Move::Visit);
        }
        self.repeat_question();
    }

    /// "Still limping a bit", told where the plan is offered or after that: what it means for sport.
    pub(super) fn heard_of_soreness(&mut self, said: &Understanding) -> bool {
        let sore = said.facts.contains(Fact::Sore) || said.facts.contains(Fact::Limp);
        let topic = self.responses.topic_id("sore_next_day");
        let says = |topic: &TopicId| {
            let topic = self.responses.topic(*topic);
            topic.is_some_and(|topic| topic.says_of(Aspect::WhileSore).is_some())
        };
        let plain = sore && !said.question && !self.case.is_minor() && said.raised.is_empty();
        let topic = topic.filter(|topic| plain && says(topic));
        if let Some(topic) = topic {
            self.say(Move::FollowUp(topic, Aspect::WhileSore));
        }
        topic.is_some()
    }

    /// A number of weeks alone tells of no pregnancy.
    pub(super) fn is_of_no_pregnancy(&self, said: &Understanding, scored: Scored) -> bool {
        let pregnancy = About::Flag(Flag::Pregnancy.into());
        let told = self.case.has(Flag::Pregnancy)
            || said.claims.iter().any(|claim| claim.about == pregnancy);
        !told && self.responses.topic(scored.topic).is_some_and(|topic| topic.id == "pregnancy")
    }

    /// Whether a question of the interview is open, and no cramp is on.
    fn is_interview_open(&self) -> bool {
        let asks = matches!(self.stage, Stage::Asking(question, _) if is_of_interview(question));
        asks && self.case.now != Some(true) && self.case.reported
    }

    pub(super) fn answered_offer(&mut self, answer: Answer) {
        if !matches!(answer, Answer::Yes | Answer::Some | Answer::Show) {
            self.case.plan.agreed = false;
            self.finish();
            return self.say(Move::Show(Card::Goodbye));
        }
        self.case.plan.only_shown = answer == Answer::Show;
        if answer != Answer::Show && !self.knows_whom() {
            self.case.plan.agreed = true;
            return self.ask(Question::Context, None);
        }
        match self.case.schedule() {
            Some(schedule) => self.take_up(schedule),
            None if self.case.plan.only_shown => self.ask(Question::Sore, None),
            // Nothing hangs on one more answer: the first check-in asks how sore it is, and what
            // suits the sore harms nobody meanwhile.
            None => self.take_up(Schedule::Full),
        }
    }

    /// Whether it is known that a plan is for an adult, and one at night for nobody who is pregnant; or
    /// was asked.
    fn knows_whom(&self) -> bool {
        let known = |flag: Flag| self.case.has(flag) || self.case.cleared.contains(flag);
        let adult = self.case.age.is_some() || self.case.who.is_adult();
        let adult = adult || known(Flag::Child) || known(Flag::Pregnancy);
        let older = self.case.facts.contains(Fact::AgeOver50);
        let never = older || self.case.who.is_never_pregnant() || known(Flag::Pregnancy);
        let at_night = self.case.setting == Setting::Nocturnal;
        let asked = self.case.answered.contains(Question::Context);
        asked || self.case.plan.runs || adult && (never || !at_night)
    }

    /// Soreness decides between the two schedules; "not sure" takes the careful one.
    pub(super) fn answered_sore(&mut self, answer: Answer) {
        let none = matches!(answer, Answer::No | Answer::None);
        self.case.sore = Some(!none);
        // A leg that is sore makes more of what raises the risk of a clot.
        if self.close_if_pressing() {
            return;
        }
        if !self.case.checked {
            // It was left open for so long that the danger signs are to be asked for anew.
            return self.go_on();
        }
        self.take_up(self.case.schedule().unwrap_or(Schedule::Full));
    }

    /// The schedule becomes a plan, or is only shown.
    fn take_up(&mut self, schedule: Schedule) {
        self.finish();
        if self.case.plan.only_shown {
            self.say(Move::Schedule(schedule));
        } else {
            self.plan = Some(ForPlan::Begins(schedule));
        }
    }
}
