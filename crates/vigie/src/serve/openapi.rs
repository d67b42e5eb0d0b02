//! The description of the interface (OpenAPI 3.1), made here and compared with the committed one. Only tests make it, so
//! that the program carries the text and not the machinery.

use super::filter::grades;
use crate::export::file::File;
use crate::review::Field;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{
    AdditionalProperties, Array, KnownFormat, Object, ObjectBuilder, OneOfBuilder, Schema, SchemaFormat, SchemaType,
    Type,
};
use utoipa::openapi::{Content, InfoBuilder, OpenApi, OpenApiBuilder, PathsBuilder, RefOr, Required, ResponseBuilder};
use vigie_events::Grade;
use vigie_resources::Predicate;

/// Name of a parameter, what it is, its schema.
type Told = (&'static str, &'static str, Object);

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn day() -> Object {
    text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Date))).build()
}

fn words<'a>(words: impl IntoIterator<Item = &'a str>) -> Object {
    text().enum_values(Some(words.into_iter().collect::<Vec<_>>())).build()
}

fn id(letter: &str) -> Object {
    text().pattern(Some(format!("^{letter}:[0-9a-f]{{32}}$"))).build()
}

fn nullable(kind: Type) -> Object {
    ObjectBuilder::new().schema_type(SchemaType::from_iter([kind, Type::Null])).build()
}

fn number() -> Object {
    ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0)).build()
}

fn object(required: &[(&str, RefOr<Schema>)]) -> Schema {
    let mut builder = ObjectBuilder::new();
    for (name, schema) in required {
        builder = builder.property(*name, schema.clone()).required(*name);
    }
    builder.additional_properties(Some(AdditionalProperties::FreeForm(true))).build().into()
}

fn list_of(item: Schema) -> RefOr<Schema> {
    Schema::Array(Array::new(item)).into()
}

/// A record of the wire format: its kind is told, its fields stand in the description of that format.
fn record(kind: &str) -> Schema {
    object(&[("v", number().into()), ("record", words([kind]).into())])
}

/// One page of a list.
fn page(kind: &str) -> Schema {
    object(&[("items", list_of(record(kind))), ("total", number().into()), ("next", nullable(Type::String).into())])
}

fn days() -> Vec<Told> {
    vec![
        ("valid", "The day that is asked about; the last day of the archive when left out", day()),
        ("known", "Only what was published up to this day counts as known", day()),
    ]
}

fn language() -> Told {
    (
        "lang",
        "The language of what is worded; names and quotations stay as they were written",
        words(super::ask::languages().map(|l| l.code())),
    )
}

fn layer() -> Told {
    ("layer", "What counts as evidence", words(["claimed", "assessed"]))
}

fn filters(statuses: Vec<&'static str>, letter: &str) -> Vec<Told> {
    let limit = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).maximum(Some(1000)).build();
    vec![
        ("predicate", "Only this type", words(Predicate::all().map(Predicate::id))),
        ("place", "Only at this place or within it (name or id)", text().build()),
        ("actor", "Only where this actor takes part (name, part of a name, or id)", text().build()),
        ("speaker", "Only what this source says (name or part of a name)", text().build()),
        ("status", "Only what stands so", words(statuses)),
        ("from", "Only what may have happened on or after this day", day()),
        ("to", "Only what may have happened on or before this day", day()),
        ("limit", "Things on a page", limit),
        ("after", "The id of the last thing of the page before: `next` of that page", id(letter)),
    ]
}

fn parameter(place: ParameterIn, (name, what, schema): Told) -> Parameter {
    let required = if place == ParameterIn::Path { Required::True } else { Required::False };
    ParameterBuilder::new()
        .name(name)
        .description(Some(what))
        .parameter_in(place)
        .required(required)
        .schema(Some(schema))
        .build()
}

fn json(schema: Schema) -> Content {
    Content::new(Some(RefOr::T(schema)))
}

fn problem() -> Content {
    json(object(&[
        ("type", text().build().into()),
        ("title", text().build().into()),
        ("status", number().into()),
        ("detail", text().build().into()),
    ]))
}

fn answers(
    mut operation: OperationBuilder,
    status: &str,
    answer: Schema,
    problems: &[(&str, &str)],
) -> OperationBuilder {
    let good = ResponseBuilder::new().description("The answer").content("application/json", json(answer)).build();
    operation = operation.response(status, good);
    for (status, what) in problems {
        let bad = ResponseBuilder::new().description(*what).content("application/problem+json", problem()).build();
        operation = operation.response(*status, bad);
    }
    operation
}

const REFUSED: (&str, &str) = ("400", "A parameter that cannot be read");
const NONE: (&str, &str) = ("404", "There is no such thing");
const TOKEN: (&str, &str) = ("401", "A token is needed");
const WAIT: (&str, &str) = ("503", "The archive is still being read");

