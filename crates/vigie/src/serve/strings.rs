//! The strings that scripts show, as a JSON object.

use crate::messages::Messages;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use vigie_resources::Language;

/// What the keys of such strings begin with.
const PREFIXES: [&str; 4] = ["page-map-", "page-time-", "status-", "grade-"];

/// The strings of a language.
pub(super) fn of(language: Language) -> &'static str {
    static ALL: OnceLock<BTreeMap<Language, String>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        super::ask::languages()
            .filter_map(|language| {
                let messages = Messages::of(language)?;
                let strings: BTreeMap<&str, String> = PREFIXES
                    .iter()
                    .flat_map(|p| Messages::keys(language, p))
                    .map(|key| (key, messages.word(key)))
                    .collect();
                Some((language, serde_json::to_string(&strings).unwrap_or_default()))
            })
            .collect()
    });
    all.get(&language).map_or("{}", String::as_str)
}
