//! `vigie export`: events in the formats of other programs, from an archive or from pages.

use super::read::PageArguments;
use super::{Status, day};
use crate::archive::Archive;
use crate::book::Book;
use crate::export::acled::Inter;
use crate::export::file::{File, Material, Written};
use crate::export::parquet;
use crate::failure::Failure;
use crate::filter::Filter;
use crate::publish::{Policy, Published, known_by};
use crate::review;
use clap::ValueEnum;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use vigie_claims::Claim;
use vigie_events::Event;
use vigie_situation::Situation;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "acled        CSV with ACLED's 31 columns; actor1 is the one who acts. Fatalities are the lowest figure \
                        of the best supported account, the range stands in the column tags\n\
                        plover       JSON lines: PLOVER's event and mode, actors, recipients, place, every report with \
                        its source\n\
                        cameo        tab separated: date, source, target, CAMEO leaf; a line for each pair of actors\n\
                        geojson      points, lines and areas with valid_from and valid_to; with --valid also what held\n\
                        kml          placemarks with their time, for earth viewers\n\
                        parquet      documents, spans, claims, events, event_claim, holdings: a file each in --to, or \
                        one with --table\n\
                        annotations  W3C Web Annotations (JSON-LD): each claim on the words of its sentence\n\n\
                        Example: vigie export --format acled --archive syria.db > events.csv"
)]
pub(super) struct Arguments {
    /// The format to write
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Shape,
    /// The archive, as made by `vigie read … --archive FILE`; without it pages must be named
    #[arg(long, value_name = "FILE", conflicts_with = "paths", required_unless_present = "paths")]
    archive: Option<PathBuf>,
    /// With acled: sectors of actors as numbers or as words
    #[arg(long, value_enum, value_name = "HOW", default_value_t = InterWords::Code)]
    inter: InterWords,
    /// With acled: a second row with the tags of the Humanitarian Exchange Language
    #[arg(long)]
    hxl: bool,
    /// With parquet: the folder for the files
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// With parquet: only this table, on standard output
    #[arg(long, value_name = "NAME", value_parser = parquet::TABLES, conflicts_with = "to")]
    table: Option<String>,
    /// With geojson and parquet: what held on this day too
    #[arg(long, value_name = "DATE", value_parser = day)]
    valid: Option<Date>,
    /// Only what was published up to this day counts as known
    #[arg(long, value_name = "DATE", value_parser = day)]
    known: Option<Date>,
    /// Hold back the routes to besieged places and what is brought there
    #[arg(long)]
    redact_routes: bool,
    /// Hold back events of which a report is younger than so many hours
    #[arg(long, value_name = "HOURS")]
    delay: Option<u32>,
    /// The moment (UTC) from which --delay and --redact-routes count, for instance 2025-03-10T12:00 [default: now]
    #[arg(long, value_name = "DATETIME", value_parser = moment)]
    as_of: Option<Timestamp>,
    #[command(flatten)]
    pages: PageArguments,
    #[command(flatten)]
    filter: Filter,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    /// CSV in ACLED's shape
    Acled,
    /// JSON lines in PLOVER's terms
    Plover,
    /// Tab separated CAMEO codes
    Cameo,
    /// RFC 7946
    Geojson,
    /// KML 2.2
    Kml,
    /// Tables in columns
    Parquet,
    /// JSON-LD
    Annotations,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum InterWords {
    /// 1 to 8
    Code,
    /// State forces, Rebel group …
    Label,
}

fn moment(text: &str) -> Result<Timestamp, String> {
    let civil = text.parse::<DateTime>().ok().and_then(|at| at.to_zoned(TimeZone::UTC).ok());
    text.parse()
        .ok()
        .or(civil.map(|at| at.timestamp()))
        .ok_or_else(|| "a moment is written YYYY-MM-DDTHH:MM, for instance 2025-03-10T12:00".to_owned())
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<Status, Failure> {
    arguments.check()?;
    let (mut reviewed, any_failed) = match &arguments.archive {
        Some(archive) => (Archive::open_existing(archive)?.reviewed()?, false),
        None => {
            let run = super::read::pages(&arguments.pages)?;
            (review::apply(run.documents, &[]), run.any_failed)
        }
    };
    if let Some(day) = arguments.known {
        reviewed = known_by(reviewed, day);
    }
    let published = arguments.policy().apply(reviewed);
    let situation = arguments.situation(&published);
    let found = arguments.write(&published, situation.as_ref(), out)?;
    Ok(match (any_failed, found) {
        (true, _) => Status::Unusable,
        (false, true) => Status::Found,
        (false, false) => Status::Nothing,
    })
}

impl Arguments {
    fn check(&self) -> Result<(), Failure> {
        let parquet = self.format == Shape::Parquet;
        if parquet && self.to.is_none() && self.table.is_none() {
            return Err(Failure::new(
                "Parquet is several files",
                format!("name a folder with --to FOLDER, or one table with --table: {}", parquet::TABLES.join(", ")),
            ));
        }
        let misplaced = [
            (self.hxl && self.format != Shape::Acled, "--hxl", "acled"),
            (!parquet && (self.to.is_some() || self.table.is_some()), "--to and --table", "parquet"),
            (self.valid.is_some() && !parquet && self.format != Shape::Geojson, "--valid", "geojson and parquet"),
        ];
        match misplaced.into_iter().find(|(wrong, ..)| *wrong) {
            Some((_, option, formats)) => Err(Failure::new(
                format!("{option} says nothing to this format"),
                format!("leave it out, or take another format: {formats}"),
            )),
            None => Ok(()),
        }
    }

    fn policy(&self) -> Policy {
        let now = self.as_of.unwrap_or_else(Timestamp::now);
        Policy { redact_routes: self.redact_routes, delay_hours: self.delay, now }
    }

    /// What held on the day that is asked about. What is held back is told.
    fn situation(&self, published: &Published) -> Option<Situation> {
        let asked = self.valid.map(|valid| published.situation(valid, self.known.unwrap_or(Date::MAX)));
        let held = published.held;
        let mut told: Vec<String> = [(held.documents, "documents"), (held.claims, "claims"), (held.events, "events")]
            .into_iter()
            .chain(asked.as_ref().map(|(_, missing)| (*missing, "holdings")))
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        if self.policy() != Policy::open(self.policy().now) && (self.redact_routes || self.delay.is_some()) {
            if told.is_empty() {
                told.push("nothing".to_owned());
            }
            anstream::eprintln!("note: held back: {}.", told.join(", "));
        }
        asked.map(|(situation, _)| situation)
    }

    /// Writes it; whether there is anything in it.
    fn write(
        &self,
        published: &Published,
        situation: Option<&Situation>,
        out: &mut dyn Write,
    ) -> Result<bool, Failure> {
        let book = Book::of(&published.documents);
        let passes = |claim: &Claim| self.filter.passes(claim);
        let wanted = |event: &&Event| event.claims.iter().filter_map(|id| book.claim(*id)).any(|(_, c)| passes(c));
        let claims = published.documents.iter().flat_map(|d| d.claims.iter().map(move |c| (d, c)));
        let material = Material {
            documents: published.documents.iter().collect(),
            claims: claims.filter(|(_, c)| passes(c)).collect(),
            events: published.events.iter().filter(wanted).collect(),
            situation,
            book: &book,
        };
        let Some(file) = self.file() else { return self.tables(&material).map(|()| !material.documents.is_empty()) };
        let written = match file {
            // What text is written through takes out what looks like colours; of a table nothing may be missing.
            File::Table(_) => file.write(&material, &mut io::stdout().lock()),
            _ => file.write(&material, out),
        };
        let Written { all, left_out } = written.map_err(|e| Failure::of_output(&e))?;
        if left_out > 0 {
            let why = match file {
                File::Geojson | File::Kml => "no place on a map",
                _ => "no code in this format",
            };
            let what = if situation.is_some_and(|s| !s.holdings.is_empty()) { "events and holdings" } else { "events" };
            anstream::eprintln!("note: {left_out} of {all} {what} have {why} and were left out.");
        }
        Ok(all > left_out)
    }

    /// The one file that is asked for; `None` when it is a folder of them.
    fn file(&self) -> Option<File> {
        Some(match self.format {
            Shape::Acled => {
                let inter = if self.inter == InterWords::Code { Inter::Code } else { Inter::Label };
                File::Acled { inter, hxl: self.hxl }
            }
            Shape::Plover => File::Plover,
            Shape::Cameo => File::Cameo,
            Shape::Geojson => File::Geojson,
            Shape::Kml => File::Kml,
            Shape::Annotations => File::Annotations,
            Shape::Parquet => {
                let named = self.table.as_ref()?;
                File::Table(parquet::TABLES.into_iter().find(|table| table == named)?)
            }
        })
    }

    fn tables(&self, material: &Material) -> Result<(), Failure> {
        let folder = self.to.as_deref().unwrap_or(Path::new("."));
        let write = |table: File| -> io::Result<()> {
            fs::create_dir_all(folder)?;
            let mut file = fs::File::create(folder.join(table.name()))?;
            table.write(material, &mut file)?;
            file.sync_all()
        };
        for table in parquet::TABLES.map(File::Table) {
            write(table).map_err(|e| {
                let what = format!("{} cannot be written to {}: {e}", table.name(), folder.display());
                Failure::new(what, "name a folder that may be written with --to FOLDER")
            })?;
        }
        Ok(())
    }
}
