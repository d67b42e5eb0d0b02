//! Paths to bytes: files, the text files of a directory, standard input.

use crate::failure::Failure;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A page is a few kilobytes, a year of one outlet a few megabytes; what is larger is a mistake or a dump.
const MOST_BYTES: u64 = 16 << 20;

/// The inputs that the arguments name, in order, with a failure for each argument that names none.
///
/// A directory stands for the `.txt` files in it, sorted by name; `-` stands for standard input.
#[must_use]
pub fn inputs(paths: &[PathBuf]) -> Vec<Result<PathBuf, Failure>> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            match text_files(path) {
                Ok(files) => found.extend(files.into_iter().map(Ok)),
                Err(failure) => found.push(Err(failure)),
            }
        } else {
            found.push(Ok(path.clone()));
        }
    }
    found
}

fn text_files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let name = folder.display();
    let entries = fs::read_dir(folder).map_err(|e| {
        Failure::new(format!("the directory {name} cannot be read: {}", reason(&e)), "check its permissions")
    })?;
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_file() && path.extension().is_some_and(|e| e.eq_ignore_ascii_case("txt")))
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(Failure::new(
            format!("the directory {name} holds no .txt file"),
            "name the files themselves, or give their names the ending .txt",
        ));
    }
    Ok(files)
}

/// The size of one input in bytes as the file system tells it; 0 where it does not.
#[must_use]
pub fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |m| m.len())
}

/// The bytes of one input.
///
/// # Errors
/// When it does not exist, may not be read or is far larger than any page.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        let read = io::stdin().lock().take(MOST_BYTES + 1).read_to_end(&mut bytes);
        read.map_err(|e| Failure::new(format!("standard input cannot be read: {e}"), "give the name of a file"))?;
    } else {
        let file = fs::File::open(path).map_err(|e| unreadable(path, &e))?;
        // One byte past the limit shows that there is more, whatever the length in the file's entry says.
        file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|e| unreadable(path, &e))?;
    }
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Failure::new(
            format!("{} is larger than {} MB, which no page is", path.display(), MOST_BYTES >> 20),
            "split it into one file a page (or a day) and give the directory",
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
