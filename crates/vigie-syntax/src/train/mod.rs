//! Training: corpora in, model file out. The same corpora and recipe give the same bytes.

mod augment;
mod example;
mod forward;
mod gradient;
mod heads;
mod labels;
mod lesson;
mod optimiser;
mod pass;
mod random;
mod school;
mod settings;
mod splits;
mod targets;
mod teacher;

pub use crate::features::ANY_STYLE;
use crate::format;
use crate::network::Config;
use crate::parse::Upos;
use crate::vocabulary::Vocabulary;
pub use example::Example;
use labels::Labels;
use lesson::{Classes, Lesson};
use school::School;
pub use settings::{Recipe, Settings};
pub use teacher::Teachers;
use vigie_resources::Language;

/// Is told lines to show and, now and then, hears the networks as they stand.
pub type Report<'a> = &'a (dyn Fn(&str, Option<&Teachers>) + Sync);

fn config(labels: &Labels, s: &Settings) -> Config {
    Config {
        rows: s.rows,
        cols: s.cols,
        width: s.width,
        convolutions: s.convolutions,
        recurrences: s.recurrences,
        arc: s.arc,
        relation: s.relation,
        classes: [
            Upos::ALL.len() as u32,
            labels.feats.len() as u32,
            labels.scripts.len() as u32,
            crate::entities::CLASSES as u32,
        ],
        relations: labels.relations.len() as u32,
    }
}

/// Trains a model and hands back its file.
///
/// # Panics
/// When there is no example with syntax.
pub fn train(examples: &[Example], language: Language, recipe: &Recipe, report: Report<'_>) -> Vec<u8> {
    let labels = Labels::count(examples);
    assert!(!labels.relations.is_empty(), "training needs parsed sentences");
    let splitter = splits::learn_splits(examples, recipe.student.seed);
    let vocabulary = Vocabulary {
        style: recipe.style,
        feats: labels.feats.clone(),
        relations: labels.relations.clone(),
        scripts: labels.scripts.clone(),
        seen_with: labels.seen_with.clone(),
        splitter: splitter.clone(),
        inflections: vigie_resources::lexicon(language),
        endings: crate::vocabulary::lemma_endings(&labels.lexicon),
        lexicon: labels.lexicon.clone(),
    };
    let classes = Classes::new(&labels, recipe.student.rows, language);
    let mut lessons: Vec<Lesson> =
        examples.iter().map(|e| Lesson::new(&e.divided(&splitter), &labels, &classes)).collect();
    if recipe.teachers > 0 {
        let classes = Classes::new(&labels, recipe.teacher.rows, language);
        let school = School { lessons: &lessons, classes, distil: 0.0, vocabulary: &vocabulary, language };
        // Each teacher learns alone, so how many learn at a time changes nothing.
        let at_a_time = std::thread::available_parallelism().map_or(1, |n| n.get().div_ceil(school::SHARDS));
        let mut networks = Vec::new();
        let numbers: Vec<u32> = (0..recipe.teachers).collect();
        for some in numbers.chunks(at_a_time) {
            std::thread::scope(|scope| {
                let learning: Vec<_> = some
                    .iter()
                    .map(|k| {
                        let settings =
                            Settings { seed: recipe.teacher.seed + 100 + u64::from(*k), ..recipe.teacher.clone() };
                        let (labels, school) = (&labels, &school);
                        scope.spawn(move || school.train(config(labels, &settings), &settings, report))
                    })
                    .collect();
                networks.extend(learning.into_iter().map(|l| l.join().expect("a teacher does not panic")));
            });
        }
        let teachers = Teachers { vocabulary: vocabulary.clone(), networks, language };
        report("all teachers", Some(&teachers));
        teachers.teach(&mut lessons);
    }
    let school = School { lessons: &lessons, classes, distil: recipe.distil, vocabulary: &vocabulary, language };
    let network = school.train(config(&labels, &recipe.student), &recipe.student, report);
    format::write(&vocabulary, &network)
}
