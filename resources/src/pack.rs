//! The raw files, embedded by `build.rs`, sorted by path.

include!(concat!(env!("OUT_DIR"), "/pack.rs"));

/// Every embedded file whose path begins with `prefix`, in order of the paths. Paths use `/` and are relative to
/// the crate's folder.
pub fn files(prefix: &str) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let from = PACK.partition_point(|(path, _)| *path < prefix);
    PACK[from..].iter().copied().take_while(move |(path, _)| path.starts_with(prefix))
}

/// The bytes of one file.
#[must_use]
pub fn bytes(path: &str) -> Option<&'static [u8]> {
    PACK.binary_search_by_key(&path, |(p, _)| p).ok().map(|i| PACK[i].1)
}

/// One file as text; `None` when it does not exist or is not UTF-8.
#[must_use]
pub fn text(path: &str) -> Option<&'static str> {
    bytes(path).and_then(|b| std::str::from_utf8(b).ok())
}

/// The languages (codes) whose names a table holds: what the head of its columns from `first` on says.
pub(crate) fn languages_of(path: &str, first: usize) -> Vec<&'static str> {
    let head = text(path).unwrap_or_default().lines().find(|line| line.starts_with('#')).unwrap_or_default();
    head.split('\t').skip(first).collect()
}

/// TOML as a typed table, read from an untyped one that is only borrowed: read straight into some eighty types, or from
/// values that are taken apart, the parser or the clearing away is compiled for each of them, half of this crate's build.
pub(crate) fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    let table: serde_json::Value = toml::from_str(text).map_err(serde::de::Error::custom)?;
    T::deserialize(&table)
}

/// One TOML file as a typed table. A file that does not read is a fault of the build, so it stops the program.
pub(crate) fn table<T: serde::de::DeserializeOwned>(path: &str) -> T {
    read(text(path).unwrap_or_default()).unwrap_or_else(|error| panic!("resources/{path}: {error}"))
}
