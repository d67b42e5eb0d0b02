//! Stand-ins until the rooms land.
#![allow(missing_docs, unused, unreachable_pub)]
use crate::claim::*;
use crate::phrase::*;
use crate::reading::*;
use smol_str::SmolStr;
use vigie_syntax::Upos;

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
pub struct Voices;
impl Voices {
    pub fn of(r: &Reading, f: &dyn Fn(WordAt) -> Filler) -> Self {
        Self
    }
    pub fn of_trigger(&self, at: WordAt) -> (Vec<Speaker>, Vec<RuleId>) {
        (Vec::new(), Vec::new())
    }
}
pub fn factuality(r: &Reading, at: WordAt, v: &Voices) -> (Factuality, Vec<RuleId>) {
    (Factuality { polarity: Polarity::Positive, certainty: Certainty::Certain, realis: Realis::Actual }, Vec::new())
}
