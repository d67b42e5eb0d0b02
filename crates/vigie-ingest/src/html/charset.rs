//! The encoding that a page or an XML document declares in its first bytes.

/// How far browsers look.
const REACH: usize = 2048;

/// The declared label, if there is one.
pub(crate) fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(REACH)]).to_ascii_lowercase();
    let xml = head.starts_with("<?xml").then(|| head.find("?>")).flatten();
    let after = match xml.and_then(|end| head[..end].find("encoding")) {
        Some(at) => &head[at + "encoding".len()..],
        None => &head[head.find("charset=")? + "charset".len()..],
    };
    let value = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let label: String = value.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::declared_charset;

    #[test]
    fn pages_and_xml() {
        let found = |text: &str| declared_charset(text.as_bytes());
        assert_eq!(found("<meta charset=\"ISO-8859-15\">").as_deref(), Some("iso-8859-15"));
        assert_eq!(found("<meta content='text/html; charset=windows-1252'>").as_deref(), Some("windows-1252"));
        assert_eq!(found("<?xml version='1.0' encoding='latin1'?><rss>").as_deref(), Some("latin1"));
        assert_eq!(found("<html><p>charset"), None);
    }
}
