//! Whether a message reports a cramp, or only asks about cramps in general.

use super::Flow;
use super::asked::{SURE_BESIDE, SURE_CHAT};
use crate::understanding::{About, Muscle, Relevance, Tense, Understanding};
use crate::vocabulary::{Fact, Flag, FlagId, Setting, Status};

/// Longest message, in words, that names a cramp and when it comes, and no more (`club-rule`).
const A_HEADLINE: usize = 6;
/// Fewest words of a message that tells of a cramp beside what it asks (`club-rule`).
const A_STORY: usize = 10;

impl Flow<'_> {
    /// Whether the message reports a cramp or a sign, not only asks about cramps in general. A
    /// question that tells no more than whom it is for ("I'm 15, does magnesium help?") does not.
    pub(super) fn is_report(&self, said: &Understanding) -> bool {
        let says = |fact| said.facts.contains(fact);
        let hurts = says(Fact::Sore) || says(Fact::Limp);
        // "Calf sore for days, no cramp": what it is, the danger signs tell.
        let denied = said.relevance == Relevance::Denied && said.muscle.is_some();
        // "Achy calf after the holiday".
        let one_calf = said.muscle == Some(Muscle::Calf)
            && (says(Fact::OneSide) || says(Fact::OneCalf))
            && !said.question;
        let sore = said.relevance == Relevance::NoCramp && (said.onset.is_some() || one_calf);
        let hurting_calf = hurts && one_calf;
        let lasting = says(Fact::Over24Hours) && one_calf && !self.is_other(said);
        let leg = hurts && (denied || sore) || lasting;
        // "My calf is bruised, can I stretch it?"
        let thinner = said.raised.contains(Flag::MuscleWasting);
        let sign = said.muscle.is_some() && (self.doubts_danger(said) || thinner);
        if !(said.is_relevant() || leg || sign) || is_general(said) {
            return false;
        }
        // "My calf cramps at night", "my son is 12 and gets leg cramps": told, and nothing is asked.
        let of_someone = said.person.of_someone && !said.question && !says(Fact::AsksHelp);
        let told =
            of_someone || self.doubts_danger(said) || self.best_label(said) == Some("cramp_report");
        let asks = said.question || says(Fact::AsksHelp);
        if !told && said.asked && asks && asks_for_somebody(said) {
            return false;
        }
        let signs = said.raised.iter().any(|flag| !flag.is_circumstance());
        let trace = hurts || says(Fact::ShortAndPainless);
        let hints = !said.raised.is_empty() || !said.unsure.is_empty();
        let course = said.onset.is_some() || trace;
        let plain = hints || course && (!said.denied.is_empty() || said.length > 4);
        // "It let go but is still sore, what now?", "calf cramped on the run and is sore, what helps?"
        let own = is_a_cramp(said) && (says(Fact::Released) || hurts);
        // "My calf cramped at km 20 and is sore, can I run tomorrow?"
        let timed = said.setting != Setting::Unknown;
        let in_sport = hurts && timed && said.length >= A_STORY;
        let over = says(Fact::Released) && hurts || own && (in_sport || !names_topic(said));
        let in_odd_words =
            said.relevance == Relevance::Told && self.is_leg_and_time(said) || self.is_story(said);
        // "Calf cramps at night".
        let named = said.topics.first().is_some_and(|best| best.named);
        let in_few_words = said.length <= A_HEADLINE && timed && !asks && !named;
        told || signs
            || over
            || tells_of_own(said, asks)
            || tells_habit(said)
            || in_odd_words
            || in_few_words
            || (hurting_calf || lasting) && !named
            || said.onset.is_some()
            || said.tense == Tense::Since && !asks
            || plain && !said.question
    }

    /// "Woke with a charlie horse tonight, fine now, first time ever, why": a cramp of one's own is told,
    /// at some length, beside the words that ask.
    fn is_story(&self, said: &Understanding) -> bool {
        let says = |fact| said.facts.contains(fact);
        let named = said.topics.first().is_some_and(|best| best.named);
        let own = says(Fact::Over) || says(Fact::InBed) || says(Fact::Released);
        let told = said.tense == Tense::Past || said.relevance == Relevance::Told || own;
        let timed = said.setting != Setting::Unknown && !self.is_other(said);
        timed && told && !named && said.wanted.is_some() && said.length >= A_STORY
    }

    /// Whether what was said is plainly about something else.
    pub(super) fn is_other(&self, said: &Understanding) -> bool {
        let sure = said.topics.first().is_some_and(|best| best.share > SURE_CHAT);
        said.length > 2 && sure && self.best_label(said) == Some("none")
    }

    /// "Both calves, every night": to a bot on leg cramps, a leg and when it comes are a report.
    pub(super) fn is_leg_and_time(&self, said: &Understanding) -> bool {
        let timed = said.setting != Setting::Unknown || said.onset.is_some();
        said.muscle.is_some() && timed && !self.is_other(said)
    }

    /// What the best topic counts as.
    pub(super) fn best_label(&self, said: &Understanding) -> Option<&str> {
        let best = said.topics.first()?;
        self.responses.topic(best.topic).map(|topic| topic.intent.as_str())
    }
}

