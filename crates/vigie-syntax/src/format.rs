//! The model file: a head with a version, label lists, tables, and weights as signed bytes with one scale a row.

use crate::lemma::{Case, Script};
use crate::network::{Config, Layout, Network, Start};
use crate::parse::{Deprel, Relation, Upos};
use crate::split::Splitter;
use crate::vocabulary::{Vocabulary, lemma_endings};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use std::fmt;

const MAGIC: &[u8; 4] = b"VGSY";
const VERSION: u32 = 4;

/// Why a model file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelError {
    /// Not a model file.
    Magic,
    /// Written by another version of this program.
    Version(u32),
    /// The file ends early or holds an impossible value.
    Corrupt,
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Magic => f.write_str("not a syntax model"),
            Self::Version(v) => write!(f, "syntax model of version {v}, this program reads version {VERSION}"),
            Self::Corrupt => f.write_str("the syntax model is damaged; train it again"),
        }
    }
}

impl std::error::Error for ModelError {}

struct Reader<'a> {
    rest: &'a [u8],
}

type Read<T> = Result<T, ModelError>;

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Read<&'a [u8]> {
        let (head, rest) = self.rest.split_at_checked(n).ok_or(ModelError::Corrupt)?;
        self.rest = rest;
        Ok(head)
    }

    fn byte(&mut self) -> Read<u8> {
        Ok(self.take(1)?[0])
    }

    fn number(&mut self) -> Read<u32> {
        Ok(u32::from_le_bytes(self.take(4)?.try_into().map_err(|_| ModelError::Corrupt)?))
    }

    fn short(&mut self) -> Read<u16> {
        Ok(u16::from_le_bytes(self.take(2)?.try_into().map_err(|_| ModelError::Corrupt)?))
    }

    fn float(&mut self) -> Read<f32> {
        Ok(f32::from_bits(self.number()?))
    }

    fn text(&mut self) -> Read<SmolStr> {
        let n = self.byte()? as usize;
        std::str::from_utf8(self.take(n)?).map(SmolStr::new).map_err(|_| ModelError::Corrupt)
    }

    /// A list, no longer than the bytes that are left.
    fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let n = self.number()? as usize;
        if n > self.rest.len() {
            return Err(ModelError::Corrupt);
        }
        (0..n).map(|_| one(self)).collect()
    }
}

fn read_config(r: &mut Reader<'_>) -> Read<Config> {
    fn several<const N: usize>(r: &mut Reader<'_>) -> Read<[u32; N]> {
        let mut out = [0; N];
        for number in &mut out {
            *number = r.number()?;
        }
        Ok(out)
    }
    let config = Config {
        rows: several(r)?,
        cols: several(r)?,
        width: r.number()?,
        convolutions: r.number()?,
        recurrences: r.number()?,
        arc: r.number()?,
        relation: r.number()?,
        classes: several(r)?,
        relations: r.number()?,
    };
    let sizes = [config.width, config.arc, config.relation, config.convolutions, config.recurrences];
    let few = sizes.iter().chain(&config.cols).all(|&s| s <= 4096)
        && config.rows.iter().chain(&config.classes).chain([&config.relations]).all(|&s| s > 0 && s <= 1 << 20);
    if few && config.width > 0 && config.width.is_multiple_of(16) && config.arc > 0 && config.convolutions > 0 {
        Ok(config)
    } else {
        Err(ModelError::Corrupt)
    }
}

fn read_parameters(r: &mut Reader<'_>, layout: &Layout) -> Read<Vec<f32>> {
    let mut out = Vec::new();
    for block in &layout.all {
        for _ in 0..block.rows {
            if matches!(block.begin, Start::One | Start::Bias) {
                for _ in 0..block.cols {
                    out.push(r.float()?);
                }
            } else {
                let scale = r.float()?;
                if scale == 0.0 {
                    out.resize(out.len() + block.cols, 0.0);
                } else {
                    out.extend(r.take(block.cols)?.iter().map(|&b| f32::from(b as i8) * scale));
                }
            }
        }
    }
    if out.iter().all(|x| x.is_finite()) { Ok(out) } else { Err(ModelError::Corrupt) }
}

fn read_script(r: &mut Reader<'_>) -> Read<Script> {
    let case = match r.byte()? {
        0 => Case::Lower,
        1 => Case::Keep,
        2 => Case::Title,
        _ => return Err(ModelError::Corrupt),
    };
    Ok(Script { case, off: r.text()?, on: r.text()? })
}

/// The relation that a label such as `nsubj:pass` names.
pub(crate) fn deprel(label: &str) -> Option<Deprel> {
    let (base, sub) = label.split_once(':').unwrap_or((label, ""));
    Relation::from_label(base).map(|base| Deprel { base, sub: SmolStr::new(sub) })
}

/// The label of a relation, `nsubj:pass`.
pub(crate) fn deprel_label(deprel: &Deprel) -> String {
    let colon = if deprel.sub.is_empty() { "" } else { ":" };
    format!("{}{colon}{}", deprel.base.as_str(), deprel.sub)
}

