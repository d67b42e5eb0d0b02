//! Claims to events: same happening, independent origins, versions side by side.
//!
//! Nothing here looks at text: claims, the days on which they were reported, and the tables of the resources are all.

mod background;
mod cluster;
mod event;
mod origin;
mod similarity;
mod sketch;
mod thread;
mod ties;
mod versions;

pub use background::{ActorFacts, Background, Nothing, PlaceFacts, Printed, Reported, Sort};
pub use event::{Event, EventId, Grade, events};
pub use origin::{EventOrigin, Origin, OriginId, OriginKind, fold_name, origins_of};
pub use thread::{Telling, Thread, threads};
pub use ties::{Tie, Ties};
pub use versions::{Version, Versions};
