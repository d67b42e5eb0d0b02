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
    unread: usize,
    scraps_apart: usize,
    pages: usize,
}

impl Score {
    fn print(&self, name: &str) -> (f64, f64) {
        let p = self.right as f64 / self.given.max(1) as f64;
        let r = self.right as f64 / self.wanted.max(1) as f64;
        let f = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        let kept = self.main_kept as f64 / self.main.max(1) as f64;
        println!(
            "{name}: foreign P {p:.3} R {r:.3} F1 {f:.3}; of the main story kept in one story {kept:.3}; scraps kept out of it {:.3}; whole pages {}/{}; unread {}",
            self.scraps_apart as f64 / self.wanted.max(1) as f64,
            self.whole,
            self.pages,
            self.unread
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
    if show && (!perfect || page.stories.len() != 1) {
        println!(
            "  ^ {} stories, main: {}",
            page.stories.len(),
            lines.iter().find(|l| !l.1).map_or("", |l| l.0.as_str()).chars().take(100).collect::<String>()
        );
    }
    score.main_kept += in_story.iter().copied().max().unwrap_or(0);
    score.unread += usize::from(page.stories.is_empty());
    // Scraps that at least do not stand in the story that holds most of the page.
    let largest = in_story.iter().enumerate().max_by_key(|(_, n)| **n).map(|(i, _)| i);
    for ((line, _), span) in lines.iter().zip(&spans).filter(|((_, foreign), _)| *foreign) {
        let story = page.stories.iter().position(|s| s.headline.iter().chain(&s.paragraphs).any(|p| p.overlaps(*span)));
        score.scraps_apart += if story != largest { letters(line) } else { 0 };
    }
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
        let (f, kept) = sum.print(name);
        if seed == 1 {
            assert!(f >= 0.85 && kept >= 0.99, "{name}: F1 {f:.3}, kept {kept:.3}");
        }
    }
    for (name, least) in [("single war stories", 4), ("single stories", 0)] {
        let mut sum = Score::default();
        for story in news.iter().filter(|s| s.conflict >= least) {
            let lines: Vec<(String, bool)> = story.lines.iter().map(|l| (l.clone(), false)).collect();
            score(&lines, &mut sum, false);
        }
        sum.print(name);
    }
}

/// Two reports of different wars, all paragraphs shuffled: B-cubed F1 of the stories, and how many pages get two.
#[test]
fn two_wars_are_two_stories() {
    let Some(news) = news() else { return };
    let french = Language::from_code("fr").expect("a shipped language");
    let country = |story: &News| {
        let head = story.lines[0].to_lowercase();
        head.split(|c: char| !c.is_alphanumeric())
            .find_map(|w| french.topics().country(&w.replace(['é', 'è'], "e")).map(str::to_owned))
    };
    let wars: Vec<(&News, String)> = news
        .iter()
        .filter(|s| s.conflict >= 4 && s.lines.len() >= 3)
        .filter_map(|s| country(s).map(|c| (s, c)))
        .collect();
    let mut dice = Dice(7);
    let (mut precision, mut recall, mut weight, mut two) = (0.0, 0.0, 0.0, 0);
    for _ in 0..100 {
        let (a, at) = &wars[dice.below(wars.len())];
        let others: Vec<_> = wars.iter().filter(|(_, c)| c != at).collect();
        let (b, _) = others[dice.below(others.len())];
        let mut lines: Vec<(&str, usize)> = a.lines.iter().take(10).map(|l| (l.as_str(), 0)).collect();
        lines.extend(b.lines.iter().take(10).map(|l| (l.as_str(), 1)));
        dice.shuffle(&mut lines);
        let mut text = String::new();
        let mut spans = Vec::new();
        for (line, story) in &lines {
            spans.push((Span::new(text.len(), text.len() + line.len()), *story));
            text.push_str(line);
            text.push_str("\n\n");
        }
        let page = read_page(document_id(text.as_bytes()), text);
        let home = |span: Span| {
            page.stories.iter().position(|s| s.headline.iter().chain(&s.paragraphs).any(|p| p.overlaps(span)))
        };
        let found: Vec<(f64, usize, Option<usize>)> =
            spans.iter().map(|(s, gold)| (s.len() as f64, *gold, home(*s))).collect();
        for (n, gold, own) in &found {
            let both: f64 = found.iter().filter(|(_, g, h)| g == gold && h == own).map(|f| f.0).sum();
            let same_home: f64 = found.iter().filter(|(_, _, h)| h == own).map(|f| f.0).sum();
            let same_gold: f64 = found.iter().filter(|(_, g, _)| g == gold).map(|f| f.0).sum();
            precision += n * both / same_home;
            recall += n * both / same_gold;
            weight += n;
        }
        two += usize::from(page.stories.len() == 2);
    }
    let (p, r) = (precision / weight, recall / weight);
    println!(
        "two wars ({} reports): B-cubed P {p:.3} R {r:.3} F1 {:.3}; two stories on {two} of 100 pages",
        wars.len(),
        2.0 * p * r / (p + r)
    );
}
