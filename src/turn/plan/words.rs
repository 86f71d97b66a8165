//! What somebody says of their plan in plain words: a wish, an answer to the open check-in, or the
//! words of a choice. What is none of these leaves the open question as it is, and it is asked again.

use super::super::{Audience, Conversation};
use super::consent::clears;
use crate::message::{Message, plain_words};
use crate::plan::{
    Days, Habits, Paused, Plan, Press, State, has_number, moved, tells_of_nights, wished_anew,
};
use crate::responses::{PlanText, Responses, TalkLists};
use crate::triage::{self, Input, Move, Stage};
use crate::understanding::{About, Claim, Understanding};
use crate::vocabulary::{Card, Fact, Flag, FlagSet, Question, Status, Talk, Urgency};

/// What a message says of the plan, and of nothing else.
pub(in crate::turn) fn act(
    responses: &Responses,
    before: &Conversation,
    message: &Message,
    said: &Understanding,
    to: Audience,
) -> Option<Press> {
    if to != Audience::Person {
        return None;
    }
    if said.raised == FlagSet::only(Flag::Medication) {
        let plan = before.plan.as_ref().filter(|_| !asks(before) && !said.question)?;
        return plan.has_new_medicine(responses.plan(&plan.name)?);
    }
    // "4 nights a week", to the count of a plan.
    let counts = said.raised == FlagSet::only(Flag::Recurrent)
        && before.plan.as_ref().is_some_and(|plan| plan.open.is_some());
    // "Make it 3 times a week", of the reminders.
    let counts = counts || said.facts.contains(Fact::PlanFewer) && !said.is_relevant();
    if !said.raised.is_empty() && !counts {
        return None;
    }
    if said.unsure.iter().any(|flag| responses.urgency(flag) >= Urgency::Urgent) {
        let plan = before.plan.as_ref().filter(|_| only_limps(before, said))?;
        let text = responses.plan(&plan.name)?;
        let answer = plan.in_words(&responses.talk, text, &message.text, said, is_checking(before));
        let free = plan.state == State::Running && plan.open.is_none();
        return answer.or_else(|| free.then_some(Press::Sore));
    }
    let wish = || wish(responses, before, message, said);
    let Some(plan) = before.plan.as_ref() else {
        // It is told that there is none, where nothing else is meant.
        let other = said.is_relevant() || said.topics.iter().any(|topic| topic.named);
        let ends =
            said.facts.contains(Fact::PlanStop) && names_plan(&responses.talk, &message.text);
        let words = plain_words(&message.text);
        let asks_plan = said.question && responses.talk.list(Talk::AsksPlan).is_in(&words);
        return match asks(before) {
            false if ends => Some(Press::Stop),
            // What comes is asked where nothing does.
            false if asks_plan && said.length <= LONGEST => Some(Press::Status),
            // Who wants to be left alone has taken leave of us.
            false if !other && !said.facts.contains(Fact::Stop) => wish(),
            _ => None,
        };
    };
    let text = responses.plan(&plan.name);
    let heard = Heard { responses, before, plan, text, message, said };
    heard
        .of_offer()
        .or_else(|| heard.hurts())
        .or_else(|| heard.off_today())
        .or_else(|| heard.until())
        .or_else(|| heard.worse_beside().filter(|_| heard.stop().is_none()))
        .or_else(|| heard.postpones())
        .or_else(|| heard.limits())
        .or_else(|| heard.names_place())
        .or_else(|| heard.goes_on())
        .or_else(|| heard.rest())
        .or_else(|| heard.stop())
        .or_else(|| heard.leaves())
        .or_else(wish)
        .or_else(|| heard.asks_plan())
        .or_else(|| heard.act())
}

/// "End my recovery plan": where there is none, that is told.
fn names_plan(talk: &TalkLists, text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic());
    words.any(|word| talk.has(Talk::Plan, &word.to_lowercase()))
}

/// Whether a message says no more than that somebody limps, while nothing but the plan asks how they
/// walk: there it is one of the answers. To the check of a check-in it is kept, and the check comes
/// once more.
fn only_limps(before: &Conversation, said: &Understanding) -> bool {
    let checking = is_checking(before);
    let longest = if checking { LONGEST } else { LONGEST_STOP };
    let limps = said.facts.contains(Fact::Limp) && said.length <= longest && !said.question;
    let free = checking || !asks(before);
    free && limps && said.unsure == FlagSet::only(Flag::CannotBearWeight)
}

