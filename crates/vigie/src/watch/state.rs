//! What is remembered between two polls, in a file beside the archive: marks of freshness, what was fetched, who asked to
//! be left alone. Whoever loses it asks for more than is needed, and archives nothing twice that has not changed.

use super::robots::Robots;
use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Version of the file.
const FORMAT: u32 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    format: u32,
    /// By address.
    #[serde(default)]
    pub(super) targets: BTreeMap<String, Watched>,
    /// By scheme, name and port.
    #[serde(default)]
    pub(super) hosts: BTreeMap<String, Host>,
}

/// What is known of one feed or page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Watched {
    pub(super) etag: Option<String>,
    pub(super) modified: Option<String>,
    /// When it is due again, in seconds since 1970.
    pub(super) next: i64,
    pub(super) failures: u32,
    /// Links of the feed whose pages are dealt with.
    pub(super) seen: BTreeSet<String>,
    /// Links whose pages could not be had, with the number of tries.
    pub(super) tried: BTreeMap<String, u32>,
}

/// What is known of one host.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Host {
    /// It asked to be left alone until then.
    pub(super) not_before: i64,
    /// Its rules and when they were fetched.
    pub(super) robots: Option<(i64, Robots)>,
}

impl Default for State {
    fn default() -> Self {
        Self { format: FORMAT, targets: BTreeMap::new(), hosts: BTreeMap::new() }
    }
}

impl State {
    /// The file that belongs to an archive.
    pub(super) fn beside(archive: &Path) -> PathBuf {
        let mut name = archive.as_os_str().to_owned();
        name.push(".feeds.json");
        PathBuf::from(name)
    }

    /// What was remembered; nothing when there is no file, or none that can be used, which is told.
    pub(super) fn load(path: &Path) -> Self {
        let Ok(bytes) = fs::read(path) else { return Self::default() };
        match serde_json::from_slice::<Self>(&bytes) {
            Ok(state) if state.format == FORMAT => state,
            _ => {
                anstream::eprintln!(
                    "note: {} is damaged or of another version; what it remembered is asked for again.",
                    path.display()
                );
                Self::default()
            }
        }
    }

    /// Writes the file: the whole of it or nothing.
    pub(super) fn save(&self, path: &Path) -> Result<(), Failure> {
        let mut beside = path.as_os_str().to_owned();
        beside.push(".new");
        let beside = PathBuf::from(beside);
        let write = || {
            let mut file = fs::File::create(&beside)?;
            file.write_all(&serde_json::to_vec(self)?)?;
            file.sync_all()?;
            fs::rename(&beside, path)
        };
        write().map_err(|e: std::io::Error| {
            let what = format!("{} cannot be written: {e}", path.display());
            Failure::new(what, "make its folder writable, or free some space; what was archived is kept")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_is_loaded_and_damage_is_survived() {
        let path = std::env::temp_dir().join(format!("vigie-state-{}.json", std::process::id()));
        let mut state = State::default();
        let rules = Robots::read(b"User-agent: *\nDisallow: /x\n");
        state.hosts.insert("https://a.example".to_owned(), Host { not_before: 5, robots: Some((7, rules)) });
        state.targets.entry("https://a.example/rss".to_owned()).or_default().etag = Some("\"1\"".to_owned());
        state.save(&path).unwrap();
        assert_eq!(State::load(&path), state);
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        assert_eq!(State::load(&path), State::default());
        fs::write(&path, String::from_utf8(whole).unwrap().replace("\"format\":1", "\"format\":2")).unwrap();
        assert_eq!(State::load(&path), State::default());
        fs::remove_file(&path).unwrap();
        assert_eq!(State::load(&path), State::default());
    }
}
