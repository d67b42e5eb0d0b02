//! Bytes to text: byte order marks, UTF-8, else a guessed legacy encoding; what is no text is refused with a reason.

use crate::document::{DocumentId, Note};
use crate::span::Span;

/// Text recovered from bytes. Spans of the page point into `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// Name of the encoding it was read with (WHATWG).
    pub encoding: &'static str,
    /// What went wrong on the way, if anything.
    pub notes: Vec<Note>,
}

/// Why bytes are not a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecodable {
    /// One sentence that names the remedy.
    pub reason: String,
}

/// First bytes of formats that are often given by mistake.
const MAGIC: [(&[u8], &str); 12] = [
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP or office file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a RIFF media file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"{\\rtf", "an RTF file"),
];

/// Spans count in 32 bits.
const MOST_BYTES: usize = u32::MAX as usize / 4;

/// Identity of the input: the first 16 bytes of its BLAKE3 hash.
#[must_use]
pub fn document_id(bytes: &[u8]) -> DocumentId {
    let mut id = [0; 16];
    id.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
    DocumentId(id)
}

/// Text from bytes.
///
/// # Errors
/// [`Undecodable`] when the bytes are of a known binary format, hold NUL bytes or are larger than spans can count.
pub fn decode(bytes: &[u8]) -> Result<Decoded, Undecodable> {
    if bytes.len() > MOST_BYTES {
        return Err(Undecodable { reason: "The file is larger than 1 GB; split it into pages.".to_owned() });
    }
    if let Some((encoding, skip)) = encoding_rs::Encoding::for_bom(bytes) {
        return Ok(with_encoding(&bytes[skip..], encoding, false));
    }
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Undecodable { reason: format!("This is {what}; give its text instead.") });
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(with_encoding(bytes, encoding, true));
    }
    if bytes.contains(&0) {
        return Err(Undecodable {
            reason: "The file holds NUL bytes, so it is no text; give its text instead.".to_owned(),
        });
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.to_owned(), encoding: "UTF-8", notes: Vec::new() });
    }
    // Mostly valid UTF-8 with a few broken bytes is UTF-8 that was damaged, not a legacy encoding.
    if damaged_utf8(bytes) {
        return Ok(with_encoding(bytes, encoding_rs::UTF_8, false));
    }
    let mut detector = chardetng::EncodingDetector::new();
    detector.feed(bytes, true);
    Ok(with_encoding(bytes, detector.guess(None, true), true))
}

fn with_encoding(bytes: &[u8], encoding: &'static encoding_rs::Encoding, guessed: bool) -> Decoded {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let mut notes = Vec::new();
    if guessed {
        notes.push(Note {
            span: None,
            code: "encoding-guessed",
            message: format!("The text is not UTF-8 and was read as {}; save it as UTF-8 to be sure.", encoding.name()),
        });
    }
    if broken {
        let at = text.find('\u{fffd}').map(|at| Span::new(at, at + '\u{fffd}'.len_utf8()));
        notes.push(Note {
            span: at,
            code: "invalid-bytes",
            message: format!("Some bytes are not valid {} and stand as U+FFFD; fetch the page again.", encoding.name()),
        });
    }
    Decoded { text: text.into_owned(), encoding: encoding.name(), notes }
}

/// Text in UTF-16 without a mark has a zero in every other byte wherever it is Latin.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 8 {
        return None;
    }
    let pairs = head.len() / 2;
    let even = head.iter().step_by(2).filter(|b| **b == 0).count();
    let odd = head.iter().skip(1).step_by(2).filter(|b| **b == 0).count();
    if odd * 10 >= pairs * 8 && even * 50 <= pairs {
        Some(encoding_rs::UTF_16LE)
    } else if even * 10 >= pairs * 8 && odd * 50 <= pairs {
        Some(encoding_rs::UTF_16BE)
    } else {
        None
    }
}

/// Are there more well-formed multi-byte characters than broken bytes?
fn damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_and_marks() {
        assert_eq!(decode("été".as_bytes()).unwrap().text, "été");
        let marked = decode(b"\xef\xbb\xbfbon").unwrap();
        assert_eq!((marked.text.as_str(), marked.encoding), ("bon", "UTF-8"));
        let wide = decode(b"\xff\xfe\xe9\x00t\x00").unwrap();
        assert_eq!((wide.text.as_str(), wide.encoding), ("ét", "UTF-16LE"));
    }

    #[test]
    fn legacy_text_is_guessed_and_said() {
        let latin = decode(b"L'arm\xe9e a \xe9t\xe9 repouss\xe9e dans la r\xe9gion, a d\xe9clar\xe9 le g\xe9n\xe9ral.")
            .unwrap();
        assert!(latin.text.contains("L'armée a été repoussée"), "{}", latin.text);
        assert_eq!(latin.notes[0].code, "encoding-guessed");
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let mut bytes = "Une dépêche envoyée à l'été".as_bytes().to_vec();
        bytes.push(0xff);
        let decoded = decode(&bytes).unwrap();
        assert!(decoded.text.starts_with("Une dépêche"));
        assert_eq!(decoded.notes[0].code, "invalid-bytes");
    }

    #[test]
    fn binaries_are_refused_with_a_reason() {
        for bytes in [&b"%PDF-1.4 x"[..], b"PK\x03\x04abc", b"\x89PNG\r\n", b"ab\0\0\0cd\0"] {
            assert!(decode(bytes).unwrap_err().reason.contains("give its text"), "{bytes:?}");
        }
    }
}