/// "My calf locks up every night about 2, what helps": told of one's own, whatever is asked.
fn tells_habit(said: &Understanding) -> bool {
    let says = |fact| said.facts.contains(fact);
    let own = says(Fact::OneSide) || says(Fact::BothLegs) || says(Fact::BothSides);
    let named = said.topics.first().is_some_and(|best| best.named);
    is_a_cramp(said) && own && says(Fact::Habit) && said.setting != Setting::Unknown && !named
}

/// "Hamstring cramp in the warm-up tonight, gone", "my arch grabbed twice in training, fine now, can I
/// play": one cramp that was. "I take naproxen and I get cramps in bed at night": those that come.
fn tells_of_own(said: &Understanding, asks: bool) -> bool {
    let says = |fact| said.facts.contains(fact);
    let timed = said.setting != Setting::Unknown;
    let finished = (says(Fact::Over) || says(Fact::Released)) && !asks;
    let of_one_time = says(Fact::Over) && timed && !says(Fact::General) && !says(Fact::Habit);
    // "Just had a calf cramp, it's gone but I'm scared it's a clot".
    let let_go = says(Fact::Released) && !said.question;
    let let_go = let_go && !says(Fact::General) && !says(Fact::Habit);
    let one = (finished || of_one_time || let_go) && said.muscle.is_some();
    let comes = says(Fact::PointsBack) && timed && !asks && said.length > A_HEADLINE;
    is_a_cramp(said) && (one || comes)
}

/// Whether it is about a cramp in a leg, by that word or another.
const fn is_a_cramp(said: &Understanding) -> bool {
    matches!(said.relevance, Relevance::LegCramp | Relevance::BareCramp | Relevance::CrampLike)
}

/// "What now?", of a muscle that is sore after a cramp: what to do is said once the danger signs are
/// answered.
pub(super) fn is_vague_after(said: &Understanding) -> bool {
    let says = |fact| said.facts.contains(fact);
    let over = says(Fact::Released) && said.setting != Setting::Nocturnal;
    (says(Fact::Sore) || says(Fact::Limp) || over) && !names_topic(said)
}

/// Whether the words that ask say plainly what about: "what now?" does not.
fn names_topic(said: &Understanding) -> bool {
    said.topics.first().is_some_and(|best| best.named || best.share >= SURE_BESIDE)
}

/// "I'm 14, does pickle juice help cramps": it names its topic, and tells no more than whom it is for.
fn asks_for_somebody(said: &Understanding) -> bool {
    let named = said.topics.first().is_some_and(|best| best.named);
    let course = [
        Fact::Habit,
        Fact::Now,
        Fact::UnderWay,
        Fact::Sore,
        Fact::Limp,
        Fact::Released,
        Fact::Over,
    ];
    let told = course.into_iter().any(|fact| said.facts.contains(fact));
    let signs = said.raised.union(said.unsure);
    let circumstances = !signs.is_empty() && signs.iter().all(FlagId::is_circumstance);
    named && circumstances && !told && said.onset.is_none()
}

/// Whether red flags were only spoken of in general.
pub(super) fn is_general(said: &Understanding) -> bool {
    let hypothetical = said
        .claims
        .iter()
        .any(|claim| claim.status == Status::Hypothetical && matches!(claim.about, About::Flag(_)));
    let general = said.facts.contains(Fact::General);
    (hypothetical || general) && said.raised.is_empty() && said.onset.is_none()
}
