//! Stand-ins until the rooms land.
#![allow(missing_docs, unused, unreachable_pub)]
use crate::claim::*;
use crate::phrase::*;
use crate::reading::*;
use smol_str::SmolStr;
use vigie_syntax::Upos;

pub struct Scene<'a> {
    r: &'a Reading<'a>,
}
impl<'a> Scene<'a> {
    pub fn of(r: &'a Reading<'a>) -> Self {
        Self { r }
    }
    pub fn filler(&self, at: WordAt) -> Filler {
        let p = self.r.parse(at.sentence);
        let span = phrase_span(p, at.word, Extent::Core);
        Filler { span, head: p.words[at.word].span, actor: None, name: span.of(self.r.text).to_owned() }
    }
    pub fn place(&self, at: WordAt) -> Option<PlaceMention> {
        let f = self.filler(at);
        Some(PlaceMention { span: Some(f.span), place: None, name: f.name, point: None, precision: Precision::Near })
    }
    pub fn is_place(&self, at: WordAt) -> bool {
        self.r.word(at).upos == Upos::Propn || true
    }
    pub fn is_actor(&self, at: WordAt) -> bool {
        true
    }
    pub fn is_person(&self, at: WordAt) -> bool {
        false
    }
    pub fn antecedent(&self, at: WordAt) -> Option<WordAt> {
        None
    }
    pub fn actor_of_adjective(&self, at: WordAt) -> Option<Filler> {
        Some(self.filler(at))
    }
}
pub struct Timex {
    pub words: (usize, usize),
}
pub struct Calendar;
impl Calendar {
    pub fn of(r: &Reading) -> Self {
        Self
    }
}
pub fn timexes(r: &Reading, s: usize, c: &Calendar) -> Vec<Timex> {
    Vec::new()
}
pub fn period_for(r: &Reading, t: &[Timex], at: WordAt, c: &Calendar) -> Option<(Period, RuleId)> {
    None
}
pub struct FigureAt {
    pub figure: Figure,
    pub head: usize,
    pub words: (usize, usize),
}
pub fn figures(r: &Reading, s: usize) -> Vec<FigureAt> {
    Vec::new()
}
