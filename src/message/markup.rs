//! Chat markup that carries no words of the speaker: mentions, links, code, quoted lines.

/// How many bytes of markup begin at `at`, or 0 when it is ordinary text.
pub(super) fn markup_len(text: &str, at: usize, line_start: bool) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    match rest.as_bytes().first() {
        Some(b'`') => code_len(rest),
        Some(b'<') => mention_len(rest),
        Some(b'@') => 1 + rest.bytes().skip(1).take_while(u8::is_ascii_alphanumeric).count(),
        Some(b'h' | b'H') if is_link(rest) => {
            rest.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(rest.len())
        }
        Some(b'>') if line_start && rest.starts_with("> ") => rest.find('\n').unwrap_or(rest.len()),
        Some(b'>') if line_start && rest.starts_with(">>> ") => rest.len(),
        Some(_) | None => 0,
    }
}

/// A code block or span with its fences; an unclosed fence is one stray character.
fn code_len(rest: &str) -> usize {
    let fence = if rest.starts_with("```") { "```" } else { "`" };
    let inner = rest.get(fence.len()..).unwrap_or_default();
    // Before a letter it is an apostrophe, as in "can`t".
    let ends_word = |end: &usize| {
        fence.len() > 1 || !inner[end + fence.len()..].starts_with(char::is_alphanumeric)
    };
    match inner.match_indices(fence).map(|(end, _)| end).find(ends_word) {
        Some(inner) => inner + 2 * fence.len(),
        None => fence.len(),
    }
}

/// Longest mention, in bytes: a command with two names under it. Thousands of `<` in a row would
/// else each be read on to the end.
const LONGEST_MENTION: usize = 160;

/// `<@1>`, `<#1>`, `<:name:1>`, `<t:1:R>`, `</command:1>`; a bare `<` is one stray character.
fn mention_len(rest: &str) -> usize {
    if !rest.as_bytes().get(1).is_some_and(|b| b"@#:/at".contains(b)) {
        return 1;
    }
    let body = rest.bytes().skip(1).take(LONGEST_MENTION);
    let body = body.take_while(|b| !b.is_ascii_whitespace() && *b != b'>').count();
    if rest.as_bytes().get(1 + body) == Some(&b'>') { body + 2 } else { 1 }
}

fn is_link(rest: &str) -> bool {
    let head = rest.get(..8).unwrap_or(rest);
    head.eq_ignore_ascii_case("https://")
        || head.get(..7).is_some_and(|http| http.eq_ignore_ascii_case("http://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let len = markup_len(text, 0, true);
        assert_eq!(&text[..len], expected);
    }

    #[test]
    fn markup_is_measured_to_its_end() {
        check("<@123> hi", "<@123>");
        check("<:leg:1>x", "<:leg:1>");
        check("`numb` x", "`numb`");
        check("`cause I can`t", "`");
        check("```\nnumb\n``` x", "```\nnumb\n```");
        check("https://a.b/c d", "https://a.b/c");
        check("> they said\nme", "> they said");
        check("@everyone run", "@everyone");
        check("hello", "");
        check("< 5 km", "<");
    }
}
