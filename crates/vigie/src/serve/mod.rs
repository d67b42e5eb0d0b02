//! `vigie serve`: the archive in the browser and over HTTP. Pages are made here and readable without scripts; each has a
//! JSON twin. Nothing is fetched from elsewhere and nothing is sent elsewhere.

mod api;
mod ask;
mod assets;
mod desk;
mod door;
mod exports;
mod filter;
mod map;
mod marks;
#[cfg(test)]
mod openapi;
mod page;
mod problem;
mod recent;
mod review;
mod snapshot;
mod strings;
mod tokens;
mod watchman;
mod words;

use crate::archive::Archive;
use crate::failure::Failure;
use ask::Ask;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use door::Door;
use problem::Problem;
use recent::{Recent, locked};
use snapshot::Snapshot;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use watchman::Watchman;

pub(crate) use desk::{Desk, Question};

/// What is served, where, and to whom.
#[derive(Debug, Clone)]
pub struct Options {
    /// The archive.
    pub archive: PathBuf,
    /// Where to listen.
    pub address: SocketAddr,
    /// Names, besides those of this machine, by which browsers may call the server.
    pub names: Vec<String>,
    /// Who may come in; everybody who reaches the address when there is none.
    pub tokens: Option<PathBuf>,
    /// Hold back the routes to besieged places.
    pub redact_routes: bool,
    /// Hold back events of which a report is younger than so many hours.
    pub delay_hours: Option<u32>,
}

impl Options {
    /// Is something held back?
    fn holds_back(&self) -> bool {
        self.redact_routes || self.delay_hours.is_some()
    }
}

/// What all answers have at hand.
struct App {
    archive: PathBuf,
    /// Something of it is held back: then nothing is searched, since the words that are found by are those of all texts, and
    /// nothing is decided.
    holds_back: bool,
    watchman: Watchman,
    door: Door,
    /// Answers by their names: many visitors look at the same pages.
    answers: Mutex<Recent<String, Answer>>,
}

/// A page or its twin as it is sent.
#[derive(Clone)]
struct Answer {
    kind: &'static str,
    body: Bytes,
    /// The name of a file to be kept rather than shown.
    name: Option<String>,
}

/// Answers that are kept at hand, and the size of one from which on it is made anew each time.
const ANSWERS: usize = 64;
const LARGEST: usize = 2 << 20;

/// The longest that an answer may take, and the largest body that is taken.
const PATIENCE: Duration = Duration::from_secs(30);
const BODY: usize = 64 * 1024;

/// Serves until it is interrupted. `ready` is told the address once it listens.
///
/// # Errors
/// When the archive cannot be read, the address cannot be had, or strangers could come in without a token.
pub fn run(options: Options, ready: impl FnOnce(SocketAddr)) -> Result<(), Failure> {
    // What cannot be opened is told now rather than to the first visitor.
    drop(Archive::open_existing(&options.archive)?);
    let door = Door::new(&options)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime =
        runtime.map_err(|e| Failure::new(format!("the server cannot start: {e}"), "free some memory and try again"))?;
    let watchman = Watchman::of(options.archive.clone(), options.redact_routes, options.delay_hours);
    let holds_back = options.holds_back();
    let app = Arc::new(App {
        archive: options.archive,
        holds_back,
        watchman,
        door,
        answers: Mutex::new(Recent::new(ANSWERS)),
    });
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::bind(options.address).await;
        let listener = listener.map_err(|e| {
            Failure::new(
                format!("{} cannot be listened at: {e}", options.address),
                "give another one with --listen ADDRESS:PORT",
            )
        })?;
        ready(listener.local_addr().unwrap_or(options.address));
        let served = axum::serve(listener, router(app)).with_graceful_shutdown(async {
            let _ = tokio::signal::ctrl_c().await;
        });
        served.await.map_err(|e| Failure::new(format!("the server stopped: {e}"), "start it again"))
    })
}

fn router(app: Arc<App>) -> Router {
    Router::new()
        .fallback(answer)
        .layer(DefaultBodyLimit::max(BODY))
        .layer(middleware::from_fn_with_state(app.clone(), guarded))
        .with_state(app)
}

