//! How a language is written: what the tokeniser, the sentence splitter and the page reader must know. Data only.

use crate::{Language, PerLanguage};
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The parsed `language.toml` of one language. Words stand in lower case.
#[derive(Debug, Clone, Default)]
pub struct Writing {
    /// The language's name for itself.
    pub name: String,
    /// Words that are cut after an apostrophe ("l" for "l'").
    pub elisions: FxHashSet<String>,
    /// Letters before which an elision is possible.
    pub elision_before: FxHashSet<char>,
    /// Words that look elided and are one token.
    pub uncut: FxHashSet<String>,
    /// Endings that are tokens of their own, as they are written ("-t-il", "'s"), longest first.
    pub clitics: Vec<String>,
    /// Words that end like a clitic and are one token.
    pub clitic_exceptions: FxHashSet<String>,
    /// The hyphen inside a word is a token of its own ("well-known" is three).
    pub cut_hyphens: bool,
    /// Beginnings that keep their hyphen all the same ("non-lethal" is one token).
    pub prefixes: FxHashSet<String>,
    /// Endings of a word whose last apostrophe belongs to it ("s'").
    pub tails: Vec<String>,
    /// Words that begin with an apostrophe; figures stand as `0` ("'00s").
    pub heads: FxHashSet<String>,
    /// Endings in brackets that stay with their word ("(s)").
    pub bracketed: FxHashSet<String>,
    /// Several marks that are one token (":)") by the first of them, longest first.
    pub signs: BTreeMap<char, Vec<String>>,
    /// Marks that are one token when they are repeated or mixed.
    pub runs: FxHashSet<char>,
    /// Groups of three figures are parted by spaces ("250 000").
    pub spaced_numbers: bool,
    /// Letters between hours and minutes.
    pub hour_marks: FxHashSet<String>,
    /// Units that may be written right after a figure.
    pub units: FxHashSet<String>,
    /// Opening and closing quotation marks.
    pub quotes: Vec<(char, char)>,
    /// Names that in capitals look like a common word, and a word that a parser knows for the same.
    pub capital_names: BTreeMap<String, String>,
    /// Abbreviations with their stop, after which a name follows.
    pub titles: FxHashSet<String>,
    /// Abbreviations with their stop, only before a number.
    pub before_number: FxHashSet<String>,
    /// Other abbreviations with their stop; they can end a sentence.
    pub others: FxHashSet<String>,
    /// Words of no topic.
    pub function_words: FxHashSet<String>,
    /// Words that, capitalised, can only begin a sentence.
    pub openers: FxHashSet<String>,
    /// Least share, in percent, of function words among all words in running text of this language.
    pub function_share: u32,
    /// Least share, in percent, of common letter groups among all groups of three letters.
    pub letter_share: u32,
    /// Least sum of the two shares.
    pub share_together: u32,
    /// The commonest groups of three letters, `_` for the edge of a word (`letters.tsv`).
    pub letter_groups: FxHashSet<[char; 3]>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct File {
    name: String,
    tokens: Tokens,
    abbreviations: Abbreviations,
    function_words: Words,
    identify: Identify,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Tokens {
    elisions: FxHashSet<String>,
    elision_before: String,
    uncut: FxHashSet<String>,
    clitics: Vec<String>,
    clitic_exceptions: FxHashSet<String>,
    cut_hyphens: bool,
    prefixes: FxHashSet<String>,
    tails: Vec<String>,
    heads: FxHashSet<String>,
    bracketed: FxHashSet<String>,
    signs: Vec<String>,
    runs: String,
    spaced_numbers: bool,
    hour_marks: FxHashSet<String>,
    units: FxHashSet<String>,
    quotes: Vec<(char, char)>,
    capital_names: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Abbreviations {
    titles: FxHashSet<String>,
    before_number: FxHashSet<String>,
    others: FxHashSet<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Words {
    words: String,
    openers: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Identify {
    share: u32,
    letters: u32,
    together: u32,
}

fn read(toml: &str, letters: &str) -> Writing {
    let file: File = crate::pack::read(toml).unwrap_or_default();
    let words = |s: &str| s.split_whitespace().map(str::to_owned).collect::<FxHashSet<_>>();
    let mut clitics = file.tokens.clitics;
    clitics.sort_by_key(|c| std::cmp::Reverse(c.len()));
    let mut signs: BTreeMap<char, Vec<String>> = BTreeMap::new();
    for sign in file.tokens.signs {
        sign.chars().next().into_iter().for_each(|first| signs.entry(first).or_default().push(sign.clone()));
    }
    signs.values_mut().for_each(|of| of.sort_by_key(|s| std::cmp::Reverse(s.len())));
    Writing {
        name: file.name,
        elisions: file.tokens.elisions,
        elision_before: file.tokens.elision_before.chars().collect(),
        uncut: file.tokens.uncut,
        clitics,
        clitic_exceptions: file.tokens.clitic_exceptions,
        cut_hyphens: file.tokens.cut_hyphens,
        prefixes: file.tokens.prefixes,
        tails: file.tokens.tails,
        heads: file.tokens.heads,
        bracketed: file.tokens.bracketed,
        signs,
        runs: file.tokens.runs.chars().collect(),
        spaced_numbers: file.tokens.spaced_numbers,
        hour_marks: file.tokens.hour_marks,
        units: file.tokens.units,
        quotes: file.tokens.quotes,
        capital_names: file.tokens.capital_names,
        titles: file.abbreviations.titles,
        before_number: file.abbreviations.before_number,
        others: file.abbreviations.others,
        function_words: words(&file.function_words.words),
        openers: words(&file.function_words.openers),
        function_share: file.identify.share,
        letter_share: file.identify.letters,
        share_together: file.identify.together,
        letter_groups: letters.lines().filter_map(group).collect(),
    }
}

/// One line of `letters.tsv`; comments and anything that is not three letters are passed over.
fn group(line: &str) -> Option<[char; 3]> {
    <[char; 3]>::try_from(line.chars().take(4).collect::<Vec<char>>()).ok()
}

impl Language {
    /// How this language is written. An unreadable `language.toml` gives the empty table; a test refuses such a pack.
    #[must_use]
    pub fn writing(self) -> &'static Writing {
        static TABLES: PerLanguage<Writing> = PerLanguage::new();
        TABLES.of(self, |l| read(l.file("language.toml"), l.file("letters.tsv")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_can_be_copied() {
        let template = crate::pack::text("languages/_template/language.toml").expect("the template is shipped");
        assert!(crate::pack::read::<File>(template).is_ok());
    }

    #[test]
    fn every_pack_is_readable() {
        for language in Language::all() {
            let parsed = crate::pack::read::<File>(language.file("language.toml"));
            assert!(parsed.is_ok(), "{}/language.toml: {:?}", language.code(), parsed.err());
            let writing = language.writing();
            assert!(writing.function_words.len() > 50, "{}: [function_words] words has too few words", language.code());
            assert!(writing.letter_groups.len() > 100, "{}: letters.tsv has too few groups", language.code());
            assert!(!writing.name.is_empty(), "{}: `name` is missing", language.code());
        }
    }
}
