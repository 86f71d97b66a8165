//! What the labelled messages say of danger signs, beside phrases and examples: their words and
//! pairs of words, weighed over the whole message, tell how likely a sign is. One whose phrase stands
//! among words that speak plainly against it is asked about instead of raised; one that all words
//! speak for counts although no phrase finds it. From an emergency that a phrase finds they take
//! nothing away; one that only the examples hear is asked about where they speak against it.

use std::ops::Range;

use strum::VariantArray;

use super::second_opinion::{Opinions, holds_look_alike, may_be_confirmed};
use super::{About, Claim, Reader};
use crate::classifier::learned::FlagScores;
use crate::vocabulary::{Flag, FlagId, Status, Urgency};

/// How far a phrase lifts the score of its sign where that sign cannot wait. On messages that the table
/// did not know, half a point more raised one false sign in twenty more, and found one true one in a
/// thousand more.
const PHRASE_OF_URGENT: f32 = 3.5;

/// The same for a medicine or an illness, which is mostly named, and for what keeps coming back, which
/// is mostly counted.
const PHRASE_OF_NAMED: f32 = 3.2;

/// The same for any other that can wait for an appointment. On messages that the table did not know,
/// half a point more or less changed next to nothing.
const PHRASE: f32 = 1.2;

/// How far the examples lift the score of an emergency that no phrase finds: they alone are mostly
/// wrong in a long letter. On messages that the table did not know, half a point more raised three more
/// that were none.
const EXAMPLES_OF_EMERGENCY: f32 = 2.7;

/// Score above which a sign counts that no phrase finds and that cannot wait. On messages that the table
/// did not know, half a point less raised one false sign in fifty more.
const HEARD_OF_URGENT: f32 = 0.8;

/// The same where another that cannot wait is found and sure: the words that tell of one are shared by
/// many.
const HEARD_BESIDE_ANOTHER: f32 = 1.8;

/// The same for what raises the risk of a clot: an ache that lasts sounds like it.
const HEARD_OF_CLOT_RISK: f32 = 4.8;

/// Scores of the likeliest emergency and of any emergency together, above which that one counts, and
/// above which it is asked about.
const ALARM_OF_EMERGENCY: (f32, f32) = (-0.2, -0.9);

/// Words up to which a message is short, and the score in it from which an emergency counts whose
/// sign no phrase finds; one of less is asked about. On messages that the table did not know this
/// missed none.
const SHORT: (usize, f32) = (16, 3.0);

/// The same beside a sign that has to be seen today. On messages that the table did not know, half a
/// point more missed three emergencies of 500 more.
const ALARM_BESIDE_ANOTHER: (f32, f32) = (1.1, 0.1);

/// The same of what has to be seen today.
const ALARM: (f32, f32) = (1.6, 0.6);

/// How much the score of any sign of a level counts beside that of its own: people who tell of others
/// mostly tell of something bad, whatever it is.
const SHARE_OF_LEVEL: f32 = 1.0;

/// Score of its own below which a sign is not the one that is told.
const LEAST_OF_ITS_OWN: f32 = -2.2;

/// The same for one that a phrase finds and is not sure of: "sickle cell trait" alone is no emergency.
const LEAST_OF_UNSURE: f32 = 0.8;

/// Score above which a sign counts that no phrase finds and that can wait for an appointment. On
/// messages that the table did not know, half a point more missed one true sign in a hundred and eighty
/// more, and half a point less raised one false one in twenty more.
const HEARD: f32 = 1.3;

/// Score above which a sign counts that a phrase only suspects, unless it is an emergency.
const SUSPECTED: f32 = 1.8;

/// Score up to which a look-alike in the same sentence spares a sign that no phrase finds and that
/// cannot wait. On messages that the table did not know, half a point more missed two emergencies of 500
/// more.
const LOOK_ALIKE: f32 = 1.4;

/// The same of what can wait for an appointment.
const LOOK_ALIKE_OF_LESSER: f32 = 3.0;

/// Share that the examples of the response files give a sign from which its phrase needs no other
/// support: moderators decide.
const SHARE_OF_EXAMPLES: f32 = 0.5;

/// A sign that the words of a message speak for most among those of its level, where they speak for one
/// of that level whatever it is.
#[derive(Clone, Copy)]
struct Alarm {
    flag: Flag,
    /// Whether it counts; otherwise it is asked about.
    sure: bool,
}

