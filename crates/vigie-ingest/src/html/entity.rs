//! Character references: `&eacute;`, `&#233;`, `&#xE9;`.

use markup5ever::data::NAMED_ENTITIES;

/// The longest name in the standard's table.
const LONGEST: usize = 33;

/// The text with its references read.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(&rest[1..]) {
            Some((letters, len)) => {
                out.extend(letters.into_iter().flatten());
                rest = &rest[1 + len..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The signs of the reference after an `&`, and its length.
fn reference(after: &str) -> Option<([Option<char>; 2], usize)> {
    let end = after.bytes().take(LONGEST).position(|b| b == b';')?;
    let name = &after[..end];
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        // Numbers between 128 and 159 are meant as Windows-1252.
        let sign = match u8::try_from(code).ok().filter(|b| (0x80..0xa0).contains(b)) {
            Some(byte) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next(),
            None => char::from_u32(code).filter(|c| *c != '\0'),
        };
        return Some(([Some(sign.unwrap_or('\u{fffd}')), None], end + 1));
    }
    let (first, second) = NAMED_ENTITIES.get(&after[..=end])?;
    let sign = |code: u32| char::from_u32(code).filter(|c| *c != '\0');
    Some(([Some(sign(*first)?), sign(*second)], end + 1))
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn names_numbers_and_what_is_neither() {
        assert_eq!(decoded("L&rsquo;&eacute;t&#233; &#xE9;&amp;lt; &#146;"), "L’été é&lt; ’");
        assert_eq!(decoded("A & B &unknown; &#xZZ; &"), "A & B &unknown; &#xZZ; &");
        assert_eq!(decoded("&#0;&#1114112;"), "\u{fffd}\u{fffd}");
    }
}
