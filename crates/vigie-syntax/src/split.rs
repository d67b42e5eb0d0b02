//! Tokens that hold several words ("du" = "de" + "le"): which forms can, and whether one does where it stands.

use crate::features::normal_form;
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// Rows of the weight table; a power of two.
pub(crate) const ROWS: usize = 4096;

/// The splittable forms of a language, and a linear decision (averaged perceptron, integer weights) for those that
/// can also stand for one word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Splitter {
    /// Lower-case form to the words it holds, and whether it may also stand whole.
    pub(crate) forms: BTreeMap<SmolStr, (Vec<SmolStr>, bool)>,
    /// Weight of each hashed feature; empty or `ROWS` long.
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
    let at = |offset: isize| -> &str {
        place.checked_add_signed(offset).and_then(|i| tokens.get(i)).map_or("|", SmolStr::as_str)
    };
    let ending = |word: &str, n: usize| -> String {
        let skip = word.chars().count().saturating_sub(n);
        word.chars().skip(skip).collect()
    };
    let own = at(0);
    let mut out = vec![mix(1, own)];
    let mut put = |kind: u64, text: &str| out.push(mix(kind, &format!("{own} {text}")));
    for (kind, offset) in [(2, -1), (3, -2), (4, -3), (5, 1), (6, 2), (7, 3)] {
        put(kind, at(offset));
        put(kind + 10, &ending(at(offset), 3));
        put(kind + 20, &ending(at(offset), 2));
    }
    put(40, &format!("{} {}", at(-1), at(1)));
    put(41, &format!("{} {}", at(-2), at(-1)));
    put(42, &format!("{} {}", ending(at(-1), 2), ending(at(1), 2)));
    put(43, &format!("{} {}", ending(at(-2), 2), ending(at(-1), 2)));
    out
}

impl Splitter {
    /// The words of each token of a sentence, given the tokens as written.
    pub(crate) fn split(&self, tokens: &[&str]) -> Vec<Vec<SmolStr>> {
        let normal: Vec<SmolStr> = tokens.iter().map(|t| normal_form(t)).collect();
        tokens.iter().enumerate().map(|(i, token)| self.words(token, &normal, i)).collect()
    }

    fn words(&self, token: &str, normal: &[SmolStr], place: usize) -> Vec<SmolStr> {
        if let Some((parts, may_stand)) = self.forms.get(&normal[place])
            && (!may_stand || self.score(normal, place) > 0)
        {
            let capital = token.chars().next().is_some_and(char::is_uppercase);
            return parts
                .iter()
                .enumerate()
                .map(|(i, p)| if i == 0 && capital { capitalised(p) } else { p.clone() })
                .collect();
        }
        vec![SmolStr::new(token)]
    }

    /// Above zero: the token holds several words.
    pub(crate) fn score(&self, normal: &[SmolStr], place: usize) -> i32 {
        context(normal, place).iter().map(|&f| i32::from(self.weights.get(f).copied().unwrap_or(0))).sum()
    }
}

fn capitalised(word: &str) -> SmolStr {
    let mut letters = word.chars();
    letters.next().map_or_else(SmolStr::default, |c| SmolStr::new(c.to_uppercase().chain(letters).collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn splitter() -> Splitter {
        let parts = |a: &str, b: &str| vec![SmolStr::new(a), SmolStr::new(b)];
        let forms = [("du", (parts("de", "le"), false)), ("des", (parts("de", "les"), true))];
        let forms = forms.into_iter().map(|(form, entry)| (SmolStr::new(form), entry)).collect();
        Splitter { forms, weights: vec![0; ROWS] }
    }

    #[test]
    fn a_form_that_never_stands_whole_is_always_split() {
        assert_eq!(splitter().split(&["Du", "pain"]), [vec!["De", "le"], vec!["pain"]]);
    }

    #[test]
    fn the_weights_decide_for_the_others() {
        let mut splitter = splitter();
        let tokens = ["parle", "des", "villes"];
        assert_eq!(splitter.split(&tokens)[1], ["des"]);
        let normal: Vec<SmolStr> = tokens.iter().map(SmolStr::new).collect();
        for feature in context(&normal, 1) {
            splitter.weights[feature] = 1;
        }
        assert_eq!(splitter.split(&tokens)[1], ["de", "les"]);
    }
}
