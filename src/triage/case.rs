//! What is known so far of one cramp. Learning only adds; a red flag is lowered by the person's own
//! answer to the question about it, and by nothing else.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::onset::{began, minutes_before};
use super::plain::is_kept;
use super::{OnPlan, Questions};
use crate::responses::{Combination, Responses};
use crate::understanding::{About, AgeBand, Muscle, Relevance, Tense, Understanding, Who};
use crate::vocabulary::{Fact, FactSet, Flag, FlagId, FlagSet, Question, Setting, Status, Urgency};

/// The slots of one cramp.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Case {
    /// Red flags that were affirmed.
    pub flags: FlagSet,
    /// Red flags that the person said no to.
    pub cleared: FlagSet,
    /// Red flags to ask about.
    pub unsure: FlagSet,
    /// Those of them that were there and may be over.
    pub past: FlagSet,
    /// Those of them that were told, and are asked about otherwise for that.
    pub told: FlagSet,
    /// Everything else that holds.
    pub facts: FactSet,
    /// When it happens.
    pub setting: Setting,
    /// The muscle.
    pub muscle: Option<Muscle>,
    /// Whether it is cramping now; `None` when not said.
    pub now: Option<bool>,
    /// When the cramp began, as far as said.
    pub began: Option<Timestamp>,
    /// Whom it is about, as far as said.
    pub who: Who,
    /// How old the person is.
    pub age: Option<AgeBand>,
    /// Whether the red-flag check was answered with "none".
    pub checked: bool,
    /// Whether it left soreness or a limp; `None` when not said.
    pub sore: Option<bool>,
    /// Questions that were asked.
    pub asked: Questions,
    /// Questions that were answered.
    pub answered: Questions,
    /// Red flags that a doctor has looked at.
    pub seen: FlagSet,
    /// The list that sent to a doctor, where no sign of it was named.
    pub sent_by: Option<Origin>,
    /// Whether a question on cramps was answered, and nothing was reported yet.
    pub advised: bool,
    /// Whether a cramp or a leg problem was reported at all.
    pub reported: bool,
    /// The topic of a question that is still to be answered, by name.
    pub wanted: Option<String>,
    /// How it stands with a plan.
    pub plan: OnPlan,
}

impl Case {
    /// Takes over what a message says, written at `at` by somebody whose clock is that of `zone`. Only
    /// adds: what was affirmed stays affirmed.
    pub fn learn(&mut self, said: &Understanding, at: Timestamp, zone: &str) {
        self.learn_signs(said);
        for fact in said.facts.iter().filter(|fact| is_kept(*fact)) {
            self.facts.insert(fact);
        }
        // "When can I row again?" says nothing of when it came.
        let told = tells_setting(said);
        if self.setting == Setting::Unknown || told && (!said.question || said.is_relevant()) {
            self.setting = joined(self.setting, said.setting);
        }
        self.muscle = said.muscle.filter(|_| tells_cramp(said)).or(self.muscle).or(said.muscle);
        self.who = self.who.narrowed(said.person.who);
        self.age = self.age.or(said.age);
        if self.age.is_some_and(|age| !age.is_minor()) {
            self.unsure.remove(Flag::Child);
        }
        let says = |fact| said.facts.contains(fact);
        let denied = |fact| said.denied_facts.contains(fact);
        if says(Fact::Sore) || says(Fact::Limp) {
            self.sore = Some(true);
        } else if denied(Fact::Sore) && !said.question {
            self.sore = Some(false);
        } else if [Fact::ShortAndPainless, Fact::PlanFine, Fact::AllWell].into_iter().any(says) {
            self.sore = self.sore.or(Some(false));
        }
        self.learn_course(said, at, zone);
    }

    /// The last word on a sign counts, except that nothing said in passing lowers one that was
    /// affirmed.
    fn learn_signs(&mut self, said: &Understanding) {
        let open = said.unsure.union(gone(said)).without(said.raised).without(said.denied);
        self.flags = self.flags.union(said.raised);
        self.unsure = self.unsure.union(open).without(said.denied).without(self.flags);
        let past = self.past.union(gone(said)).union(said.perhaps_old);
        self.past = past.among(self.unsure);
        self.cleared = self.cleared.union(said.denied).without(self.flags).without(self.unsure);
    }

