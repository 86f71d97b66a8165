//! A second opinion on danger signs. A phrase finds a sign wherever its words stand; a model that
//! knows whole examples says whether the wording as such sounds like it.
//!
//! What only a phrase says is not dropped: it is asked about. An emergency is doubted only where its
//! phrase joins words across a comma, or where nothing at all sounds like it; never doubted is what
//! is true of a person whatever the words around it: age, pregnancy, medicines, conditions. The
//! other way round, a sentence that plainly sounds like an emergency counts as one although no
//! phrase finds its words: no list holds all that people say.

use std::ops::Range;

use super::context::Context;
use super::formula::told;
use super::subject::Subjects;
use super::{About, Claim, Reader};
use crate::classifier::learned::FlagScores;
use crate::classifier::softmax;
use crate::phrases::{Found, PhraseId};
use crate::responses::{Role, Sign};
use crate::vocabulary::{Flag, FlagId, Status, Urgency};

/// What is true of a person, and told in passing.
const OF_THE_PERSON: &[Flag] = &[Flag::Child, Flag::Pregnancy, Flag::Medication, Flag::Condition];

/// Share of a same-day sign, in the sentence that fits it best, below which its phrase stands alone.
const LEAST_SHARE: f32 = 0.002;
/// The same for a sign that can wait for an appointment.
const LEAST_SHARE_OF_LESSER: f32 = 0.004;

/// The same for an emergency. Of 104 that other people told, none lies below; of the false ones one
/// in five.
const LEAST_SHARE_OF_EMERGENCY: f32 = 0.003;
/// The same where the words of its phrase stand on both sides of a comma: mostly two things.
const LEAST_SHARE_ACROSS: f32 = 0.1;

/// Score that labelled messages give a sign from which its phrase does not stand alone.
const SPOKEN_FOR: f32 = -0.7;

/// Words before and after a sign that are looked at with it, as in a list of complaints.
const AROUND: usize = 4;
/// Words from which a sentence may tell of so many things that each is lost in it.
const LONG: usize = 24;

/// How far a sign's score lies above that of none when it is likely whatever else is told.
const LIKELY: f32 = 1.0;

/// Share of a harmless wording in a sentence above which it is harmless whatever else speaks for a
/// sign.
const HARMLESS: f32 = 0.85;

/// Share of a harmless wording in a sentence up to which no phrase is needed.
const HARMLESS_SHARE: f32 = 0.25;

/// Share of an emergency in such a sentence: it may name other signs besides.
const PLAIN_SHARE: f32 = 0.6;

/// Words that a sentence must have to sound like anything.
const FEWEST_WORDS: usize = 5;

/// The share of each sign in a part of a message.
struct Opinion {
    tokens: Range<usize>,
    shares: Vec<f32>,
    /// Whether a sign is likely when it is held against none alone: another one does not make it
    /// less so.
    likely: Vec<bool>,
}

impl Opinion {
    fn of(tokens: Range<usize>, mut scores: Vec<f32>) -> Self {
        let classes = scores.len();
        let none = scores.last().copied().unwrap_or_default();
        let likely = scores.iter().map(|score| score - none > LIKELY).collect();
        softmax(&mut scores, classes);
        Self { tokens, shares: scores, likely }
    }

    /// How well it fits a sign.
    fn support(&self, FlagId(at): FlagId) -> Option<f32> {
        let at = usize::from(at);
        if self.likely.get(at) == Some(&true) { Some(1.0) } else { self.shares.get(at).copied() }
    }

    /// The emergency that it plainly sounds like.
    fn emergency(&self) -> Option<FlagId> {
        if self.tokens.len() < FEWEST_WORDS {
            return None;
        }
        let (harmless, signs) = self.shares.split_last()?;
        let ids = (0..=u8::MAX).map(FlagId).zip(signs);
        let emergencies = ids.filter(|(id, _)| id.is_emergency());
        let (id, share) = emergencies.max_by(|one, two| one.1.total_cmp(two.1))?;
        (*harmless <= HARMLESS_SHARE && *share >= PLAIN_SHARE).then_some(id)
    }
}

