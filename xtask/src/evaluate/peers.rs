//! Figures of other programs, as `evaluation/peers/syntax.csv` keeps them.

use std::path::Path;

/// The columns of the file; the last one may hold commas.
pub(super) const HEAD: &str = "name,version,language,test,from,metric,value,how";

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    /// Name and version.
    pub(super) peer: String,
    pub(super) test: String,
    pub(super) from: String,
    pub(super) metric: String,
    /// F1 in percent.
    pub(super) value: f64,
    /// How it was measured.
    pub(super) how: String,
}

/// The figures for one language, in the order of the file.
///
/// # Errors
/// If a line is not as `HEAD` says.
pub(super) fn read(path: &Path, language: &str) -> Result<Vec<Figure>, String> {
    // A repository without peers is none that cannot be evaluated.
    let Ok(text) = std::fs::read_to_string(path) else { return Ok(Vec::new()) };
    parse(&text, language).map_err(|e| format!("{}: {e}", path.display()))
}

fn parse(text: &str, language: &str) -> Result<Vec<Figure>, String> {
    let mut lines = text.lines().enumerate();
    if lines.next().is_none_or(|(_, line)| line != HEAD) {
        return Err(format!("the first line is not {HEAD}"));
    }
    let mut out = Vec::new();
    for (number, line) in lines.filter(|(_, line)| !line.is_empty()) {
        let columns: Vec<&str> = line.splitn(8, ',').collect();
        let [name, version, code, test, from, metric, value, how] = columns[..] else {
            return Err(format!("line {}: eight columns wanted: {HEAD}", number + 1));
        };
        let value = value.parse().map_err(|_| format!("line {}: {value} is no number", number + 1))?;
        if code == language {
            out.push(Figure {
                peer: format!("{name} {version}"),
                test: test.to_owned(),
                from: from.to_owned(),
                metric: metric.to_owned(),
                value,
                how: how.to_owned(),
            });
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::{HEAD, parse};

    #[test]
    fn figures_of_one_language_are_read() {
        let text =
            format!("{HEAD}\nothers,2.1,fr,test-a,gold,LAS,81.25,trained, on this\nothers,2.1,en,b,raw,LAS,1,x\n");
        let figures = parse(&text, "fr").unwrap();
        assert_eq!(figures.len(), 1);
        assert_eq!((figures[0].peer.as_str(), figures[0].how.as_str()), ("others 2.1", "trained, on this"));
        assert!((figures[0].value - 81.25).abs() < 1e-9);
    }

    #[test]
    fn a_line_that_is_cut_is_an_error() {
        assert!(parse(&format!("{HEAD}\nothers,2.1,fr\n"), "fr").is_err());
        assert!(parse("name,value\n", "fr").is_err());
    }
}
