//! Cards, filled in for this case.

use super::compose::{Composer, Sourced};
use crate::responses::fixed;
use crate::triage::{Choice, Origin, Schedule};
use crate::understanding::{AgeBand, Muscle};
use crate::vocabulary::{Card, Fact, Flag, FlagId, Question, Setting, Urgency};

impl Composer<'_> {
    pub(super) fn relief(&mut self) {
        let place = self.place();
        let parts = [
            ("place", self.part(Card::Relief, "place", place)),
            ("stretch", self.part(Card::Relief, "stretch", self.stretch())),
            ("taste", self.part(Card::Relief, "taste", self.taste(place))),
            ("after", self.part(Card::Relief, "after", self.after(place))),
        ];
        let values: Vec<(&str, &str)> = parts.iter().map(|(k, v)| (*k, v.trim())).collect();
        self.card(Card::Relief, &values);
        if let Some(text) = self.parts.last_mut() {
            *text = text.replace("\n\n", "\n");
        }
        self.notes();
    }

    pub(super) fn second_cramp(&mut self) {
        let place = if self.place() == "in_bed" { "in_bed" } else { "elsewhere" };
        let rest = self.part(Card::SecondCramp, "rest", place);
        self.card(Card::SecondCramp, &[("rest", rest.trim())]);
    }

    /// Where the cramp is going on.
    fn place(&self) -> &'static str {
        let holds = |fact| self.case.facts.contains(fact);
        let still = !holds(Fact::GotOut);
        if holds(Fact::Swimming) && still {
            "swimming"
        } else if holds(Fact::Driving) && still {
            "driving"
        } else if holds(Fact::Riding) {
            "riding"
        } else if holds(Fact::Running) {
            "running"
        } else if self.case.setting == Setting::Exercise {
            "sport"
        } else if self.case.setting == Setting::Nocturnal || holds(Fact::InBed) {
            "in_bed"
        } else {
            "elsewhere"
        }
    }

    /// What follows when it lets go; a second one ends the day.
    fn after(&self, place: &'static str) -> &'static str {
        match place {
            "driving" | "swimming" | "in_bed" => place,
            _ if self.case.facts.contains(Fact::SecondCramp) => "second",
            _ => place,
        }
    }

    /// A cramp that goes on, in a stretch for whoever may.
    pub(super) fn hold(&mut self, card: Card) {
        let may = !self.case.facts.contains(Fact::NoStretch);
        let long = card == Card::KeepHolding && self.case.answered.contains(Question::LetGo10);
        let hold = match (may, self.place()) {
            (_, place @ ("swimming" | "driving")) => place,
            (false, _) => "not_allowed",
            (true, _) if long => "longer",
            (true, _) => "stretch",
        };
        let hold = self.part(card, "hold", hold);
        self.card(card, &[("hold", hold.trim())]);
    }

    /// A cramp that let go: where to walk it out.
    pub(super) fn walk_out(&mut self) {
        let place = self.place_to_leave();
        let walk = self.part(Card::WalkOut, "walk", place);
        self.card(Card::WalkOut, &[("walk", walk.trim())]);
    }

    /// Where somebody is who has to get out of there first.
    fn place_to_leave(&self) -> &'static str {
        match self.place() {
            place @ ("swimming" | "driving") => place,
            _ => "elsewhere",
        }
    }

    fn stretch(&self) -> &'static str {
        match self.case.muscle {
            _ if self.case.facts.contains(Fact::NoStretch) => "not_allowed",
            Some(Muscle::Calf) => "calf",
            Some(Muscle::Hamstring) => "hamstring",
            Some(Muscle::Quad) => "quad",
            Some(Muscle::Foot) => "foot",
            Some(Muscle::Groin) => "groin",
            Some(Muscle::Other) => "other",
            None => "unknown",
        }
    }

    /// Who may have a taste of salt, and where one is at hand.
    fn taste(&self, place: &str) -> &'static str {
        let careful = self.case.is_minor()
            || self.case.facts.contains(Fact::SaltRisk)
            || self.case.has(Flag::Condition);
        match place {
            "driving" | "swimming" | "in_bed" => "none",
            _ if self.case.has(Flag::Pregnancy) => "none",
            _ if careful => "taste_only",
            _ => "anyone",
        }
    }

    /// What is added for minors and in pregnancy.
    pub(super) fn notes(&mut self) {
        if self.case.is_minor() {
            self.card(Card::MinorNote, &[]);
        }
        if self.case.has(Flag::Pregnancy) {
            self.card(Card::PregnancyNote, &[]);
        }
    }

    pub(super) fn emergency(&mut self, from: Origin) {
        let (sign, first_aid) = self.sign(from);
        let stay = self.part(Card::Emergency, "stay", self.place_to_leave());
        let values = [("sign", &*sign), ("stay", stay.trim()), ("first-aid", &first_aid)];
        self.card(Card::Emergency, &values);
    }

    pub(super) fn same_day(&mut self, from: Origin) {
        let (sign, until) = self.sign(from);
        self.card(Card::SameDay, &[("sign", &sign), ("until", &until)]);
        self.press(Choice::Checked, fixed::CHECKED);
    }

    /// What is said after a card that sends to a doctor is answered, and the call stands below.
    pub(super) fn sent(&mut self, fact: Option<Fact>, level: Urgency) {
        let now = level == Urgency::Emergency;
        let called = self.case.facts.contains(Fact::HasCalled);
        let card = match fact {
            Some(Fact::InCare | Fact::ToldToGo) => Card::InCare,
            _ if now => Card::SentNow,
            _ => Card::SentToday,
        };
        let name = match fact {
            Some(Fact::AsksHelp) if called => "asks_after_call",
            None if called => "told_after_call",
            _ => fact.map_or("anything_else", Fact::id),
        };
        let mut line = self.part(card, "line", name).trim().to_owned();
        if fact == Some(Fact::AsksMeanwhile) {
            let weightiest = self.case.weightiest(self.responses).map(|weight| weight.from);
            let from = weightiest.or(self.case.sent_by).unwrap_or(Origin::Unsure);
            line = format!("{line} {}", self.sign(from).1);
        }
        if called && card != Card::InCare && fact != Some(Fact::HasCalled) {
            let call = self.part(card, "line", "if_not_called");
            line = format!("{line} {}", call.trim());
        }
        self.card(card, &[("line", &line)]);
        if !now && fact != Some(Fact::Stop) {
            self.press(Choice::Checked, fixed::CHECKED);
        }
    }

    /// What to say on the phone, and the first-aid line or what not to do.
    fn sign(&mut self, from: Origin) -> (String, String) {
        match from {
            Origin::Flag(flag) => {
                let Some(flag) = self.responses.flag(flag) else { return Default::default() };
                self.sourced.push(Sourced::Flag(flag.id.clone()));
                (flag.sign.clone(), flag.advice.clone())
            }
            Origin::Combination(at) => {
                let Some(row) = self.responses.combinations.get(at) else {
                    return Default::default();
                };
                self.sourced.push(Sourced::Combination(row.id.clone()));
                (row.sign.clone(), row.advice.clone())
            }
            Origin::List(list) => (self.one_of(list), self.usual_advice(list)),
            Origin::Unsure | Origin::Maternity => (self.named_signs(), self.usual_advice(2)),
        }
    }

    /// The signs that are known, or the list they are asked from.
    fn named_signs(&self) -> String {
        let known = self.case.flags.iter().filter_map(|flag| self.responses.flag(flag));
        let pressing = known.filter(|flag| flag.urgency >= Urgency::Urgent);
        let names: Vec<&str> = pressing.map(|flag| flag.sign.as_str()).collect();
        if names.is_empty() { self.one_of(2) } else { names.join("; ") }
    }

    /// A sign of a list that was not named.
    fn one_of(&self, list: u8) -> String {
        format!("one of these: {}", self.list(list))
    }

    fn usual_advice(&self, list: u8) -> String {
        let flag = if list == 1 { Flag::ChestPainOrBreathless } else { Flag::Swelling };
        let flag = self.responses.flag(FlagId::from(flag));
        flag.map(|flag| flag.advice.clone()).unwrap_or_default()
    }

    /// Self-care for this case. Whoever needs a doctor reads that first.
    pub(super) fn advice(&mut self) {
        if self.case.age == Some(AgeBand::Under8) {
            self.card(Card::ChildUnder8, &[]);
        } else {
            self.see_doctor();
            self.self_care();
            self.notes();
        }
        if self.needs_doctor() {
            self.card(Card::DoctorVisit, &[]);
        }
        self.card(Card::SafetyNet, &[]);
    }

    fn self_care(&mut self) {
        if self.case.is_after_care(self.responses) {
            return self.card(Card::AfterCare, &[]);
        }
        if let Some(flag) = self.case.no_plain_cramp() {
            let flag = self.responses.flag(FlagId::from(flag));
            return self.parts.push(flag.map(|flag| flag.advice.clone()).unwrap_or_default());
        }
        let card = match self.case.setting {
            Setting::Exercise | Setting::Both => Card::AdviceExercise,
            Setting::Nocturnal => Card::AdviceNocturnal,
            Setting::Other | Setting::Unknown => Card::AdviceOther,
        };
        if card == Card::AdviceNocturnal {
            self.card(card, &[]);
        } else {
            let since = self.part(card, "since", self.since());
            self.card(card, &[("since", since.trim())]);
        }
        if self.case.setting == Setting::Both {
            self.card(Card::AdviceNocturnal, &[]);
        }
    }

    /// How long ago the one cramp was that was told, and how the muscle is, as far as somebody said. Of
    /// cramps that come again and again the newest counts, and nobody says when that was.
    fn since(&self) -> &'static str {
        let again = self.case.has(Flag::Recurrent) || self.case.facts.contains(Fact::Habit);
        let began = self.case.began.filter(|_| !again);
        let hours = began.map_or(0, |began| self.now.duration_since(began).as_hours());
        match (self.case.sore, hours) {
            (Some(true), 72..) => "sore_later",
            (Some(true), _) => "sore",
            _ if again => "any_day",
            (Some(false), 72..) => "over",
            (_, ..24) => "fresh",
            (_, 24..72) => "a_day",
            (_, 72..) => "three_days",
        }
    }

    /// The flags and rows because of which a visit should be booked.
    fn reasons(&self) -> Vec<&str> {
        let flags = self.case.flags.iter().filter(|flag| {
            self.responses.urgency(*flag) == Urgency::SeeDoctor
                || *flag == FlagId::from(Flag::ClotRisk)
        });
        let flags = flags.filter_map(|flag| self.responses.flag(flag));
        let rows = self.case.rows(self.responses).filter_map(|(_, row)| row.reason.as_deref());
        flags.map(|flag| flag.reason.as_str()).chain(rows).collect()
    }

    fn needs_doctor(&self) -> bool {
        !self.reasons().is_empty()
    }

    pub(super) fn see_doctor(&mut self) {
        let reason = self.reasons().join(", and ");
        if !reason.is_empty() {
            let with = self.part(Card::SeeDoctor, "with", self.whom_to_see());
            self.card(Card::SeeDoctor, &[("reason", &reason), ("with", with.trim())]);
        }
    }

    /// Whom a visit is booked with.
    fn whom_to_see(&self) -> &'static str {
        if self.case.has(Flag::Pregnancy) {
            "pregnancy"
        } else if self.case.is_minor() {
            "child"
        } else if self.case.has(Flag::Medication) {
            "medicine"
        } else {
            "anyone"
        }
    }

    pub(super) fn schedule(&mut self, schedule: Schedule) {
        let card = match schedule {
            Schedule::Short => Card::ScheduleShort,
            Schedule::Full => Card::ScheduleFull,
            Schedule::Night => Card::ScheduleNight,
        };
        self.card(card, &[]);
    }
}
