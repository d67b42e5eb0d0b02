//! UTF-8 that somebody read as Windows-1252 and saved again: two or three signs where one letter was.

/// Fewer of them may be what the writer wrote.
const FEWEST: usize = 2;

/// First bytes of letters that such texts are full of: Latin letters, punctuation, and the mark at the start of a file.
/// Others open pairs that also stand in honest text, such as a capital with an accent before a closing quotation mark.
const LEADS: [u8; 6] = [0xc2, 0xc3, 0xc4, 0xc5, 0xe2, 0xef];

/// The text with such letters mended, and how many there were.
pub(crate) fn mended(text: String) -> (String, usize) {
    let mut out = String::new();
    let mut count = 0;
    // What stands before `kept` has been copied.
    let (mut kept, mut at) = (0, 0);
    // Every such letter begins with a sign from U+00C0 to U+00FF, which is this byte and one more.
    while let Some(next) = text.as_bytes()[at..].iter().position(|b| *b == 0xc3) {
        at += next;
        let rest = &text[at..];
        match rest.chars().next().and_then(|first| letter(rest, first)) {
            Some((letter, len)) => {
                out.push_str(&text[kept..at]);
                out.push(letter);
                at += len;
                kept = at;
                count += 1;
            }
            None => at += 2,
        }
    }
    if count < FEWEST {
        return (text, 0);
    }
    out.push_str(&text[kept..]);
    (out, count)
}

/// The letter that the next signs were before they were misread, and their length.
fn letter(rest: &str, first: char) -> Option<(char, usize)> {
    let lead = byte(first).filter(|b| LEADS.contains(b))?;
    let wanted = if lead < 0xe0 { 2 } else { 3 };
    let mut bytes = [0u8; 3];
    let mut len = 0;
    let mut signs = rest.chars();
    for slot in bytes.iter_mut().take(wanted) {
        let sign = signs.next()?;
        *slot = byte(sign)?;
        len += sign.len_utf8();
    }
    let letter = std::str::from_utf8(&bytes[..wanted]).ok()?.chars().next()?;
    (!letter.is_control()).then_some((letter, len))
}

/// The byte that Windows-1252 has for a sign; bytes that it leaves open stand for themselves, as in browsers.
fn byte(sign: char) -> Option<u8> {
    let code = u32::from(sign);
    if (0x80..=0xff).contains(&code) {
        return u8::try_from(code).ok();
    }
    if sign.is_ascii() {
        return None;
    }
    let mut buffer = [0u8; 4];
    let (bytes, _, unmappable) = encoding_rs::WINDOWS_1252.encode(sign.encode_utf8(&mut buffer));
    (!unmappable && bytes.len() == 1).then(|| bytes[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str, count: usize) {
        assert_eq!(mended(text.to_owned()), (expect.to_owned(), count));
    }

    #[test]
    fn misread_letters_are_mended() {
        check(
            "L\u{e2}\u{20ac}\u{2122}arm\u{c3}\u{a9}e a \u{c3}\u{a9}t\u{c3}\u{a9} repouss\u{c3}\u{a9}e",
            "L’armée a été repoussée",
            5,
        );
        check("\u{c2}\u{ab} Non \u{c2}\u{bb}", "« Non »", 2);
    }

    #[test]
    fn honest_text_is_left_alone() {
        for honest in
            ["L’armée a été repoussée « vite » à l’aube", "« LIBERTÉ» et « FORÊT»", "SÃO PAULO, Ãéa", "Â© 2025"]
        {
            check(honest, honest, 0);
        }
    }
}
