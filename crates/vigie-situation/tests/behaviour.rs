//! Short invented stories, each with the answer that a careful reader would give.

use jiff::civil::Date;
use vigie_claims::{
    Argument, Basis, Certainty, Claim, ClaimId, Factuality, Filler, Grain, Period, PlaceMention, Polarity, Precision,
    Realis, Role, Speaker, SpeakerKind,
};
use vigie_events::{ActorFacts, Background, Grade, PlaceFacts, Reported, Sort, events};
use vigie_resources::{Predicate, Sector};
use vigie_situation::{Fluent, Holding, Layer, Situation, Status, Value};
use vigie_text::{DocumentId, Span, StoryId};

struct World;

impl Background for World {
    fn actor(&self, id: &str) -> Option<ActorFacts> {
        let (name, kind, part_of) = match id {
            "nord.army" => ("Northern army", "army", Some("nord")),
            "nord" => ("North", "state", None),
            "sud" => ("South", "state", None),
            "sud.minister" => ("Ms South", "person", Some("sud")),
            "nord.minister" => ("Mr North", "person", Some("nord")),
            "watch" => ("Watch", "monitor", None),
            "relief" => ("Relief", "ngo", None),
            "front" => ("Front", "armed-group", None),
            _ => return None,
        };
        Some(ActorFacts { name: name.to_owned(), kind: kind.into(), part_of: part_of.map(Into::into), side: None })
    }

    fn sort(&self, id: &str) -> Option<Sort> {
        let sector = match id.strip_prefix("t:")? {
            "rebels" | "insurgents" => Sector::Rebel,
            "soldiers" => Sector::State,
            _ => return None,
        };
        Some(Sort { generic: true, sector, part: "".into(), country: None })
    }

    fn place(&self, id: &str) -> Option<PlaceFacts> {
        let within = match id {
            "p:ford" => Some("p:land"),
            "p:land" => None,
            _ => return None,
        };
        Some(PlaceFacts { name: id[2..].to_owned(), within: within.map(Into::into), country: id == "p:land" })
    }
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

struct Told(Claim, Date);

/// A claim in a document of its own, told on `reported`.
fn told(nth: u8, reported: &str, predicate: &str) -> Told {
    let id = |kind: u8| {
        let mut bytes = [0; 16];
        bytes[0] = kind;
        bytes[15] = nth;
        bytes
    };
    let claim = Claim {
        id: ClaimId(id(1)),
        document: DocumentId(id(2)),
        story: StoryId(id(3)),
        sentence: Span::new(0, 90),
        headline: false,
        trigger: Span::new(10, 16),
        predicate: Predicate::from_id(predicate).expect("a shipped predicate"),
        again: false,
        arguments: Vec::new(),
        place: None,
        period: None,
        figures: Vec::new(),
        said_by: Vec::new(),
        factuality: Factuality { polarity: Polarity::Positive, certainty: Certainty::Certain, realis: Realis::Actual },
        because: Vec::new(),
    };
    Told(claim, date(reported))
}

impl Told {
    fn filler(mut self, role: Role, actor: Option<&str>, name: &str) -> Self {
        let at = 20 + self.0.arguments.len() * 8;
        let span = Span::new(at, at + 5);
        let filler = Filler { span, head: span, actor: actor.map(Into::into), name: name.to_owned() };
        self.0.arguments.push(Argument { role, filler });
        self
    }

    fn actor(self, id: &str) -> Self {
        self.filler(Role::Actor, Some(id), id)
    }

    fn recipient(self, id: &str) -> Self {
        self.filler(Role::Recipient, Some(id), id)
    }

    fn at(mut self, id: &str) -> Self {
        let place = Some(id.into());
        let precision = Precision::Exact;
        self.0.place = Some(PlaceMention::new(None, place, id.to_owned(), precision));
        self
    }

    fn on(mut self, day: &str) -> Self {
        let day = date(day);
        self.0.period = Some(Period {
            span: None,
            first: Some(day),
            last: day,
            grain: Grain::Day,
            basis: Basis::Stated,
            otherwise: None,
        });
        self
    }

    fn by(mut self, id: &str) -> Self {
        let kind = SpeakerKind::Institution;
        let (span, cue, said_on) = (None, None, None);
        let name = Some(id.to_owned());
        self.0.said_by.push(Speaker { span, name, actor: Some(id.into()), kind, cue, said_on, joint: false });
        self
    }

    fn again(mut self) -> Self {
        self.0.again = true;
        self
    }

