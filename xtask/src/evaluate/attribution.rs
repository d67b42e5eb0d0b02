//! `cargo xtask evaluate attribution`: who is made to say or hold what, on the development part of PolNeAR (English).
//!
//! The sources, words of saying and contents that `vigie_claims::wordings` lists are compared with those that were
//! marked, span by span: the same span, and any overlap. PolNeAR has no licence: nothing is learnt from it. Writes
//! `evaluation/reports/attribution.txt` and `.csv`.

use super::score::{Count, share};
use super::write;
use crate::corpora::workspace;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use vigie_claims::{Reading, Scene, Voices, Wording, mended, wordings};
use vigie_resources::Language;
use vigie_syntax::{Model, Parse};
use vigie_text::{Span, Story, StoryId, split_sentences};

const FILE: &str = "../shared/data/attribution/polnear/dev.jsonl.gz";
const ROLES: [&str; 3] = ["source", "cue", "content"];
/// A linear tagger without a parse on the same documents: overlap and exact F1 of each role.
const TAGGER: [(f64, f64); 3] = [(66.0, 52.0), (67.0, 54.0), (78.0, 36.0)];
const WANTED: [(f64, f64); 3] = [(75.0, 60.0), (75.0, 60.0), (82.0, 50.0)];

#[derive(Deserialize)]
struct Document {
    text: String,
    annotations: Vec<Annotation>,
}

#[derive(Deserialize)]
struct Annotation {
    attributions: Vec<Marked>,
}

#[derive(Deserialize)]
struct Marked {
    #[serde(default)]
    source: Vec<Item>,
    #[serde(default)]
    cue: Vec<Item>,
    #[serde(default)]
    content: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    /// Places in characters.
    spans: Vec<(usize, usize)>,
}

/// The spans of one role on both sides.
#[derive(Default)]
struct Sides {
    gold: BTreeSet<Span>,
    system: BTreeSet<Span>,
}

/// Counts of one role.
#[derive(Debug, Clone, Copy, Default)]
struct Score {
    exact: Count,
    /// Gold spans that ours overlap.
    reached: usize,
    /// Our spans that overlap a gold one.
    sound: usize,
}

impl Score {
    fn add(&mut self, sides: &Sides) {
        let meets = |span: &Span, others: &BTreeSet<Span>| others.iter().any(|o| o.overlaps(*span));
        self.exact.gold += sides.gold.len();
        self.exact.system += sides.system.len();
        self.exact.right += sides.gold.intersection(&sides.system).count();
        self.reached += sides.gold.iter().filter(|s| meets(s, &sides.system)).count();
        self.sound += sides.system.iter().filter(|s| meets(s, &sides.gold)).count();
    }