/// What holds for every answer: who may ask, and what a browser may do with it.
async fn guarded(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let is_json = is_json(request.uri().path());
    let mut response = match app.door.admits(&request) {
        Ok(()) => match tokio::time::timeout(PATIENCE, next.run(request)).await {
            Ok(response) => response,
            Err(_) => refusal(
                &Problem::new(StatusCode::SERVICE_UNAVAILABLE, "the answer took too long; ask for fewer days"),
                is_json,
                "",
            ),
        },
        Err(problem) => refusal(&problem, is_json, ""),
    };
    door::seal(response.headers_mut());
    response
}

fn is_json(path: &str) -> bool {
    path.starts_with("/api/") || path.ends_with(".json")
}

async fn answer(State(app): State<Arc<App>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let accepted =
        request.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let answered = match *request.method() {
        Method::GET | Method::HEAD => {
            let (uri, headers) = (request.uri().clone(), request.headers().clone());
            shown(&app, uri, headers, &accepted).await
        }
        Method::POST if path == "/login" => let_in(&app, request).await,
        Method::POST if is_review(&path) => decided(&app, request, &accepted).await,
        _ => Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED, "only GET is answered here")),
    };
    answered.unwrap_or_else(|problem| {
        let mut response = refusal(&problem, is_json(&path), &accepted);
        if problem.status == StatusCode::METHOD_NOT_ALLOWED {
            let allowed = if is_review(&path) { "GET, HEAD, POST" } else { "GET, HEAD" };
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
        }
        response
    })
}

fn is_review(path: &str) -> bool {
    matches!(path, "/review" | "/review.json" | "/api/v1/review")
}

async fn shown(app: &Arc<App>, uri: Uri, headers: HeaderMap, accepted: &str) -> Result<Response, Problem> {
    if let Some(name) = uri.path().strip_prefix("/assets/") {
        return assets::find(name, &headers).ok_or_else(|| Problem::missing(format!("there is no file {name}")));
    }
    if uri.path() == "/api/v1/openapi.json" {
        return assets::find("openapi.json", &headers).ok_or_else(|| Problem::missing("there is no description"));
    }
    let mut visitor = app.door.visitor(&headers)?;
    if app.holds_back {
        visitor.role = tokens::Role::Read;
    }
    let ask = Ask::read(uri.query().unwrap_or_default(), accepted, visitor, uri.path().starts_with("/api/"))?;
    let snapshot = app.watchman.now()?;
    let tag = tag(&snapshot, &uri, &ask);
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let kept = locked(&app.answers).get(&tag);
    let answer = match kept {
        Some(answer) => answer,
        None => {
            let (maker, path) = (app.clone(), uri.path().to_owned());
            let answer = beside(move || made(&maker, &snapshot, &path, &ask)).await?;
            if answer.body.len() <= LARGEST {
                locked(&app.answers).put(tag.clone(), answer.clone());
            }
            answer
        }
    };
    let mut response =
        ([(header::CONTENT_TYPE, answer.kind.to_owned()), (header::ETAG, tag)], answer.body).into_response();
    let kept = answer.name.and_then(|name| HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).ok());
    if let Some(kept) = kept {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, kept);
    }
    Ok(response)
}

/// Work that takes its time must not keep other visitors waiting.
async fn beside<T: Send + 'static>(work: impl FnOnce() -> Result<T, Problem> + Send + 'static) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|_| {
        Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "this answer failed; please report its address"))
    })
}

async fn body(request: Request) -> Result<Bytes, Problem> {
    let read = axum::body::to_bytes(request.into_body(), BODY).await;
    read.map_err(|_| Problem::new(StatusCode::PAYLOAD_TOO_LARGE, format!("at most {BODY} bytes are taken")))
}

/// Gives whoever has a token the cookie that says so.
async fn let_in(app: &Arc<App>, request: Request) -> Result<Response, Problem> {
    let fields = review::Fields::of_form(&body(request).await?);
    let cookie = app.door.let_in(fields.get("token"))?;
    Ok((StatusCode::SEE_OTHER, [(header::SET_COOKIE, cookie), (header::LOCATION, "/".to_owned())]).into_response())
}

