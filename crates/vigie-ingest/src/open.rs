//! Opening an input: its kind is told, what is packed is unpacked, and each document is handed out as it comes.

use crate::document::{Card, Fault, Found, Raw, Sink, TextFrom, Writing};
use crate::kind::{Kind, LOOK, ending, kind};
use crate::meter::{Packed, Unpacked, explained};
use crate::{feed, http, lines, mail, table, warc};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::ops::ControlFlow::{self, Continue};

/// A page is a few kilobytes, a year of one outlet a few megabytes; what is larger is a mistake or a dump.
pub const MOST_DOCUMENT: u64 = 16 << 20;
/// Tables and archives that can only be read whole.
const MOST_WHOLE: u64 = 512 << 20;
/// An archive in an archive in an archive is an honest mistake; what goes deeper is none.
const MOST_NESTING: usize = 4;
/// Members of one archive.
const MOST_MEMBERS: usize = 100_000;

/// Opens an input and hands out what it holds, one by one and in its order.
pub fn open(input: &mut dyn BufRead, name: &str, sink: Sink) -> ControlFlow<()> {
    opened(input, name, &Card::default(), 0, sink)
}

/// As [`open`], for what was fetched: its server says in what encoding it is (`content_type`), and whoever fetched it what is
/// known of it (`card`). What it is, its bytes tell.
pub fn open_fetched(
    input: &mut dyn BufRead,
    name: &str,
    content_type: &str,
    card: &Card,
    sink: Sink,
) -> ControlFlow<()> {
    let charset = http::charset(content_type);
    opened(input, name, card, 0, &mut |mut found| {
        // The text of other carriers is decoded by then.
        if let Found::Document(raw) = &mut found
            && matches!(raw.from, TextFrom::Html | TextFrom::File)
        {
            raw.charset.clone_from(&charset);
        }
        sink(found)
    })
}

/// What follows the first look: the rest of the input, or the error that ended it.
struct Rest<'a> {
    input: &'a mut dyn BufRead,
    broken: Option<io::Error>,
}

impl Read for Rest<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.broken.take().map_or_else(|| self.input.read(buffer), Err)
    }
}

impl BufRead for Rest<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.broken.take() {
            Some(error) => Err(error),
            None => self.input.fill_buf(),
        }
    }

    fn consume(&mut self, amount: usize) {
        self.input.consume(amount);
    }
}

/// As [`open`], for what lies within something that says more about it.
pub(crate) fn opened(input: &mut dyn BufRead, path: &str, card: &Card, nesting: usize, sink: Sink) -> ControlFlow<()> {
    let mut head = Vec::new();
    // A short file may break off within the look; what stood before the break is read all the same.
    let broken = match (&mut *input).take(LOOK as u64).read_to_end(&mut head) {
        Err(error) if head.is_empty() => return fault(path, &error, sink),
        Err(error) => Some(error),
        Ok(_) => None,
    };
    let kind = kind(&head, path);
    if nesting > MOST_NESTING {
        let what = format!("{path} lies more than {MOST_NESTING} archives deep and was not opened");
        return sink(Found::Fault(Fault::new(what, "unpack it by hand and give the files")));
    }
    let mut input = Cursor::new(head).chain(Rest { input, broken });
    match kind {
        Kind::Gzip => {
            let (packed, count) = Packed::new(&mut input);
            let stream = Unpacked::new(flate2::bufread::MultiGzDecoder::new(packed), count);
            opened(&mut BufReader::with_capacity(1 << 16, stream), path, card, nesting + 1, sink)
        }
        Kind::Zstd => {
            let (packed, count) = Packed::new(&mut input);
            match zstd::stream::read::Decoder::with_buffer(packed) {
                Ok(decoder) => {
                    let stream = Unpacked::new(decoder, count);
                    opened(&mut BufReader::with_capacity(1 << 16, stream), path, card, nesting + 1, sink)
                }
                Err(error) => fault(path, &error, sink),
            }
        }
        Kind::Zip | Kind::Parquet => match whole(&mut input, path, MOST_WHOLE) {
            (bytes, None) if kind == Kind::Zip => zip(bytes, path, card, nesting, sink),
            (bytes, None) => table::read(bytes, path, sink),
            (_, Some(fault)) => sink(Found::Fault(Fault { remedy: "fetch it again, or split it".to_owned(), ..fault })),
        },
        Kind::Warc => warc::read(&mut input, path, nesting, sink),
        Kind::Lines => lines::read(&mut input, path, sink),
        Kind::Page | Kind::Feed | Kind::Mail | Kind::Text => {
            let (bytes, fault) = whole(&mut input, path, MOST_DOCUMENT);
            let large = bytes.len() as u64 > MOST_DOCUMENT;
            if let Some(fault) = fault {
                sink(Found::Fault(fault))?;
            }
            if large { Continue(()) } else { single(kind, bytes, path, card, sink) }
        }
    }
}