    fn overlap(&self) -> (f64, f64, f64) {
        let (p, r) = (share(self.sound, self.exact.system), share(self.reached, self.exact.gold));
        (p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
    }
}

/// Reads a document as one story, each line a paragraph.
fn read(text: &str, language: Language, model: &Model) -> Vec<Wording> {
    let (mut sentences, mut paragraphs, mut start) = (Vec::new(), Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        let span = Span::new(start, start + line.trim_end_matches('\n').len());
        if !line.trim().is_empty() {
            sentences.extend(split_sentences(text, span, language, paragraphs.len() as u32));
            paragraphs.push(span);
        }
        start += line.len();
    }
    let parses: Vec<Parse> = model.parse_all(text, &sentences).iter().map(|p| mended(p, language)).collect();
    let story = Story { id: StoryId([0; 16]), language, headline: None, paragraphs, sentences };
    let reading = Reading { text, story: &story, parses: &parses, published: None, inferred: false };
    let scene = Scene::of(&reading);
    let voices = Voices::of(&reading, &|at| scene.filler(at));
    wordings(&reading, &voices, &|at| scene.filler(at))
}

/// PolNeAR marks the outermost attribution alone: what is told inside what somebody says is left out.
fn outermost(mut all: Vec<Wording>) -> Vec<Wording> {
    all.sort_by_key(|w| std::cmp::Reverse(w.content.iter().map(|s| s.len()).sum::<usize>()));
    let mut kept: Vec<Wording> = Vec::new();
    for wording in all {
        let inside = |cue: Span| kept.iter().flat_map(|k| &k.content).any(|c| c.contains(cue));
        if !wording.cue.is_some_and(inside) {
            kept.push(wording);
        }
    }
    kept
}

/// The edges of a content as PolNeAR draws them: quotation marks belong to it, with the stop or comma before the closing
/// one; other marks at its edges do not.
fn edges(text: &str, span: Span) -> Span {
    const LOOSE: [char; 8] = [',', '.', ';', ':', '—', '–', '-', ' '];
    let inner = text[span.start()..span.end()].trim();
    let mut start = span.start() + text[span.start()..span.end()].find(inner).unwrap_or(0);
    let mut end = start + inner.len();
    start += inner.len() - inner.trim_start_matches(LOOSE).len();
    let before = &text[..start];
    let opening = ["“", "\"", "''"].iter().find(|q| before.ends_with(**q));
    start -= opening.map_or(0, |q| q.len());
    let rest = &text[end..];
    let stop = rest.find(|c: char| !matches!(c, ',' | '.' | '!' | '?')).unwrap_or(0).min(1);
    let closing = |at: usize| ["”", "\"", "''"].iter().find(|q| rest[at..].starts_with(**q)).map(|q| at + q.len());
    match closing(0).or_else(|| closing(stop)) {
        Some(length) => end += length,
        None if end > start => end = start + text[start..end].trim_end_matches(LOOSE).len(),
        None => {}
    }
    Span::new(start, end.max(start))
}

/// Bytes from characters, without blanks at the edges.
fn marked(text: &str, places: &[usize], (from, to): (usize, usize)) -> Option<Span> {
    let (start, end) = (*places.get(from)?, *places.get(to)?);
    let inner = text.get(start..end)?.trim();
    let start = start + text[start..end].find(inner)?;
    (!inner.is_empty()).then(|| Span::new(start, start + inner.len()))
}

/// Why a marked word of saying was not found, or one of ours is none.
#[derive(Default)]
struct Errors {
    missed: BTreeMap<&'static str, usize>,
    rules: BTreeMap<String, (usize, usize)>,
}

fn kind_of(cue: &str) -> &'static str {
    match cue {
        _ if cue.chars().all(|c| !c.is_alphanumeric()) => "a mark alone",
        _ if cue.split_whitespace().count() > 3 => "more than three words",
        _ if cue.split_whitespace().count() > 1 => "two or three words",
        _ => "one word",
    }
}

