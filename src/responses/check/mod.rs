//! The checks on response files, as a named list: all run, all faults are reported at once.
//! A fault that only follows from a file that could not be read is not reported.

mod danger_words;
mod duplicates;
mod empty;
mod evidence;
mod files;
mod follow_ups;
mod keys;
mod labels;
mod lengths;
mod lists;
mod names;
mod opposites;
mod phrases;
mod plans;
mod references;
mod safety;
mod set;
mod talk;
mod templates;
mod words;

use super::problem::Problem;
pub(super) use set::Set;

/// One check: what it holds, and the function that looks.
struct Check {
    /// What is so when it finds nothing.
    holds: &'static str,
    run: fn(&Set<'_>, &mut Vec<Problem>),
}

const fn check(holds: &'static str, run: fn(&Set<'_>, &mut Vec<Problem>)) -> Check {
    Check { holds, run }
}

/// All checks, in the order of the page for moderators.
const CHECKS: &[Check] = &[
    check(
        "every card, question, red flag, topic, fact and word list that code needs is there",
        files::missing,
    ),
    check("every card, question and fact is one that code knows", files::unknown),
    check("every name of a file fits into what a button carries", files::long_names),
    check("there are no more red flags than code can count", files::most_flags),
    check("every topic counts as a label that code knows", references::labels),
    check("every source that is named stands in sources.toml", references::sources),
    check("every topic that a topic names is there, and none is itself", references::named_topics),
    check("every red flag that a topic speaks of is there", references::signs),
    check("the club's region stands in numbers.toml", references::region),
    check("the club's time zone is one that there is", references::zone),
    check("the club's name is words", references::club),
    check("every term of a combination is a red flag or a fact", references::combinations),
    check("what confirms an unsure phrase is a red flag or a fact", references::confirmed_by),
    check("no word list is named like one that is built in", lists::names),
    check("every entry of a word list can be found", lists::entries),
    check("the choices of a question are those that code knows", keys::choices),
    check("the parts of a card are those that code knows", keys::parts),
    check("every follow-up is one that code knows", follow_ups::names),
    check("every topic that a follow-up leads to is there", follow_ups::topics),
    check("every list of plain words is one that code knows", talk::lists),
    check("every entry of such a list is plain words", talk::entries),
    check("no list is empty of whose words Charley would listen for nothing", empty::lists),
    check("no word stands in two lists that say opposite things", opposites::words),
    check(
        "no word that tells of a danger sign is heard as nothing beside a no",
        danger_words::signs,
    ),
    check("no two combinations, flags and facts share a name", duplicates::ids),
    check("no two buttons of one row read alike", duplicates::labels),
    check("no label reads like a button that may stand beside it", labels::fixed),
    check("no phrase stands in two topics", duplicates::topics),
    check("no example stands in two topics", duplicates::examples),
    check("no phrase stands twice in one list, or among its look-alikes", duplicates::phrases),
    check(
        "no phrase of a topic or red flag is made of function words only",
        phrases::function_words,
    ),
    check("no look-alike of a red flag hides nearly everything", phrases::hiding),
    check("no phrase of a topic or red flag fires on ordinary chatter", phrases::chatter),
    check("every text is a template that can be filled in", templates::syntax),
    check("every placeholder of a text is one that code fills there", templates::known),
    check(
        "every text holds the placeholders it needs, the emergency number above all",
        templates::missing,
    ),
    check("no text is empty", templates::empty),
    check("every label fits on a button", lengths::labels),
    check(
        "no question has more choices than Discord shows, no topic more than a row",
        lengths::choices,
    ),
    check("every message fits into Discord with the longest values filled in", lengths::messages),
    check("no red flag is below its floor", safety::floors),
    check("every red flag has the question that clears it", safety::questions),
    check("every red flag of a check list stands on it, at the list's level", safety::lists),
    check("every red flag and topic has examples to be rehearsed with", safety::examples),
    check("every combination says when it holds", safety::combinations),
    check("every line of a plan can be read, and names what is there", plans::lines),
    check("every step and question of a plan has a name of its own", plans::names),
    check("the timers of a cramp are those that code knows", plans::relief),
    check("every step of a plan is reached", plans::reached),
    check("every answer to a plan leads somewhere", plans::answered),
    check("no gate of a plan opens before the danger signs were asked for", plans::gates),
    check("the steps of a plan are in order, by day, and have an end", plans::times),
    check("every claim names its source", evidence::claims),
    check("every source can be looked up", evidence::addresses),
    check("every number has digits and a date", evidence::numbers),
    check("no number or source is dated in the future", evidence::dates),
    check("small talk holds no claim that a source is needed for", evidence::small_talk),
    check("every text reads at grade 8 or below", words::grade),
    check("no text says what Charley does not say", words::banned),
    check("a text on medicines has its variants for minors and in pregnancy", words::medicine),
];

/// What holds of a sound set of response files, a sentence a check.
#[must_use]
pub fn checks() -> Vec<&'static str> {
    CHECKS.iter().map(|check| check.holds).collect()
}

/// Runs every check.
pub(super) fn all(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for check in CHECKS {
        (check.run)(set, problems);
    }
}
