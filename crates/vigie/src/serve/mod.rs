//! `vigie serve`: the archive in the browser and over HTTP. Pages are made here and readable without scripts; each has a
//! JSON twin. Nothing is fetched from elsewhere and nothing is sent elsewhere.

mod api;
mod ask;
mod assets;
mod door;
mod filter;
mod map;
mod marks;
mod page;
mod problem;
mod snapshot;
mod strings;
mod watchman;
mod words;

use crate::archive::Archive;
use crate::failure::Failure;
use ask::Ask;
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use door::Door;
use problem::Problem;
use snapshot::Snapshot;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use watchman::Watchman;

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
}

/// What all answers have at hand.
struct App {
    archive: PathBuf,
    watchman: Watchman,
    door: Door,
}

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
    let runtime = runtime.map_err(|e| Failure::new(format!("the server cannot start: {e}"), "free some memory and try again"))?;
    let watchman = Watchman::of(options.archive.clone());
    let app = Arc::new(App { archive: options.archive, watchman, door });
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::bind(options.address).await;
        let listener = listener.map_err(|e| {
            Failure::new(format!("{} cannot be listened at: {e}", options.address), "give another one with --listen ADDRESS:PORT")
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
            Err(_) => refusal(&Problem::new(StatusCode::SERVICE_UNAVAILABLE, "the answer took too long; ask for fewer days"), is_json, ""),
        },
        Err(problem) => refusal(&problem, is_json, ""),
    };
    door::seal(response.headers_mut());
    response
}

fn is_json(path: &str) -> bool {
    path.starts_with("/api/") || path.ends_with(".json")
}

async fn answer(State(app): State<Arc<App>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path();
    if method != Method::GET && method != Method::HEAD {
        let mut response = refusal(&Problem::new(StatusCode::METHOD_NOT_ALLOWED, "only GET is answered here"), is_json(path), "");
        response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    if let Some(name) = path.strip_prefix("/assets/") {
        let missing = || refusal(&Problem::missing(format!("there is no file {name}")), false, "");
        return assets::find(name, &headers).unwrap_or_else(missing);
    }
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let ask = match Ask::read(uri.query().unwrap_or_default(), &accepted) {
        Ok(ask) => ask,
        Err(problem) => return refusal(&problem, is_json(path), &accepted),
    };
    let snapshot = match app.watchman.now() {
        Ok(snapshot) => snapshot,
        Err(problem) => return refusal(&problem, is_json(path), &accepted),
    };
    let tag = tag(&snapshot, &uri, ask.language);
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    let path = path.to_owned();
    let made = tokio::task::spawn_blocking(move || made(&app, &snapshot, &path, &ask, &accepted)).await;
    let mut response = made.unwrap_or_else(|_| {
        refusal(&Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "this answer failed; please report its address"), is_json(uri.path()), "")
    });
    if response.status() == StatusCode::OK {
        if let Ok(tag) = header::HeaderValue::from_str(&tag) {
            response.headers_mut().insert(header::ETAG, tag);
        }
    }
    response
}

/// Makes a page or its twin.
fn made(app: &App, snapshot: &Snapshot, path: &str, ask: &Ask, accepted: &str) -> Response {
    let twin = path.strip_prefix("/api/v1").or_else(|| path.strip_suffix(".json"));
    let search = twin.unwrap_or(path).trim_end_matches('/') == "/search";
    snapshot.with_dependent(|_, view| match twin {
        Some(twin) => {
            let found = if search {
                Archive::open_existing(&app.archive).map_err(Problem::from).and_then(|archive| api::found(&archive, view, ask))
            } else {
                api::at(twin, view, ask)
            };
            match found {
                Ok(value) => ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response(),
                Err(problem) => refusal(&problem, true, accepted),
            }
        }
        None => {
            let html = if search {
                Archive::open_existing(&app.archive).map_err(Problem::from).and_then(|archive| page::found(&archive, view, ask))
            } else {
                page::at(path, view, ask)
            };
            match html {
                Ok(html) => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response(),
                Err(problem) => refusal(&problem, false, accepted),
            }
        }
    })
}

/// The name of an answer: the same archive, address and language give the same bytes.
fn tag(snapshot: &Snapshot, uri: &Uri, language: vigie_resources::Language) -> String {
    let mut hasher = DefaultHasher::new();
    let growth = snapshot.growth();
    let content = (growth.documents, growth.claims, growth.decisions);
    (env!("CARGO_PKG_VERSION"), content, uri.to_string(), language.code()).hash(&mut hasher);
    format!("\"{:016x}\"", hasher.finish())
}

/// What went wrong, in the shape that was asked for.
fn refusal(problem: &Problem, as_json: bool, accepted: &str) -> Response {
    let language = Ask::read("", accepted).map(|ask| ask.language).ok();
    let waits = problem.status == StatusCode::SERVICE_UNAVAILABLE;
    let mut response = match language.filter(|_| !as_json) {
        Some(language) => {
            let html = page::problem(problem, language, waits);
            (problem.status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
        }
        None => (problem.status, [(header::CONTENT_TYPE, "application/problem+json")], Body::from(problem.json())).into_response(),
    };
    if waits {
        response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("2"));
    }
    response
}
