//! Phrases that look like the place of a deed and are none.

use super::{Line, Room};
use crate::claim::{Argument, PlaceMention, Precision, Role};
use crate::reading::WordAt;
use vigie_syntax::Relation;
use vigie_text::Span;

impl<'a> Room<'a> {
    /// A state inside the words for who acts is no place of the deed: "the strikes of Ouba", "the Ouba-led coalition".
    pub(super) fn acts_there(
        &self,
        line: &Line<'a>,
        place: &PlaceMention,
        arguments: &[Argument],
        heads: &[usize],
    ) -> bool {
        let inside = |span: Span| arguments.iter().any(|a| a.role == Role::Actor && a.filler.span.contains(span));
        let told_where = |&word: &usize| {
            let case = self.scene.case(WordAt { sentence: line.index, word });
            case.is_some_and(|c| !self.scene.is_of(&c) && self.scene.is_where(&c))
        };
        place.precision == Precision::Country && place.span.is_some_and(inside) && !heads.iter().any(told_where)
    }

    /// Things told by their number, with no word of where they are: "13 supply routes". Villages are ground, however many.
    pub(super) fn is_counted(&self, line: &Line<'a>, word: usize) -> bool {
        let at = WordAt { sentence: line.index, word };
        let number = |c: usize| line.parse.words[c].deprel.base == Relation::Nummod;
        let settlement = self.scene.words.is_kind("same", &self.scene.lemma(at));
        self.scene.is_plural(at)
            && !settlement
            && line.parse.children(word).any(number)
            && self.scene.name_at(at).is_none()
            && self.scene.parent(at).is_none()
    }
}