    /// Whether it is cramping now: the last word counts.
    fn learn_course(&mut self, said: &Understanding, at: Timestamp, zone: &str) {
        let says = |fact| said.facts.contains(fact);
        let let_go = says(Fact::Released) || says(Fact::Over);
        let was_on = self.now == Some(true);
        // "25 minutes", of a cramp that is on.
        let lasted = said.minutes.or(said.bare_minutes.filter(|_| was_on));
        let told = said.onset.and_then(|onset| began(onset, at, zone));
        let told = told.or_else(|| minutes_before(at, i64::from(lasted?)));
        if let_go {
            self.now = Some(false);
        }
        let says_on = self.is_said_to_be_on(said);
        let not_now = said.denied_facts.contains(Fact::Now) && was_on;
        if says_on {
            self.now = Some(true);
        }
        let earlier = said.onset.is_some_and(|onset| onset.minutes_at_least() >= 60);
        let past = said.tense == Tense::Past;
        // "Yesterday", "every session", of one that sounded as if it were on.
        let elsewhen = past || said.tense == Tense::Elsewhen || not_now;
        let taken_back = was_on && !says_on && elsewhen && !said.question;
        if self.now.is_none() && (earlier || past) || taken_back {
            self.now = Some(false);
        }
        if taken_back || was_on && told.is_some() && said.tense == Tense::Since {
            self.began = None;
        }
        let is_on = self.now == Some(true);
        let anew = is_on && !was_on || self.plan.runs && says(Fact::CrampedAgain);
        self.began = if anew { told.or(Some(at)) } else { self.began.or(told) };
        let long = lasted.is_some_and(|minutes| minutes >= Fact::TOO_LONG);
        let locked = says(Fact::StillLocked) && self.minutes(at) >= Fact::TOO_LONG;
        if is_on && (long || locked) {
            self.raise(Flag::UnrelentingPain);
        }
    }

    /// Whether a message says that it is cramping.
    fn is_said_to_be_on(&self, said: &Understanding) -> bool {
        let says = |fact| said.facts.contains(fact);
        let let_go = says(Fact::Released) || says(Fact::Over);
        // "My arm is cramping", "help me": nothing of a leg that cramps now.
        let known = self.reported || self.advised || self.plan.runs;
        let of_leg = said.is_relevant() || known || says(Fact::SecondCramp);
        // "Just now on my jog, half an hour ago", of one that has let go.
        let again = [Fact::SecondCramp, Fact::CrampedAgain, Fact::UnderWay].into_iter().any(says);
        let earlier = said.onset.is_some_and(|onset| onset.minutes_at_least() >= 10);
        let dated = earlier && !again && said.tense != Tense::Since;
        let over = let_go || self.now == Some(false) && dated;
        of_leg && (says(Fact::StillLocked) || says(Fact::Now) && !over)
    }

    /// Minutes since the cramp began, as far as known.
    #[must_use]
    pub fn minutes(&self, at: Timestamp) -> u32 {
        let since = self.began.map(|began| at.duration_since(began).as_mins());
        since.and_then(|minutes| u32::try_from(minutes).ok()).unwrap_or_default()
    }

    /// Whether it is so long since the cramp began that a muscle which was strained may be loaded again
    /// (`article-000`).
    pub(super) fn is_days_ago(&self, at: Timestamp) -> bool {
        self.minutes(at) >= 3 * 1_440
    }

    /// Whether it is known to be so short a time since the cramp that strength work has to wait
    /// (`article-000`).
    pub(super) fn is_within_two_weeks(&self, at: Timestamp) -> bool {
        self.reported && self.began.is_some() && self.minutes(at) < 14 * 1_440
    }

    /// Some time went by, or a new cramp began after the advice: the danger signs are open again.
    /// What was affirmed stays, and so do circumstances.
    pub fn reopen(&mut self, responses: &Responses) {
        let lasting = self.cleared.without(listed(responses));
        self.cleared = lasting.iter().filter(|flag| !is_sign(*flag)).collect();
        let kept = |question| matches!(question, Question::When | Question::Context);
        self.asked = Questions::default();
        self.answered = self.answered.that(kept);
        self.checked = false;
    }

