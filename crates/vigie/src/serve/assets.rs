//! Style, scripts and the map under the map, embedded; what is in `dist` is built from `web/src` and committed.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::hash::{DefaultHasher, Hash, Hasher};

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
    "dist" / "basemap.json": "application/json",
}

/// One asset by its name.
pub(super) fn find(name: &str, headers: &HeaderMap) -> Option<Response> {
    let (_, kind, bytes) = ALL.iter().find(|(known, ..)| *known == name)?;
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    let tag = format!("\"{:016x}\"", hasher.finish());
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Some((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let told = [(header::CONTENT_TYPE, (*kind).to_owned()), (header::ETAG, tag)];
    Some((told, *bytes).into_response())
}
