//! The day of a story that does not say when it was published: a day told as the news, and a year that the text, a holder
//! of an office or a named event gives it. Where one of them is missing or two readings are left, there is no answer.

mod venture;

use crate::expression::{Named, Search};
use crate::period::plus_days;
use jiff::civil::Date;
use std::ops::RangeInclusive;
use vigie_resources::{DatingWords, Language, RangeWords, dated_events, offices, time_file};
use vigie_text::{Span, Story};

pub use venture::{VENTURES, ventured_day};

/// A day of publication that follows from the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InferredDay {
    /// The day; the true one lies at most a few days away.
    pub date: Date,
    /// The words that tell it.
    pub span: Span,
}

/// How many bytes of the body tell the news.
const LEAD: usize = 260;
/// How many years after the last year named a story may have been written.
const AFTER: i16 = 2;
/// For how many years the term of an office is searched, where no year is named.
const TERM: i16 = 12;
/// How far before a name its title may stand, in bytes, and how far from it.
const TITLE: usize = 60;
const GAP: usize = 30;

/// What the words right before a day say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    /// Nothing.
    Loose,
    /// It ends a span of days: what lasted until then is told at its end.
    Ends,
    /// So many days before the publication.
    Days(i64),
}

/// Everything that bears on the day of one story.
struct Evidence<'t> {
    text: &'t str,
    words: &'static DatingWords,
    range: &'static RangeWords,
    named: Vec<Named>,
    /// Years told of the past, and where.
    years: Vec<(i16, usize)>,
    /// Spans of office, one list for each holder named with the title.
    held: Vec<Vec<RangeInclusive<Date>>>,
    /// Where the lead ends.
    lead: usize,
}

/// The day on which a story was published, as its own words tell.
#[must_use]
pub fn inferred_day(text: &str, story: &Story) -> Option<InferredDay> {
    read(text, story, |evidence| evidence.answer())
}

