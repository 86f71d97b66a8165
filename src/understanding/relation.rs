//! Words for people, and whom each may mean to the one who writes: a bit for each relation.

/// The one who writes.
pub(super) const SELF: u32 = 1;
const MOTHER: u32 = 1 << 1;
const FATHER: u32 = 1 << 2;
const WIFE: u32 = 1 << 3;
const HUSBAND: u32 = 1 << 4;
const GRANDMOTHER: u32 = 1 << 5;
const GRANDFATHER: u32 = 1 << 6;
const SON: u32 = 1 << 7;
const DAUGHTER: u32 = 1 << 8;
const SISTER: u32 = 1 << 9;
const BROTHER: u32 = 1 << 10;
const AUNT: u32 = 1 << 11;
const UNCLE: u32 = 1 << 12;
const NEPHEW: u32 = 1 << 13;
const NIECE: u32 = 1 << 14;
const GRANDSON: u32 = 1 << 15;
const GRANDDAUGHTER: u32 = 1 << 16;
const MAN: u32 = 1 << 17;
const WOMAN: u32 = 1 << 18;
const BOY: u32 = 1 << 19;
const GIRL: u32 = 1 << 20;

/// Whoever does not write.
const ANYBODY_ELSE: u32 = (1 << 21) - 1 - SELF;
/// Who is grown up whoever writes.
pub(super) const ADULT: u32 = MOTHER | FATHER | WIFE | HUSBAND | GRANDMOTHER | GRANDFATHER;
/// Who cannot be pregnant.
pub(super) const NEVER_PREGNANT: u32 = MALE | GRANDMOTHER;
/// No relative: a friend, somebody of the club.
const NO_RELATIVE: u32 = MAN | WOMAN | BOY | GIRL;
const YOUNG_MALE: u32 = SON | BROTHER | NEPHEW | GRANDSON | BOY;
const YOUNG_FEMALE: u32 = DAUGHTER | SISTER | NIECE | GRANDDAUGHTER | GIRL;
const MALE: u32 = YOUNG_MALE | FATHER | HUSBAND | GRANDFATHER | UNCLE | MAN;
const FEMALE: u32 = YOUNG_FEMALE | MOTHER | WIFE | GRANDMOTHER | AUNT | WOMAN;

/// Whom the words for a person mean, taken together.
pub(super) fn of<'w>(words: impl Iterator<Item = &'w str>) -> u32 {
    let (mut named, mut stranger) = (0, false);
    for word in words {
        named |= may_be(word);
        stranger |= is_person(word);
    }
    match (named, stranger) {
        (0, true) => NO_RELATIVE,
        (0, false) => ANYBODY_ELSE,
        (named, _) => named,
    }
}

/// Whom a word may mean; nobody, where it tells nothing of that.
#[rustfmt::skip]
pub(super) fn may_be(word: &str) -> u32 {
    match word {
        "mum" | "mums" | "mom" | "moms" | "mam" | "mams" | "mother" | "mothers" | "mama" | "stepmum"
        | "stepmom" => MOTHER,
        "dad" | "dads" | "father" | "fathers" | "papa" | "stepdad" => FATHER,
        "wife" | "wifes" | "missus" | "girlfriend" | "girlfriends" | "gf" => WIFE,
        "husband" | "husbands" | "hubby" | "boyfriend" | "boyfriends" | "bf" => HUSBAND,
        "partner" | "partners" | "fiance" | "fiancee" | "spouse" | "half" => WIFE | HUSBAND,
        "nan" | "nans" | "nana" | "gran" | "grans" | "granny" | "grandma" | "grandmas" | "grandmother"
        | "grandmothers" => GRANDMOTHER,
        "grandad" | "grandads" | "granddad" | "granddads" | "grandpa" | "grandpas" | "gramps"
        | "grandfather" | "grandfathers" => GRANDFATHER,
        "son" | "sons" | "stepson" | "stepsons" => SON,
        "daughter" | "daughters" | "stepdaughter" | "stepdaughters" => DAUGHTER,
        "sister" | "sisters" | "sis" => SISTER,
        "brother" | "brothers" | "bro" => BROTHER,
        "aunt" | "aunts" | "aunty" | "auntie" | "aunties" => AUNT,
        "uncle" | "uncles" => UNCLE,
        "nephew" | "nephews" => NEPHEW,
        "niece" | "nieces" => NIECE,
        "grandson" | "grandsons" => GRANDSON,
        "granddaughter" | "granddaughters" => GRANDDAUGHTER,
        "boy" | "boys" => YOUNG_MALE,
        "lad" | "lads" => YOUNG_MALE | MAN | HUSBAND,
        "girl" | "girls" | "lass" => YOUNG_FEMALE,
        "guy" | "bloke" | "man" => MALE,
        "woman" | "lady" => FEMALE,
        "kid" | "kids" | "child" | "children" | "toddler" | "baby" | "teen" | "teenager" | "eldest"
        | "youngest" | "oldest" | "pupil" => YOUNG_MALE | YOUNG_FEMALE,
        "cousin" | "cousins" | "friend" | "friends" | "mate" | "mates" | "buddy" | "pal" | "teammate"
        | "colleague" | "neighbour" | "neighbor" | "flatmate" | "roommate" | "housemate" | "boss"
        | "client" | "clubmate" => NO_RELATIVE,
        _ => 0,
    }
}

/// Whether a word means a person.
#[rustfmt::skip]
pub(super) fn is_person(word: &str) -> bool {
    may_be(word) != 0
        || matches!(
            word,
            "runner" | "runners" | "player" | "players" | "athlete" | "athletes" | "patient" | "person"
            | "swimmer" | "cyclist" | "rower" | "footballer" | "gymnast" | "member" | "casualty"
        )
}

/// "Bro, my calf": a word that may only call somebody.
pub(super) fn is_address(word: &str) -> bool {
    matches!(
        word,
        "bro" | "sis" | "mate" | "mates" | "buddy" | "pal" | "friend" | "friends" | "guys"
    ) || matches!(word, "boss" | "lads" | "man" | "girl" | "people" | "everyone" | "everybody")
}

/// A word that makes a relation one of somebody's.
pub(super) fn is_determiner(word: &str) -> bool {
    matches!(word, "my" | "our" | "a" | "an" | "the" | "his" | "her" | "this" | "that" | "another")
        || matches!(
            word,
            "running" | "training" | "best" | "other" | "one" | "some" | "old" | "young"
        )
}
