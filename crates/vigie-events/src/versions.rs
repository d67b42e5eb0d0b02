//! Disagreement as a value: every reported value of one field, with who reports it.

use crate::origin::OriginId;
use vigie_claims::ClaimId;

/// One reported value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version<T> {
    /// The value.
    pub value: T,
    /// The claims that give it, in the order of the event's claims.
    pub claims: Vec<ClaimId>,
    /// Their origins, sorted.
    pub origins: Vec<OriginId>,
}

/// All values reported for one field, best supported first; one version means agreement, none that nobody says.
///
/// Invariant: a claim stands under one version only, and nothing is ever dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions<T>(Vec<Version<T>>);

impl<T> Default for Versions<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Ord> Versions<T> {
    /// Groups values by equality; more origins first, then more claims, then the smaller value.
    pub(crate) fn collect(reports: impl IntoIterator<Item = (T, ClaimId, Vec<OriginId>)>) -> Self {
        let mut versions: Vec<Version<T>> = Vec::new();
        for (value, claim, origins) in reports {
            let at = versions.iter().position(|v| v.value == value).unwrap_or_else(|| {
                versions.push(Version { value, claims: Vec::new(), origins: Vec::new() });
                versions.len() - 1
            });
            versions[at].claims.push(claim);
            versions[at].origins.extend(origins);
        }
        for version in &mut versions {
            version.origins.sort();
            version.origins.dedup();
        }
        versions.sort_by(|a, b| {
            (b.origins.len(), b.claims.len())
                .cmp(&(a.origins.len(), a.claims.len()))
                .then_with(|| a.value.cmp(&b.value))
        });
        Self(versions)
    }
}

impl<T> Versions<T> {
    /// The versions, best supported first.
    #[must_use]
    pub fn all(&self) -> &[Version<T>] {
        &self.0
    }

    /// The best supported value.
    #[must_use]
    pub fn best(&self) -> Option<&T> {
        self.0.first().map(|v| &v.value)
    }
}