fn single(kind: Kind, bytes: Vec<u8>, path: &str, card: &Card, sink: Sink) -> ControlFlow<()> {
    match kind {
        Kind::Feed => feed::read(&bytes, path, sink),
        Kind::Mail => mail::read(bytes, path, sink),
        Kind::Page => sink(Found::Document(Box::new(Raw::new(
            path.to_owned(),
            bytes,
            Writing::Page,
            TextFrom::Html,
            card.clone(),
        )))),
        _ => sink(Found::Document(Box::new(Raw::new(
            path.to_owned(),
            bytes,
            Writing::Plain,
            TextFrom::File,
            card.clone(),
        )))),
    }
}

/// All bytes of an input up to a limit and one more, with what kept the rest from being read.
fn whole(input: &mut dyn Read, path: &str, most: u64) -> (Vec<u8>, Option<Fault>) {
    let mut bytes = Vec::new();
    // One byte past the limit shows that there is more, whatever the length in the file's entry says.
    let read = input.take(most + 1).read_to_end(&mut bytes);
    let fault = match read {
        Err(error) => {
            let (what, remedy) = explained(&error);
            Some(Fault::new(format!("{path}: {what}"), remedy))
        }
        Ok(_) if bytes.len() as u64 > most => Some(Fault::new(
            format!("{path} is larger than {} MB, which no page is", most >> 20),
            "split it into one file a page (or a day) and give the directory",
        )),
        Ok(_) => None,
    };
    (bytes, fault)
}

pub(crate) fn fault(path: &str, error: &io::Error, sink: Sink) -> ControlFlow<()> {
    let (what, remedy) = explained(error);
    sink(Found::Fault(Fault::new(format!("{path}: {what}"), remedy)))
}

fn zip(bytes: Vec<u8>, path: &str, card: &Card, nesting: usize, sink: Sink) -> ControlFlow<()> {
    let mut archive = match zip::ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(error) => {
            let what = format!("{path}: the ZIP archive is damaged ({error})");
            return sink(Found::Fault(Fault::new(what, "fetch it again, or unpack it by hand and give the files")));
        }
    };
    if archive.index_for_name("[Content_Types].xml").is_some() {
        let what = format!("{path} is an office file");
        return sink(Found::Fault(Fault::new(what, "save it as text and give that")));
    }
    if archive.len() > MOST_MEMBERS {
        let what = format!("{path} has more than {MOST_MEMBERS} members; the first {MOST_MEMBERS} are read");
        sink(Found::Fault(Fault::new(what, "split it into several archives")))?;
    }
    for number in 0..archive.len().min(MOST_MEMBERS) {
        let member = match archive.by_index(number) {
            Ok(member) => member,
            Err(error) => {
                let what = format!("{path}: member {} cannot be opened ({error})", number + 1);
                sink(Found::Fault(Fault::new(what, "unpack it by hand and give the file")))?;
                continue;
            }
        };
        let name = member.name().to_owned();
        let hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
        if member.is_dir() || hidden {
            continue;
        }
        let path = format!("{path}/{name}");
        let size = std::rc::Rc::new(std::cell::Cell::new(member.compressed_size()));
        let mut stream = BufReader::with_capacity(1 << 16, Unpacked::new(member, size));
        if is_no_text(&path) {
            let what = format!("{path} is no kind of text that can be read and was passed over");
            sink(Found::Fault(Fault::harmless(what, "give its text if it holds news")))?;
            continue;
        }
        opened(&mut stream, &path, card, nesting + 1, sink)?;
    }
    Continue(())
}

/// Is it a picture or the like, by its name? Nobody gave those as a text.
fn is_no_text(path: &str) -> bool {
    const OTHER: [&str; 14] =
        ["png", "jpg", "jpeg", "gif", "webp", "ico", "css", "js", "woff", "woff2", "mp3", "mp4", "pdf", "svg"];
    OTHER.contains(&ending(path).as_str())
}
