//! What somebody says of their plan besides answers and plain wishes: that the stretch hurts, that some
//! reminders are not wanted, how it is done, and how the leg is when nobody asked.

use super::consent::is_well;
use super::words::{Heard, LONGEST, LONGEST_WISH};
use crate::message::plain_words;
use crate::plan::{
    Plan, Press, State, corrected, is_bare_time, is_question, keeps_some, only_place, put_off,
    put_off_until, tells_of_nights, wished_anew,
};
use crate::responses::PlanText;
use crate::understanding::{About, Attention, Claim, Understanding};
use crate::vocabulary::{Fact, Status, Talk};

impl Heard<'_> {
    /// "It hurts when I do it", of the stretch.
    pub(super) fn hurts(&self) -> Option<Press> {
        let (talk, text, words) = (self.talk(), self.text?, &self.message.text);
        let running = self.plan.state == State::Running && !text.hurts.is_empty();
        let told = self.says(Fact::PlanHurts) || self.plan.hurts_in_words(talk, text, words);
        let free = self.is_checking() || !self.is_elsewhere();
        (running && free && told && !self.said.question).then_some(Press::Hurts)
    }

    /// "Not on Sundays", "stop messaging me at night": some of it is not wanted, or not then. That is
    /// no end of the plan.
    pub(super) fn limits(&self) -> Option<Press> {
        let free = self.is_checking() || !self.is_elsewhere();
        let talk = self.talk();
        let anew = corrected(talk, &self.message.text, self.plan.open.is_some());
        let text = anew.as_ref().unwrap_or(&self.message.text);
        let stops = self.says(Fact::PlanStop) || self.says(Fact::Stop);
        let some = || keeps_some(talk, text);
        let timed = is_bare_time(talk, text);
        let told = self.says(Fact::PlanLimit) || anew.is_some() || timed;
        let told = told || stops && some();
        // "In the evening", to "when shall I come back?".
        let puts_off = || !timed && self.waits() && matches!(self.label(), Some(Press::Snooze(_)));
        let tells = self.said.is_relevant() && !stops || self.says(Fact::Worse);
        if !told || !free || tells || self.said.length > LONGEST_WISH || puts_off() {
            return None;
        }
        let evening = self.text.is_some_and(Plan::is_of_evenings);
        match wished_anew(talk, text, evening, &self.plan.habits) {
            Press::Settings if self.says(Fact::PlanFewer) => Some(Press::Fewer(Some(true))),
            Press::Settings => Some(Press::Times),
            wish => Some(wish),
        }
    }

    /// "New York", whatever is asked just then: by which clock it comes.
    pub(super) fn names_place(&self) -> Option<Press> {
        let free = self.is_checking() || !self.is_elsewhere();
        let free = free && !self.plan.asks_zone && !self.said.is_relevant();
        only_place(self.talk(), &self.message.text).filter(|_| free)
    }

    /// How what the plan has them do is done, how the check-ins work, or that it comes later.
    pub(super) fn aside(&self) -> Option<Press> {
        let text = self.text?;
        let free = self.plan.state == State::Running
            && self.said.length <= LONGEST_WISH
            && (self.is_checking() || !self.is_elsewhere());
        let asides = [
            (Fact::PlanSeated, Press::Seated, !text.seated.is_empty()),
            (Fact::PlanHow, Press::How, !text.how.is_empty()),
            (Fact::PlanAbout, Press::About, true),
            (Fact::PlanNotYet, Press::NotYet, self.plan.is_of_routine(text)),
            (Fact::PlanLeave, Press::Skip, self.plan.is_of_routine(text)),
        ];
        // They are questions, or begin like one: "did one side only".
        let says = |fact| {
            let of_it = |claim: &Claim| claim.about == About::Fact(fact);
            self.said.claims.iter().any(|claim| of_it(claim) && claim.status != Status::Denied)
        };
        let told = asides.into_iter().find(|(fact, _, here)| *here && says(*fact));
        told.filter(|_| free).map(|(_, press, _)| press)
    }

    /// "What have you got lined up for me?"
    pub(super) fn asks_plan(&self) -> Option<Press> {
        let words = plain_words(&self.message.text);
        let shows = words.iter().any(|word| matches!(word.as_str(), "show" | "see"));
        let asks = self.said.question || is_question(&self.message.text) || shows;
        let says = |list| self.talk().list(list).is_in(&words);
        let free = self.is_checking() || !self.is_elsewhere();
        let short = asks && free && self.said.length <= LONGEST;
        // "Is that UK time?"; where we asked which it is, that is answered.
        if short && says(Talk::AsksZone) && !self.plan.asks_zone {
            return Some(Press::Settings);
        }
        let asks = says(Talk::AsksPlan) || says(Talk::AsksHowOn);
        (short && asks).then_some(Press::Status)
    }

    /// "None, worse though", to the danger signs in short: neither a "none" nor a wish takes back anything
    /// of that.
    pub(super) fn worse_beside(&self) -> Option<Press> {
        let checks = self.is_checking() || !self.is_elsewhere() && self.waits_for_check();
        if !checks || self.said.question || self.said.length > LONGEST_WISH {
            return None;
        }
        let of = |clause: &&str| {
            Understanding::of(self.responses, clause, Attention::Addressed)
                .facts
                .contains(Fact::Worse)
        };
        let clauses = Plan::clauses(&self.message.text);
        (clauses.len() > 1 && clauses.iter().any(of)).then_some(Press::Worse)
    }

    /// "Cramped up halfway", of the walk that the plan asks about.
    pub(super) fn of_stage(&self) -> Option<Press> {
        let on = [Fact::Now, Fact::StillLocked, Fact::CrampedAgain].into_iter();
        let on = on.into_iter().any(|fact| self.says(fact));
        let elsewhere = self.is_elsewhere();
        let free = !on && (!elsewhere || self.is_checking()) && self.plan.state == State::Running;
        let cramped = self.plan.cramped_in_stage(self.talk(), self.text?, &self.message.text);
        (free && cramped && self.said.length <= LONGEST_WISH).then_some(Press::Cramped)
    }

    /// "Can I run tomorrow?", which the plan knows better than any answer.
    pub(super) fn of_sport(&self) -> Option<Press> {
        let asks = self.said.question || is_question(&self.message.text);
        let elsewhere = self.is_elsewhere();
        let free = (!elsewhere || self.is_checking()) && self.plan.state == State::Running;
        let sport = Plan::asks_for_sport(self.talk(), self.text?, &self.message.text);
        (asks && free && sport && self.said.length <= LONGEST).then_some(Press::Sport)
    }

    /// "A couple of nights, pain was maybe six, got woken both times": several numbers in a longer
    /// message.
    pub(super) fn counts(&self) -> Option<Press> {
        let free = !self.is_elsewhere() && !self.waits_for_check() && !self.said.question;
        let (talk, text) = (self.talk(), self.text.filter(|_| free)?);
        let answer = self.plan.in_words(talk, text, &self.message.text, self.said, false);
        let several = |press: &Press| matches!(press, Press::Changes(_));
        answer.filter(|press| several(press) && self.said.length <= LONGEST_WISH)
    }

    /// "Snooze 2 hours", where something waits: no number of soreness, and no change of all that comes.
    pub(super) fn postpones(&self) -> Option<Press> {
        let free = self.waits() && (self.is_checking() || !self.is_elsewhere());
        // What is worse, or cramps, waits for nothing.
        let waits_not = [Fact::Worse, Fact::StillLocked, Fact::CrampedAgain].into_iter();
        let free = free && !waits_not.into_iter().any(|fact| self.says(fact));
        let (talk, text) = (self.talk(), &self.message.text);
        let zone = self.plan.habits.time_zone();
        let clock = || put_off_until(talk, text, self.message.at, &zone);
        free.then(|| put_off(talk, text).or_else(clock).map(Press::Snooze))?
    }

    /// All is well again, or which time zone is theirs.
    pub(super) fn settled(&self) -> Option<Press> {
        if self.says(Fact::PlanFine) && self.plan.open.is_none() {
            return Some(Press::Fine);
        }
        // "Settings" is no place.
        let shows = |press: &Press| matches!(press, Press::Settings | Press::Status);
        if let Some(press) = self.label().filter(shows) {
            return Some(press);
        }
        self.plan.zone_in_words(self.talk(), &self.message.text, self.said, self.message.at)
    }

    /// "It went again on my walk", without the word for it.
    pub(super) fn again(&self) -> Option<Press> {
        let said = self.said;
        // To a check-in after sport it is told in full, as nothing else is heard of it there.
        let of_habits = self.text.is_some_and(PlanText::is_of_habits);
        let checking = self.is_checking() && !of_habits;
        let free = (!self.is_elsewhere() || checking) && self.plan.state == State::Running;
        // One that is on goes before everything.
        let on = checking && self.as_heard().case.now == Some(true);
        let told = self.says(Fact::CrampedAgain) && !said.question;
        let told = told && if checking { !on } else { !said.is_relevant() };
        (free && told && said.length <= LONGEST_WISH).then_some(Press::Cramped)
    }

    /// How the leg is, told when nothing waits for an answer.
    pub(super) fn report(&self) -> Option<Press> {
        let (talk, said, words) = (self.talk(), self.said, &self.message.text);
        let free = !self.is_elsewhere() && !self.waits() && self.plan.state == State::Running;
        let of_nights = free && !words.contains('?') && tells_of_nights(talk, words);
        if of_nights && !said.is_relevant() {
            return Some(Press::Told);
        }
        let ran = self.text.is_some_and(|text| Plan::tells_of_sport(talk, text, words));
        let asked = self.is_checking() || !self.is_elsewhere() && self.waits();
        if ran && asked && !said.question && said.length <= LONGEST_WISH {
            return Some(Press::Sport);
        }
        if !free || said.question || said.length > LONGEST_WISH || said.is_relevant() {
            return None;
        }
        let sore = said.facts.contains(Fact::Sore) || said.facts.contains(Fact::Limp);
        let over = self.says(Fact::Released) || self.says(Fact::DoctorHasSeen);
        let well = is_well(said) || over;
        if ran {
            Some(Press::Sport)
        } else if sore && !said.for_other && Plan::is_amiss(talk, words) {
            Some(Press::Sore)
        } else {
            (well || sore || Plan::is_count(talk, words)).then_some(Press::Told)
        }
    }
}
