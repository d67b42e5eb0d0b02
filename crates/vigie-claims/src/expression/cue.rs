//! Does a sentence look back or ahead? Read off the nearest word that tells, as no parse is at hand.

use super::grammar::Rules;
use super::token::{Shape, Token};

/// The way a sentence looks at the place of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    Past,
    Future,
    None,
}

/// How far a telling word may stand, in tokens.
const REACH: usize = 24;
/// What stands behind an expression tells less: it counts as this much farther away.
const BEHIND: usize = 3;

/// The way told by the nearest word of the sentence.
pub(super) fn cue(rules: &Rules, text: &str, tokens: &[Token], first: usize, end: usize) -> Cue {
    let before = tokens[..first].iter().rev().take(REACH).enumerate();
    let back = nearest(rules, text, before.take_while(|(_, t)| !closes(rules, t)).map(|(i, t)| (i, t)));
    let behind = tokens[end..].iter().take(REACH).enumerate();
    let ahead = nearest(rules, text, behind.take_while(|(_, t)| !closes(rules, t) && !t.breaks));
    match (back, ahead) {
        (Some((near, way)), Some((far, other))) => if near <= far + BEHIND { way } else { other },
        (Some((_, way)), None) | (None, Some((_, way))) => way,
        (None, None) => Cue::None,
    }
}

/// A sentence ends here. (A stop behind an abbreviation does no harm: the other side may still tell.)
fn closes(rules: &Rules, token: &Token) -> bool {
    token.shape == Shape::Sign && b".!?;".iter().any(|s| rules.signs[usize::from(*s)] == token.id)
}

fn nearest<'t>(
    rules: &Rules,
    text: &str,
    tokens: impl Iterator<Item = (usize, &'t Token)>,
) -> Option<(usize, Cue)> {
    tokens.filter(|(_, t)| t.shape == Shape::Word).find_map(|(away, token)| Some((away, way(rules, text, token)?)))
}

fn way(rules: &Rules, text: &str, token: &Token) -> Option<Cue> {
    if rules.past[usize::from(token.id)] {
        return Some(Cue::Past);
    }
    if rules.future[usize::from(token.id)] {
        return Some(Cue::Future);
    }
    let word = &text[token.start as usize..token.end as usize];
    let ends = |list: &[String]| list.iter().any(|e| word.len() > e.len() + 1 && word.ends_with(e.as_str()));
    if token.capital {
        None
    } else if ends(&rules.cues.future_endings) {
        Some(Cue::Future)
    } else if ends(&rules.cues.past_endings) {
        Some(Cue::Past)
    } else {
        None
    }
}
