//! Does a sentence look back or ahead? Read off the nearest word that tells, where no parse does.

use super::grammar::Rules;
use super::token::{Shape, Token};
use jiff::civil::Date;

/// The way a sentence looks at the place of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    Past,
    Future,
    /// What was still to come on this day.
    Ahead(Date),
    /// The nearest, before or behind.
    Near,
    None,
}

/// How far a telling word may stand, in tokens.
const REACH: usize = 24;
/// What stands behind an expression tells less: it counts as this much farther away.
const BEHIND: usize = 3;

/// The way told by the nearest word of the sentence.
pub(super) fn cue(rules: &Rules, text: &str, tokens: &[Token], first: usize, end: usize) -> Cue {
    let sentence = |at: &usize| !closes(rules, &tokens[*at]);
    let back = (0..first).rev().take(REACH).take_while(sentence);
    let back = nearest(rules, text, tokens, back.take_while(|at| !tokens[at + 1].breaks));
    let ahead = (end..tokens.len()).take(REACH).take_while(sentence);
    let ahead = nearest(rules, text, tokens, ahead.take_while(|at| !tokens[*at].breaks));
    match (back, ahead) {
        (Some((near, way)), Some((far, other))) => {
            if near <= far + BEHIND {
                way
            } else {
                other
            }
        }
        (Some((_, way)), None) | (None, Some((_, way))) => way,
        (None, None) => Cue::None,
    }
}

/// A sentence ends here. (A stop behind an abbreviation does no harm: the other side may still tell.)
pub(super) fn closes(rules: &Rules, token: &Token) -> bool {
    token.shape == Shape::Sign && b".!?;".iter().any(|s| rules.signs[usize::from(*s)] == token.id)
}

fn nearest(rules: &Rules, text: &str, tokens: &[Token], places: impl Iterator<Item = usize>) -> Option<(usize, Cue)> {
    places.enumerate().find_map(|(away, at)| {
        let way = way(rules, text, &tokens[at])?;
        if way == Cue::Past {
            // "will be closed", "is to be held": the participle is no past.
            let before = &tokens[at.saturating_sub(3)..at];
            if before.iter().any(|t| rules.future[usize::from(t.id)] || ends(text, t, &rules.cues.future_endings)) {
                return Some((away, Cue::Future));
            }
            if before.last().is_some_and(|t| t.id != 0 && rules.passive.contains(&t.id)) {
                return None;
            }
        }
        Some((away, way))
    })
}

fn way(rules: &Rules, text: &str, token: &Token) -> Option<Cue> {
    if token.shape != Shape::Word {
        return None;
    }
    if rules.past[usize::from(token.id)] {
        return Some(Cue::Past);
    }
    if rules.future[usize::from(token.id)] || ends(text, token, &rules.cues.future_endings) {
        return Some(Cue::Future);
    }
    ends(text, token, &rules.cues.past_endings).then_some(Cue::Past)
}

fn ends(text: &str, token: &Token, endings: &[String]) -> bool {
    let word = &text[token.start as usize..token.end as usize];
    if token.capital && word.len() > 3 && word.chars().all(char::is_uppercase) {
        // A headline in capitals.
        let word = word.to_lowercase();
        return endings.iter().any(|e| word.len() > e.len() && word.ends_with(e.as_str()));
    }
    !token.capital && endings.iter().any(|e| word.len() > e.len() && word.ends_with(e.as_str()))
}
