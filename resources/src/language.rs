//! The languages that are shipped, one folder each under `languages/`.

use crate::pack;
use serde::de::DeserializeOwned;
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

    /// A TOML file of this language's folder as a typed table.
    pub(crate) fn table<T: DeserializeOwned>(self, name: &str) -> T {
        pack::table(&format!("languages/{}/{name}", self.code()))
    }
}

/// One value for each language, made when that language is first asked for: who reads one language waits for no other.
#[derive(Debug)]
pub struct PerLanguage<T>(OnceLock<Vec<OnceLock<T>>>);

impl<T> PerLanguage<T> {
    /// Nothing made yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// The value of a language; `make` makes it the first time.
    pub fn of(&self, language: Language, make: impl FnOnce(Language) -> T) -> &T {
        let all = self.0.get_or_init(|| Language::all().map(|_| OnceLock::new()).collect());
        all[language.index()].get_or_init(|| make(language))
    }
}

impl<T> Default for PerLanguage<T> {
    fn default() -> Self {
        Self::new()
    }
}
