//! When a deed was done, as its own words and those of what it was done by tell.

use super::{Line, Room};
use crate::claim::{Period, RuleId};
use crate::frame::Frame;
use crate::reading::WordAt;
use crate::timex::period_for;
use vigie_syntax::Upos;

impl<'a> Room<'a> {
    /// The period of a frame, with the rule that told it.
    pub(super) fn period(&self, line: &Line<'a>, frame: &Frame) -> Option<(Period, RuleId)> {
        let of = |word| period_for(self.reading, &line.timexes, WordAt { sentence: line.index, word }, self.calendar);
        of(frame.anchor).or_else(|| of(frame.site.trigger)).or_else(|| self.period_of_means(line, frame))
    }

    /// "Sunday's raid left 34 dead": what was done by a deed was done when the deed was.
    fn period_of_means(&self, line: &Line<'a>, frame: &Frame) -> Option<(Period, RuleId)> {
        let slots = frame.rule.instrument.iter();
        let mut means = slots.flat_map(|slot| frame.site.fill(slot, &frame.support, line));
        let noun = means.find(|&w| line.parse.words[w].upos == Upos::Noun)?;
        period_for(self.reading, &line.timexes, WordAt { sentence: line.index, word: noun }, self.calendar)
    }
}