    fn denied(mut self) -> Self {
        self.0.factuality.polarity = Polarity::Negative;
        self
    }

    fn realis(mut self, realis: Realis) -> Self {
        self.0.factuality.realis = realis;
        self
    }
}

fn situation(valid: &str, told: &[Told]) -> Situation {
    let reports: Vec<Reported<'_>> = told.iter().map(|t| Reported::new(&t.0, Some(t.1))).collect();
    Situation::on(date(valid), date("2040-01-01"), &reports, &World)
}

fn answer(valid: &str, told: &[Told], fluent: Fluent, layer: Layer) -> Option<Holding> {
    situation(valid, told).holdings.into_iter().find(|h| h.fluent == fluent && h.layer == layer)
}

fn shown(valid: &str, told: &[Told], fluent: Fluent) -> String {
    let Some(h) = answer(valid, told, fluent, Layer::Claimed) else { return "nothing".to_owned() };
    let value = match &h.value {
        Value::Held => "held".to_owned(),
        Value::Word(word) => word.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Count { low, high, .. } => format!("{low}-{high}"),
    };
    let by: Vec<&str> = h.by.iter().map(|n| n.id.as_str()).collect();
    format!("{value} {} {}", by.join("+"), h.status.as_str())
}

#[test]
fn a_place_changes_hands_and_stays() {
    let story = [
        told(1, "2031-05-02", "capture").actor("front").at("p:ford").on("2031-05-01").by("watch"),
        told(2, "2031-05-20", "capture").actor("nord.army").at("p:ford").on("2031-05-19").again(),
    ];
    assert_eq!(shown("2031-04-28", &story, Fluent::Control), "not front presupposed");
    assert_eq!(shown("2031-05-10", &story, Fluent::Control), "held front claimed");
    assert_eq!(shown("2031-05-19", &story, Fluent::Control), "held nord.army unattributed");
    assert_eq!(shown("2032-05-19", &story, Fluent::Control), "held nord.army stale");
    let before = answer("2031-05-10", &story, Fluent::Control, Layer::Claimed).expect("an answer");
    assert_eq!(before.until.map(|u| u.last), Some(date("2031-05-19")));
    assert_eq!(before.ended_by.len(), 1);
}

/// The day since which a place is held, where one story tells of three takings.
fn held_since(takers: [&str; 3]) -> Option<Date> {
    let days = ["2031-05-01", "2031-05-10", "2031-05-20"];
    let taken: Vec<Told> = (takers.iter().zip(days).zip(1..))
        .map(|((taker, day), nth)| {
            let mut taken = told(nth, "2031-05-21", "capture").actor(taker).at("p:ford").on(day);
            (taken.0.story, taken.0.trigger) =
                (StoryId([3; 16]), Span::new(usize::from(nth) * 100, usize::from(nth) * 100 + 6));
            taken
        })
        .collect();
    let held = answer("2031-05-21", &taken, Fluent::Control, Layer::Claimed).expect("a holder");
    held.since.and_then(|since| since.first)
}

#[test]
fn a_place_that_was_lost_in_between_is_held_since_its_return() {
    assert_eq!(held_since(["front", "nord.army", "front"]), Some(date("2031-05-20")));
    assert_eq!(held_since(["front", "front", "front"]), Some(date("2031-05-01")));
    assert_eq!(held_since(["t:rebels", "t:soldiers", "t:rebels"]), Some(date("2031-05-20")));
    assert_eq!(held_since(["t:rebels", "t:insurgents", "t:rebels"]), Some(date("2031-05-01")));
}

#[test]
fn what_a_return_undid_was_before_it() {
    let taken = || told(1, "2031-07-01", "capture").actor("front").at("p:ford");
    let back = || {
        let mut back = told(2, "2031-07-01", "capture").actor("nord.army").at("p:ford").on("2031-05-19").again();
        (back.0.story, back.0.trigger) = (taken().0.story, Span::new(60, 66));
        back
    };
    assert_eq!(shown("2031-07-01", &[taken(), back()], Fluent::Control), "held nord.army unattributed");
    let mut nobody = told(2, "2031-07-01", "capture").at("p:ford").on("2031-05-19").again();
    (nobody.0.story, nobody.0.trigger) = (taken().0.story, Span::new(60, 66));
    assert_eq!(shown("2031-05-18", &[taken(), back()], Fluent::Control), "held front unattributed");
    assert_eq!(shown("2031-07-01", &[taken(), nobody], Fluent::Control), "not front unattributed");
    let year = || {
        let mut year = taken().on("2031-01-01");
        year.0.period.as_mut().expect("a period").last = date("2031-06-30");
        year
    };
    assert_eq!(shown("2031-07-01", &[year(), back()], Fluent::Control), "held nord.army unattributed");
    let mut news = taken();
    news.0.trigger = Span::new(70, 76);
    assert_eq!(shown("2031-07-01", &[news, back()], Fluent::Control), "held front unattributed");
}

#[test]
fn a_state_that_is_told_with_its_end_is_over_after_it() {
    let spell = |grain, first: &str, last: &str| {
        let mut spell = told(1, "2031-07-01", "control").actor("front").at("p:ford").on(first);
        let period = spell.0.period.as_mut().expect("a period");
        (period.grain, period.last) = (grain, date(last));
        [spell]
    };
    let march_to_may = spell(Grain::Month, "2031-03-01", "2031-05-31");
    assert_eq!(shown("2031-04-10", &march_to_may, Fluent::Control), "held front unattributed");
    assert_eq!(shown("2031-07-01", &march_to_may, Fluent::Control), "not front unattributed");
    let seen_in_may = spell(Grain::Month, "2031-05-01", "2031-05-31");
    assert_eq!(shown("2031-07-01", &seen_in_may, Fluent::Control), "held front unattributed");
    let still = spell(Grain::Day, "2031-03-02", "2031-07-01");
    assert_eq!(shown("2031-07-01", &still, Fluent::Control), "held front unattributed");
}

#[test]
fn what_is_told_as_contested_has_no_holder() {
    let contested = |actors: &[&str]| {
        let claim = told(1, "2031-05-02", "control").at("p:ford").on("2031-05-01");
        let mut claim = actors.iter().fold(claim, |claim, actor| claim.actor(actor));
        claim.0.because = vec!["en/control#1=contested".into()];
        [claim]
    };
    let status = |story: &[Told]| answer("2031-05-03", story, Fluent::Control, Layer::Claimed).map(|h| h.status);
    assert_eq!(status(&contested(&["front", "nord.army"])), Some(Status::Contested));
    assert_eq!(status(&contested(&["front"])), Some(Status::Contested));
    assert_eq!(status(&contested(&[])), None);
    let mut held = contested(&[]).into_iter().collect::<Vec<_>>();
    held.push(told(2, "2031-04-02", "capture").actor("front").at("p:ford").on("2031-04-01"));
    assert_eq!(shown("2031-04-20", &held, Fluent::Control), "held front unattributed");
    assert_eq!(status(&held), Some(Status::Contested), "whoever held it no longer does so alone");
    let late = answer("2033-05-03", &contested(&["front", "nord.army"]), Fluent::Control, Layer::Claimed);
    assert_eq!(late.map(|h| h.status), Some(Status::Contested), "an old word on it names no holder either");
}

#[test]
fn a_loss_tells_who_holds_it_where_the_winner_is_named() {
    let lost = || told(1, "2031-05-02", "lose").actor("nord.army").at("p:ford").on("2031-05-01");
    assert_eq!(shown("2031-05-03", &[lost().recipient("front")], Fluent::Control), "held front unattributed");
    assert_eq!(shown("2031-05-03", &[lost()], Fluent::Control), "not nord.army unattributed");
    let retaken = told(1, "2031-05-02", "capture").recipient("front").at("p:ford").on("2031-05-01").again();
    assert_eq!(shown("2031-05-03", &[retaken], Fluent::Control), "not front unattributed");
}

#[test]
fn who_is_driven_out_by_nobody_named_loses_what_he_was_told_to_hold() {
    let taken = told(1, "2031-04-02", "capture").actor("front").at("p:ford").on("2031-04-01");
    let driven_out = || told(2, "2031-05-02", "expel").recipient("front").at("p:ford").on("2031-05-01");
    assert_eq!(shown("2031-05-03", &[taken, driven_out()], Fluent::Control), "not front unattributed");
    assert_eq!(shown("2031-05-03", &[driven_out()], Fluent::Control), "nothing");
}

#[test]
fn a_later_taking_by_nobody_named_ends_what_the_story_told_before() {
    let taken = || told(1, "2031-07-01", "capture").actor("front").at("p:ford").on("2031-04-01");
    let next = |day: &str| {
        let mut next = told(2, "2031-07-01", "capture").at("p:ford").on(day);
        (next.0.story, next.0.trigger) = (taken().0.story, Span::new(60, 66));
        next
    };
    assert_eq!(shown("2031-07-01", &[taken(), next("2031-05-09")], Fluent::Control), "not front unattributed");
    assert_eq!(shown("2031-07-01", &[taken(), next("2031-04-01")], Fluent::Control), "held front unattributed");
}

#[test]
fn an_act_and_its_undoing_by_nobody_named_are_two_events() {
    let taken = || {
        let mut taken = told(1, "2031-07-01", "capture").actor("front").at("p:ford").on("2031-01-01");
        let period = taken.0.period.as_mut().expect("a period");
        (period.grain, period.last) = (Grain::Year, date("2031-12-31"));
        taken
    };
    let next = |day: &str| {
        let mut next = told(2, "2031-07-01", "capture").at("p:ford").on(day);
        (next.0.story, next.0.document) = (taken().0.story, taken().0.document);
        (next.0.trigger, next.0.sentence) = (Span::new(100, 106), Span::new(91, 150));
        next
    };
    let count = |story: &[Told]| {
        let reports: Vec<Reported<'_>> = story.iter().map(|t| Reported::new(&t.0, Some(t.1))).collect();
        events(&reports, &World).len()
    };
    assert_eq!(count(&[taken(), next("2031-05-09").again()]), 2);
    assert_eq!(count(&[taken(), next("2031-05-09")]), 1);
}

#[test]
fn two_voices_that_disagree_leave_the_place_contested() {
    let story = [
        told(1, "2031-05-02", "capture").actor("front").at("p:ford").on("2031-05-01").by("watch"),
        told(2, "2031-05-02", "capture").actor("nord.army").at("p:ford").on("2031-05-01").by("relief"),
    ];
    let h = answer("2031-05-03", &story, Fluent::Control, Layer::Claimed).expect("an answer");
    assert_eq!((h.status, h.rivals.len()), (Status::Contested, 1));
}

#[test]
fn a_boast_is_claimed_and_not_assessed_and_an_admission_is_both() {
    let boast = [told(1, "2031-05-02", "capture").actor("nord.army").at("p:ford").on("2031-05-01").by("nord")];
    assert_eq!(shown("2031-05-02", &boast, Fluent::Control), "held nord.army claimed");
    assert_eq!(answer("2031-05-02", &boast, Fluent::Control, Layer::Assessed), None);
    let loss = [told(1, "2031-05-02", "lose").actor("nord.army").at("p:ford").on("2031-05-01").by("nord")];
    let h = answer("2031-05-02", &loss, Fluent::Control, Layer::Assessed).expect("an admission is assessed");
    assert_eq!((h.value, h.by[0].id.as_str()), (Value::Word("not".into()), "nord.army"));
    let reports: Vec<Reported<'_>> = loss.iter().map(|t| Reported::new(&t.0, Some(t.1))).collect();
    assert_eq!(events(&reports, &World)[0].grade, Grade::Admitted);
}

#[test]
fn a_state_of_the_past_ends_with_its_time() {
    let siege = |realis| {
        let mut siege = told(1, "2031-05-02", "besieged").actor("front").at("p:ford").on("2021-03-01").realis(realis);
        siege.0.period.as_mut().expect("a period").last = date("2021-04-30");
        [siege]
    };
    assert_eq!(shown("2021-04-01", &siege(Realis::Historical), Fluent::Siege), "full front unattributed");
    assert_eq!(shown("2031-05-02", &siege(Realis::Historical), Fluent::Siege), "nothing");
    assert_ne!(shown("2031-05-02", &siege(Realis::Actual), Fluent::Siege), "nothing");
}

#[test]
fn plans_attempts_and_denied_acts_change_nothing() {
    for realis in [Realis::Future, Realis::Hypothetical] {
        let story = [told(1, "2031-05-02", "capture").actor("front").at("p:ford").on("2031-05-03").realis(realis)];
        assert_eq!(shown("2031-05-04", &story, Fluent::Control), "nothing");
    }
    let story = [told(1, "2031-05-02", "capture").actor("front").at("p:ford").denied()];
    assert_eq!(shown("2031-05-02", &story, Fluent::Control), "nothing");
}

#[test]
fn one_who_helps_holds_nothing() {
    let story = [told(1, "2031-05-02", "capture")
        .actor("nord.army")
        .filler(Role::Actor, Some("front"), "Front")
        .filler(Role::Associate, Some("front"), "Front")
        .at("p:ford")];
    assert_eq!(shown("2031-05-02", &story, Fluent::Control), "held nord.army unattributed");
}

#[test]
fn a_country_is_not_painted() {
    let story = [told(1, "2031-05-02", "capture").actor("front").at("p:land").by("watch")];
    assert_eq!(shown("2031-05-02", &story, Fluent::Control), "nothing");
}

#[test]
fn a_siege_restored_had_been_broken() {
    let story = [told(1, "2031-05-02", "besiege").actor("nord.army").at("p:ford").on("2031-05-02").again().by("watch")];
    assert_eq!(shown("2031-05-01", &story, Fluent::Siege), "none  presupposed");
    let h = answer("2031-05-01", &story, Fluent::Siege, Layer::Claimed).expect("an answer");
    assert_eq!(h.earlier[0].value, Value::Word("full".into()));
    let lifted = told(2, "2031-05-09", "lift-siege").at("p:ford").on("2031-05-08").by("relief");
    let [first] = story;
    assert_eq!(shown("2031-05-10", &[first, lifted], Fluent::Siege), "none  claimed");
}

#[test]
fn only_the_only_road_encircles() {
    let cut = |name: &str| {
        [told(1, "2031-05-02", "cut-route")
            .actor("nord.army")
            .filler(Role::Object, None, name)
            .at("p:ford")
            .by("watch")]
    };
    assert_eq!(shown("2031-05-02", &cut("the only road"), Fluent::Encircled), "true nord.army inferred");
    assert_eq!(shown("2031-05-02", &cut("a road"), Fluent::Encircled), "nothing");
    assert_eq!(shown("2031-05-01", &cut("a road"), Fluent::Route), "open  presupposed");
}

#[test]
fn ministers_talk_for_their_states() {
    let story = [
        told(1, "2031-05-02", "meet").actor("nord.minister").actor("sud.minister").on("2031-05-01"),
        told(2, "2031-05-04", "fail-talks").actor("nord").actor("sud").on("2031-05-03").by("watch"),
    ];
    assert_eq!(shown("2031-05-02", &story, Fluent::Talks), "round  unattributed");
    assert_eq!(shown("2031-05-05", &story, Fluent::Talks), "impasse  claimed");
    let key: Vec<String> = answer("2031-05-05", &story, Fluent::Talks, Layer::Claimed)
        .expect("talks")
        .key
        .into_iter()
        .map(|k| k.name)
        .collect();
    assert_eq!(key, ["North", "South"]);
}

#[test]
fn who_denies_contests_and_does_not_corroborate() {
    let accused = told(1, "2031-05-02", "abduct").actor("front").recipient("relief").by("nord");
    let mut denial = told(2, "2031-05-02", "deny").actor("front");
    denial.0.document = accused.0.document;
    denial.0.story = accused.0.story;
    denial.0.sentence = Span::new(91, 150);
    denial.0.trigger = Span::new(100, 105);
    let story = [accused, denial];
    let reports: Vec<Reported<'_>> = story.iter().map(|t| Reported::new(&t.0, Some(t.1))).collect();
    let found = events(&reports, &World);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].grade, found[0].happened.all().len()), (Grade::Contested, 2));
}

