//! The weights that features are added up with.

use crate::features::{COUNT, FEATURES, Features};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A weight for every feature, in hundredths of a natural logarithm of odds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranker {
    /// In the order of [`FEATURES`].
    pub weights: [i32; COUNT],
}

#[derive(Deserialize, Default)]
struct File {
    weights: BTreeMap<String, i32>,
}

impl Ranker {
    /// The shipped weights: `resources/gazetteer/ranker.toml`.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Ranker> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            Self::read(vigie_resources::text("gazetteer/ranker.toml").unwrap_or("")).unwrap_or_default()
        })
    }

    /// Weights from a model file.
    ///
    /// # Errors
    /// When the text is no such file or names a feature that there is not.
    pub fn read(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|e| e.to_string())?;
        let mut out = Self::default();
        for (name, weight) in &file.weights {
            let at = FEATURES.iter().position(|f| f == name).ok_or_else(|| format!("{name}: no such feature"))?;
            out.weights[at] = *weight;
        }
        Ok(out)
    }

    /// The sum for a candidate.
    #[must_use]
    pub fn score(&self, features: &Features) -> i64 {
        self.weights.iter().zip(features).map(|(w, f)| i64::from(*w) * i64::from(*f)).sum()
    }

    /// The features that add most to the sum, strongest first.
    pub(crate) fn reasons(&self, features: &Features) -> Vec<&'static str> {
        let mut parts: Vec<(i64, &'static str)> = (0..COUNT)
            .map(|i| (i64::from(self.weights[i]) * i64::from(features[i]), FEATURES[i]))
            .filter(|(part, _)| *part > 0)
            .collect();
        parts.sort_by_key(|(part, name)| (std::cmp::Reverse(*part), *name));
        parts.into_iter().take(4).map(|(_, name)| name).collect()
    }
}

impl Default for Ranker {
    fn default() -> Self {
        Self { weights: [0; COUNT] }
    }
}

/// The chance, in percent, that the better of two sums is right, if only these two could be.
pub(crate) fn percent(margin: i64) -> u8 {
    // The logistic curve at margins of 0, 25, 50 ... hundredths.
    const CURVE: [u8; 19] = [50, 56, 62, 68, 73, 78, 82, 85, 88, 90, 92, 94, 95, 96, 97, 98, 98, 99, 99];
    CURVE[((margin.max(0) / 25) as usize).min(CURVE.len() - 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_weights_are_readable() {
        let text = vigie_resources::text("gazetteer/ranker.toml").unwrap();
        assert!(Ranker::read(text).is_ok_and(|r| r.weights.iter().any(|w| *w != 0)));
        assert!(Ranker::read("[weights]\nluck = 3").is_err());
    }

    #[test]
    fn a_wider_margin_is_surer() {
        assert_eq!(percent(0), 50);
        assert_eq!(percent(100), 73);
        assert!(percent(10_000) == 99 && percent(-5) == 50);
    }
}
