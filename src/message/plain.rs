//! Words as they stand, for short answers that are compared word by word.

/// What "nt" is cut from.
const CONTRACTIONS: [&str; 12] =
    ["did", "do", "does", "is", "was", "has", "have", "had", "could", "would", "were", "are"];

/// Lower-case words without marks; "didn't" is "did not", "2/10" two words. Nothing else is mended: this is
/// for short answers that are compared word by word.
#[must_use]
pub fn plain_words(text: &str) -> Vec<String> {
    let plain = text.to_lowercase().replace(['\'', '’'], "");
    let parts = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut words = Vec::new();
    for part in parts {
        let stem = part.strip_suffix("nt").filter(|stem| CONTRACTIONS.contains(stem));
        match stem {
            Some(stem) => words.extend([stem.to_owned(), "not".to_owned()]),
            None if part == "cant" || part == "cannot" => {
                words.extend(["can".to_owned(), "not".to_owned()]);
            }
            None => words.push(part.to_owned()),
        }
    }
    words
}