fn get(name: &str, what: &str, path: Option<Told>, query: Vec<Told>, answer: Schema) -> PathItem {
    let mut operation = OperationBuilder::new().operation_id(Some(name)).summary(Some(what));
    if let Some(told) = path {
        operation = operation.parameter(parameter(ParameterIn::Path, told));
    }
    for told in query {
        operation = operation.parameter(parameter(ParameterIn::Query, told));
    }
    PathItem::new(HttpMethod::Get, answers(operation, "200", answer, &[REFUSED, TOKEN, NONE, WAIT]).build())
}

/// A file, of the media type of its name.
fn file(query: Vec<Told>) -> PathItem {
    let name = ("name", "Its name", words(File::all().map(File::name).collect::<Vec<_>>().iter().map(String::as_str)));
    let mut item = get("file", "A file for another program", Some(name), query, object(&[]));
    let good = item.get.as_mut().and_then(|get| get.responses.responses.get_mut("200"));
    if let Some(RefOr::T(good)) = good {
        good.content = File::all()
            .map(|file| (file.media_type().to_owned(), RefOr::T(Content::new(None::<RefOr<Schema>>))))
            .collect();
    }
    item
}

/// The bodies of decisions: what each action needs beside who and why.
fn decisions() -> Schema {
    let claim = || ("claim", id("c"));
    let short = || text().min_length(Some(1)).pattern(Some("\\S")).build();
    let shapes: [(&str, Vec<(&str, Object)>); 8] = [
        ("accept", vec![claim()]),
        ("reject", vec![claim()]),
        ("correct", vec![claim(), ("field", words(Field::ALL.iter().map(|f| f.as_str()))), ("value", text().build())]),
        ("merge", vec![("event", id("e")), ("other", id("e"))]),
        ("split", vec![("event", id("e")), claim()]),
        ("side", vec![("actor", short()), ("side", text().build())]),
        (
            "place",
            vec![
                ("name", short()),
                ("point", text().pattern(Some("^-?[0-8]?[0-9](\\.[0-9]{1,6})?,-?[0-9]{1,2}(\\.[0-9]{1,6})?$")).build()),
            ],
        ),
        ("undo", vec![("decision", id("r"))]),
    ];
    let mut one = OneOfBuilder::new();
    for (action, fields) in shapes {
        let mut shape = ObjectBuilder::new().property("action", words([action])).required("action");
        for (name, schema) in fields.into_iter().chain([("by", short()), ("why", short())]) {
            shape = shape.property(name, schema).required(name);
        }
        one = one.item(shape.build());
    }
    one.build().into()
}

