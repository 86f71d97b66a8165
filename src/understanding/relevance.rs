//! Whether a message is about a cramp in a leg or foot.

use super::topics::Scores;
use super::{About, Claim, Reader, Understanding, site};
use crate::phrases::Reading;
use crate::responses::Lists;
use crate::vocabulary::{Fact, Flag, FlagId, Status};

/// Share of topics on cramps from which a message that names a leg is one on a cramp.
const CRAMP_TALK: f32 = 0.95;

/// Score that labelled messages give a leg cramp from which a message that names a leg, or a muscle, is
/// about one although no word of cramps is in it, or another part of the body is nearer to that word. On
/// messages that they did not know, half a point less found six more that were about one and three more
/// that were about none, and twice as much of what others chatted about.
const TOLD: f32 = 3.3;

/// Score that labelled messages give a leg cramp up to which a message is not about one where little
/// else says so: a cramp of which nobody says where it is, talk of cramps without a word of one, and an
/// emergency that only labelled messages hear.
const LEAST: f32 = 0.3;

/// Score that labelled messages give a leg cramp below which nothing but a word of cramps or an emergency
/// makes a message one on them.
const RULED_OUT: f32 = -0.7;

/// Words below which nothing outweighs a bare word of cramps ("cramps when I wear my new shoes"). On
/// messages that were not known, 11 took three more for one on a leg, 8 one.
const FEW: usize = 8;

/// Signs that a calf alone is enough for.
const OF_A_CALF: [Flag; 6] = [
    Flag::Swelling,
    Flag::RednessOrWarmth,
    Flag::Claudication,
    Flag::CompartmentTight,
    Flag::ColdOrPaleFoot,
    Flag::ClotRisk,
];

/// Why a message is about leg cramps, or why not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::Display)]
pub enum Relevance {
    /// No word of cramp or leg in it.
    #[default]
    #[strum(serialize = "no word of cramps or legs")]
    NoWord,
    /// Words are there, but not of a cramp.
    #[strum(serialize = "a leg, but no cramp")]
    NoCramp,
    /// The cramp is in another part of the body.
    #[strum(serialize = "a cramp, but not in a leg")]
    OtherBody,
    /// "No cramp, no wall": says that there is none.
    #[strum(serialize = "it says that there is no cramp")]
    Denied,
    /// Cramped rooms, style.
    #[strum(serialize = "cramp in another sense")]
    Figurative,
    /// A cramp word next to a leg word.
    #[strum(serialize = "a cramp in a leg")]
    LegCramp,
    /// A cramp word, and no other part of the body named.
    #[strum(serialize = "a cramp, and nothing but a leg fits")]
    BareCramp,
    /// A leg that locks, seizes, goes hard.
    #[strum(serialize = "a leg that locks or seizes")]
    CrampLike,
    /// A leg, and words that people use of one that cramps, none of which says so alone.
    #[strum(serialize = "a leg, told as people tell of cramps")]
    Told,
    /// A question on a clot in the leg.
    #[strum(serialize = "a question on a blood clot")]
    Clot,
    /// A danger sign of the calf.
    #[strum(serialize = "a danger sign in the leg")]
    Sign,
}

impl Relevance {
    /// Whether a bot should answer.
    #[must_use]
    pub const fn is_relevant(self) -> bool {
        match self {
            Self::NoWord | Self::NoCramp | Self::OtherBody | Self::Figurative | Self::Denied => {
                false
            }
            Self::LegCramp
            | Self::BareCramp
            | Self::CrampLike
            | Self::Told
            | Self::Clot
            | Self::Sign => true,
        }
    }
}

/// Whether anything in it can make a message relevant: if not, reading it ends here.
pub(super) fn may_be(reading: &Reading, lists: &Lists) -> bool {
    reading.all_lists() & lists.of_cramps() != 0
}

/// Whether an emergency is claimed, surely or not.
pub(super) fn tells_an_emergency(claims: &[Claim]) -> bool {
    let is_emergency = |about| match about {
        About::Flag(flag) => flag.is_emergency(),
        About::Fact(_) => false,
    };
    claims.iter().any(|claim| claim.status.raises() && is_emergency(claim.about))
}

/// Decides by the cramp words first, then by what else tells of a leg that cramps or is in danger.
pub(super) fn of(
    reader: &Reader<'_>,
    claims: &[Claim],
    so_far: &Understanding,
    topics: &Scores,
    plain_emergency: bool,
) -> Relevance {
    let lists = &reader.responses.lists;
    if !may_be(reader.reading, lists) {
        return Relevance::NoWord;
    }
    let by_words = site::of_cramps(reader.words, reader.reading, lists, &reader.asking);
    let heard = reader.responses.learned.relevance(&reader.features);
    let evidence = Evidence { reader, claims, so_far, heard, plain_emergency };
    match by_words {
        Relevance::LegCramp => by_words,
        Relevance::BareCramp if evidence.may_be_of_a_leg() || reader.words.tokens().len() < FEW => {
            by_words
        }
        _ if evidence.is_emergency() || evidence.is_ill_of_heat() => Relevance::Sign,
        Relevance::BareCramp => Relevance::OtherBody,
        Relevance::NoCramp | Relevance::Denied if evidence.is_ruled_out() => by_words,
        Relevance::NoCramp | Relevance::Denied if evidence.tells_of_a_lock() => {
            Relevance::CrampLike
        }
        Relevance::NoCramp | Relevance::Denied if evidence.is_danger_to_a_leg() => Relevance::Sign,
        Relevance::NoCramp if evidence.sounds_like_a_cramp(topics) => Relevance::CrampLike,
        Relevance::NoCramp | Relevance::OtherBody if evidence.is_told() => Relevance::Told,
        Relevance::NoCramp if evidence.is_told_of_a_muscle() => Relevance::Told,
        Relevance::NoCramp | Relevance::Denied if evidence.asks_of_a_clot() => Relevance::Clot,
        other => other,
    }
}

