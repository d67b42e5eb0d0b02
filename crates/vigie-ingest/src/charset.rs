//! Bytes to text when somebody has said which encoding they are in.

use vigie_text::{Decoded, Note, Undecodable, decode};

/// Text from bytes. What is valid UTF-8 is UTF-8, whatever a header says: servers that name a wrong encoding are many,
/// legacy texts that happen to be valid UTF-8 are not. Only then is the hint believed.
///
/// # Errors
/// As [`decode`].
pub(crate) fn decoded(bytes: &[u8], hint: Option<&str>) -> Result<Decoded, Undecodable> {
    let marked = encoding_rs::Encoding::for_bom(bytes).is_some();
    let named = hint.and_then(|label| encoding_rs::Encoding::for_label(label.trim().as_bytes()));
    let named = named.filter(|e| *e != encoding_rs::UTF_8 && !marked && std::str::from_utf8(bytes).is_err());
    let Some(encoding) = named else { return decode(bytes) };
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if broken {
        // The label is wrong: better a guess than letters that nobody wrote.
        return decode(bytes);
    }
    let told = Note {
        span: None,
        code: "encoding-declared",
        message: format!("The text was read as {}, as its carrier says; save it as UTF-8 to be sure.", encoding.name()),
    };
    Ok(Decoded { text: text.into_owned(), encoding: encoding.name(), notes: vec![told] })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn a_hint_decides_only_where_utf8_fails() {
        let cyrillic = [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2];
        assert_eq!(decoded(&cyrillic, Some("windows-1251")).unwrap().text, "Привет");
        assert_eq!(decoded("été".as_bytes(), Some("iso-8859-1")).unwrap().text, "été");
        assert_eq!(decoded(b"d\xe9j\xe0 vu", Some("no-such-charset")).unwrap().text, "déjà vu");
        // 0x81 is nothing in windows-1252's neighbour windows-1257, and the text is told as guessed.
        assert!(decoded(b"abc", Some("utf-16")).is_ok());
    }
}
