//! Tokens that hold several words ("du" = "de" + "le"): which forms can, and whether one does where it stands.
//!
//! A form whose first part is [`STEM`] stands for all tokens that end so ("*'s" = "*" + "'s"). It is asked only where
//! the token itself is no known form.

use crate::features::normal_form;
use smol_str::SmolStr;
use std::collections::{BTreeMap, HashMap};

/// Rows of a new weight table; a power of two. With few rows the contexts of "des" fall on each other: 4,096 rows make a
/// fifth more mistakes.
pub(crate) const ROWS: usize = 1 << 15;

/// Begins the form, and is the first part, of an ending that any stem can take.
pub(crate) const STEM: &str = "*";

/// The splittable forms of a language, and a linear decision (averaged perceptron, integer weights) for those that
/// can also stand for one word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Splitter {
    /// Lower-case form to the words it holds, and whether it may also stand whole.
    pub(crate) forms: BTreeMap<SmolStr, (Vec<SmolStr>, bool)>,
    /// Weight of each hashed feature; empty or a power of two long, so that smaller tables can be read too.
    pub(crate) weights: Vec<i16>,
}

fn mix(kind: u64, text: &str) -> usize {
    let mut h = kind.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0xcbf2_9ce4_8422_2325;
    for b in text.bytes() {
        h = (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
    }
    ((h ^ (h >> 29)) as usize) & (ROWS - 1)
}

/// Hashed features of the token at `place` among the normal forms of its sentence.
pub(crate) fn context(tokens: &[SmolStr], place: usize) -> Vec<usize> {
    let own = tokens.get(place).map_or("|", SmolStr::as_str);
    surroundings(own, tokens, place)
}

/// The same for a token that is looked at as a stem with `ending`, one of the forms that begin with [`STEM`].
pub(crate) fn context_of_ending(ending: &str, tokens: &[SmolStr], place: usize) -> Vec<usize> {
    let mut out = surroundings(ending, tokens, place);
    let own = tokens.get(place).map_or("|", SmolStr::as_str);
    let stem = own.strip_suffix(&ending[STEM.len()..]).unwrap_or(own);
    for (kind, text) in [(50, stem), (51, last(stem, 2)), (52, last(stem, 1))] {
        out.push(mix(kind, &format!("{ending} {text}")));
    }
    out
}

/// The last `n` letters of a word.
fn last(word: &str, n: usize) -> &str {
    word.char_indices().rev().nth(n.wrapping_sub(1)).map_or(word, |(at, _)| &word[at..])
}

fn surroundings(own: &str, tokens: &[SmolStr], place: usize) -> Vec<usize> {
    let at = |offset: isize| -> &str {
        place.checked_add_signed(offset).and_then(|i| tokens.get(i)).map_or("|", SmolStr::as_str)
    };
    let mut out = vec![mix(1, own)];
    let mut put = |kind: u64, text: &str| out.push(mix(kind, &format!("{own} {text}")));
    for (kind, offset) in [(2, -1), (3, -2), (4, -3), (5, 1), (6, 2), (7, 3)] {
        put(kind, at(offset));
        put(kind + 10, last(at(offset), 3));
        put(kind + 20, last(at(offset), 2));
    }
    put(40, &format!("{} {}", at(-1), at(1)));
    put(41, &format!("{} {}", at(-2), at(-1)));
    put(42, &format!("{} {}", last(at(-1), 2), last(at(1), 2)));
    put(43, &format!("{} {}", last(at(-2), 2), last(at(-1), 2)));
    out
}

/// Tokens that are kept; then the store is emptied. Bounds memory, not results.
const MOST: usize = 16_384;
/// Longer tokens are not kept.
const LONGEST: usize = 64;
/// How far the decision looks to each side.
const REACH: usize = 3;

/// What a token, as written, can be.
#[derive(Debug, Clone)]
struct Token {
    whole: SmolStr,
    /// The words it holds, if it can hold several.
    parts: Vec<SmolStr>,
    /// What its sentence is asked before it is split.
    doubt: Doubt,
}

#[derive(Debug, Clone)]
enum Doubt {
    /// It holds these words wherever it stands.
    None,
    /// A form that can also stand whole.
    Form,
    /// Any stem with this ending.
    Ending(SmolStr),
}

/// Tokens seen so far, so that one which comes again costs a look-up.
#[derive(Debug, Default)]
pub(crate) struct Tokens(HashMap<SmolStr, Token>);

impl Splitter {
    /// Hands `put` the number of each token of a sentence with each word that it holds.
    pub(crate) fn split<'a>(
        &self,
        tokens: impl ExactSizeIterator<Item = &'a str> + Clone,
        seen: &mut Tokens,
        mut put: impl FnMut(usize, SmolStr),
    ) {
        if seen.0.len() > MOST {
            seen.0.clear();
        }
        for (i, written) in tokens.clone().enumerate() {
            let new;
            let token = if written.len() > LONGEST {
                new = self.token(written);
                &new
            } else if seen.0.contains_key(written) {
                &seen.0[written]
            } else {
                &*seen.0.entry(SmolStr::new(written)).or_insert_with(|| self.token(written))
            };
            if !token.parts.is_empty() && self.holds_several(token, tokens.clone(), i) {
                token.parts.iter().for_each(|part| put(i, part.clone()));
            } else {
                put(i, token.whole.clone());
            }
        }
    }

    fn holds_several<'a>(&self, token: &Token, tokens: impl ExactSizeIterator<Item = &'a str>, place: usize) -> bool {
        let from = place.saturating_sub(REACH);
        let near = || tokens.skip(from).take(place - from + REACH + 1).map(normal_form).collect::<Vec<_>>();
        match &token.doubt {
            Doubt::None => true,
            Doubt::Form => self.sum(&context(&near(), place - from)) > 0,
            Doubt::Ending(ending) => self.sum(&context_of_ending(ending, &near(), place - from)) > 0,
        }
    }

    fn token(&self, written: &str) -> Token {
        let own = normal_form(written);
        let whole = SmolStr::new(written);
        if let Some((parts, may_stand)) = self.forms.get(&own) {
            let doubt = if *may_stand { Doubt::Form } else { Doubt::None };
            return Token { whole, parts: cut(written, &own, parts), doubt };
        }
        let Some((ending, (parts, may_stand))) = self.ending(&own) else {
            return Token { whole, parts: Vec::new(), doubt: Doubt::None };
        };
        let stem = SmolStr::new(&own[..own.len() - (ending.len() - STEM.len())]);
        let parts: Vec<SmolStr> = std::iter::once(stem).chain(parts[1..].iter().cloned()).collect();
        let doubt = if *may_stand { Doubt::Ending(ending.clone()) } else { Doubt::None };
        Token { whole, parts: cut(written, &own, &parts), doubt }
    }

    /// The longest known ending of a token that has a stem before it.
    pub(crate) fn ending(&self, own: &str) -> Option<(&SmolStr, &(Vec<SmolStr>, bool))> {
        let endings = self.forms.range(SmolStr::new(STEM)..).take_while(|(form, _)| form.starts_with(STEM));
        let fits = |form: &str| own.len() > form.len() - STEM.len() && own.ends_with(&form[STEM.len()..]);
        endings
            .filter(|(form, (parts, _))| form.len() > STEM.len() && parts[0] == STEM && fits(form))
            .max_by_key(|(form, _)| form.len())
    }

    fn sum(&self, features: &[usize]) -> i32 {
        let mask = self.weights.len().wrapping_sub(1);
        features.iter().map(|&f| i32::from(self.weights.get(f & mask).copied().unwrap_or(0))).sum()
    }
}