/// Whether the danger signs are asked for in short, for the check-in that waits.
const fn is_checking(before: &Conversation) -> bool {
    matches!(before.stage, Stage::Asking(Question::Rescreen, _))
}

/// Whether a question of the interview is open.
const fn asks(before: &Conversation) -> bool {
    matches!(before.stage, Stage::Asking(..) | Stage::Waiting)
}

/// A message to somebody's plan.
pub(super) struct Heard<'h> {
    pub(super) responses: &'h Responses,
    pub(super) before: &'h Conversation,
    pub(super) plan: &'h Plan,
    pub(super) text: Option<&'h PlanText>,
    pub(super) message: &'h Message,
    pub(super) said: &'h Understanding,
}

impl Heard<'_> {
    fn act(&self) -> Option<Press> {
        let short = self.said.length <= LONGEST;
        let checking = self.is_checking() || self.waits_for_check();
        let asked = self.is_elsewhere();
        let seen = self.plan.is_held() && self.says(Fact::DoctorHasSeen);
        if seen && self.said.length <= LONGEST_WISH {
            return Some(Press::Seen);
        }
        let nights = self.is_checking() && tells_of_nights(self.talk(), &self.message.text);
        if nights && !self.said.is_relevant() {
            // That is no word on the danger signs.
            return Some(Press::Ask);
        }
        let first = self.of_stage().or_else(|| self.of_sport());
        let first = first.or_else(|| self.aside());
        let first = first.or_else(|| self.again());
        let press = if let Some(press) = first {
            Some(press)
        } else if !short {
            self.counts()
        } else if self.is_checking() {
            self.label().or_else(|| self.put_off()).or_else(|| self.answer(true))
        } else if !asked && checking {
            let said = self.settled().or_else(|| self.label()).or_else(|| self.put_off());
            said.or_else(|| self.answer(true))
        } else if !asked {
            self.settled().or_else(|| self.answer(false)).or_else(|| self.label())
        } else {
            None
        };
        let moves = || {
            (!asked && !self.said.is_relevant()).then(|| moved(self.talk(), &self.message.text))?
        };
        let travels =
            |press: &Press| short || *press == Press::Travels && self.said.length <= LONGEST_WISH;
        let press = press.or_else(|| moves().filter(travels));
        // Whoever has a plan is not told what one would be.
        let waits = self.waits();
        let about_it = || !asked && !waits && self.speaks_of_it();
        press
            .or_else(|| self.report())
            .or_else(|| (about_it() && self.said.length <= LONGEST_WISH).then_some(Press::Status))
            .or_else(|| self.is_lost().then_some(Press::Ask))
    }

    /// Whether a question of the interview is open.
    pub(super) const fn is_elsewhere(&self) -> bool {
        asks(self.before)
    }

    /// Whether the danger signs are asked for in short, for the check-in that waits.
    pub(super) const fn is_checking(&self) -> bool {
        is_checking(self.before)
    }

    /// Whether a check-in waits for a clear check that was asked for too long ago to be open.
    pub(super) fn waits_for_check(&self) -> bool {
        let step = |name: &str| self.text.and_then(|text| text.step(name));
        let unclear = self.plan.open.as_ref().filter(|open| open.clear.is_none());
        let checks = unclear.and_then(|open| step(&open.step)).is_some_and(|step| step.check);
        let silent = self.plan.state == State::Paused(Paused::BySilence) && checks;
        silent || self.plan.state == State::Running && (checks || self.plan.doubt.is_some())
    }

    /// Whether something of the plan waits for an answer.
    pub(super) fn waits(&self) -> bool {
        let open = self.plan.open.is_some() || self.plan.doubt.is_some();
        match self.plan.state {
            State::Running => open,
            State::Paused(Paused::BySilence) => true,
            State::Paused(Paused::ByMember | Paused::ByDangerSign) => false,
        }
    }

    /// The lists of plain words.
    pub(super) const fn talk(&self) -> &TalkLists {
        &self.responses.talk
    }

    pub(super) fn says(&self, fact: Fact) -> bool {
        wishes(self.talk(), self.message, self.said, fact)
    }

    /// What is wished of a step that somebody may ask for themselves.
    fn of_offer(&self) -> Option<Press> {
        let short = self.said.length <= LONGEST && self.plan.state == State::Running;
        let (talk, words) = (self.talk(), &self.message.text);
        self.plan.offered_in_words(talk, self.text?, words).filter(|_| short)
    }

    /// The words on a choice below a check-in or a plan. Those that put something off need something
    /// that waits.
    pub(super) fn label(&self) -> Option<Press> {
        let labels = &self.responses.question(Question::Reminder).choices;
        let words = &self.message.text;
        let named = labels.iter().find(|(_, label)| Plan::is_named(label, words));
        // "Remind me tonight", where something waits.
        let put_off = |key: &str| matches!(Press::of_key(key), Some(Press::Snooze(_)));
        let mut all = labels.iter();
        let mut within =
            || all.find(|(key, label)| put_off(key) && Plan::is_within(self.talk(), label, words));
        // "Can I fly tomorrow?" puts nothing off.
        let press = named.or_else(|| within().filter(|_| !self.said.question));
        let press = Press::of_key(press?.0)?;
        match press {
            Press::Later | Press::Snooze(_) | Press::Skip => self.waits().then_some(press),
            // "I'm fine now" to "How is the leg?" is an answer, and no end.
            Press::Fine => (!self.waits()).then_some(press),
            _ => Some(press),
        }
    }

    /// "Not now", "worse".
    fn put_off(&self) -> Option<Press> {
        if self.said.question {
            None
        } else if self.says(Fact::Worse) {
            Some(Press::Worse)
        } else if self.says(Fact::Later) && self.waits() {
            // "Sorry, been busy": whoever is back goes on.
            let back = self.plan.state == State::Paused(Paused::BySilence);
            Some(if back { Press::Resume } else { Press::Later })
        } else {
            None
        }
    }

    /// What a short message answers. Where the danger signs are asked for, a yes or no is for them.
    fn answer(&self, checking: bool) -> Option<Press> {
        let (talk, text, words) = (self.talk(), self.text?, &self.message.text);
        // "Cramped again, 2 km in" is no number of soreness.
        let cramp = [Fact::Now, Fact::StillLocked, Fact::CrampedAgain].into_iter();
        let cramps = cramp.into_iter().any(|fact| self.says(fact)) && !self.is_unchanged();
        let asks = self.said.question && !Plan::is_done(words) && !Plan::tells_done(words);
        if (cramps || asks) && !self.plan.begins_with_choice(text, words) {
            return None;
        }
        // Whoever answers the check besides is heard by the interview first.
        let clear = || clears(self.responses, self.plan, text, words);
        if checking && (self.clears() || clear()) {
            return None;
        }
        // "Not now", to a count or to what is to be done, is no count of none.
        let counts = has_number(talk, words);
        let later = self.says(Fact::Later) && !checking && !counts && !Plan::tells_done(words);
        if later && (self.plan.is_of_routine(text) || self.plan.asks_number(text)) {
            return self.put_off();
        }
        let newest = self.plan.newest_in_words(talk, text, words, checking);
        let answer = newest.or_else(|| self.plan.in_words(talk, text, words, self.said, checking));
        // "About 4, but worse than yesterday": the danger signs go before the number.
        let worse = self.says(Fact::Worse) && !checking && !self.said.question;
        if worse && !answer.as_ref().is_some_and(Press::tells_worse) {
            return Some(Press::Worse);
        }
        answer.or_else(|| if checking { None } else { self.put_off() })
    }

    /// "Same as before", of what is counted, where no cramp is on.
    fn is_unchanged(&self) -> bool {
        self.says(Fact::Unchanged) && self.before.case.now != Some(true)
    }

    /// Whether the interview takes a message as a clear check.
    fn clears(&self) -> bool {
        self.as_heard().plan == Some(triage::ForPlan::IsClear)
    }

    /// Whether something waits for an answer, and the interview makes nothing of a message.
    fn is_lost(&self) -> bool {
        let elsewhere = self.is_elsewhere();
        let sent = matches!(self.before.stage, Stage::Closed(level) if level >= Urgency::Urgent);
        if elsewhere && !self.is_checking() || sent || !self.waits() {
            return false;
        }
        if self.is_unchanged() && self.said.length <= LONGEST {
            return true;
        }
        let next = self.as_heard();
        // Who asks or thanks is answered, and what is open comes behind it.
        let is_chat = |topic| {
            let topic = self.responses.topic(topic);
            let named = self.said.topics.first().is_some_and(|best| best.named);
            let thanks = named && topic.is_some_and(|topic| topic.intent == "thanks");
            let heard = self.said.question || thanks;
            topic.is_some_and(|topic| topic.chat && !heard)
        };
        let nothing = |step: &Move| match step {
            Move::Show(card) => matches!(
                card,
                Card::NotUnderstood
                    | Card::PlanUnclear
                    | Card::UnclearAnswer
                    | Card::FewerSigns
                    | Card::CannotSkip
                    | Card::Noted
                    | Card::OffTopic
            ),
            Move::Ask(question, _) => *question == Question::Rescreen,
            Move::Answer(topic) => is_chat(*topic),
            _ => false,
        };
        next.plan.is_none() && next.moves.iter().all(nothing)
    }

    /// What the interview would make of it.
    pub(super) fn as_heard(&self) -> triage::Next {
        let mut case = self.before.case.clone();
        case.plan.runs = true;
        let (stage, at) = (self.before.stage, self.message.at);
        triage::next(self.responses, case, stage, Input::Heard(self.said), at)
    }

    /// Whether a message is about reminders, or tells how sore the leg is when nobody asked.
    fn speaks_of_it(&self) -> bool {
        let best = self.said.topics.first().and_then(|best| self.responses.topic(best.topic));
        let reminders = best.is_some_and(|topic| topic.intent == "reminders");
        !self.said.is_relevant() && (reminders || self.said.facts.contains(Fact::Sore))
    }
}