/// Weighs the claims of a message, and adds what no phrase found.
pub(super) fn weigh(reader: &Reader<'_>, opinions: &Opinions, claims: &mut Vec<Claim>) {
    let Some(scores) = &opinions.learned else { return };
    let (harmless, well) = (opinions.is_harmless(), is_well_with_a_trait(reader));
    let alarms =
        [Urgency::Emergency, Urgency::Urgent].map(|level| alarm(reader, scores, claims, level));
    for flag in Flag::VARIANTS.iter().copied() {
        let weighed = Weighed {
            flag,
            about: About::Flag(flag.into()),
            score: scores.of(flag),
            alarm: alarms.iter().flatten().find(|alarm| alarm.flag == flag),
        };
        if claims.iter().any(|claim| claim.about == weighed.about && claim.status.raises()) {
            weighed.found(reader, opinions, claims);
        } else if !(harmless || well && flag.floor() == Urgency::Emergency) {
            weighed.not_found(reader, claims);
        }
    }
}

/// What labelled messages say of one sign.
struct Weighed<'a> {
    flag: Flag,
    about: About,
    score: f32,
    alarm: Option<&'a Alarm>,
}

impl Weighed<'_> {
    fn own<'c>(&self, claims: &'c [Claim]) -> impl Iterator<Item = &'c Claim> + use<'c> {
        let about = self.about;
        claims.iter().filter(move |claim| claim.about == about)
    }

    /// A sign that is found is asked about where they speak against it; one that is only suspected
    /// counts where they speak for it.
    fn found(&self, reader: &Reader<'_>, opinions: &Opinions, claims: &mut [Claim]) {
        let id = FlagId::from(self.flag);
        if self.own(claims).all(|claim| claim.unsure) {
            let by_alarm = self.score > LEAST_OF_UNSURE
                && self.alarm.is_some_and(|alarm| alarm.sure)
                && may_be_confirmed(reader, id);
            let counts =
                !id.is_emergency() && self.score > enough(self.flag, claims).max(SUSPECTED);
            if by_alarm || counts {
                change(claims, self.about, |claim| claim.unsure = false);
            }
            return;
        }
        let by_phrase = reader.is_found(id);
        let shared = by_phrase && opinions.share(id) >= SHARE_OF_EXAMPLES;
        if self.score + lift(self.flag, by_phrase) < 0.0 && !shared {
            change(claims, self.about, |claim| claim.unsure = true);
        }
    }

    /// A sign that is not found counts, or is asked about, where they speak for it.
    fn not_found(&self, reader: &Reader<'_>, claims: &mut Vec<Claim>) {
        let counts = self.score > enough(self.flag, claims);
        if !counts && self.alarm.is_none() || self.own(claims).any(is_plainly_denied) {
            return;
        }
        let heard = heard(reader, self.flag);
        let spared = match self.flag.floor() {
            Urgency::Emergency | Urgency::Urgent => LOOK_ALIKE,
            Urgency::SeeDoctor | Urgency::SelfCare | Urgency::None => LOOK_ALIKE_OF_LESSER,
        };
        if self.score <= spared && holds_look_alike(reader, self.about, &heard.tokens) {
            return;
        }
        if self.own(claims).next().is_none() {
            claims.push(heard);
        }
        let unsure = !counts && self.alarm.is_some_and(|alarm| !alarm.sure)
            || self.flag.floor() == Urgency::Emergency && self.score < least_heard(reader);
        change(claims, self.about, |claim| {
            claim.status = Status::Doubted;
            claim.unsure |= unsure;
        });
    }
}

/// Score below which an emergency is only asked about where no phrase finds its sign: few words sound
/// like much.
fn least_heard(reader: &Reader<'_>) -> f32 {
    if is_long(reader) { f32::MIN } else { SHORT.1 }
}

/// Whether a message has so many words that they tell of a sign by themselves.
pub(super) fn is_long(reader: &Reader<'_>) -> bool {
    reader.words.tokens().len() > SHORT.0
}

/// The alarm of a level, unless something as high is found and sure.
fn alarm(
    reader: &Reader<'_>,
    scores: &FlagScores,
    claims: &[Claim],
    level: Urgency,
) -> Option<Alarm> {
    if claims.iter().any(|claim| is_sure(claim, level)) {
        return None;
    }
    let may_be = |flag: &Flag| *flag != Flag::ClotRisk && scores.of(*flag) > LEAST_OF_ITS_OWN;
    let flag = scores.likeliest(level).filter(may_be)?;
    let score = scores.of(flag) + SHARE_OF_LEVEL * scores.of_level(level);
    // What has to be seen today sounds like more than it is.
    let tells_another =
        claims.iter().any(|claim| is_sure(claim, Urgency::Urgent) || waits(reader, claim));
    let (counts, asked) = match level {
        Urgency::Emergency if tells_another => ALARM_BESIDE_ANOTHER,
        Urgency::Emergency => ALARM_OF_EMERGENCY,
        _ => ALARM,
    };
    let sure = score > counts;
    // What another sign confirms would not be asked about but count.
    let own = reader.responses.flag(flag.into());
    let asked = score > asked && own.is_some_and(|own| own.confirmed_by.is_empty());
    (sure || asked).then_some(Alarm { flag, sure })
}

