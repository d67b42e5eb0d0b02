//! `vigie digest` and `vigie timeline`: what happened day by day and what changed; the days that matter.

use super::{Format, From, Output, Status, day};
use crate::archive::Archive;
use crate::background::Registries;
use crate::book::Book;
use crate::export::wire::Lines;
use crate::failure::Failure;
use crate::messages::Messages;
use crate::record::DocumentRecord;
use crate::review::Reviewed;
use crate::{pipeline, show};
use jiff::civil::Date;
use std::io::Write;
use vigie_events::Background;
use vigie_resources::Language;
use vigie_situation::{Change, Entry, Knowledge, TimelineDay, changes, timeline, weights};

/// What both commands take.
#[derive(Debug, clap::Args)]
struct About {
    #[command(flatten)]
    from: From,
    /// Only what happened at this place or within it (name or id)
    #[arg(long, value_name = "NAME")]
    place: Option<String>,
    /// First day to tell of
    #[arg(long = "from", value_name = "DATE", value_parser = day)]
    first: Option<Date>,
    /// Last day to tell of
    #[arg(long = "to", value_name = "DATE", value_parser = day)]
    last: Option<Date>,
    /// Only what was published up to this day counts as known
    #[arg(long, value_name = "DATE", value_parser = day)]
    known: Option<Date>,
    /// The language to tell it in; what is quoted stays as it was written
    #[arg(long, value_name = "CODE", default_value = "en", value_parser = language)]
    lang: Language,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, clap::Args)]
pub(super) struct Digest {
    #[command(flatten)]
    about: About,
}

#[derive(Debug, clap::Args)]
pub(super) struct Timeline {
    #[command(flatten)]
    about: About,
    /// So many days at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    days: usize,
}

fn language(code: &str) -> Result<Language, String> {
    let told = || Language::all().filter(|l| Messages::of(*l).is_some());
    told().find(|l| l.code() == code).ok_or_else(|| {
        let codes: Vec<&str> = told().map(Language::code).collect();
        format!("this language is not spoken; those that are: {}", codes.join(", "))
    })
}

impl About {
    fn reviewed(&self) -> Result<Reviewed, Failure> {
        Archive::open_existing(&self.from.archive)?.reviewed()
    }

    fn messages(&self) -> &'static Messages {
        Messages::of(self.lang).expect("a language without messages is refused as an argument")
    }

    fn entries(&self, reviewed: &Reviewed, book: &Book) -> Vec<Entry> {
        let (first, last) = (self.first.unwrap_or(Date::MIN), self.last.unwrap_or(Date::MAX));
        let known = self.known.unwrap_or(Date::MAX);
        let knowledge = Knowledge::of(known, &reviewed.reports(), &reviewed.background);
        let entries = vigie_situation::digest(first, last, &knowledge);
        let Some(wanted) = self.place.as_ref().map(|name| book.every_id_of(name)) else { return entries };
        let within = |id: &str| Registries.place_chain(id).iter().any(|up| wanted.contains(up.as_str()));
        entries.into_iter().filter(|e| e.place.as_ref().is_some_and(|id| within(id))).collect()
    }

    /// What is not the same on the last day as on the day before the first; none where no first day is given.
    fn changes(&self, reviewed: &Reviewed, book: &Book) -> Option<(Date, Date, Vec<Change>)> {
        let first = self.first?;
        let last = self.last.or_else(|| reviewed.documents.iter().filter_map(|d| d.published).max())?;
        let before = first.yesterday().unwrap_or(first);
        let known = self.known.unwrap_or(Date::MAX);
        let knowledge = Knowledge::of(known, &reviewed.reports(), &reviewed.background);
        let situation = |day| knowledge.situation(day, &reviewed.background);
        let mut all = changes(&situation(before), &situation(last));
        if let Some(wanted) = self.place.as_ref().map(|name| book.every_id_of(name)) {
            let about = |id: &str| Registries.place_chain(id).iter().any(|up| wanted.contains(up.as_str()));
            all.retain(|change| change.key.iter().any(|k| about(&k.id)));
        }
        Some((before, last, all))
    }
}

pub(super) fn digest(arguments: &Digest, out: &mut dyn Write) -> Result<Status, Failure> {
    let about = &arguments.about;
    let reviewed = about.reviewed()?;
    let book = Book::of(&reviewed.documents);
    let entries = about.entries(&reviewed, &book);
    let changed = about.changes(&reviewed, &book);
    let messages = about.messages();
    match about.output.format {
        Format::Jsonl => {
            let mut lines = Lines::new();
            entries.iter().for_each(|entry| lines.entry(entry, &book, messages));
            changed.iter().flat_map(|c| &c.2).for_each(|change| lines.change(change, messages));
            lines.print(out)
        }
        Format::Text => show::digest(&entries, changed.as_ref(), &book, messages, show::width(), out),
    }
    .map_err(|e| Failure::of_output(&e))?;
    let nothing = entries.is_empty() && changed.is_none_or(|c| c.2.is_empty());
    Ok(if nothing { Status::Nothing } else { Status::Found })
}

pub(super) fn days(arguments: &Timeline, out: &mut dyn Write) -> Result<Status, Failure> {
    let about = &arguments.about;
    let reviewed = about.reviewed()?;
    let (documents, book) = (&reviewed.documents, Book::of(&reviewed.documents));
    let known = about.known.unwrap_or(Date::MAX);
    let known = |d: &&DocumentRecord| d.published.is_none_or(|day| day <= known);
    let named: Vec<(Date, Date)> = documents.iter().filter(known).flat_map(pipeline::named_days).collect();
    let days: Vec<TimelineDay> = timeline(about.entries(&reviewed, &book), &weights(&named), arguments.days);
    match about.output.format {
        Format::Jsonl => {
            let mut lines = Lines::new();
            days.iter().flat_map(|day| &day.entries).for_each(|entry| lines.entry(entry, &book, about.messages()));
            lines.print(out)
        }
        Format::Text => show::timeline(&days, &book, about.messages(), show::width(), out),
    }
    .map_err(|e| Failure::of_output(&e))?;
    Ok(if days.is_empty() { Status::Nothing } else { Status::Found })
}
