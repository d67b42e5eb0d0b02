//! The languages that are shipped, one folder each under `languages/`.

use crate::pack;
use std::sync::OnceLock;

/// One shipped language: the index of its folder, in alphabetical order of the codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(u8);

fn codes() -> &'static [&'static str] {
    static CODES: OnceLock<Vec<&'static str>> = OnceLock::new();
    CODES.get_or_init(|| {
        let mut codes: Vec<&str> = pack::files("languages/")
            .filter_map(|(path, _)| path.strip_prefix("languages/")?.strip_suffix("/language.toml"))
            .filter(|code| !code.starts_with('_'))
            .collect();
        codes.sort_unstable();
        codes
    })
}

impl Language {
    /// The language with this ISO 639-1 code, if it is shipped.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        codes().iter().position(|c| *c == code).map(|i| Self(i as u8))
    }

    /// Position among [`Language::all`].
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// ISO 639-1 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        codes()[self.0 as usize]
    }

    /// Every shipped language, in order of the codes.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..codes().len()).map(|i| Self(i as u8))
    }

    /// Are there rules that read claims? Without them a text can be cut into sentences and perhaps parsed, and nobody
    /// can say what it claims.
    #[must_use]
    pub fn has_rules(self) -> bool {
        !self.file("frames.toml").is_empty()
    }

    /// A text file of this language's folder, for instance `attribution.toml`; empty when the folder has none.
    #[must_use]
    pub fn file(self, name: &str) -> &'static str {
        pack::text(&format!("languages/{}/{name}", self.code())).unwrap_or("")
    }
}
