//! Lemmas as edits of the form: a case rule, an ending to take off and an ending to put on.

use crate::features::normal_form;
use smol_str::SmolStr;

/// What is done to the letters before the endings are exchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Case {
    /// Everything in lower case.
    Lower,
    /// As written.
    Keep,
    /// Lower case but for the first letter of each part of a name.
    Title,
}

/// An edit from form to lemma.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Script {
    pub(crate) case: Case,
    pub(crate) off: SmolStr,
    pub(crate) on: SmolStr,
}

fn cased(form: &str, case: Case) -> String {
    match case {
        Case::Lower => normal_form(form).to_string(),
        Case::Keep => form.replace('\u{2019}', "'"),
        Case::Title => {
            let mut start = true;
            let mut out = String::new();
            for c in normal_form(form).chars() {
                if start {
                    out.extend(c.to_uppercase());
                } else {
                    out.push(c);
                }
                start = !c.is_alphabetic();
            }
            out
        }
    }
}

impl Script {
    /// The shortest edit that leads from `form` to `lemma`.
    #[cfg(any(feature = "train", test))]
    pub(crate) fn between(form: &str, lemma: &str) -> Self {
        let cases: &[Case] =
            if lemma.chars().any(char::is_uppercase) { &[Case::Keep, Case::Title] } else { &[Case::Lower, Case::Keep] };
        let scripts = cases.iter().map(|&case| {
            let base = cased(form, case);
            let shared = base.chars().zip(lemma.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
            Self { case, off: SmolStr::new(&base[shared..]), on: SmolStr::new(&lemma[shared..]) }
        });
        scripts.min_by_key(|s| s.off.len() + s.on.len()).expect("there are two cases")
    }

    /// The lemma of `form`; `None` when the form does not end as the script wants.
    pub(crate) fn apply(&self, form: &str) -> Option<SmolStr> {
        let base = cased(form, self.case);
        let stem = base.strip_suffix(self.off.as_str())?;
        (stem.len() + self.on.len() > 0).then(|| SmolStr::new(format!("{stem}{}", self.on)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_leads_back_to_the_lemma() {
        for (form, lemma) in
            [("Mangées", "manger"), ("ALEP", "Alep"), ("l\u{2019}", "le"), ("yeux", "œil"), ("Alep", "Alep")]
        {
            assert_eq!(Script::between(form, lemma).apply(form).as_deref(), Some(lemma));
        }
    }

    #[test]
    fn an_edit_refuses_other_endings() {
        assert_eq!(Script::between("mangées", "manger").apply("tables"), None);
    }
}
