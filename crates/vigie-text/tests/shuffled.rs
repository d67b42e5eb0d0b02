//! Shuffled pages made from dated news: how well fragments of other pages are told from the stories.
//! Skipped when the shared data are absent.

use std::path::PathBuf;
use vigie_resources::Language;
use vigie_text::{Page, Span, Why, document_id, read_page};

struct News {
    date: String,
    lines: Vec<String>,
    /// Share of conflict among the topic words, in percent, and the topic words in a hundred lines.
    conflict: u32,
}

/// A small generator of numbers that are always the same (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) % n as u64) as usize
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

const WAR: [&str; 26] = [
    "armée",
    "rebelles",
    "jihadistes",
    "djihadistes",
    "soldats",
    "militaires",
    "bombardements",
    "frappes",
    "milices",
    "combats",
    "offensive",
    "cessez-le-feu",
    "assiégé",
    "combattants",
    "insurgés",
    "otages",
    "raid",
    "raids",
    "aérienne",
    "Daech",
    "coalition",
    "attentat",
    "État islamique",
    "talibans",
    "Hezbollah",
    "forces",
];

fn news() -> Option<Vec<News>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/news-fr/winer-public.jsonl.xz");
    let Ok(bytes) = std::fs::read(&path) else {
        println!("skipped: {} is absent", path.display());
        return None;
    };
    let mut json = Vec::new();
    lzma_rs::xz_decompress(&mut bytes.as_slice(), &mut json).expect("a readable archive");
    let json = String::from_utf8(json).expect("UTF-8");
    let mut all = Vec::new();
    for line in json.lines() {
        let story: serde_json::Value = serde_json::from_str(line).expect("JSON");
        if story["split"] != "train" {
            continue;
        }
        let text = story["text"].as_str().expect("a text");
        let lines: Vec<String> =
            text.lines().map(str::trim).filter(|l| l.len() > 25 && !l.ends_with(". –")).map(str::to_owned).collect();
        let war: usize = WAR.iter().map(|w| text.matches(w).count()).sum();
        let conflict = (war * 1000 / text.len().max(1)) as u32;
        if lines.len() >= 2 {
            all.push(News { date: story["date"].as_str().unwrap_or("").to_owned(), lines, conflict });
        }
    }
    Some(all)
}

#[derive(Default, Debug)]
struct Score {
    right: usize,
    given: usize,
    wanted: usize,
    main: usize,
    main_kept: usize,
    whole: usize,
    pages: usize,
}

impl Score {
    fn print(&self, name: &str) -> (f64, f64) {
        let p = self.right as f64 / self.given.max(1) as f64;
        let r = self.right as f64 / self.wanted.max(1) as f64;
        let f = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        let kept = self.main_kept as f64 / self.main.max(1) as f64;
        println!(
            "{name}: foreign P {p:.3} R {r:.3} F1 {f:.3}; of the main story kept in one story {kept:.3}; whole pages {}/{}",
            self.whole, self.pages
        );
        (f, kept)
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Scores one page whose lines are marked as foreign or not.
fn score(lines: &[(String, bool)], score: &mut Score, show: bool) {
    let mut text = String::new();
    let mut spans = Vec::new();
    for (line, _) in lines {
        spans.push(Span::new(text.len(), text.len() + line.len()));
        text.push_str(line);
        text.push_str("\n\n");
    }
    let page: Page = read_page(document_id(text.as_bytes()), text);
    let out = |span: Span| page.leftovers.iter().any(|l| l.why == Why::Foreign && l.span.overlaps(span));
    let mut in_story = vec![0usize; page.stories.len()];
    let mut perfect = true;
    for ((line, foreign), span) in lines.iter().zip(&spans) {
        let n = letters(line);
        let left = out(*span);
        score.given += if left { n } else { 0 };
        score.wanted += if *foreign { n } else { 0 };
        score.right += if left && *foreign { n } else { 0 };
        perfect &= left == *foreign;
        if !*foreign {
            score.main += n;
            for (i, story) in page.stories.iter().enumerate() {
                if story.headline.iter().chain(&story.paragraphs).any(|p| p.overlaps(*span)) {
                    in_story[i] += n;
                }
            }
        }
        if show && left != *foreign {
            println!("  {} {}", if left { "LOST  " } else { "MISSED" }, line.chars().take(110).collect::<String>());
        }
    }
    if show && !perfect {
        println!(
            "  ^ {} stories, main: {}",
            page.stories.len(),
            lines.iter().find(|l| !l.1).map_or("", |l| l.0.as_str()).chars().take(100).collect::<String>()
        );
    }
    score.main_kept += in_story.iter().copied().max().unwrap_or(0);
    score.whole += usize::from(perfect);
    score.pages += 1;
}

/// Pages of one conflict report and scraps of other pages.
fn pages(news: &[News], seed: u64, n: usize, main_is_war: bool, scraps_of_war: bool) -> Vec<Vec<(String, bool)>> {
    let mut dice = Dice(seed);
    let mains: Vec<&News> = news.iter().filter(|s| s.lines.len() >= 5 && (!main_is_war || s.conflict >= 5)).collect();
    let others: Vec<&News> =
        news.iter().filter(|s| if scraps_of_war { s.conflict >= 4 } else { s.conflict == 0 }).collect();
    (0..n)
        .map(|_| {
            let main = mains[dice.below(mains.len())];
            let mut chunks: Vec<Vec<(String, bool)>> =
                main.lines.iter().take(14).map(|l| vec![(l.clone(), false)]).collect();
            for _ in 0..=dice.below(3) {
                let other = others[dice.below(others.len())];
                if other.date == main.date {
                    continue;
                }
                let from = dice.below(other.lines.len());
                let many = if from == 0 { 1 + dice.below(2) } else { 1 };
                chunks.push(other.lines[from..].iter().take(many).map(|l| (l.clone(), true)).collect());
            }
            dice.shuffle(&mut chunks);
            chunks.concat()
        })
        .collect()
}

#[test]
fn scraps_of_other_pages_are_found() {
    let Some(news) = news() else { return };
    assert!(Language::from_code("fr").is_some());
    for (name, seed, war, scraps, show) in [
        ("war, scraps of other topics", 1, true, false, false),
        ("any topic, scraps of other topics", 2, false, false, false),
        ("war, scraps of other wars", 3, true, true, false),
    ] {
        let mut sum = Score::default();
        for page in pages(&news, seed, 150, war, scraps) {
            score(&page, &mut sum, show);
        }
        sum.print(name);
    }
    for (name, least) in [("single war stories", 4), ("single stories", 0)] {
        let mut sum = Score::default();
        for story in news.iter().filter(|s| s.conflict >= least) {
            let lines: Vec<(String, bool)> = story.lines.iter().map(|l| (l.clone(), false)).collect();
            score(&lines, &mut sum, least > 0);
        }
        sum.print(name);
    }
}