/// Reads a model file.
pub(crate) fn read(bytes: &[u8]) -> Read<(Vocabulary, Network)> {
    let mut r = Reader { rest: bytes };
    if r.take(4).map_err(|_| ModelError::Magic)? != MAGIC {
        return Err(ModelError::Magic);
    }
    let version = r.number()?;
    if version != VERSION {
        return Err(ModelError::Version(version));
    }
    let config = read_config(&mut r)?;
    let style = r.number()?;
    let feats = r.list(Reader::text)?;
    let relations = r.list(|r| deprel(&r.text()?).ok_or(ModelError::Corrupt))?;
    let scripts = r.list(read_script)?;
    let forms = r.list(|r| Ok((r.text()?, (r.list(Reader::text)?, r.byte()? != 0))))?.into_iter().collect();
    let weights = r.list(|r| Ok(i16::from_le_bytes(r.take(2)?.try_into().map_err(|_| ModelError::Corrupt)?)))?;
    let mut lexicon = BTreeMap::new();
    let mut last = SmolStr::default();
    for _ in 0..r.number()? {
        let shared = r.byte()? as usize;
        let form = SmolStr::new(format!("{}{}", last.get(..shared).ok_or(ModelError::Corrupt)?, r.text()?));
        let upos = *Upos::ALL.get(r.byte()? as usize).ok_or(ModelError::Corrupt)?;
        let lemma = read_script(&mut r)?.apply(&form).ok_or(ModelError::Corrupt)?;
        lexicon.insert((form.clone(), upos), lemma);
        last = form;
    }
    let seen_with = r.list(|r| Ok([r.list(Reader::short)?, r.list(Reader::short)?]))?;
    let fits = config.classes[0] as usize == Upos::ALL.len()
        && config.classes[1] as usize == feats.len()
        && config.classes[2] as usize == scripts.len()
        && config.classes[3] as usize == crate::entities::CLASSES
        && config.relations as usize == relations.len()
        && seen_with.len() == Upos::ALL.len()
        && seen_with.iter().all(|[f, s]| {
            f.iter().all(|&c| usize::from(c) < feats.len()) && s.iter().all(|&c| usize::from(c) < scripts.len())
        });
    if !fits {
        return Err(ModelError::Corrupt);
    }
    let layout = Layout::new(&config);
    let parameters = read_parameters(&mut r, &layout)?;
    if !r.rest.is_empty() {
        return Err(ModelError::Corrupt);
    }
    let network = Network { config, layout, parameters };
    let splitter = Splitter { forms, weights };
    let vocabulary = Vocabulary {
        style,
        feats,
        relations,
        scripts,
        seen_with,
        splitter,
        inflections: None,
        endings: lemma_endings(&lexicon),
        lexicon,
    };
    Ok((vocabulary, network))
}

#[cfg(feature = "train")]
mod write {
    use super::*;

    fn number(out: &mut Vec<u8>, n: usize) {
        out.extend_from_slice(&(n as u32).to_le_bytes());
    }

    fn text(out: &mut Vec<u8>, text: &str) {
        out.push(u8::try_from(text.len()).expect("labels are short"));
        out.extend_from_slice(text.as_bytes());
    }

    fn script(out: &mut Vec<u8>, script: &Script) {
        out.push(script.case as u8);
        text(out, &script.off);
        text(out, &script.on);
    }

    fn parameters(out: &mut Vec<u8>, layout: &Layout, values: &[f32]) {
        for block in &layout.all {
            for row in block.of(values).chunks_exact(block.cols) {
                if matches!(block.begin, Start::One | Start::Bias) {
                    row.iter().for_each(|x| out.extend_from_slice(&x.to_bits().to_le_bytes()));
                } else {
                    let scale = row.iter().fold(0f32, |m, x| m.max(x.abs())) / 127.0;
                    let scale = if scale < 1e-6 { 0.0 } else { scale };
                    out.extend_from_slice(&scale.to_bits().to_le_bytes());
                    if scale > 0.0 {
                        out.extend(row.iter().map(|x| (x / scale).round() as i8 as u8));
                    }
                }
            }
        }
    }

    /// The bytes of a model file; the reader gives back the same model with its weights rounded.
    pub(crate) fn write(model: &Vocabulary, network: &Network) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        number(&mut out, VERSION as usize);
        let c = &network.config;
        let sizes = [c.width, c.convolutions, c.recurrences, c.arc, c.relation];
        for n in c.rows.iter().chain(&c.cols).chain(&sizes).chain(&c.classes).chain([&c.relations, &model.style]) {
            number(&mut out, *n as usize);
        }
        number(&mut out, model.feats.len());
        model.feats.iter().for_each(|f| text(&mut out, f));
        number(&mut out, model.relations.len());
        model.relations.iter().for_each(|d| text(&mut out, &deprel_label(d)));
        number(&mut out, model.scripts.len());
        model.scripts.iter().for_each(|s| script(&mut out, s));
        number(&mut out, model.splitter.forms.len());
        for (form, (parts, may_stand)) in &model.splitter.forms {
            text(&mut out, form);
            number(&mut out, parts.len());
            parts.iter().for_each(|p| text(&mut out, p));
            out.push(u8::from(*may_stand));
        }
        number(&mut out, model.splitter.weights.len());
        model.splitter.weights.iter().for_each(|w| out.extend_from_slice(&w.to_le_bytes()));
        number(&mut out, model.lexicon.len());
        let mut last = "";
        for ((form, upos), lemma) in &model.lexicon {
            let same = form.char_indices().zip(last.chars()).take_while(|((_, x), y)| x == y);
            let shared = same.map(|((i, x), _)| i + x.len_utf8()).last().unwrap_or(0);
            out.push(shared as u8);
            text(&mut out, &form[shared..]);
            out.push(Upos::ALL.iter().position(|u| u == upos).expect("a label of the list") as u8);
            script(&mut out, &Script::between(form, lemma));
            last = form;
        }
        number(&mut out, model.seen_with.len());
        for classes in model.seen_with.iter().flatten() {
            number(&mut out, classes.len());
            classes.iter().for_each(|c| out.extend_from_slice(&c.to_le_bytes()));
        }
        parameters(&mut out, &network.layout, &network.parameters);
        out
    }
}

#[cfg(feature = "train")]
pub(crate) use write::write;
