//! The claim: who says who did what to whom, where, when; every part with the span it was read from.

use jiff::civil::Date;
use smol_str::SmolStr;
use vigie_resources::Predicate;
use vigie_text::{DocumentId, Span, StoryId};

macro_rules! wire_words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// Every value, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word of the wire format.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// The value that the wire format writes so.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

/// Identity of a claim: hash of document, trigger span, predicate and, where one trigger makes several, its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimId(pub [u8; 16]);

/// Identity of an actor: an entry of the registry (`syr.army`), or one made from the text (`t:rebelles@syria`) for a
/// group that the registry does not know, distinct for each theatre.
pub type ActorId = SmolStr;

/// Identity of a place: a gazetteer entry (`gn:170063`), an entry of the overlay, or one made from the text for a
/// place that no gazetteer can hold ("a series of bases").
pub type PlaceId = SmolStr;

/// Name of the rule that made a decision, for instance `fr/besiege#3`; `vigie explain` prints it.
pub type RuleId = SmolStr;

wire_words! {
    /// What a filler does in the event.
    Role {
        /// Who acts.
        Actor = "actor",
        /// Whom it is done to.
        Recipient = "recipient",
        /// Who acts beside the actor without deciding (ACLED's associated actor).
        Associate = "associate",
        /// The thing it is done to.
        Object = "object",
        /// The means.
        Instrument = "instrument",
        /// What it is about.
        Topic = "topic",
    }
}

/// Text that refers to an actor or a thing, with the registry entry when it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filler {
    /// The whole mention.
    pub span: Span,
    /// Its head word.
    pub head: Span,
    /// Who it is; `None` when unresolved.
    pub actor: Option<ActorId>,
    /// A name that a person would write: the registry's, or the mention without its article.
    pub name: String,
}

/// One filler in its role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// What it does.
    pub role: Role,
    /// Who or what it is.
    pub filler: Filler,
}

wire_words! {
    /// How exactly a place is known.
    Precision {
        /// The place itself.
        Exact = "exact",
        /// Beside or inside the named place.
        Near = "near",
        /// A part of a region.
        Region = "region",
        /// Only the country.
        Country = "country",
    }
}

/// Where it happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceMention {
    /// The words; `None` when inferred from the context.
    pub span: Option<Span>,
    /// Which place; `None` when unresolved.
    pub place: Option<PlaceId>,
    /// A name that a person would write.
    pub name: String,
    /// Latitude and longitude in millionths of a degree.
    pub point: Option<(i32, i32)>,
    /// How exact the point is.
    pub precision: Precision,
    /// Kilometres around the point within which it lies, as a rule.
    pub radius_km: Option<u32>,
    /// The phrase that tells it by other places.
    pub phrase: Option<PlacePhrase>,
    /// What its name may mean, the choice first, each with what spoke for it.
    pub namesakes: Vec<Namesake>,
}

impl PlaceMention {
    /// A place of which no more is known than which it is.
    #[must_use]
    pub fn new(span: Option<Span>, place: Option<PlaceId>, name: String, precision: Precision) -> Self {
        Self { span, place, name, point: None, precision, radius_km: None, phrase: None, namesakes: Vec::new() }
    }
}

/// A place told by others: "10 km north of X", "from X to Y".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacePhrase {
    /// The whole phrase.
    pub span: Span,
    /// What it makes of the places that it names: the name of a kind of the resolver.
    pub kind: SmolStr,
    /// The places that it names.
    pub anchors: Vec<PlaceId>,
    /// The side that it tells.
    pub side: Option<SmolStr>,
    /// Metres from the first place.
    pub metres: Option<u32>,
    /// Both ends of a line.
    pub line: Option<[(i32, i32); 2]>,
    /// How long the line is said to be, in metres, and whether the two ends lie so that it can be.
    pub length: Option<(u32, bool)>,
}

/// One of the places that a name may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Namesake {
    /// Its id.
    pub place: PlaceId,
    /// Its main name; empty where the tables have none.
    pub name: String,
    /// Its country (alpha-2); empty where it lies in none.
    pub country: SmolStr,
    /// The sum of what speaks for it.
    pub score: i64,
    /// What spoke most for it.
    pub reasons: Vec<SmolStr>,
}

wire_words! {
    /// The unit in which a period was told.
    Grain {
        /// An hour or part of a day.
        Hour = "hour",
        /// A day.
        Day = "day",
        /// A week.
        Week = "week",
        /// A month.
        Month = "month",
        /// A season or quarter.
        Season = "season",
        /// A year or more.
        Year = "year",
    }
}

wire_words! {
    /// How a period is known.
    Basis {
        /// The text states it.
        Stated = "stated",
        /// It follows from the context.
        Inferred = "inferred",
        /// Only the last day is sure; `first` is `None`.
        Bound = "bound",
    }
}

/// Another reading of words of time that leave two ("Friday": the last or the next).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Otherwise {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// How probable this reading is, in percent; the first reading has the rest.
    pub percent: u8,
}