/// "I carry the sickle cell trait and feel fine": the trait sounds like all that it may lead to.
fn is_well_with_a_trait(reader: &Reader<'_>) -> bool {
    let whole = 0..reader.words.tokens().len();
    holds_look_alike(reader, About::Flag(Flag::ExertionalSickling.into()), &whole)
}

/// Whether a sign is suspected that another one has to confirm: a trait sounds like all that it may
/// lead to.
fn waits(reader: &Reader<'_>, claim: &Claim) -> bool {
    match claim.about {
        About::Flag(flag) if claim.unsure && claim.status.raises() => {
            reader.responses.flag(flag).is_some_and(|own| !own.confirmed_by.is_empty())
        }
        About::Flag(_) | About::Fact(_) => false,
    }
}

/// Whether a sign is found that is of a level or above it, and sure.
fn is_sure(claim: &Claim, level: Urgency) -> bool {
    let is_as_high = match claim.about {
        About::Flag(flag) => flag.core().is_none_or(|flag| flag.floor() >= level),
        About::Fact(_) => false,
    };
    claim.status.raises() && !claim.unsure && is_as_high
}

/// Whether something is denied by words that stand outside of it. Those within it may deny another
/// part of it: "goes by the clock because no signal comes".
fn is_plainly_denied(claim: &Claim) -> bool {
    let within = |cue: &Range<usize>| claim.span.start <= cue.start && cue.end <= claim.span.end;
    claim.status == Status::Denied && !claim.cue.as_ref().is_some_and(within)
}

/// A sign that no phrase finds, told by the sentence that speaks most for it.
fn heard(reader: &Reader<'_>, flag: Flag) -> Claim {
    let tokens = sentence(reader, flag);
    Claim {
        about: About::Flag(FlagId::from(flag)),
        status: Status::Doubted,
        unsure: false,
        span: reader.words.source(tokens.clone()),
        cue: None,
        tokens,
    }
}

/// Changes each claim about something.
fn change(claims: &mut [Claim], about: About, change: impl FnMut(&mut Claim)) {
    claims.iter_mut().filter(|claim| claim.about == about).for_each(change);
}

/// The score above which a sign counts that no phrase finds.
fn enough(flag: Flag, claims: &[Claim]) -> f32 {
    match flag.floor() {
        _ if flag == Flag::ClotRisk => HEARD_OF_CLOT_RISK,
        Urgency::Urgent if claims.iter().any(|claim| is_sure(claim, Urgency::Urgent)) => {
            HEARD_BESIDE_ANOTHER
        }
        Urgency::Emergency | Urgency::Urgent => HEARD_OF_URGENT,
        Urgency::SeeDoctor | Urgency::SelfCare | Urgency::None => HEARD,
    }
}

/// How far a phrase, or for an emergency the examples alone, lifts the score of a sign. What is said
/// of a child or a pregnancy counts as it is: it changes every answer.
fn lift(flag: Flag, by_phrase: bool) -> f32 {
    match flag.floor() {
        _ if matches!(flag, Flag::Child | Flag::Pregnancy) => f32::MAX,
        Urgency::Emergency if by_phrase => f32::MAX,
        Urgency::Emergency => EXAMPLES_OF_EMERGENCY,
        Urgency::Urgent => PHRASE_OF_URGENT,
        _ if matches!(flag, Flag::Medication | Flag::Condition | Flag::Recurrent) => {
            PHRASE_OF_NAMED
        }
        Urgency::SeeDoctor | Urgency::SelfCare | Urgency::None => PHRASE,
    }
}

/// The sentence with the clause that speaks most for a sign.
fn sentence(reader: &Reader<'_>, flag: Flag) -> Range<usize> {
    let clause = reader.responses.learned.clause(&reader.features, flag);
    let start = clause.map_or(0, |tokens| tokens.start);
    let mut sentences = reader.words.sentences().iter().map(|sentence| &sentence.tokens);
    let own = sentences.find(|tokens| tokens.contains(&start));
    own.cloned().unwrap_or(0..reader.words.tokens().len())
}