/// What somebody wishes of a plan, whichever it is.
fn wish(
    responses: &Responses,
    before: &Conversation,
    message: &Message,
    said: &Understanding,
) -> Option<Press> {
    // "When is the next one?" is a question, and no condition.
    let next = |claim: &Claim| claim.about == About::Fact(Fact::PlanNext);
    let asks_next = said.claims.iter().any(next);
    let says =
        |fact| wishes(&responses.talk, message, said, fact) || fact == Fact::PlanNext && asks_next;
    let usual = Habits::usual(&responses.zone);
    let habits = before.plan.as_ref().map_or(&usual, |plan| &plan.habits);
    let short = [
        (Fact::PlanNext, Press::Status),
        (Fact::PlanPause, Press::Pause),
        (Fact::PlanResume, Press::Resume),
        (Fact::PlanFewer, fewer(&responses.talk, &message.text, habits.days)),
    ];
    let mut short = short.into_iter().filter(|_| said.length <= LONGEST);
    let settings = || said.length <= LONGEST_WISH && says(Fact::PlanSettings);
    let wish = short.find(|(fact, _)| says(*fact)).map(|(_, press)| press);
    let plan = before.plan.as_ref().and_then(|plan| responses.plan(&plan.name));
    let evening = plan.is_some_and(Plan::is_of_evenings);
    wish.or_else(|| {
        settings().then(|| wished_anew(&responses.talk, &message.text, evening, habits))
    })
}

