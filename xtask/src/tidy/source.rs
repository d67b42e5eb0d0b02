//! Rust source files: where they are, which part is not a test, which string literals they hold.

use std::fs;
use std::path::Path;

/// One file.
pub(super) struct Source {
    /// From the root, with `/`.
    pub(super) path: String,
    pub(super) text: String,
}

impl Source {
    /// Is the whole file there for tests?
    pub(super) fn is_test(&self) -> bool {
        self.path.contains("/tests/") || self.path.ends_with("/testing.rs") || self.path.ends_with("/tests.rs")
    }

    /// The file without its test module, which stands last.
    pub(super) fn own_part(&self) -> &str {
        let mut from = 0;
        while let Some(at) = self.text[from..].find("#[cfg(test)]") {
            let after = &self.text[from + at..];
            // A marker on a `use` or on a `mod name;` line covers that line only.
            let item = after.lines().find(|l| !l.starts_with("#[")).unwrap_or_default();
            if item.starts_with("mod ") && item.ends_with('{') {
                return &self.text[..from + at];
            }
            from += at + "#[cfg(test)]".len();
        }
        &self.text
    }
}

/// Every source file of the floors and of the developer commands, sorted.
pub(super) fn all(root: &Path) -> Vec<Source> {
    let mut paths = Vec::new();
    for folder in ["resources", "crates", "xtask"] {
        walk(root, folder, &mut paths);
    }
    paths.sort();
    paths
        .into_iter()
        .filter_map(|path| fs::read_to_string(root.join(&path)).ok().map(|text| Source { path, text }))
        .collect()
}

fn walk(root: &Path, folder: &str, into: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(root.join(folder)) else { return };
    for entry in entries.flatten() {
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            walk(root, &path, into);
        } else if path.ends_with(".rs") {
            into.push(path);
        }
    }
}

/// The string literals of Rust text with their line numbers; comments and character literals are passed over.
pub(super) fn strings(code: &str) -> Vec<(usize, String)> {
    let chars: Vec<char> = code.chars().collect();
    let (mut found, mut at, mut line) = (Vec::new(), 0, 1);
    while at < chars.len() {
        let rest = |n: usize| chars.get(at + n).copied().unwrap_or('\0');
        match chars[at] {
            '\n' => {
                line += 1;
                at += 1;
            }
            '/' if rest(1) == '/' => {
                while at < chars.len() && chars[at] != '\n' {
                    at += 1;
                }
            }
            '/' if rest(1) == '*' => {
                at += 2;
                while at < chars.len() && !(chars[at] == '*' && chars.get(at + 1) == Some(&'/')) {
                    line += usize::from(chars[at] == '\n');
                    at += 1;
                }
                at += 2;
            }
            // A quoted character: 'x' or '\n'; otherwise it is a lifetime.
            '\'' if rest(1) == '\\' => {
                at += 3;
                while at < chars.len() && chars[at] != '\'' {
                    at += 1;
                }
                at += 1;
            }
            '\'' if rest(2) == '\'' => at += 3,
            'r' if matches!(rest(1), '"' | '#') && !before_is_word(&chars, at) => {
                let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
                if rest(1 + hashes) != '"' {
                    at += 1;
                    continue;
                }
                let from = at + 2 + hashes;
                let mut end = from;
                while end < chars.len()
                    && !(chars[end] == '"'
                        && chars[end + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes)
                {
                    end += 1;
                }
                let text: String = chars[from..end.min(chars.len())].iter().collect();
                let lines = text.matches('\n').count();
                found.push((line, text));
                line += lines;
                at = end + 1 + hashes;
            }
            '"' => {
                let start = line;
                let mut text = String::new();
                at += 1;
                while at < chars.len() && chars[at] != '"' {
                    line += usize::from(chars[at] == '\n');
                    if chars[at] == '\\' {
                        at += 1;
                        line += usize::from(chars.get(at) == Some(&'\n'));
                    } else {
                        text.push(chars[at]);
                    }
                    at += 1;
                }
                at += 1;
                found.push((start, text));
            }
            _ => at += 1,
        }
    }
    found
}

fn before_is_word(chars: &[char], at: usize) -> bool {
    at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_')
}

#[cfg(test)]
mod tests {
    use super::{Source, strings};

    #[test]
    fn string_literals_are_found_and_nothing_else() {
        let code =
            "// \"no\"\nlet a = \"one \\\" two\"; let c = '\"'; fn f<'a>() {} r#\"raw \"x\"\"#; /* \"no\" */ \"end\"";
        let texts: Vec<String> = strings(code).into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts, ["one  two", "raw \"x\"", "end"]);
        assert_eq!(strings("\n\n\"x\"")[0].0, 3);
    }

    #[test]
    fn the_test_module_is_cut_off() {
        let text = "//! A.\n#[cfg(test)]\nmod testing;\nfn a() {}\n#[cfg(test)]\nmod tests {\n}\n".to_owned();
        let source = Source { path: "crates/x/src/a.rs".to_owned(), text };
        assert!(source.own_part().ends_with("fn a() {}\n"));
    }
}
