//! Threads: the stories about one running matter, whoever prints them and in whatever language, as they come in.
//!
//! A story joins the thread of the earlier story with which it has most in common, or founds one. What comes later never
//! moves an earlier story: who has read a thread yesterday finds the same stories in it today, and new ones behind them.

use crate::background::{Background, Reported};
use crate::origin::{Origin, origins_of};
use crate::similarity::{ENOUGH, likeness};
use crate::sketch::{Sketch, Symbols, groups};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use vigie_claims::Realis;
use vigie_text::StoryId;

/// Days between two stories that may still be of one thread. A matter that nobody has told of for longer begins anew.
const REACH: i32 = 7;
/// What happened longer before the report is told as its background, and many matters have the same background.
const NEWS: i32 = 10;
/// Claims in common, in thousandths of the news of the shorter story, from which on both are about the same.
const SHARE: usize = 300;

/// A story as it comes in.
#[derive(Debug, Clone)]
pub struct Telling<'a> {
    /// The story.
    pub story: StoryId,
    /// The day of its document.
    pub reported: Option<Date>,
    /// Its claims. What they say of copies must come from earlier stories only.
    pub claims: Vec<Reported<'a>>,
    /// Earlier stories of which it holds more than a sentence, or most of the shorter one, word for word.
    pub copied: Vec<StoryId>,
}

/// Stories about one running matter. Invariant: `stories` is never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// Identity: that of its first story.
    pub id: StoryId,
    /// Its stories, in the order in which they came.
    pub stories: Vec<StoryId>,
    /// The first and the last day of its stories, as far as they are known.
    pub days: Option<(Date, Date)>,
    /// Where its news was born, sorted; of one unit only one.
    pub origins: Vec<Origin>,
}

/// One story, looked at.
struct Looked<'a> {
    thread: usize,
    reported: Option<Date>,
    news: Vec<Sketch<'a>>,
}

/// How much an earlier story has in common with a new one: much text before many claims before a large share of them.
type Bond = (bool, usize, usize);

/// Puts the stories, in the order in which they came, into threads, in the order in which those were founded. A beginning of
/// the stories gives the same threads for those as all of them do.
#[must_use]
pub fn threads(tellings: &[Telling<'_>], background: &dyn Background) -> Vec<Thread> {
    let mut threads: Vec<Thread> = Vec::new();
    let mut symbols = Symbols::default();
    let mut looked: Vec<Looked<'_>> = Vec::new();
    let mut number_of: BTreeMap<StoryId, usize> = BTreeMap::new();
    // Where claims of a group stand that were told on a day: story and place in its news.
    let mut filed: BTreeMap<(u16, Date), Vec<(usize, usize)>> = BTreeMap::new();
    for telling in tellings {
        if number_of.contains_key(&telling.story) {
            continue;
        }
        let news = news(telling, background, &mut symbols);
        let mut shared: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (own, sketch) in news.iter().enumerate() {
            for other in near(sketch, &filed).filter(|(s, c)| alike(sketch, &looked[*s].news[*c])) {
                shared.entry(other.0).or_default().insert(own);
            }
        }
        let mut best: Option<(Bond, usize)> = None;
        let mut offer = |bond: Bond, thread: usize| {
            if best.as_ref().is_none_or(|(known, _)| bond > *known) {
                best = Some((bond, thread));
            }
        };
        // The background of a matter is copied for months; what is copied without a day is taken for a reprint.
        let lately = |number: &&usize| {
            let days = telling.reported.zip(looked[**number].reported);
            days.is_none_or(|(one, two)| (one - two).get_days().abs() <= REACH)
        };
        for number in telling.copied.iter().filter_map(|id| number_of.get(id)).filter(lately) {
            offer((true, shared.get(number).map_or(0, BTreeSet::len), 0), looked[*number].thread);
        }
        for (number, own) in &shared {
            let share = own.len() * 1000 / news.len().min(looked[*number].news.len()).max(1);
            if share >= SHARE {
                offer((false, own.len(), share), looked[*number].thread);
            }
        }
        let thread = best.map_or(threads.len(), |(_, thread)| thread);
        if thread == threads.len() {
            threads.push(Thread { id: telling.story, stories: Vec::new(), days: None, origins: Vec::new() });
        }
        threads[thread].add(telling, background);
        let number = looked.len();
        number_of.insert(telling.story, number);
        for (at, sketch) in news.iter().enumerate() {
            for group in group_numbers(sketch) {
                let day = telling.reported.unwrap_or_default();
                filed.entry((group, day)).or_default().push((number, at));
            }
        }
        looked.push(Looked { thread, reported: telling.reported, news });
    }
    threads
}

/// What a story tells as news: it has happened (or is denied to have), lately, and is more than a rumour. A story without a
/// day has no news, since nobody knows when "lately" was; it may still be a copy.
fn news<'a>(telling: &Telling<'a>, background: &dyn Background, symbols: &mut Symbols) -> Vec<Sketch<'a>> {
    let Some(reported) = telling.reported else { return Vec::new() };
    let sketches = telling.claims.iter().map(|r| Sketch::new(*r, origins_of(r, background), background, symbols));
    let fresh = |s: &Sketch<'_>| s.days.is_none_or(|(_, last)| (reported - last).get_days() <= NEWS);
    let told = |s: &Sketch<'_>| s.claim().factuality.realis == Realis::Actual && s.weakness() < 2;
    sketches.filter(|s| groups(s) && told(s) && fresh(s)).collect()
}

fn group_numbers(sketch: &Sketch<'_>) -> BTreeSet<u16> {
    sketch.members.iter().map(|m| m.group).collect()
}

/// Earlier claims that may tell of the same: of one group of event types, told within a few days of each other.
fn near<'f>(
    sketch: &Sketch<'_>,
    filed: &'f BTreeMap<(u16, Date), Vec<(usize, usize)>>,
) -> impl Iterator<Item = (usize, usize)> + 'f {
    let day = sketch.report.reported.unwrap_or_default();
    let (first, last) = (moved(day, -REACH), moved(day, REACH));
    group_numbers(sketch).into_iter().flat_map(move |group| {
        filed.range((group, first)..=(group, last)).flat_map(|(_, claims)| claims.iter().copied())
    })
}

fn moved(day: Date, days: i32) -> Date {
    let end = if days < 0 { Date::MIN } else { Date::MAX };
    day.checked_add(jiff::Span::new().days(days)).unwrap_or(end)
}

fn alike(one: &Sketch<'_>, two: &Sketch<'_>) -> bool {
    likeness(one, two).is_some_and(|score| score >= ENOUGH)
}

impl Thread {
    fn add(&mut self, telling: &Telling<'_>, background: &dyn Background) {
        self.stories.push(telling.story);
        if let Some(day) = telling.reported {
            self.days = Some(self.days.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
        }
        self.origins.extend(telling.claims.iter().flat_map(|r| origins_of(r, background)));
        self.origins.sort();
        let mut units = BTreeSet::new();
        self.origins.retain(|origin| units.insert(origin.unit.clone()));
    }
}
