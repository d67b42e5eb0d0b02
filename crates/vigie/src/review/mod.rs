//! What people decide about claims, events, actors and places: records of their own, that are added and never changed. The
//! claims stay as they were read; answers are computed from the claims as reviewed.

mod apply;
mod background;
mod cases;
mod correct;
mod decision;
mod find;
mod stored;

pub use apply::{Reviewed, Unfollowed, Why, apply, marks};
pub use background::ReviewBackground;
pub use cases::cases;
pub use correct::canonical;
pub use decision::{Action, ClaimRef, Decision, DecisionId, Field};
pub use find::Finder;
pub use stored::{read as read_stored, shape, write as write_stored};