/// Whether something is told that could confirm what is too little alone: "he has sickle trait, may he
/// sprint?" tells of no leg.
pub(super) fn may_be_confirmed(reader: &Reader<'_>, flag: FlagId) -> bool {
    let lists = &reader.responses.lists;
    let flag = reader.responses.flag(flag);
    let alone = flag.is_some_and(|flag| !flag.confirmed_by.is_empty());
    !alone || reader.reading.all_lists() & (lists.leg | lists.cramp | lists.pain) != 0
}

/// What the model hears in each sentence, and in the message as a whole.
pub(super) struct Opinions {
    sentences: Vec<Opinion>,
    /// Nothing where one sentence is the whole message.
    whole: Option<Opinion>,
    /// What labelled messages say of each of our own signs; nothing of a few words.
    pub(super) learned: Option<FlagScores>,
}

impl Opinions {
    pub(super) fn of(reader: &Reader<'_>) -> Self {
        let sentences = reader.words.sentences().iter().map(|sentence| sentence.tokens.clone());
        let parts: Vec<Range<usize>> = sentences.map(|own| told(reader.words, own)).collect();
        let model = &reader.responses.signs;
        let scores = model.scores_of_parts(&reader.numbers, parts.iter().cloned());
        let mut scores = scores.into_iter();
        let own = parts.into_iter().zip(&mut scores).map(|(part, own)| Opinion::of(part, own));
        let sentences = own.collect();
        let length = reader.words.tokens().len();
        let whole = scores.next().map(|all| Opinion::of(0..length, all));
        let learned = reader.responses.learned.flags(&reader.features);
        Self { sentences, whole, learned }
    }

    /// Adds the emergencies that no phrase finds, and is sure of those that one only suspects.
    pub(super) fn add(
        &self,
        reader: &Reader<'_>,
        context: &Context<'_>,
        subjects: &Subjects,
        claims: &mut Vec<Claim>,
    ) {
        for opinion in &self.sentences {
            let Some(flag) = opinion.emergency() else { continue };
            let about = About::Flag(flag);
            let mut found = claims.iter_mut().filter(|claim| claim.about == about).peekable();
            if found.peek().is_none() {
                claims.extend(heard(reader, context, subjects, (about, &opinion.tokens)));
                continue;
            }
            let within = |claim: &&mut Claim| opinion.tokens.contains(&claim.tokens.start);
            for claim in found.filter(within).filter(|_| may_be_confirmed(reader, flag)) {
                claim.unsure = false;
            }
        }
    }

    /// What labelled messages say of a sign: above 0 it is likelier than not.
    fn learned(&self, flag: Flag) -> Option<f32> {
        self.learned.as_ref().map(|scores| scores.of(flag))
    }

    /// The share of a sign in the sentence that fits it best, by the examples of the response files.
    pub(super) fn share(&self, FlagId(at): FlagId) -> f32 {
        let all = self.sentences.iter().chain(&self.whole);
        let shares = all.filter_map(|opinion| opinion.shares.get(usize::from(at)).copied());
        shares.fold(0.0, f32::max)
    }

    /// Whether the examples of the response files make every sentence out to be harmless.
    pub(super) fn is_harmless(&self) -> bool {
        let harmless =
            |opinion: &Opinion| opinion.shares.last().is_some_and(|none| *none > HARMLESS);
        self.sentences.iter().chain(&self.whole).all(harmless)
    }

