//! A CoNLL-U file as the shared task of 2018 scores it: places are counted in the characters of all tokens together,
//! white space left out, so that two ways to cut one text can be compared.

use vigie_syntax::EntityLabel;

/// Half-open range of characters of the text without its white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Place {
    pub(super) fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// A syntactic word.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Where its token stands; the words of a multi-word token share it.
    pub(super) place: Place,
    /// Is it part of a multi-word token?
    pub(super) multiword: bool,
    pub(super) form: String,
    pub(super) lemma: String,
    pub(super) upos: String,
    /// The universal features alone, in alphabetical order.
    pub(super) feats: Vec<String>,
    /// The relation with its subtype.
    pub(super) relation: String,
    /// Index of the head word; none for the root.
    pub(super) head: Option<usize>,
    /// Its children that are function words, in text order.
    pub(super) functional: Vec<usize>,
    /// Number of its sentence.
    pub(super) sentence: usize,
}

impl Word {
    /// The relation without its subtype.
    pub(super) fn base(&self) -> &str {
        self.relation.split(':').next().unwrap_or_default()
    }

    /// Content words are what CLAS, MLAS and BLEX count: neither function words nor punctuation.
    pub(super) fn is_content(&self) -> bool {
        !FUNCTIONAL.contains(&self.base()) && self.base() != "punct"
    }
}

/// A named entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entity {
    pub(super) place: Place,
    pub(super) label: EntityLabel,
}

/// A whole file.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// The characters of all tokens.
    pub(super) text: Vec<char>,
    pub(super) tokens: Vec<Place>,
    pub(super) sentences: Vec<Place>,
    pub(super) words: Vec<Word>,
    /// In text order, disjoint.
    pub(super) entities: Vec<Entity>,
}

/// Relations of function words.
const FUNCTIONAL: [&str; 7] = ["aux", "cop", "mark", "det", "clf", "case", "cc"];

/// Features that the shared task compares; those of single languages are left out.
const UNIVERSAL: [&str; 21] = [
    "PronType", "NumType", "Poss", "Reflex", "Foreign", "Abbr", "Gender", "Animacy", "Number", "Case", "Definite",
    "Degree", "VerbForm", "Mood", "Tense", "Aspect", "Voice", "Evident", "Polarity", "Person", "Polite",
];

/// A multi-word token that is being read.
struct Open {
    place: Place,
    last: usize,
    form: Vec<char>,
    first_word: usize,
}

#[derive(Default)]
struct Reader {
    out: Document,
    /// Index of the sentence's first word.
    first: usize,
    open: Option<Open>,
    /// Per word, its label and whether it begins an entity.
    tags: Vec<Option<(bool, EntityLabel)>>,
    /// Per word, its own characters; all of its token where the parts of a contraction do not spell it.
    own: Vec<Place>,
}

/// A form as characters.
pub(super) fn letters(form: &str) -> impl Iterator<Item = char> + '_ {
    form.chars().filter(|c| !c.is_whitespace())
}

impl Document {
    /// Reads CoNLL-U.
    ///
    /// # Errors
    /// Says in which line the file is not CoNLL-U or a sentence no tree.
    pub(super) fn read(conllu: &str) -> Result<Self, String> {
        let mut reader = Reader::default();
        for (number, line) in conllu.lines().chain([""]).enumerate() {
            let result = match line.trim_end_matches('\r') {
                "" => reader.end_sentence(),
                line if line.starts_with('#') && reader.first == reader.out.words.len() => Ok(()),
                line => reader.line(line),
            };
            result.map_err(|what| format!("line {}: {what}", number + 1))?;
        }
        reader.entities();
        Ok(reader.out)
    }
}

impl Reader {
    fn push(&mut self, form: &str) -> Result<Place, String> {
        let start = self.out.text.len();
        self.out.text.extend(letters(form));
        let place = Place { start, end: self.out.text.len() };
        if place.start == place.end {
            return Err("a token without a character".to_owned());
        }
        self.out.tokens.push(place);
        Ok(place)
    }