/// When it happened. Invariant: `first <= last`; `first` is `None` exactly when the basis is `Bound`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// The words; `None` when inferred.
    pub span: Option<Span>,
    /// First day.
    pub first: Option<Date>,
    /// Last day.
    pub last: Date,
    /// How exact.
    pub grain: Grain,
    /// How it is known.
    pub basis: Basis,
    /// The other reading, where the words leave two.
    pub otherwise: Option<Otherwise>,
}

wire_words! {
    /// How a figure was hedged.
    Hedge {
        /// The very number.
        Exactly = "exactly",
        /// Roughly.
        About = "about",
        /// That or more.
        AtLeast = "at-least",
        /// That or less.
        AtMost = "at-most",
        /// A range.
        Between = "between",
        /// Some tens.
        Dozens = "dozens",
        /// Some hundreds.
        Hundreds = "hundreds",
        /// Some thousands.
        Thousands = "thousands",
    }
}

/// A number of something. Invariant: `low <= high`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Number, unit and hedge.
    pub span: Span,
    /// Lowest value.
    pub low: u64,
    /// Highest value.
    pub high: u64,
    /// Unit: people killed wounded captured displaced arrested km money vehicles bases …
    pub unit: SmolStr,
    /// How it was hedged.
    pub hedge: Hedge,
}

wire_words! {
    /// What sort of source is made to speak.
    SpeakerKind {
        /// A person with a name.
        Named = "named",
        /// A body: an army, a ministry, a broadcaster, a monitor.
        Institution = "institution",
        /// Somebody who is not named.
        Anonymous = "anonymous",
        /// A word whose reference the text does not give ("this diplomat"), or a quotation without a speaker.
        Unresolved = "unresolved",
        /// An agency or outlet that only passes it on.
        Relay = "relay",
    }
}

/// One link of an attribution chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The words; `None` for a quotation without a speaker.
    pub span: Option<Span>,
    /// A name that a person would write; `None` when there is none.
    pub name: Option<String>,
    /// Registry entry of the speaker or of the body it speaks for (a director speaks for his observatory).
    pub actor: Option<ActorId>,
    /// What sort of source.
    pub kind: SpeakerKind,
    /// The word of saying.
    pub cue: Option<Span>,
    /// When it was said, where the text tells.
    pub said_on: Option<Period>,
    /// True where several sources say it together.
    pub joint: bool,
}

wire_words! {
    /// Did it happen, or not?
    Polarity {
        /// Told as so.
        Positive = "positive",
        /// Told as not so.
        Negative = "negative",
    }
}

wire_words! {
    /// How sure the text is (FactBank).
    Certainty {
        /// Told as a fact.
        Certain = "certain",
        /// Likely, or hearsay.
        Probable = "probable",
        /// May be.
        Possible = "possible",
    }
}

wire_words! {
    /// Past, present, to come or imagined (ERE realis with PLOVER's auxiliary modes).
    Realis {
        /// Happened or holds.
        Actual = "actual",
        /// Long past: told as background.
        Historical = "historical",
        /// To come, planned.
        Future = "future",
        /// Attempted, conditional, wished.
        Hypothetical = "hypothetical",
    }
}

/// FactBank polarity and certainty, ERE realis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Factuality {
    /// Did it happen?
    pub polarity: Polarity,
    /// How sure?
    pub certainty: Certainty,
    /// In which world?
    pub realis: Realis,
}

/// One attributed mention of an event, state, relation or label. Immutable once made.
///
/// Invariants: `said_by` is outermost first (agency → observatory → its director) and empty for the outlet itself;
/// trigger, arguments, place and period lie in `sentence` unless a rule in `because` says that they were carried
/// over from a neighbour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Identity.
    pub id: ClaimId,
    /// The input.
    pub document: DocumentId,
    /// The story in it.
    pub story: StoryId,
    /// The sentence.
    pub sentence: Span,
    /// True when the sentence is a headline: it repeats its story and adds no origin.
    pub headline: bool,
    /// The word or words that evoke it.
    pub trigger: Span,
    /// What is claimed.
    pub predicate: Predicate,
    /// It presupposes an earlier spell of the same ("retook", "again").
    pub again: bool,
    /// Sorted by role, then span.
    pub arguments: Vec<Argument>,
    /// Where.
    pub place: Option<PlaceMention>,
    /// When.
    pub period: Option<Period>,
    /// Numbers that belong to it.
    pub figures: Vec<Figure>,
    /// Who says so.
    pub said_by: Vec<Speaker>,
    /// Whether, how sure, in which world.
    pub factuality: Factuality,
    /// What made each decision.
    pub because: Vec<RuleId>,
}

impl Claim {
    /// The fillers that play one role, in text order.
    pub fn fillers(&self, role: Role) -> impl Iterator<Item = &Filler> {
        self.arguments.iter().filter(move |a| a.role == role).map(|a| &a.filler)
    }

    /// The innermost speaker: the one who vouches for it.
    #[must_use]
    pub fn speaker(&self) -> Option<&Speaker> {
        self.said_by.last()
    }
}
