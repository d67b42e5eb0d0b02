//! A text on standard input and its language, as `parse`, `places` and `dates` read it.

use crate::failure::Failure;
use crate::input;
use vigie_resources::Language;

#[derive(Debug, clap::Args)]
pub(super) struct StandardInput {
    /// The language of the text, for instance fr; guessed when left out
    #[arg(long, value_name = "CODE", value_parser = language)]
    lang: Option<Language>,
}

impl StandardInput {
    /// The text, and the language that was named, else the one that it seems to be in.
    pub(super) fn read(&self) -> Result<(String, Language), Failure> {
        let bytes = input::standard()?;
        let text = vigie_text::decode(&bytes).map_err(|e| Failure::new("standard input is no text", e.reason))?.text;
        let language = self.lang.or_else(|| vigie_text::identify(&text)).ok_or_else(|| {
            Failure::new(
                "the language of the text is not clear",
                format!("name it with --lang; the languages that can be read: {}", shipped()),
            )
        })?;
        Ok((text, language))
    }
}

/// A language code as an argument.
fn language(code: &str) -> Result<Language, String> {
    Language::from_code(code).ok_or_else(|| format!("this language is not shipped; those that are: {}", shipped()))
}

/// The codes of the shipped languages, for messages.
fn shipped() -> String {
    Language::all().map(Language::code).collect::<Vec<_>>().join(", ")
}