fn read(text: &str, story: &Story, ask: impl Fn(&Evidence<'_>) -> Option<InferredDay>) -> Option<InferredDay> {
    let whole = story.headline.iter().chain(&story.paragraphs).copied().reduce(Span::cover)?;
    let from = whole.start();
    let body = story.paragraphs.first().map_or(whole.end(), |p| p.start());
    let found = ask(&Evidence::of(whole.of(text), body - from, story.language))?;
    Some(InferredDay { span: Span::new(found.span.start() + from, found.span.end() + from), ..found })
}

impl<'t> Evidence<'t> {
    fn of(text: &'t str, body: usize, language: Language) -> Self {
        let file = time_file(language);
        let (words, range) = (&file.dating, &file.range);
        let named = Search::of(text, language).named();
        let lead = body + LEAD;
        let mut all = Self { text, words, range, named, years: Vec::new(), held: Vec::new(), lead };
        all.years = all.named.iter().filter(|n| !n.future).filter_map(|n| Some((n.year?, n.span.start()))).collect();
        all.name_events();
        all.name_offices();
        all
    }

    /// A named event tells its year as figures do.
    fn name_events(&mut self) {
        for event in dated_events() {
            let found = event.names.iter().find_map(|parts| {
                let places: Option<Vec<usize>> = parts.iter().map(|part| places(self.text, part).next()).collect();
                places?.into_iter().min()
            });
            let day = if event.last.is_empty() { event.first } else { event.last };
            if let (Some(at), Some(year)) = (found, day.get(..4).and_then(|y| y.parse().ok())) {
                self.years.push((year, at));
            }
        }
    }

    fn name_offices(&mut self) {
        let mut spans: Vec<(&'static str, Vec<RangeInclusive<Date>>)> = Vec::new();
        for office in offices() {
            let Some(titles) = self.words.title.get(office.title) else { continue };
            let in_office = |name: &&'static str| places(self.text, name).any(|at| self.holds(at, titles));
            if !office.names.iter().any(in_office) {
                continue;
            }
            let (Ok(first), last) = (office.first.parse::<Date>(), office.last.parse().unwrap_or(Date::MAX)) else {
                continue;
            };
            match spans.iter_mut().find(|(name, _)| *name == office.names[0]) {
                Some((_, times)) => times.push(first..=last),
                None => spans.push((office.names[0], vec![first..=last])),
            }
        }
        self.held = spans.into_iter().map(|(_, times)| times).collect();
    }

    /// The name at this place bears one of these titles, held and not lost or only sought.
    fn holds(&self, at: usize, titles: &[String]) -> bool {
        let mut from = at.saturating_sub(TITLE);
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let before = self.text[from..at].to_lowercase();
        let clause = before.rsplit(['.', ',', ';', ':']).next().unwrap_or_default();
        let has = |word: &String| places(clause, word).next();
        let titled = titles.iter().filter_map(|t| has(t).map(|p| p + t.len())).any(|end| clause.len() - end <= GAP);
        titled && !self.words.former.iter().any(|word| has(word).is_some())
    }

    fn answer(&self) -> Option<InferredDay> {
        let latest = self.named.iter().filter(|n| !n.future).filter_map(full).max();
        let mut best: Option<((bool, bool, bool), InferredDay)> = None;
        for named in self.named.iter().filter(|n| n.day.is_some() && !n.future) {
            let Some((tie, day)) = self.day(named, latest) else { continue };
            let shift = match tie {
                Tie::Days(days) => days,
                Tie::Ends => 0,
                Tie::Loose => 1,
            };
            let Some(date) = plus_days(day, shift) else { continue };
            let rank = (tie != Tie::Loose, named.span.start() < self.lead, named.weekday.is_some());
            if best.as_ref().is_none_or(|(other, _)| rank > *other) {
                best = Some((rank, InferredDay { date, span: named.span }));
            }
        }
        best.map(|(_, found)| found)
    }

    /// The day that these words tell as the news, when its year is sure.
    fn day(&self, named: &Named, latest: Option<Date>) -> Option<(Tie, Date)> {
        let before = |words: &[String]| {
            let lead = self.text[..named.span.start()].trim_end_matches(|c: char| c.is_whitespace() || c == ',');
            words.iter().any(|word| ends_with_word(lead, word))
        };
        let ends = self.ends_span(named);
        let own = self.text[named.span.start()..named.span.end()].to_lowercase();
        let begins = |words: &[String]| words.iter().any(|word| places(&own, word).next() == Some(0));
        let either = |words: &[String]| before(words) || begins(words);
        if !ends && before(&self.words.aside) {
            return None;
        }
        let tie = if either(&self.words.yesterday) {
            Tie::Days(1)
        } else if either(&self.words.tomorrow) {
            Tie::Days(-1)
        } else if either(&self.words.today) {
            Tie::Days(0)
        } else if ends {
            Tie::Ends
        } else {
            Tie::Loose
        };
        let lead = named.span.start() < self.lead;
        if tie <= Tie::Ends && !lead {
            return None;
        }
        let day = match full(named) {
            Some(day) => {
                let again = self.told(day.year()) > 1;
                let last = self.years.iter().all(|(year, _)| *year <= day.year());
                let ends = tie == Tie::Ends && last;
                Some(day).filter(|_| named.weekday.is_some() || tie > Tie::Ends || ends || again)?
            }
            None if ends => return None,
            None => self.of_year(named, tie)?,
        };
        let possible = self.allows(day) && latest.is_none_or(|last| last <= day);
        possible.then_some((tie, day))
    }

    /// Is it the last day of a span, "from 22 to 28 January 2018"?
    fn ends_span(&self, named: &Named) -> bool {
        let Some(first) = self.named.iter().rfind(|n| n.day.is_some() && n.span.end() <= named.span.start()) else {
            return false;
        };
        let link = self.text[first.span.end()..named.span.start()].trim().to_lowercase();
        let opened =
            self.range.open.iter().any(|word| ends_with_word(self.text[..first.span.start()].trim_end(), word));
        opened && self.range.link.contains(&link)
    }

    /// The only year in which the day had this weekday, among those that the text leaves.
    fn of_year(&self, named: &Named, tie: Tie) -> Option<Date> {
        let weekday = named.weekday?;
        let told = self.years.iter().map(|(year, _)| *year).max();
        // From the last who came into office, to the first who left it.
        let came = |times: &Vec<RangeInclusive<Date>>| times.iter().map(|t| t.start().year()).min();
        let went = |times: &Vec<RangeInclusive<Date>>| times.iter().map(|t| t.end().year()).max();
        let held = self.held.iter().filter_map(came).max();
        let left = self.held.iter().filter_map(went).min();
        let first = told.max(held)?;
        let last = told.map_or(first + TERM, |year| year + AFTER).min(left.unwrap_or(i16::MAX));
        let fits = |year: i16| {
            let months = named.month.map_or(1..=12, |month| month..=month);
            let days = months.filter_map(move |month| Date::new(year, month, named.day?).ok());
            days.filter(move |day| day.weekday() == weekday).collect::<Vec<_>>()
        };
        let mut days = (first..=last).flat_map(fits).filter(|day| self.allows(*day));
        let day = days.next().filter(|_| days.next().is_none())?;
        let lead = self.years.iter().any(|(year, at)| *year == day.year() && *at < self.lead);
        let sure = lead || self.told(day.year()) > 1 || tie != Tie::Loose || !self.held.is_empty();
        sure.then_some(day)
    }

    /// How often a year is told.
    fn told(&self, year: i16) -> usize {
        self.years.iter().filter(|(told, _)| *told == year).count()
    }

    /// Everybody named with an office held it then.
    fn allows(&self, day: Date) -> bool {
        self.held.iter().all(|times| times.iter().any(|time| time.contains(&day)))
    }
}

/// The day, where all of it is told.
fn full(named: &Named) -> Option<Date> {
    Date::new(named.year?, named.month?, named.day?).ok()
}

/// Where words stand in a text, not inside longer words.
fn places<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = usize> + 't {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(words)
        .map(|(at, _)| at)
        .filter(move |at| !letter(text[..*at].chars().next_back()) && !letter(text[at + words.len()..].chars().next()))
}

/// The text ends with these words, in capitals or not.
fn ends_with_word(text: &str, words: &str) -> bool {
    let mut from = text.len().saturating_sub(words.len() + 8);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let tail = text[from..].to_lowercase();
    tail.strip_suffix(words).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use vigie_text::StoryId;

    fn day(text: &str) -> Option<Date> {
        let french = Language::from_code("fr").unwrap();
        let paragraphs = vec![Span::new(0, text.len())];
        let story = Story { id: StoryId([0; 16]), language: french, headline: None, paragraphs, sentences: Vec::new() };
        inferred_day(text, &story).map(|found| found.date)
    }

    #[test]
    fn a_weekday_with_its_date_has_its_year_from_the_text() {
        let told =
            "Un pont a sauté dimanche 4 septembre près de Tamsa. Il datait de 2016, année de sa réouverture en 2016.";
        assert_eq!(day(told), Some(date(2016, 9, 5)));
        assert_eq!(day("Le pont a sauté hier, dimanche 4 septembre 2016, à Tamsa."), Some(date(2016, 9, 5)));
        assert_eq!(day("Ce dimanche 4 septembre 2016, le pont a sauté à Tamsa."), Some(date(2016, 9, 4)));
    }

    #[test]
    fn a_holder_of_an_office_gives_the_year() {
        let told = "Le président François Hollande a condamné dimanche 4 septembre la prise du pont.";
        assert_eq!(day(told), Some(date(2016, 9, 5)));
        let told = "Le premier ministre Bernard Cazeneuve a condamné mardi 14 mars la prise du pont.";
        assert_eq!(day(told), Some(date(2017, 3, 15)));
        assert_eq!(day("L'ancien premier ministre Bernard Cazeneuve a condamné mardi 14 mars la prise du pont."), None);
    }

    #[test]
    fn what_lasted_some_days_is_told_at_its_end() {
        let told = "Le tournoi de Tamsa se déroule du 19 au 21 octobre 2018. C'est le troisième de la saison.";
        assert_eq!(day(told), Some(date(2018, 10, 21)));
        assert_eq!(day("Le tournoi de Tamsa se tiendra du 19 au 21 octobre 2018."), None);
        assert_eq!(day("Le tournoi de Tamsa eut lieu le 21 octobre 2018."), None);
    }

    #[test]
    fn what_is_not_sure_has_no_answer() {
        for text in [
            "Un pont a sauté dimanche 4 septembre près de Tamsa.",
            "Un pont a sauté dimanche près de Tamsa.",
            "Le scrutin se tiendra dimanche 4 septembre 2016 à Tamsa.",
            "Depuis le dimanche 4 septembre 2016, le pont est fermé.",
            "",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
