//! What answers would cost that are less sure than those given: the table of trade-offs in the reports asks for them.

use super::{Evidence, InferredDay, full, read};
use crate::period::plus_days;
use jiff::civil::Date;
use vigie_text::Story;

/// How many steps there are beyond what is answered.
pub const VENTURES: usize = 4;

/// The day of a story, when as many further kinds of evidence are believed: the last full date of the text where it
/// stands in the lead; the last full date wherever it stands; a weekday with day and month in the first year that fits;
/// a day and a month of the lead in the last year told. With no steps it is what the program answers.
#[must_use]
pub fn ventured_day(text: &str, story: &Story, steps: usize) -> Option<InferredDay> {
    read(text, story, |evidence| {
        let asks = [Evidence::answer, Evidence::full_in_lead, Evidence::full_anywhere, Evidence::fits, Evidence::bare];
        asks.iter().take(steps + 1).find_map(|ask| ask(evidence))
    })
}

impl Evidence<'_> {
    /// The last full date that is not to come, and where it is told.
    fn last_full(&self) -> Option<(Date, usize)> {
        let dates = self.named.iter().enumerate().filter(|(_, n)| !n.future);
        dates.filter_map(|(at, n)| Some((full(n)?, at))).max()
    }

    fn later(&self, day: Date, at: usize) -> Option<InferredDay> {
        Some(InferredDay { date: plus_days(day, 1)?, span: self.named[at].span })
    }

    fn full_in_lead(&self) -> Option<InferredDay> {
        let (day, at) = self.last_full()?;
        let latest = self.years.iter().all(|(year, _)| *year <= day.year());
        (latest && self.named[at].span.start() < self.lead).then(|| self.later(day, at))?
    }

    fn full_anywhere(&self) -> Option<InferredDay> {
        let (day, at) = self.last_full()?;
        self.later(day, at)
    }

    fn fits(&self) -> Option<InferredDay> {
        let last = self.years.iter().map(|(year, _)| *year).max()?;
        self.named.iter().enumerate().filter(|(_, n)| !n.future && n.weekday.is_some()).find_map(|(at, named)| {
            let day = |year: i16| Date::new(year, named.month?, named.day?).ok();
            let fit = (last..last + 6).filter_map(day).find(|day| Some(day.weekday()) == named.weekday)?;
            self.later(fit, at)
        })
    }

    fn bare(&self) -> Option<InferredDay> {
        let last = self.years.iter().map(|(year, _)| *year).max()?;
        let lead = self.named.iter().enumerate().filter(|(_, n)| !n.future && n.span.start() < self.lead);
        lead.filter_map(|(at, n)| Some((Date::new(last, n.month?, n.day?).ok()?, at)))
            .max()
            .and_then(|(day, at)| self.later(day, at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use vigie_resources::Language;
    use vigie_text::{Span, StoryId};

    #[test]
    fn every_step_answers_more() {
        let language = Language::from_code("fr").unwrap();
        let day = |text: &str, steps: usize| {
            let paragraphs = vec![Span::new(0, text.len())];
            let story = Story { id: StoryId([0; 16]), language, headline: None, paragraphs, sentences: Vec::new() };
            ventured_day(text, &story, steps).map(|found| found.date)
        };
        let told = "Un pont a sauté le 4 septembre 2016 près de Tamsa.";
        assert_eq!((day(told, 0), day(told, 1)), (None, Some(date(2016, 9, 5))));
        let bare = "Un pont bâti en 2014 a sauté le 4 septembre près de Tamsa.";
        assert_eq!((day(bare, 3), day(bare, VENTURES)), (None, Some(date(2014, 9, 5))));
    }
}