    /// A new cramp: what was said of the course of the last one no longer holds.
    pub fn begin_again(&mut self) {
        let kept = |question| {
            !matches!(question, Question::Released | Question::LetGo3 | Question::LetGo10)
        };
        self.asked = self.asked.that(kept);
        self.answered = self.answered.that(kept);
        self.sore = self.sore.filter(|sore| *sore);
        for fact in [Fact::ShortAndPainless, Fact::Over15Minutes, Fact::ComesAndGoes] {
            self.facts.remove(fact);
        }
    }

    /// Affirms a red flag.
    pub fn raise(&mut self, flag: impl Into<FlagId>) {
        let flag = flag.into();
        self.flags.insert(flag);
        self.cleared.remove(flag);
        self.unsure.remove(flag);
        self.past.remove(flag);
        self.told.remove(flag);
    }

    /// Notes that a red flag is to be asked about.
    pub fn doubt(&mut self, flag: impl Into<FlagId>) {
        let flag = flag.into();
        if !self.flags.contains(flag) {
            self.unsure.insert(flag);
            self.cleared.remove(flag);
        }
    }

    /// The person's own "no" to the question about a red flag: the only thing that lowers it.
    pub fn clear(&mut self, flag: FlagId) {
        self.flags.remove(flag);
        self.unsure.remove(flag);
        self.past.remove(flag);
        self.told.remove(flag);
        self.cleared.insert(flag);
    }

    /// All red flags it speaks of, whatever is known of them.
    #[must_use]
    pub fn mentioned(&self) -> FlagSet {
        self.flags.union(self.cleared).union(self.unsure).union(self.past).union(self.seen)
    }

    /// Gives its red flags the numbers of another loaded set.
    pub fn renumber(&mut self, number: impl Fn(FlagSet) -> FlagSet) {
        let Self { flags, cleared, unsure, past, told, seen, .. } = self;
        for flags in [flags, cleared, unsure, past, told, seen] {
            *flags = number(*flags);
        }
    }

    /// Whether a doctor has looked at an emergency: when there is sport again is for them to say.
    #[must_use]
    pub fn is_after_care(&self, responses: &Responses) -> bool {
        self.seen.iter().any(|flag| responses.urgency(flag) == Urgency::Emergency)
    }

    /// Whether a sign stands that does not fit a plain cramp: there is no "that sounds like a cramp"
    /// with it. Of a muscle that gets thinner no cramp may have been told at all.
    #[must_use]
    pub fn no_plain_cramp(&self) -> Option<Flag> {
        let thinner = self.has(Flag::MuscleWasting) && self.setting == Setting::Unknown;
        let signs = [Flag::Claudication, Flag::BonePain].into_iter().find(|flag| self.has(*flag));
        signs.or(thinner.then_some(Flag::MuscleWasting))
    }

    /// Whether a core flag is affirmed.
    #[must_use]
    pub fn has(&self, flag: Flag) -> bool {
        self.flags.contains(flag)
    }

    /// Whether under 18.
    #[must_use]
    pub fn is_minor(&self) -> bool {
        self.has(Flag::Child) || self.age.is_some_and(AgeBand::is_minor)
    }

    /// The red flags of the two check lists that are neither affirmed nor cleared.
    #[must_use]
    pub fn open_flags(&self, responses: &Responses) -> FlagSet {
        if self.checked {
            return FlagSet::default();
        }
        listed(responses).without(self.flags).without(self.cleared)
    }

    /// The level of one flag in this case.
    fn level_of(&self, flag: FlagId, responses: &Responses) -> Urgency {
        let plain =
            self.facts.contains(Fact::ShortAndPainless) || self.facts.contains(Fact::BothSides);
        match flag.core() {
            Some(Flag::ClotRisk) if plain => Urgency::SeeDoctor,
            Some(_) | None => responses.urgency(flag),
        }
    }

    /// What weighs most: the highest level and what it comes from.
    #[must_use]
    pub fn weightiest(&self, responses: &Responses) -> Option<Weight> {
        if self.flags.is_empty() && self.facts == FactSet::default() {
            return None;
        }
        let flags = self.flags.iter().map(|flag| {
            let level = self.level_of(flag, responses);
            Weight { level, from: Origin::Flag(flag) }
        });
        let rows = self.rows(responses);
        let rows =
            rows.map(|(at, row)| Weight { level: row.urgency, from: Origin::Combination(at) });
        let maternity = Weight { level: Urgency::Urgent, from: Origin::Maternity };
        let maternity = self.is_maternity().then_some(maternity).into_iter();
        maternity.chain(rows).chain(flags).reduce(|a, b| if b.rank() > a.rank() { b } else { a })
    }

