//! Paths to readers: files, the files of a directory, standard input.

use crate::failure::Failure;
use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use vigie_ingest::MOST_DOCUMENT;

/// Endings of files that a directory is searched for; what a file is, its bytes tell.
const READABLE: [&str; 16] = [
    "txt", "html", "htm", "xhtml", "jsonl", "ndjson", "json", "rss", "atom", "xml", "warc", "eml", "parquet", "zip",
    "gz", "zst",
];

/// What the arguments name.
#[derive(Debug, Default)]
pub struct Inputs {
    /// Files in order, with a failure for each argument that names none.
    pub files: Vec<Result<PathBuf, Failure>>,
    /// Files of directories that were left alone because of their endings.
    pub passed_over: Vec<PathBuf>,
}

/// The inputs that the arguments name.
///
/// A directory stands for all files in it and in its directories that have a known ending, sorted by path; hidden ones
/// and links to directories are left alone. `-` stands for standard input.
#[must_use]
pub fn inputs(paths: &[PathBuf]) -> Inputs {
    let mut inputs = Inputs::default();
    for path in paths {
        if !path.is_dir() {
            inputs.files.push(Ok(path.clone()));
            continue;
        }
        let before = inputs.files.len();
        walk(path, &mut inputs);
        if inputs.files.len() == before {
            inputs.files.push(Err(Failure::new(
                format!("the directory {} holds no file that can be read", path.display()),
                format!("name the files themselves, or give them one of the endings {}", READABLE.join(", ")),
            )));
        }
    }
    inputs
}

fn walk(folder: &Path, into: &mut Inputs) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            let what = format!("the directory {} cannot be read: {}", folder.display(), reason(&error));
            into.files.push(Err(Failure::new(what, "check its permissions")));
            return;
        }
    };
    let mut entries: Vec<fs::DirEntry> = entries.flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let known = || path.extension().is_some_and(|e| READABLE.iter().any(|r| e.eq_ignore_ascii_case(r)));
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type().is_ok_and(|t| t.is_dir()) {
            walk(&path, into);
        } else if path.is_file() && known() {
            into.files.push(Ok(path));
        } else if path.is_file() {
            into.passed_over.push(path);
        }
    }
}

/// The size of one input in bytes as the file system tells it; 0 where it does not.
#[must_use]
pub fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |m| m.len())
}

/// One input, opened for reading.
///
/// # Errors
/// When it does not exist or may not be read.
pub fn open(path: &Path) -> Result<Box<dyn BufRead>, Failure> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = fs::File::open(path).map_err(|e| unreadable(path, &e))?;
    Ok(Box::new(BufReader::with_capacity(1 << 16, file)))
}

/// The bytes of standard input, of commands that read one text.
///
/// # Errors
/// When it cannot be read or is far larger than any page.
pub fn standard() -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    // One byte past the limit shows that there is more.
    let read = io::stdin().lock().take(MOST_DOCUMENT + 1).read_to_end(&mut bytes);
    read.map_err(|e| Failure::new(format!("standard input cannot be read: {e}"), "give the name of a file"))?;
    if bytes.len() as u64 > MOST_DOCUMENT {
        return Err(Failure::new(
            format!("standard input is larger than {} MB, which no page is", MOST_DOCUMENT >> 20),
            "split it into pages and give one at a time",
        ));
    }
    Ok(bytes)
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let name = path.display();
    match error.kind() {
        io::ErrorKind::NotFound => {
            Failure::new(format!("there is no file {name}"), "check the spelling; `-` reads standard input")
        }
        io::ErrorKind::PermissionDenied => Failure::new(
            format!("{name} may not be read"),
            "change its permissions, or copy it to a place where you may read it",
        ),
        _ => Failure::new(format!("{name} cannot be read: {}", reason(error)), "check the file and its disk"),
    }
}

fn reason(error: &io::Error) -> String {
    // The operating system's number says nothing to a person.
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_lowercase()
}
