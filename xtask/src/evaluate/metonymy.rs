//! `cargo xtask evaluate metonymy`: names of places that stand for those who act there, on ReLocaR and on SemEval-2007.
//! Only the test parts are scored; the words were chosen on the training part of ReLocaR, and nothing is learnt.

use crate::corpora::workspace;
use std::fmt::Write as _;
use vigie_claims::is_metonymic;
use vigie_resources::{Language, MetonymWords, metonym_words};
use vigie_syntax::Model;
use vigie_text::{Span, split_sentences};

/// Name, file, share of the best of others.
const SETS: [(&str, &str, &str); 2] = [
    ("ReLocaR test", "ReLocaR_XML/ReLocaR_Test.xml", "0.84 and 0.85"),
    ("SemEval-2007 test", "data/SemEval.test.xml", "not known here"),
];

/// Scores and writes `evaluation/reports/metonymy.txt`.
///
/// # Errors
/// When a file cannot be read or the report cannot be written.
pub(crate) fn metonymy() -> Result<(), String> {
    let language = Language::from_code("en").ok_or("English is not shipped")?;
    let model = Model::for_language(language).ok_or("no model is shipped")?;
    let mut page = String::from(
        "Metonymy of places: does the name mean ground, or those who act there? Share of right answers; \"mixed\" counts as\n\
         acting. Rules on our parse with listed words, chosen on the training part of ReLocaR; nothing is learnt.\n\n",
    );
    for (name, file, peer) in SETS {
        let path = workspace().join("../shared/data/geo/metonymy").join(file);
        let xml = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let samples: Vec<(String, Span, bool)> = xml.split("<sample").skip(1).filter_map(sample).collect();
        let (mut right, mut literal, mut literal_right) = (0, 0, 0);
        for (text, span, acts) in &samples {
            let ours = decide(model, text, *span, language, metonym_words(language));
            right += usize::from(ours == *acts);
            literal += usize::from(!acts);
            literal_right += usize::from(!acts && !ours);
        }
        let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
        let acting = samples.len() - literal;
        let _ = writeln!(
            page,
            "{name:<18} {:.3} of {}; of {literal} that mean ground {:.3}, of {acting} that act {:.3}; best of others {peer}",
            share(right, samples.len()),
            samples.len(),
            share(literal_right, literal),
            share(right - literal_right, acting)
        );
    }
    print!("{page}");
    let path = workspace().join("evaluation/reports/metonymy.txt");
    std::fs::write(&path, page).map_err(|e| format!("{}: {e}", path.display()))
}

/// Text, the name in it, whether it acts.
fn sample(xml: &str) -> Option<(String, Span, bool)> {
    let body = xml.split_once('>')?.1.split("</sample>").next()?;
    let (before, rest) = body.split_once("<loc")?;
    let (tag, rest) = rest.split_once('>')?;
    let (name, after) = rest.split_once("</loc")?;
    let (_, after) = after.split_once('>')?;
    let [before, name, after] = [before, name, after].map(plain);
    let (before, name) = (before.trim_start(), name.trim());
    let space = if tag.starts_with("ation") { " " } else { "" };
    let span = Span::new(before.len(), before.len() + name.len());
    Some((format!("{before}{name}{space}{after}"), span, !tag.contains("\"lit")))
}

/// Entities of the files.
const SIGNS: [(&str, &str); 8] = [
    ("&bquo;", "\""),
    ("&equo;", "\""),
    ("&mdash;", "—"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&apos;", "'"),
    ("&amp;", "&"),
];

/// Without tags, entities resolved, line ends as spaces.
fn plain(xml: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in xml.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            '\n' | '\r' if !inside => out.push(' '),
            c if !inside => out.push(c),
            _ => {}
        }
    }
    for (entity, sign) in SIGNS {
        out = out.replace(entity, sign);
    }
    out
}

fn decide(model: &Model, text: &str, span: Span, language: Language, words: &MetonymWords) -> bool {
    let sentences = split_sentences(text, Span::new(0, text.len()), language, 0);
    for parse in &model.parse_all(text, &sentences) {
        let own: Vec<usize> = (0..parse.words.len()).filter(|&w| parse.words[w].span.overlaps(span)).collect();
        let head = own.iter().copied().find(|&w| parse.words[w].head.is_none_or(|h| !own.contains(&(h as usize))));
        if let Some(head) = head {
            return is_metonymic(parse, head, words);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_cut_at_its_tags() {
        let (text, span, acts) =
            sample(" number=\"1\">So <loc reading=\"met\">Tamsa</loc> won &amp; left.\n</sample>").unwrap();
        assert_eq!((text.trim_end(), span.of(&text), acts), ("So Tamsa won & left.", "Tamsa", true));
        assert!(sample(" number=\"1\">Nothing.</sample>").is_none());
    }
}
