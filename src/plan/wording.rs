//! The same thing said in another way: "pain-free" is "no pain". What is compared word by word is put so
//! first.

use crate::responses::TalkLists;
use crate::vocabulary::Answering;

/// "Pain-free", "free of pain" and "painfree" as "no pain".
pub(super) fn plainly(talk: &TalkLists, said: &str) -> String {
    let words: Vec<&str> = said.split_inclusive(is_mark).collect();
    let bare = |at: usize| {
        let word = words.get(at).map_or("", |word| word.trim_end_matches(is_mark));
        word.to_lowercase()
    };
    let (mut told, mut at) = (String::with_capacity(said.len()), 0);
    while let Some(word) = words.get(at) {
        let glued = bare(at).strip_suffix(FREE).is_some_and(|of| is_amiss(talk, of));
        let (first, next, third) = (bare(at), bare(at + 1), bare(at + 2));
        if glued {
            told.push_str("no ");
            told.push_str(&word.replacen(FREE, "", 1));
            at += 1;
        } else if is_amiss(talk, &first) && next == FREE {
            told.push_str("no ");
            told.push_str(&first);
            told.push_str(words.get(at + 1).map_or("", |word| word.trim_start_matches(FREE)));
            at += 2;
        } else if first == FREE && matches!(next.as_str(), "of" | "from") && is_amiss(talk, &third)
        {
            told.push_str("no ");
            at += 2;
        } else {
            told.push_str(word);
            at += 1;
        }
    }
    told
}

/// Behind or before what there is none of.
const FREE: &str = "free";

/// Whether a word is for something that is amiss, and of which there may be none.
fn is_amiss(talk: &TalkLists, word: &str) -> bool {
    [Answering::Trouble, Answering::Cramp].iter().any(|list| talk.has(*list, word))
}

fn is_mark(c: char) -> bool {
    !c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::responses::shipped_talk;

    #[test]
    fn what_somebody_is_free_of_there_is_none_of() {
        let talk = shipped_talk();
        for (said, plain) in [
            ("none, pain-free walking and running", "none, no pain walking and running"),
            ("yes pain free, no cramp", "yes no pain, no cramp"),
            ("painfree", "no pain"),
            ("cramp free since", "no cramp since"),
            ("free of pain", "no pain"),
            ("feel free to ask", "feel free to ask"),
            ("free on monday, pain 3", "free on monday, pain 3"),
        ] {
            assert_eq!(plainly(&talk, said), plain, "{said}");
        }
    }
}