/// Keeps a decision and shows what it changed.
async fn decided(app: &Arc<App>, request: Request, accepted: &str) -> Result<Response, Problem> {
    let visitor = app.door.visitor(request.headers())?;
    if app.holds_back {
        let why = "nothing is decided where something is held back; start a server without --redact-routes and --delay";
        return Err(Problem::new(StatusCode::FORBIDDEN, why));
    }
    let as_json = request
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    let is_api = is_json(request.uri().path());
    let ask = Ask::read(request.uri().query().unwrap_or_default(), accepted, visitor.clone(), is_api)?;
    let body = body(request).await?;
    let fields = if as_json { review::Fields::of_json(&body)? } else { review::Fields::of_form(&body) };
    let (app, snapshot) = (app.clone(), app.watchman.now()?);
    beside(move || {
        let mut archive = Archive::open(&app.archive)?;
        let decision = snapshot.with_dependent(|_, view| review::decide(&mut archive, view, &visitor, &fields))?;
        drop(archive);
        app.watchman.look_again();
        if is_api {
            let shape = serde_json::json!({ "id": decision.id().word(), "decision": crate::review::shape(&decision) });
            return Ok(
                (StatusCode::CREATED, [(header::CONTENT_TYPE, "application/json")], shape.to_string()).into_response()
            );
        }
        // Only a path of this server: a page of others must not be able to send anybody on.
        let back = Some(fields.get("back"))
            .filter(|path| path.starts_with('/') && !path.starts_with("//") && !path.contains('\\'));
        let back = back.map_or_else(|| ask.link("/review"), str::to_owned);
        Ok((StatusCode::SEE_OTHER, [(header::LOCATION, back)]).into_response())
    })
    .await
}

/// Makes a page or its twin.
fn made(app: &App, snapshot: &Snapshot, path: &str, ask: &Ask) -> Result<Answer, Problem> {
    let twin = path.strip_prefix("/api/v1").or_else(|| path.strip_suffix(".json"));
    let is_search = twin.unwrap_or(path).trim_end_matches('/') == "/search";
    if is_search && app.holds_back {
        return Err(Problem::missing("nothing is searched where something is held back (--redact-routes, --delay)"));
    }
    if let Some(name) = path.strip_prefix("/api/v1").unwrap_or(path).strip_prefix("/exports/") {
        return snapshot.with_dependent(|_, view| exports::file(view, ask, name));
    }
    let archive = if is_search { Some(Archive::open_existing(&app.archive)?) } else { None };
    snapshot.with_dependent(|_, view| match twin {
        Some(twin) => {
            let value = match &archive {
                Some(archive) => api::found(archive, view, ask)?,
                None => api::at(twin, view, ask)?,
            };
            Ok(Answer { kind: "application/json", body: value.to_string().into(), name: None })
        }
        None => {
            let html = match &archive {
                Some(archive) => page::found(archive, view, ask)?,
                None => page::at(path, view, ask)?,
            };
            Ok(Answer { kind: "text/html; charset=utf-8", body: html.into(), name: None })
        }
    })
}

/// The name of an answer: the same archive, address, language and visitor give the same bytes.
fn tag(snapshot: &Snapshot, uri: &Uri, ask: &Ask) -> String {
    let mut hasher = DefaultHasher::new();
    let growth = snapshot.growth();
    let content = (growth.documents, growth.claims, growth.decisions, snapshot.n_claims());
    let reader = (ask.language.code(), &ask.visitor.name, ask.visitor.role as u8);
    (env!("CARGO_PKG_VERSION"), content, uri.to_string(), reader).hash(&mut hasher);
    format!("\"{:016x}\"", hasher.finish())
}

/// What went wrong, in the shape that was asked for.
fn refusal(problem: &Problem, as_json: bool, accepted: &str) -> Response {
    let waits = problem.status == StatusCode::SERVICE_UNAVAILABLE;
    let mut response = match as_json {
        false => {
            let html = page::problem(problem, ask::spoken(accepted), waits);
            (problem.status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
        }
        true => (problem.status, [(header::CONTENT_TYPE, "application/problem+json")], Body::from(problem.json()))
            .into_response(),
    };
    if waits {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
    }
    response
}