/// The whole description.
fn description() -> OpenApi {
    let with = |mut some: Vec<Told>, more: Vec<Told>| {
        some.extend(more);
        some
    };
    let known = || vec![days().remove(1)];
    let grades: Vec<&str> = grades().map(Grade::as_str).collect();
    let situation = object(&[
        ("valid", nullable(Type::String).into()),
        ("known", nullable(Type::String).into()),
        ("items", list_of(record("holding"))),
    ]);
    let chart = object(&[
        ("first", nullable(Type::String).into()),
        ("last", nullable(Type::String).into()),
        ("days", list_of(Schema::Array(Array::default()))),
    ]);
    let one_day =
        object(&[("day", day().into()), ("entries", list_of(record("entry"))), ("changes", list_of(record("change")))]);
    let event = object(&[
        ("event", record("event").into()),
        ("claims", list_of(record("claim"))),
        ("documents", list_of(record("document"))),
    ]);
    let claim = object(&[
        ("claim", record("claim").into()),
        ("document", record("document").into()),
        ("event", nullable(Type::String).into()),
    ]);
    let places = object(&[
        ("items", list_of(object(&[("id", text().build().into()), ("name", text().build().into())]))),
        ("total", number().into()),
    ]);
    let place = object(&[
        ("id", text().build().into()),
        ("name", text().build().into()),
        ("holdings", list_of(record("holding"))),
    ]);
    let holding = object(&[
        ("holdings", list_of(record("holding"))),
        ("claims", list_of(record("claim"))),
        ("documents", list_of(record("document"))),
    ]);
    let story = object(&[
        ("id", id("s").into()),
        ("text", text().build().into()),
        ("records", list_of(object(&[("record", text().build().into())]))),
    ]);
    let changes = object(&[("from", day().into()), ("to", day().into()), ("items", list_of(record("change")))]);
    let map = object(&[
        ("places", list_of(object(&[("id", text().build().into())]))),
        ("routes", list_of(object(&[("id", text().build().into())]))),
        (
            "events",
            object(&[("columns", list_of(text().build().into())), ("rows", list_of(Schema::Array(Array::default())))])
                .into(),
        ),
    ]);
    let about =
        object(&[("version", text().build().into()), ("documents", number().into()), ("claims", number().into())]);
    let review =
        RequestBodyBuilder::new().content("application/json", json(decisions())).required(Some(Required::True)).build();
    let review = OperationBuilder::new()
        .operation_id(Some("decide"))
        .summary(Some("Keep a decision; who and why are needed, what was read is never changed"))
        .request_body(Some(review));
    let decided = object(&[("id", id("r").into()), ("decision", object(&[("action", text().build().into())]).into())]);
    let refusals = [
        REFUSED,
        TOKEN,
        ("403", "This token may not decide"),
        NONE,
        ("409", "Something else was decided"),
        ("422", "This cannot be decided"),
        WAIT,
    ];
    let mut reviewing = get("decisions", "The decisions, newest first", None, vec![], page("decision"));
    reviewing.post = Some(answers(review, "201", decided, &refusals).build());
    let files = object(&[
        ("items", list_of(object(&["name", "media_type", "url"].map(|field| (field, text().build().into()))))),
        ("total", number().into()),
        ("events", number().into()),
    ]);
    // A file is whole: it has no pages.
    let asked: Vec<Told> =
        filters(grades.clone(), "e").into_iter().filter(|(name, ..)| !matches!(*name, "limit" | "after")).collect();
    let word = ("q", "Words that must all stand in a story, in any inflection; \"words together\"", text().build());
    let paths = PathsBuilder::new()
        .path(
            "/api/v1/situation",
            get(
                "situation",
                "What held on a day as known on another",
                None,
                with(days(), vec![("place", "Only about this place", text().build())]),
                situation,
            ),
        )
        .path(
            "/api/v1/map",
            get(
                "map",
                "What a map draws",
                None,
                with(days(), vec![("from", "First day of the events", day()), layer(), language()]),
                map,
            ),
        )
        .path("/api/v1/days", get("days", "Events, claims and documents a day", None, known(), chart))
        .path(
            "/api/v1/days/{day}",
            get(
                "day",
                "What happened and what changed on a day",
                Some(("day", "The day", day())),
                with(known(), vec![language()]),
                one_day,
            ),
        )
        .path(
            "/api/v1/events",
            get("events", "Events, newest first", None, with(known(), filters(grades, "e")), page("event")),
        )
        .path(
            "/api/v1/events/{id}",
            get(
                "event",
                "An event with its claims",
                Some(("id", "Its id, or that of any of its claims", id("e"))),
                known(),
                event,
            ),
        )
        .path(
            "/api/v1/claims",
            get(
                "claims",
                "Claims, those of the newest documents first",
                None,
                with(known(), filters(vec!["rejected"], "c")),
                page("claim"),
            ),
        )
        .path(
            "/api/v1/claims/{id}",
            get("claim", "A claim with its document", Some(("id", "Its id", id("c"))), vec![], claim),
        )
        .path("/api/v1/places", get("places", "The places of which something is told", None, known(), places))
        .path(
            "/api/v1/places/{id}",
            get(
                "place",
                "A place with what holds there",
                Some(("id", "Its id", text().min_length(Some(1)).build())),
                days(),
                place,
            ),
        )
        .path(
            "/api/v1/holdings/{id}",
            get(
                "holding",
                "An answer with its proof",
                Some(("id", "Its id: h:FLUENT/KEY", text().min_length(Some(1)).build())),
                days(),
                holding,
            ),
        )
        .path(
            "/api/v1/stories/{id}",
            get("story", "A story with its text and claims", Some(("id", "Its id", id("s"))), vec![], story),
        )
        .path(
            "/api/v1/compare",
            get(
                "compare",
                "What changed between two days",
                None,
                with(days(), vec![("with", "The other day", day()), language()]),
                changes,
            ),
        )
        .path(
            "/api/v1/search",
            get("search", "Stories found by their words", None, with(known(), vec![word]), page("hit")),
        )
        .path(
            "/api/v1/exports",
            get("exports", "The files for other programs", None, with(days(), asked.clone()), files),
        )
        .path("/api/v1/exports/{name}", file(with(days(), asked)))
        .path("/api/v1/review", reviewing)
        .path("/api/v1/about", get("about", "What the archive holds", None, vec![], about))
        .build();
    let told = "What vigie knows of a conflict: claims with who makes them, events, what holds on a day as known on another. \
                Every page has the same answer as JSON at its address with .json at the end.";
    let info = InfoBuilder::new().title("vigie").version(env!("CARGO_PKG_VERSION")).description(Some(told));
    OpenApiBuilder::new().info(info.build()).paths(paths).build()
}

#[test]
fn the_committed_description_is_the_generated_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/web/page/openapi.json");
    let made = description().to_pretty_json().unwrap() + "\n";
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    if made != committed {
        std::fs::write(path, &made).unwrap();
        panic!("{path} was not up to date; it is now: look at the difference and commit it");
    }
}