    /// Marks the claims that only a phrase supports as to be asked.
    pub(super) fn doubt(&self, reader: &Reader<'_>, claims: &mut [Claim]) {
        let open = claims.iter().filter(|claim| is_open_to_doubt(claim));
        let around: Vec<Opinion> = open.filter_map(|claim| self.around(reader, claim)).collect();
        for claim in claims.iter_mut().filter(|claim| is_open_to_doubt(claim)) {
            let About::Flag(flag) = claim.about else { continue };
            let alone = flag.is_emergency().then(|| alone(reader, claim));
            let opinions = self.sentences.iter().chain(&self.whole).chain(&around).chain(&alone);
            let support = opinions.filter_map(|opinion| opinion.support(flag)).reduce(f32::max);
            let least = least_share(flag, reader.crosses_a_comma(&claim.tokens));
            let learned = flag.core().and_then(|flag| self.learned(flag));
            claim.unsure = support.is_some_and(|support| support < least)
                && learned.is_none_or(|score| score < SPOKEN_FOR);
        }
    }

    /// What it hears close to a claim, where the sentence is so long that each thing is lost in it.
    fn around(&self, reader: &Reader<'_>, claim: &Claim) -> Option<Opinion> {
        let at = claim.tokens.start;
        let own = self.sentences.iter().find(|sentence| sentence.tokens.contains(&at))?;
        if own.tokens.len() < LONG {
            return None;
        }
        let length = reader.words.tokens().len();
        let near = at.saturating_sub(AROUND)..(claim.tokens.end + AROUND).min(length);
        let scores = reader.responses.signs.scores(&reader.numbers, near.clone());
        Some(Opinion::of(near, scores))
    }
}

/// What it hears in the words of a claim alone: what a plea beside them does not change.
fn alone(reader: &Reader<'_>, claim: &Claim) -> Opinion {
    let scores = reader.responses.signs.scores(&reader.numbers, claim.tokens.clone());
    Opinion::of(claim.tokens.clone(), scores)
}

/// A sentence as a claim. Where something in it is denied or said to be well, it is asked about:
/// the model does not tell what.
fn heard(
    reader: &Reader<'_>,
    context: &Context<'_>,
    subjects: &Subjects,
    (about, tokens): (About, &Range<usize>),
) -> Option<Claim> {
    let mood = context.mood(tokens);
    let last = tokens.end.saturating_sub(1);
    let others = subjects.is_someone_else(last) && Subjects::drops(reader.words, about, tokens);
    let calm = mood == Status::Denied
        || tokens.clone().skip(1).any(|at| is_reassuring(reader.words.at(at)));
    let holds = !others
        && !holds_look_alike(reader, about, tokens)
        && matches!(mood, Status::Affirmed | Status::Doubted | Status::Denied);
    holds.then(|| Claim {
        about,
        status: Status::Affirmed,
        unsure: calm,
        span: reader.words.source(tokens.clone()),
        cue: None,
        tokens: tokens.clone(),
    })
}

fn least_share(flag: FlagId, across: bool) -> f32 {
    match flag.core().map(Flag::floor) {
        Some(Urgency::Emergency) if across => LEAST_SHARE_ACROSS,
        Some(Urgency::Emergency) => LEAST_SHARE_OF_EMERGENCY,
        Some(Urgency::SeeDoctor | Urgency::SelfCare | Urgency::None) => LEAST_SHARE_OF_LESSER,
        Some(Urgency::Urgent) | None => LEAST_SHARE,
    }
}

fn is_open_to_doubt(claim: &Claim) -> bool {
    let About::Flag(flag) = claim.about else { return false };
    let is_sure = |flag: Flag| OF_THE_PERSON.contains(&flag);
    claim.status.raises() && !claim.unsure && !flag.core().is_some_and(is_sure)
}

/// Whether a look-alike of a sign stands in these words.
pub(super) fn holds_look_alike(reader: &Reader<'_>, about: About, tokens: &Range<usize>) -> bool {
    let About::Flag(flag) = about else { return false };
    let owner = Sign::Flag(flag, Role::Says);
    reader.look_alikes.hide(&Found { owner, phrase: PhraseId(0), tokens: tokens.clone() })
}

/// "Ok" at the head of a sentence only opens it.
fn is_reassuring(word: &str) -> bool {
    matches!(word, "fine" | "ok" | "okay" | "normal" | "normally" | "clear" | "grand" | "usual")
}
