//! The strings that scripts show, as a JSON object.

use crate::messages::Messages;
use std::collections::BTreeMap;
use vigie_resources::{Language, PerLanguage};

/// What the keys of such strings begin with.
const PREFIXES: [&str; 4] = ["page-map-", "page-time-", "status-", "grade-"];

/// The strings of a language.
pub(super) fn of(language: Language) -> &'static str {
    static ALL: PerLanguage<String> = PerLanguage::new();
    ALL.of(language, |language| {
        let Some(messages) = Messages::of(language) else { return "{}".to_owned() };
        let keys = PREFIXES.iter().flat_map(|p| Messages::keys(language, p));
        let strings: BTreeMap<&str, String> = keys.map(|key| (key, messages.word(key))).collect();
        serde_json::to_string(&strings).unwrap_or_default()
    })
}