#[test]
fn a_relay_and_the_outlet_itself_add_no_origin() {
    let mut story = [
        told(1, "2031-05-02", "capture").actor("front").at("p:ford").on("2031-05-01").by("watch"),
        told(2, "2031-05-02", "capture").actor("front").at("p:ford").on("2031-05-01"),
        told(3, "2031-05-02", "capture").actor("front").at("p:ford").on("2031-05-01").by("wire"),
    ];
    story[2].0.said_by[0].kind = SpeakerKind::Relay;
    let reports: Vec<Reported<'_>> = story.iter().map(|t| Reported::new(&t.0, Some(t.1))).collect();
    let found = events(&reports, &World);
    assert_eq!((found.len(), found[0].grade), (1, Grade::SingleSource));
}

#[test]
fn two_rounds_of_talks_and_a_forecast_stay_apart() {
    let round = |n: u8, day: &str| told(n, "2031-05-04", "meet").actor("nord").actor("sud").on(day);
    let story = [round(1, "2031-05-02"), round(2, "2031-05-03"), round(3, "2031-05-03").realis(Realis::Future)];
    let reports: Vec<Reported<'_>> = story.iter().map(|t| Reported::new(&t.0, Some(t.1))).collect();
    assert_eq!(events(&reports, &World).len(), 3);
}
