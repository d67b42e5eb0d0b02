//! Style, scripts and the map under the map, embedded; what is in `dist` is built from `web/src` and committed.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::read::GzDecoder;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read as _;

macro_rules! assets {
    ($($folder:literal / $name:literal : $kind:literal),* $(,)?) => {
        /// Every asset: name, media type, bytes.
        const ALL: &[(&str, &str, &[u8])] =
            &[$(($name, $kind, include_bytes!(concat!("../../web/", $folder, "/", $name)))),*];
    };
}

assets! {
    "page" / "openapi.json": "application/json",
    "page" / "icon.svg": "image/svg+xml",
    "page" / "style.css": "text/css; charset=utf-8",
    "dist" / "islands.css": "text/css; charset=utf-8",
    "dist" / "vigie.js": "text/javascript; charset=utf-8",
}

/// The map under the map, packed by `build.rs`.
const MAP: (&str, &[u8]) = ("basemap.json", include_bytes!(concat!(env!("OUT_DIR"), "/basemap.json.gz")));

/// One asset by its name.
pub(super) fn find(name: &str, headers: &HeaderMap) -> Option<Response> {
    let packed = name == MAP.0;
    let (kind, bytes) = match ALL.iter().find(|(known, ..)| *known == name) {
        Some((_, kind, bytes)) => (*kind, *bytes),
        None => ("application/json", packed.then_some(MAP.1)?),
    };
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    let tag = format!("\"{:016x}\"", hasher.finish());
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Some((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let told = [(header::CONTENT_TYPE, kind.to_owned()), (header::ETAG, tag)];
    if !packed {
        return Some((told, bytes).into_response());
    }
    let varies = (header::VARY, "accept-encoding");
    if unpacks(headers) {
        return Some((told, [varies, (header::CONTENT_ENCODING, "gzip")], bytes).into_response());
    }
    let mut plain = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut plain).ok()?;
    Some((told, [varies], plain).into_response())
}

/// Does the reader take what is packed with gzip?
fn unpacks(headers: &HeaderMap) -> bool {
    let taken = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    taken.flat_map(|value| value.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let refused = weight.trim().strip_prefix("q=").is_some_and(|q| q.trim_matches(['0', '.']).is_empty());
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(coding: &str) -> HeaderMap {
        HeaderMap::from_iter(coding.parse().ok().map(|value| (header::ACCEPT_ENCODING, value)))
    }

    #[test]
    fn the_map_is_packed_for_those_who_unpack() {
        for (coding, packed) in [("gzip, br", true), ("br;q=1, gzip;q=0.5", true), ("gzip;q=0", false), ("br", false)] {
            let response = find(MAP.0, &told(coding)).expect("the map is there");
            assert_eq!(response.headers().contains_key(header::CONTENT_ENCODING), packed, "{coding}");
        }
        let mut plain = Vec::new();
        GzDecoder::new(MAP.1).read_to_end(&mut plain).expect("it unpacks");
        assert_eq!(plain, include_bytes!("../../web/dist/basemap.json"));
    }
}