/// What a message tells besides its cramp words.
struct Evidence<'e> {
    reader: &'e Reader<'e>,
    claims: &'e [Claim],
    so_far: &'e Understanding,
    /// How much labelled messages hear of a leg cramp in it.
    heard: Option<f32>,
    /// Whether phrases or examples find an emergency.
    plain_emergency: bool,
}

impl Evidence<'_> {
    fn names(&self, list: u128) -> bool {
        self.reader.reading.all_lists() & list != 0
    }

    fn names_leg(&self) -> bool {
        let Reader { words, reading, responses, .. } = self.reader;
        site::names_leg(words, reading, &responses.lists)
    }

    fn raises(&self, flag: Flag) -> bool {
        self.so_far.raised.contains(flag)
    }

    /// Whether enough speaks for a leg cramp, or too little is known to say.
    fn may_be_of_a_leg(&self) -> bool {
        self.heard.is_none_or(|score| score > LEAST)
    }

    /// A leg, in words that the examples of the response files use of cramps.
    fn sounds_like_a_cramp(&self, topics: &Scores) -> bool {
        self.names_leg()
            && (self.may_be_of_a_leg() || self.fears_a_sign())
            && topics.cramp_talk(self.reader.responses) > CRAMP_TALK
    }

    /// Words that labelled messages hardly use where a leg cramps: they say less than an emergency, or
    /// a danger sign that is asked about.
    fn is_ruled_out(&self) -> bool {
        let emergency = || self.so_far.raised.iter().any(FlagId::is_emergency);
        self.heard.is_some_and(|score| score < RULED_OUT) && !self.fears_a_sign() && !emergency()
    }

    /// Asks what a danger sign would mean.
    fn fears_a_sign(&self) -> bool {
        let is_feared =
            |c: &Claim| matches!(c.about, About::Flag(_)) && c.status == Status::Hypothetical;
        self.claims.iter().any(is_feared)
    }

    /// A leg, in words that labelled messages use of cramps.
    fn is_told(&self) -> bool {
        self.names_leg() && self.heard.is_some_and(|score| score > TOLD)
    }

    /// The same of a muscle of which nobody says where it is.
    fn is_told_of_a_muscle(&self) -> bool {
        self.names_a_muscle() && self.heard.is_some_and(|score| score > TOLD)
    }

    /// Whether a muscle or a spasm is named, and no part of the body but a leg.
    fn names_a_muscle(&self) -> bool {
        let lists = &self.reader.responses.lists;
        self.names(lists.muscle | lists.cramp) && !self.names(lists.other_body)
    }

    /// An emergency in a leg, or in a muscle or beside a cramp of which nobody says where it is.
    fn is_emergency(&self) -> bool {
        let Reader { words, reading, responses, .. } = self.reader;
        self.so_far.raised.iter().any(FlagId::is_emergency)
            && (self.plain_emergency || self.may_be_of_a_leg())
            && (self.names_leg()
                || self.raises(Flag::CompartmentTight) && self.names_a_muscle()
                || site::names_open_cramp(words, reading, &responses.lists))
    }

    /// Somebody who is ill of heat or of water, and cramps: nobody says where.
    fn is_ill_of_heat(&self) -> bool {
        let Reader { words, reading, responses, .. } = self.reader;
        self.raises(Flag::HeatOrOverdrinking)
            && site::names_open_cramp(words, reading, &responses.lists)
    }

    /// Something locks or seizes, or a leg is still locked, or has let go.
    fn tells_of_a_lock(&self) -> bool {
        let asks = !self.reader.asking.is_empty();
        let said = |fact| {
            let holds = |status| asks || status != Status::Denied;
            self.claims.iter().any(|c| c.about == About::Fact(fact) && holds(c.status))
        };
        let course = || said(Fact::StillLocked) || said(Fact::Released);
        said(Fact::CrampLike) || self.names_leg() && course()
    }

    /// A leg that hurts on walking, or a calf with any other sign of a clot or a blocked vessel.
    fn is_danger_to_a_leg(&self) -> bool {
        let lists = &self.reader.responses.lists;
        let claudication = self.names_leg() && self.raises(Flag::Claudication);
        let of_a_calf = || {
            self.hurts_for_days()
                || OF_A_CALF.into_iter().any(|flag| self.raises(flag))
                || self.is_ill()
        };
        claudication || self.names(lists.calf) && of_a_calf()
    }

    /// One calf that has hurt for more than a day.
    fn hurts_for_days(&self) -> bool {
        let facts = &self.so_far.facts;
        self.names(self.reader.responses.lists.pain)
            && facts.contains(Fact::OneSidedCalfPain)
            && facts.contains(Fact::Over24Hours)
    }

    /// It hurts with a fever, or goes numb, or a child cannot stand on it: no injury of sport,
    /// whatever it is called.
    fn is_ill(&self) -> bool {
        let child = self.raises(Flag::Child) && self.raises(Flag::CannotBearWeight);
        self.names(self.reader.responses.lists.pain)
            && (self.raises(Flag::InfectionOrFever) || self.raises(Flag::Numbness) || child)
    }

    /// A question on a clot, and no talk of other troubles.
    fn asks_of_a_clot(&self) -> bool {
        let lists = &self.reader.responses.lists;
        let asks = !self.reader.asking.is_empty();
        self.names(lists.clot) && !self.names(lists.other_context) && (asks || self.names_leg())
    }
}
