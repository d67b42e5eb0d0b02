//! The files that others take away: the same on the command line and from the page.

use super::acled::{self, Inter};
use super::told::Told;
use super::{annotation, cameo, geojson, kml, parquet, plover};
use crate::book::Book;
use crate::record::DocumentRecord;
use std::io::{self, Write};
use vigie_claims::Claim;
use vigie_events::Event;
use vigie_situation::Situation;

/// A claim with the document it stands in.
pub type Row<'a> = (&'a DocumentRecord, &'a Claim);

/// What files are made of.
#[derive(Debug)]
pub struct Material<'a> {
    /// The documents.
    pub documents: Vec<&'a DocumentRecord>,
    /// The claims that are wanted, in the order of the documents.
    pub claims: Vec<Row<'a>>,
    /// The events that are wanted.
    pub events: Vec<&'a Event>,
    /// What held on the day that is asked about, for the files that tell it.
    pub situation: Option<&'a Situation>,
    /// Everything, looked up by id.
    pub book: &'a Book<'a>,
}

/// One sort of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    /// CSV with ACLED's columns, with or without a row of HXL tags.
    Acled {
        /// How sectors of actors are written.
        inter: Inter,
        /// Whether a second row tells the tags.
        hxl: bool,
    },
    /// PLOVER as JSON lines.
    Plover,
    /// CAMEO codes, tab separated.
    Cameo,
    /// RFC 7946.
    Geojson,
    /// KML 2.2.
    Kml,
    /// W3C Web Annotations.
    Annotations,
    /// One of the Parquet tables.
    Table(&'static str),
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Things that could have been.
    pub all: usize,
    /// Those of them that this sort of file has no words for.
    pub left_out: usize,
}

impl File {
    /// Every file, each once, as the page offers them.
    pub fn all() -> impl Iterator<Item = Self> {
        let acled = |hxl| Self::Acled { inter: Inter::Code, hxl };
        let others = [Self::Plover, Self::Cameo, Self::Geojson, Self::Kml, Self::Annotations];
        [acled(false), acled(true)].into_iter().chain(others).chain(parquet::TABLES.map(Self::Table))
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Acled { hxl: false, .. } => "acled.csv".to_owned(),
            Self::Acled { hxl: true, .. } => "acled-hxl.csv".to_owned(),
            Self::Plover => "plover.jsonl".to_owned(),
            Self::Cameo => "cameo.tsv".to_owned(),
            Self::Geojson => "events.geojson".to_owned(),
            Self::Kml => "events.kml".to_owned(),
            Self::Annotations => "annotations.jsonld".to_owned(),
            Self::Table(table) => format!("{table}.parquet"),
        }
    }

    /// Its media type, as registered with IANA where it is.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Acled { .. } => "text/csv; charset=utf-8",
            Self::Plover => "application/x-ndjson",
            Self::Cameo => "text/tab-separated-values; charset=utf-8",
            Self::Geojson => "application/geo+json",
            Self::Kml => "application/vnd.google-earth.kml+xml",
            Self::Annotations => "application/ld+json",
            Self::Table(_) => "application/vnd.apache.parquet",
        }
    }

    /// Does it tell what held on a day?
    #[must_use]
    pub fn tells_situation(self) -> bool {
        matches!(self, Self::Geojson | Self::Table("holdings"))
    }

    /// Writes it.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn write(self, material: &Material, out: &mut dyn Write) -> io::Result<Written> {
        let told = || material.events.iter().filter_map(|e| Told::of(e, material.book)).collect::<Vec<Told>>();
        let coded = |write: &mut dyn FnMut(&[Told]) -> io::Result<usize>| {
            let told = told();
            Ok(Written { all: told.len(), left_out: write(&told)? })
        };
        match self {
            Self::Acled { inter, hxl } => coded(&mut |told| acled::write(told, inter, hxl, out)),
            Self::Plover => coded(&mut |told| plover::write(told, out)),
            Self::Cameo => coded(&mut |told| cameo::write(told, out)),
            Self::Kml => coded(&mut |told| kml::write(told, out)),
            Self::Geojson => {
                let told = told();
                let all = told.len() + material.situation.map_or(0, |s| s.holdings.len());
                Ok(Written { all, left_out: geojson::write(&told, material.situation, material.book, out)? })
            }
            Self::Annotations => Ok(Written { all: annotation::write(&material.claims, out)?, left_out: 0 }),
            Self::Table(table) => {
                parquet::write(table, material, out)?;
                Ok(Written { all: material.documents.len(), left_out: 0 })
            }
        }
    }
}