    /// The rows of the combination table that hold.
    pub(crate) fn rows<'r>(
        &self,
        responses: &'r Responses,
    ) -> impl Iterator<Item = (usize, &'r Combination)> {
        responses.combinations.iter().enumerate().filter(|(_, row)| {
            row.when.iter().all(|terms| terms.iter().any(|term| term.holds(self.flags, self.facts)))
        })
    }

    /// Signs of pre-eclampsia (`pre-eclampsia`).
    fn is_maternity(&self) -> bool {
        let holds = |fact| self.facts.contains(fact);
        self.has(Flag::Pregnancy) && (holds(Fact::PreEclampsia) || holds(Fact::Headache))
    }

    /// The highest level that holds.
    #[must_use]
    pub fn level(&self, responses: &Responses) -> Urgency {
        self.weightiest(responses).map_or(Urgency::SelfCare, |weight| weight.level)
    }
}

/// A level and what it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    /// The level.
    pub level: Urgency,
    /// What it comes from.
    pub from: Origin,
}

impl Weight {
    /// Pain that does not let go comes with most signs: of two of one level the other tells more.
    fn rank(&self) -> (Urgency, bool) {
        (self.level, self.from != Origin::Flag(Flag::UnrelentingPain.into()))
    }
}

/// What a level comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Origin {
    /// One red flag.
    Flag(FlagId),
    /// A row of the combination table.
    Combination(usize),
    /// A whole check list, nothing named.
    List(u8),
    /// A list was answered "not sure".
    Unsure,
    /// Signs of pre-eclampsia: the maternity unit.
    Maternity,
}

/// All red flags on the two check lists.
#[must_use]
pub fn listed(responses: &Responses) -> FlagSet {
    let ids = (0..responses.flags.len()).filter_map(|at| u8::try_from(at).ok()).map(FlagId);
    ids.filter(|id| responses.flag(*id).is_some_and(|flag| flag.on_list.is_some())).collect()
}

/// Whether words of a message name a time or place: what only sounds like one adds nothing to what is
/// known.
fn tells_setting(said: &Understanding) -> bool {
    said.claims.iter().any(|claim| match claim.about {
        About::Fact(Fact::Exercise | Fact::Nocturnal | Fact::Elsewhere) => claim.status.raises(),
        _ => false,
    })
}

/// Whether a cramp is told by its muscle, and no sign of another place: the last word counts.
fn tells_cramp(said: &Understanding) -> bool {
    let cramp = matches!(said.relevance, Relevance::LegCramp | Relevance::CrampLike);
    cramp && !said.question && said.raised.is_empty() && said.unsure.is_empty()
}

fn joined(known: Setting, said: Setting) -> Setting {
    match (known, said) {
        (Setting::Unknown, said) => said,
        (known, Setting::Unknown | Setting::Other) => known,
        (Setting::Exercise, Setting::Nocturnal) | (Setting::Nocturnal, Setting::Exercise) => {
            Setting::Both
        }
        (Setting::Other, said) => said,
        (known, _) => known,
    }
}

/// Signs that were there and may be over: whether they are still there is to be asked. What lies
/// more than 2 days back is not (`club-rule`).
fn gone(said: &Understanding) -> FlagSet {
    let old = said.onset.is_some_and(|onset| onset.minutes_at_least() > 2 * 1_440);
    let past = said.claims.iter().filter(|claim| claim.status == Status::Past && !old);
    let flags = past.filter_map(|claim| match claim.about {
        About::Flag(flag) => is_sign(flag).then_some(flag),
        About::Fact(_) => None,
    });
    flags.collect()
}

/// Whether a flag is a danger sign, not a circumstance (a medicine, an age).
fn is_sign(flag: FlagId) -> bool {
    let floor = flag.core().map_or(Urgency::Urgent, Flag::floor);
    floor >= Urgency::Urgent && flag != FlagId::from(Flag::ClotRisk)
}