    fn line(&mut self, line: &str) -> Result<(), String> {
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, lemma, upos, _, feats, head, relation, _, misc] = columns[..] else {
            return Err("a word needs ten columns".to_owned());
        };
        if id.contains('.') {
            return Ok(());
        }
        if let Some((_, last)) = id.split_once('-') {
            let last = last.parse().map_err(|_| "a range of words is not a number")?;
            let place = self.push(form)?;
            self.open = Some(Open { place, last, form: letters(form).collect(), first_word: self.out.words.len() });
            return Ok(());
        }
        let number = self.out.words.len() - self.first + 1;
        if id.parse() != Ok(number) {
            return Err("the words are not numbered one by one".to_owned());
        }
        let multiword = self.open.is_some();
        let place = if let Some(open) = &self.open { open.place } else { self.push(form)? };
        let mut feats: Vec<String> = feats
            .split('|')
            .filter(|f| UNIVERSAL.contains(&f.split('=').next().unwrap_or_default()))
            .map(str::to_owned)
            .collect();
        feats.sort();
        let head: usize = head.parse().map_err(|_| "the head is not a number")?;
        self.out.words.push(Word {
            place,
            multiword,
            // Where no parts are told apart, spaces in a form say nothing.
            form: if multiword { form.to_owned() } else { letters(form).collect() },
            lemma: lemma.to_owned(),
            upos: upos.to_owned(),
            feats,
            relation: relation.to_owned(),
            head: head.checked_sub(1).map(|h| h + self.first),
            functional: Vec::new(),
            sentence: self.out.sentences.len(),
        });
        self.own.push(place);
        self.tags.push(misc.split('|').find_map(tag));
        if self.open.as_ref().is_some_and(|open| open.last == number) {
            self.close();
        }
        Ok(())
    }

    /// Ends a multi-word token; its words get places of their own if they spell it.
    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let words = &self.out.words[open.first_word..];
        let spelt: Vec<char> = words.iter().flat_map(|w| letters(&w.form)).collect();
        if spelt == open.form {
            let mut start = open.place.start;
            for (word, own) in words.iter().zip(&mut self.own[open.first_word..]) {
                let end = start + letters(&word.form).count();
                *own = Place { start, end };
                start = end;
            }
        }
    }

    fn end_sentence(&mut self) -> Result<(), String> {
        if self.open.is_some() {
            return Err("a multi-word token ends before its words".to_owned());
        }
        let (first, end) = (self.first, self.out.words.len());
        if first == end {
            return Ok(());
        }
        let words = &mut self.out.words;
        if words[first..].iter().any(|w| w.head.is_some_and(|h| h >= end)) {
            return Err("a head outside of the sentence".to_owned());
        }
        if words[first..].iter().filter(|w| w.head.is_none()).count() != 1 {
            return Err("a sentence needs one root".to_owned());
        }
        for i in first..end {
            let mut at = Some(i);
            for _ in first..=end {
                at = at.and_then(|i| words[i].head);
            }
            if at.is_some() {
                return Err("a cycle in a sentence".to_owned());
            }
            if let Some(head) = words[i].head
                && FUNCTIONAL.contains(&words[i].base())
            {
                words[head].functional.push(i);
            }
        }
        self.out.sentences.push(Place { start: words[first].place.start, end: self.out.text.len() });
        self.first = end;
        Ok(())
    }

    fn entities(&mut self) {
        let mut last = None;
        for (i, tag) in self.tags.iter().enumerate() {
            if let &Some((begins, label)) = tag {
                let word = (self.out.words[i].sentence, label);
                match self.out.entities.last_mut() {
                    Some(entity) if !begins && last == Some(word) => entity.place.end = self.own[i].end,
                    _ => self.out.entities.push(Entity { place: self.own[i], label }),
                }
                last = Some(word);
            } else {
                last = None;
            }
        }
    }
}

/// `Entity=B-PER`; other treebanks write other things under the same key.
fn tag(item: &str) -> Option<(bool, EntityLabel)> {
    let (begin, label) = item.strip_prefix("Entity=")?.split_once('-')?;
    let label = EntityLabel::from_label(label)?;
    matches!(begin, "B" | "I").then_some((begin == "B", label))
}