/// The parts of a token in its own letters where they are pieces of it ("DON'T" = "DO" + "N'T"), else as they are known.
fn cut(token: &str, own: &str, parts: &[SmolStr]) -> Vec<SmolStr> {
    let pieces = parts.iter().map(|p| p.len()).sum::<usize>() == own.len() && parts.concat() == own;
    if pieces && token.chars().count() == own.chars().count() {
        let mut letters = token.chars();
        return parts.iter().map(|p| letters.by_ref().take(p.chars().count()).collect()).collect();
    }
    let capital = token.chars().next().is_some_and(char::is_uppercase);
    let known = |(i, part): (usize, &SmolStr)| if i == 0 && capital { capitalised(part) } else { part.clone() };
    parts.iter().enumerate().map(known).collect()
}

fn capitalised(word: &str) -> SmolStr {
    let mut letters = word.chars();
    letters.next().map_or_else(SmolStr::default, |c| SmolStr::new(c.to_uppercase().chain(letters).collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(splitter: &Splitter, tokens: &[&str]) -> Vec<Vec<SmolStr>> {
        let mut out = vec![Vec::new(); tokens.len()];
        splitter.split(tokens.iter().copied(), &mut Tokens::default(), |i, word| out[i].push(word));
        out
    }

    fn splitter() -> Splitter {
        let parts = |a: &str, b: &str| vec![SmolStr::new(a), SmolStr::new(b)];
        let forms = [("du", (parts("de", "le"), false)), ("des", (parts("de", "les"), true))];
        let forms = forms.into_iter().map(|(form, entry)| (SmolStr::new(form), entry)).collect();
        Splitter { forms, weights: vec![0; ROWS] }
    }

    #[test]
    fn a_form_that_never_stands_whole_is_always_split() {
        assert_eq!(split(&splitter(), &["Du", "pain"]), [vec!["De", "le"], vec!["pain"]]);
    }

    #[test]
    fn an_ending_takes_any_stem_and_keeps_its_letters() {
        let mut splitter = splitter();
        splitter.forms.insert(SmolStr::new("*'s"), (vec![SmolStr::new("*"), SmolStr::new("'s")], false));
        assert_eq!(
            split(&splitter, &["John’s", "VASRA'S", "'s"]),
            [vec!["John", "’s"], vec!["VASRA", "'S"], vec!["'s"]]
        );
    }

    #[test]
    fn the_weights_decide_for_the_others() {
        let mut splitter = splitter();
        let tokens = ["parle", "des", "villes"];
        assert_eq!(split(&splitter, &tokens)[1], ["des"]);
        let normal: Vec<SmolStr> = tokens.iter().map(SmolStr::new).collect();
        for feature in context(&normal, 1) {
            splitter.weights[feature] = 1;
        }
        assert_eq!(split(&splitter, &tokens)[1], ["de", "les"]);
    }
}
