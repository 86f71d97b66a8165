//! What is known so far of one cramp. Learning only adds; a red flag is lowered by the person's own
//! answer to the question about it, and by nothing else.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};

use super::{OnPlan, Questions};
use crate::responses::{Combination, Responses};
use crate::understanding::{AgeBand, Muscle, Who};
use crate::vocabulary::{Fact, FactSet, Flag, FlagId, FlagSet, Question, Setting, Urgency};

/// The slots of one cramp.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Case {
    /// Red flags that were affirmed.
    pub flags: FlagSet,
    /// Those of them that no phrase found, and that were not asked about: messages sounded like them.
    pub guessed: FlagSet,
    /// Red flags that the person said no to.
    pub cleared: FlagSet,
    /// Red flags to ask about.
    pub unsure: FlagSet,
    /// Those of them that were there and may be over.
    pub past: FlagSet,
    /// Those of them that were told, and are asked about otherwise for that.
    pub told: FlagSet,
    /// Affirmed red flags that were denied since, while others weigh as much.
    pub denied: FlagSet,
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
    /// The topics of questions that are still to be answered, by name.
    #[serde(deserialize_with = "one_or_more")]
    pub wanted: Vec<String>,
    /// How it stands with a plan.
    pub plan: OnPlan,
}

/// Earlier versions kept one topic at most, or nothing.
fn one_or_more<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Kept {
        More(Vec<String>),
        One(Option<String>),
    }
    Ok(match Kept::deserialize(from)? {
        Kept::More(topics) => topics,
        Kept::One(topic) => topic.into_iter().collect(),
    })
}

impl Case {
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
        self.plan.agreed = false;
    }

    /// What is left of a case that lay still: what sent to a doctor, which is asked about with the next
    /// word. Silence lowers nothing.
    #[must_use]
    pub fn left_behind(&self, responses: &Responses) -> Self {
        let pressing =
            |flag: &FlagId| is_sign(*flag) && responses.urgency(*flag) >= Urgency::Urgent;
        let told: FlagSet = self.flags.iter().filter(pressing).collect();
        Self { unsure: told, past: told, sent_by: self.sent_by, ..Self::default() }
    }

    /// A new cramp: what was said of the course of the last one no longer holds.
    pub fn begin_again(&mut self) {
        let kept = |question| {
            !matches!(question, Question::Released | Question::LetGo3 | Question::LetGo10)
        };
        self.asked = self.asked.that(kept);
        self.answered = self.answered.that(kept);
        self.sore = self.sore.filter(|sore| *sore);
        let of_last =
            [Fact::ShortAndPainless, Fact::Over15Minutes, Fact::ComesAndGoes, Fact::GotOut];
        for fact in of_last {
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
        self.denied.remove(flag);
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
        self.denied.remove(flag);
        self.cleared.insert(flag);
    }

    /// All red flags it speaks of, whatever is known of them.
    #[must_use]
    pub fn mentioned(&self) -> FlagSet {
        self.flags.union(self.cleared).union(self.unsure).union(self.past).union(self.seen)
    }

    /// Gives its red flags the numbers of another loaded set.
    pub fn renumber(&mut self, number: impl Fn(FlagSet) -> FlagSet) {
        let Self { flags, cleared, unsure, past, told, denied, seen, .. } = self;
        for flags in [flags, cleared, unsure, past, told, denied, seen] {
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

    /// The level of one flag in this case. Beside a plain cramp a risk of clots is for a visit
    /// (`wells-nice`).
    pub(super) fn level_of(&self, flag: FlagId, responses: &Responses) -> Urgency {
        match flag.core() {
            Some(Flag::ClotRisk) if self.is_plain_cramp() => Urgency::SeeDoctor,
            Some(_) | None => responses.urgency(flag),
        }
    }

    /// Whether all that is told is a cramp that was short and left nothing, one on both sides, or one
    /// that is on or has let go. A leg that is sore, or hurts without a cramp or for a day, is more.
    fn is_plain_cramp(&self) -> bool {
        let told = |fact: &Fact| self.facts.contains(*fact);
        let more = [Fact::OneSidedCalfPain, Fact::NoClearCramp, Fact::Over24Hours];
        let only = self.now.is_some() && !more.iter().any(told);
        let not_sore = told(&Fact::ShortAndPainless) || only;
        told(&Fact::BothSides) || not_sore && self.sore != Some(true)
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

/// Whether a flag is a danger sign, not a circumstance (a medicine, an age).
pub(super) fn is_sign(flag: FlagId) -> bool {
    let floor = flag.core().map_or(Urgency::Urgent, Flag::floor);
    floor >= Urgency::Urgent && flag != FlagId::from(Flag::ClotRisk)
}
