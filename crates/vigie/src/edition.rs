//! Which edition of the reader this is: besides the program's version, what its models, rules and places are made of. Two
//! programs with one edition read the same bytes out of the same bytes.

use blake3::Hasher;
use std::sync::LazyLock;
use vigie_resources::{Language, files};

/// Hexadecimal digits of a fingerprint: enough to tell editions apart, short enough to be read aloud.
const DIGITS: usize = 8;

/// What the program reads with. The fingerprints are the first digits of BLAKE3 over the files and their names.
#[derive(Debug)]
pub struct Edition {
    /// The version of the program.
    pub version: &'static str,
    /// Of the words and rules of all languages, the event types, actors and dated events.
    pub rules: String,
    /// Of the model of each language that has one: code, fingerprint.
    pub models: Vec<(&'static str, String)>,
    /// Of the gazetteer.
    pub places: String,
}

impl Edition {
    /// The one of this program.
    #[must_use]
    pub fn this() -> &'static Self {
        static THIS: LazyLock<Edition> = LazyLock::new(|| Edition {
            version: env!("CARGO_PKG_VERSION"),
            rules: fingerprint(&["actors/", "history/", "languages/", "ontology/", "stories/"], |path| !is_model(path)),
            models: Language::all()
                .map(|l| (l.code(), format!("languages/{}/", l.code())))
                .filter(|(_, folder)| files(folder).any(|(path, _)| is_model(path)))
                .map(|(code, folder)| (code, fingerprint(&[&folder], is_model)))
                .collect(),
            places: fingerprint(&["gazetteer/"], |_| true),
        });
        &THIS
    }

    /// In one line.
    #[must_use]
    pub fn line(&self) -> String {
        let models = self.models.iter().map(|(code, print)| format!("{code} {print}")).collect::<Vec<_>>().join(", ");
        format!("{} (rules {}; models {models}; places {})", self.version, self.rules, self.places)
    }
}

/// What was learnt from corpora rather than written.
fn is_model(path: &str) -> bool {
    ["/model.bin", "/sentences.bin", "/senses.bin"].iter().any(|name| path.ends_with(name))
}

/// Of the files in some folders that pass. Descriptions and cases change nothing that is read.
fn fingerprint(folders: &[&str], passes: impl Fn(&str) -> bool) -> String {
    let mut hasher = Hasher::new();
    for (path, bytes) in folders.iter().flat_map(|folder| files(folder)) {
        if passes(path) && !path.ends_with(".md") && !path.contains("/cases/") {
            hasher.update(path.as_bytes()).update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
        }
    }
    hasher.finalize().to_hex()[..DIGITS].to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Edition, fingerprint, is_model};

    #[test]
    fn an_edition_tells_its_models_and_rules_apart() {
        let this = Edition::this();
        assert!(this.models.len() >= 2, "{this:?}");
        let mut prints: Vec<&str> = this.models.iter().map(|(_, print)| print.as_str()).collect();
        prints.extend([this.rules.as_str(), this.places.as_str()]);
        assert!(prints.iter().all(|p| p.len() == 8 && p.bytes().all(|b| b.is_ascii_hexdigit())));
        prints.sort_unstable();
        prints.dedup();
        assert_eq!(prints.len(), this.models.len() + 2);
    }

    #[test]
    fn every_file_that_passes_counts() {
        let whole = fingerprint(&["languages/"], |_| true);
        assert_ne!(whole, fingerprint(&["languages/"], |path| !is_model(path)));
        assert_ne!(whole, fingerprint(&["languages/"], |path| !path.ends_with("/numbers.toml")));
    }
}
