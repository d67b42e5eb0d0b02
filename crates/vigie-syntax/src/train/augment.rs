//! Other ways to write the same sentence: capitals, bare capitals, quotes, no final stop.

use super::random::Random;
use crate::features::bare_letter;
use smol_str::SmolStr;

/// Rewrites the forms of a share of sentences. May hand back fewer forms: a final stop that is left out.
/// `can_drop_last` says that the last word is punctuation that nothing depends on.
pub(crate) fn rewrite(mut forms: Vec<SmolStr>, can_drop_last: bool, random: &mut Random) -> Vec<SmolStr> {
    if can_drop_last && forms.len() > 2 && random.chance(0.12) {
        forms.pop();
    }
    let choice = random.unit();
    if choice < 0.03 {
        forms = forms.iter().map(|f| SmolStr::new(f.to_uppercase())).collect();
    } else if choice < 0.05 {
        forms = forms.iter().map(|f| capital(f)).collect();
    } else if choice < 0.08 {
        forms = forms.iter().map(|f| SmolStr::new(f.to_lowercase())).collect();
    }
    if random.chance(0.15) {
        forms = forms.iter().map(|f| bare_capitals(f)).collect();
    } else if random.chance(0.02) {
        forms = forms.iter().map(|f| f.chars().map(bare_letter).collect::<String>().into()).collect();
    }
    if random.chance(0.5) {
        let pair = if random.chance(0.7) { ["\u{ab}", "\u{bb}"] } else { ["\u{201c}", "\u{201d}"] };
        let mut open = true;
        for form in &mut forms {
            if form == "\"" {
                *form = SmolStr::new(if open { pair[0] } else { pair[1] });
                open = !open;
            }
        }
    }
    forms
}

fn capital(form: &str) -> SmolStr {
    let mut letters = form.chars();
    letters.next().map_or_else(SmolStr::default, |c| c.to_uppercase().chain(letters).collect::<String>().into())
}

fn bare_capitals(form: &str) -> SmolStr {
    form.chars().map(|c| if c.is_uppercase() { bare_letter(c) } else { c }).collect::<String>().into()
}