/// Scores the development part and writes the report.
///
/// # Errors
/// When the file cannot be read or the reports not be written.
pub(crate) fn attribution() -> Result<(), String> {
    let path = workspace().join(FILE);
    let file = std::fs::File::open(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let language = Language::from_code("en").ok_or("no pack for en")?;
    let model = Model::for_language(language).ok_or("no model for en; train one with `cargo xtask train en`")?;
    let mut scores = [Score::default(); 3];
    let mut errors = Errors::default();
    let (mut n_documents, mut n_marked) = (0, 0);
    for line in BufReader::new(flate2::read::MultiGzDecoder::new(file)).lines() {
        let line = line.map_err(|e| format!("{}: {e}", path.display()))?;
        let document: Document = serde_json::from_str(&line).map_err(|e| format!("{}: {e}", path.display()))?;
        let Some(first) = document.annotations.first() else { continue };
        n_documents += 1;
        n_marked += first.attributions.len();
        let ours = outermost(read(&document.text, language, model));
        let sides = sides(&document.text, &first.attributions, &ours);
        scores.iter_mut().zip(&sides).for_each(|(score, side)| score.add(side));
        errors.add(&document.text, &sides[1], &ours);
    }
    report(&scores, &errors, n_documents, n_marked)
}

fn sides(text: &str, gold: &[Marked], ours: &[Wording]) -> [Sides; 3] {
    let mut places: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
    places.push(text.len());
    let spans = |items: fn(&Marked) -> &Vec<Item>| -> BTreeSet<Span> {
        let all = gold.iter().flat_map(items).flat_map(|i| &i.spans);
        all.filter_map(|&s| marked(text, &places, s)).collect()
    };
    let contents = ours.iter().flat_map(|w| &w.content).map(|&s| edges(text, s));
    let said = contents.filter(|s| text[s.start()..s.end()].chars().any(char::is_alphanumeric));
    [
        Sides { gold: spans(|m| &m.source), system: ours.iter().filter_map(|w| w.source).collect() },
        Sides { gold: spans(|m| &m.cue), system: ours.iter().filter_map(|w| w.cue).collect() },
        Sides { gold: spans(|m| &m.content), system: said.collect() },
    ]
}

impl Errors {
    fn add(&mut self, text: &str, cues: &Sides, ours: &[Wording]) {
        for gold in cues.gold.iter().filter(|g| !cues.system.iter().any(|s| s.overlaps(**g))) {
            *self.missed.entry(kind_of(&text[gold.start()..gold.end()])).or_default() += 1;
        }
        for wording in ours {
            let Some(cue) = wording.cue else { continue };
            let (all, sound) = self.rules.entry(wording.rule.to_string()).or_default();
            *all += 1;
            *sound += usize::from(cues.gold.iter().any(|g| g.overlaps(cue)));
        }
    }
}

fn report(scores: &[Score; 3], errors: &Errors, n_documents: usize, n_marked: usize) -> Result<(), String> {
    let mut page = format!(
        "Attribution on the development part of PolNeAR: {n_documents} documents, {n_marked} attributions.\n\
         F1 in percent of spans; overlap: any character in common, exact: the same span.\n\n\
         role      gold  ours   overlap P     R    F1  wanted  tagger   exact P     R    F1  wanted  tagger\n"
    );
    let mut table = String::from(
        "role,gold,system,overlap_p,overlap_r,overlap_f1,exact_p,exact_r,exact_f1,tagger_overlap,tagger_exact\n",
    );
    for (i, role) in ROLES.iter().enumerate() {
        let Count { gold, system, .. } = scores[i].exact;
        let (p, r, f) = scores[i].overlap();
        let (ep, er, ef) = (scores[i].exact.precision(), scores[i].exact.recall(), scores[i].exact.f1());
        let ((to, te), (wo, we)) = (TAGGER[i], WANTED[i]);
        let _ = writeln!(
            page,
            "{role:<8}{gold:>6}{system:>6}{p:>12.1}{r:>6.1}{f:>6.1}{wo:>8.0}{to:>8.0}{ep:>10.1}{er:>6.1}{ef:>6.1}{we:>8.0}{te:>8.0}"
        );
        let _ = writeln!(table, "{role},{gold},{system},{p:.2},{r:.2},{f:.2},{ep:.2},{er:.2},{ef:.2},{to},{te}");
    }
    page.push_str("\ntagger: a linear tagger without a parse, learnt on the training part of the same collection.\n");
    page.push_str("\nOur words of saying by rule: how many, and which share overlaps a marked one\n");
    for (rule, (all, sound)) in &errors.rules {
        let _ = writeln!(page, "  {rule:<28}{all:>6}{:>8.1}", share(*sound, *all));
        let _ = writeln!(table, "rule {rule},,{all},,,,,,,,");
    }
    page.push_str("\nMarked words of saying that were missed\n");
    for (kind, n) in &errors.missed {
        let _ = writeln!(page, "  {kind:<28}{n:>6}");
        let _ = writeln!(table, "missed {kind},{n},,,,,,,,,");
    }
    print!("{page}");
    let folder = workspace().join("evaluation/reports");
    write(&folder.join("attribution.txt"), &page)?;
    write(&folder.join("attribution.csv"), &table)
}

#[cfg(test)]
mod tests {
    use super::edges;
    use vigie_text::Span;

    #[test]
    fn quotation_marks_belong_to_a_content_and_loose_marks_do_not() {
        let text = "\"We left,\" she said, and, they fled, he added.";
        assert_eq!(edges(text, Span::new(1, 9)), Span::new(0, 10));
        let at = text.find(", they").expect("there");
        assert_eq!(edges(text, Span::new(at, at + 12)), Span::new(at + 2, at + 11));
    }
}
