//! An HTTP response as archives keep it: head, then a body that may be chunked and packed.

use crate::meter::{Packed, Unpacked};
use crate::open::MOST_DOCUMENT;
use std::io::{self, Cursor, Read};

/// The encoding that a type of content names.
pub(crate) fn charset(content_type: &str) -> Option<String> {
    let lower = content_type.to_ascii_lowercase();
    let (_, after) = lower.split_once("charset=")?;
    let label = after.split(';').next().unwrap_or_default().trim().trim_matches(['"', '\'']);
    (!label.is_empty()).then(|| label.to_owned())
}

/// A response.
pub(crate) struct Response<'a> {
    pub(crate) status: u16,
    fields: Vec<(&'a str, &'a str)>,
    body: &'a [u8],
}

impl<'a> Response<'a> {
    /// The response that these bytes are.
    pub(crate) fn of(bytes: &'a [u8]) -> Option<Self> {
        let (head, body) = split_head(bytes)?;
        let head = std::str::from_utf8(head).ok()?;
        let mut lines = head.lines();
        let status = lines.next()?.strip_prefix("HTTP/")?.split_whitespace().nth(1)?.parse().ok()?;
        let fields = lines.filter_map(|l| l.split_once(':')).map(|(n, v)| (n.trim(), v.trim())).collect();
        Some(Self { status, fields, body })
    }

    fn field(&self, wanted: &str) -> Option<&'a str> {
        self.fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| *value)
    }

    /// The type of the body, in small letters, without parameters; empty when it is not said.
    pub(crate) fn content_type(&self) -> String {
        let full = self.field("content-type").unwrap_or_default();
        full.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// The encoding that the head names.
    pub(crate) fn charset(&self) -> Option<String> {
        charset(self.field("content-type")?)
    }

    /// The body as the page was written. An archive may have undone what the head still names, so a body that is not
    /// chunked or packed is taken as it is.
    ///
    /// # Errors
    /// When it is packed in a way that is not known, is damaged, or unpacks beyond reason.
    pub(crate) fn content(&self) -> Result<Vec<u8>, String> {
        let chunked = self.field("transfer-encoding").is_some_and(|v| v.to_ascii_lowercase().contains("chunked"));
        let body = if chunked { joined(self.body).unwrap_or_else(|| self.body.to_vec()) } else { self.body.to_vec() };
        let (packed, count) = Packed::new(Cursor::new(&body));
        let packing = self.field("content-encoding").unwrap_or_default().to_ascii_lowercase();
        let read = match packing.as_str() {
            "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => {
                all(Unpacked::new(flate2::bufread::MultiGzDecoder::new(packed), count))
            }
            "deflate" if body.first().is_some_and(|b| b & 0x0f == 8) => {
                all(Unpacked::new(flate2::bufread::ZlibDecoder::new(packed), count))
            }
            "zstd" if body.starts_with(b"\x28\xb5\x2f\xfd") => {
                zstd::stream::read::Decoder::with_buffer(packed).and_then(|decoder| all(Unpacked::new(decoder, count)))
            }
            "br" if std::str::from_utf8(&body).is_err() => return Err("it is packed with Brotli".to_owned()),
            _ => return Ok(body),
        };
        read.map_err(|error| crate::meter::explained(&error).0)
    }
}

fn all(stream: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.take(MOST_DOCUMENT).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn split_head(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = |mark: &[u8]| bytes.windows(mark.len()).position(|w| w == mark).map(|at| (at, at + mark.len()));
    let (end, start) = at(b"\r\n\r\n").or_else(|| at(b"\n\n"))?;
    Some((&bytes[..end], &bytes[start..]))
}

/// Chunks joined; `None` when the bytes are no chunks. A last chunk that is cut short is kept.
fn joined(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(rest.len());
    loop {
        let end = rest.iter().position(|b| *b == b'\n')?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(out);
        }
        let len = size.min(rest.len());
        out.extend_from_slice(&rest[..len]);
        rest = &rest[len..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return Some(out);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    fn content(head: &str, body: &[u8]) -> Result<Vec<u8>, String> {
        let bytes = [format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes(), body].concat();
        Response::of(&bytes).unwrap().content()
    }

    #[test]
    fn chunks_are_joined_and_what_is_none_is_kept() {
        let chunked = "Transfer-Encoding: chunked";
        assert_eq!(content(chunked, b"3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n").unwrap(), b"abcde");
        assert_eq!(content(chunked, b"<html>").unwrap(), b"<html>");
        assert_eq!(content(chunked, b"ff\r\nabc").unwrap(), b"abc");
    }

    #[test]
    fn packed_bodies() {
        let packed = zstd::encode_all(&b"page"[..], 1).unwrap();
        assert_eq!(content("Content-Encoding: zstd", &packed).unwrap(), b"page");
        assert_eq!(content("Content-Encoding: gzip", b"page").unwrap(), b"page");
        assert!(content("Content-Encoding: br", b"\x8b\xff").is_err());
        assert!(content("Content-Encoding: gzip", b"\x1f\x8b\x08\0bad").is_err());
    }

    #[test]
    fn heads() {
        let bytes = b"HTTP/1.1 404 Not Found\r\ncontent-type: Text/HTML; Charset=\"ISO-8859-1\"\r\n\r\nx";
        let response = Response::of(bytes).unwrap();
        assert_eq!((response.status, response.content_type().as_str()), (404, "text/html"));
        assert_eq!(response.charset().as_deref(), Some("iso-8859-1"));
        assert!(Response::of(b"GET / HTTP/1.1\r\n\r\n").is_none() && Response::of(b"").is_none());
    }
}