/// Fewer reminders: on some days, or every other one.
fn fewer(talk: &TalkLists, text: &str, before: Days) -> Press {
    let days = Days::wished(talk, text).map(|days| days.beside(talk, text, before));
    days.map_or(Press::Fewer(Some(true)), Press::Days)
}

/// Whether a message says so, or asks for it: "can you pause my plan?" is a wish, and "if I pause it"
/// is none.
fn wishes(talk: &TalkLists, message: &Message, said: &Understanding, fact: Fact) -> bool {
    let asks = |claim: &Claim| {
        let cue = claim.cue.clone().and_then(|cue| message.text.get(cue)).unwrap_or_default();
        let first = cue.split_whitespace().next().unwrap_or_default().to_lowercase();
        claim.status == Status::Hypothetical && talk.has(Talk::AsksPolitely, &first)
    };
    let of_it = |claim: &&Claim| claim.about == About::Fact(fact);
    said.facts.contains(fact) || said.claims.iter().filter(of_it).any(asks)
}

/// Longest message, in words, that is taken as a wish to stop or for another time of day; nobody tells
/// a long story to say so.
pub(super) const LONGEST_WISH: usize = 25;

/// Longest message, in words, that is taken as an answer to a check-in or a wish about the plan.
pub(super) const LONGEST: usize = 10;

/// Longest message, in words, in which "stop" is said of all of it.
pub(super) const LONGEST_STOP: usize = 6;
