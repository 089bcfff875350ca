//! The same use cases over loopback HTTP, so that the same screens run in a browser.
//!
//! `POST /api/<command>` hands a command to [`zhaoshen_station::dispatch`], `GET /photo/<kind>/<sha256>`
//! gives a preview, everything else is the built screens. Every answer of the station needs the
//! token of this run, every request a loopback `Host` and no foreign `Origin`. Not a network service: it listens on
//! 127.0.0.1 only, and holds no use case of its own.

mod answer;
mod api;
mod guard;
mod patience;
mod rate;
mod screens;
mod session;
mod token;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use zhaoshen_station::Station;

pub use patience::Patience;
pub use rate::Rate;
pub use session::{PERSON_HEADER, SESSION_HEADER};
pub use token::Token;

/// Longest body of a command, in bytes; the longest real one is a pasted roster of 20,000 rows, some 4 MB.
pub const BODY_LIMIT_BYTES: usize = 16 * 1024 * 1024;

/// Most requests that are answered at once; a browser opens six connections to a host.
pub const AT_ONCE: usize = 64;

/// Header that carries the token of a command.
pub const TOKEN_HEADER: &str = "x-zhaoshen-token";

/// What every request handler sees.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) station: Arc<Station>,
    pub(crate) sessions: Arc<session::Sessions>,
    pub(crate) token: Token,
    pub(crate) screens: Option<Arc<PathBuf>>,
    /// A place for each request that is being answered.
    pub(crate) room: Arc<Semaphore>,
    /// How long a body may take.
    pub(crate) patience: Patience,
    /// How fast requests may come.
    pub(crate) bucket: Arc<rate::Bucket>,
}

/// Opens the listener on 127.0.0.1; port 0 lets the system choose one.
///
/// # Errors
/// What the system says, e.g. that the port is taken.
pub async fn listen(port: u16) -> std::io::Result<TcpListener> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await
}

/// The address to open in a browser; the token stands after `#`, which is never sent to a server.
pub fn address(port: u16, token: &Token) -> String {
    format!("http://127.0.0.1:{port}/#token={}", token.as_str())
}

/// Every route over `station`; `screens` is the folder of the built screens.
pub fn router(station: Arc<Station>, token: Token, screens: Option<PathBuf>) -> Router {
    router_at(Rate::OF_PAGES, Patience::OF_PAGES, station, token, screens)
}

/// The same, for callers who may ask at this rate and take so long.
pub fn router_at(
    rate: Rate,
    patience: Patience,
    station: Arc<Station>,
    token: Token,
    screens: Option<PathBuf>,
) -> Router {
    let shared = Shared {
        station,
        sessions: Arc::default(),
        token,
        screens: screens.map(Arc::new),
        room: Arc::new(Semaphore::new(AT_ONCE)),
        patience,
        bucket: Arc::new(rate::Bucket::full(rate, Instant::now())),
    };
    let api = Router::new()
        .route("/api/{name}", post(api::command))
        .route_layer(middleware::from_fn_with_state(
            shared.clone(),
            guard::not_too_fast,
        ))
        .route_layer(middleware::from_fn_with_state(
            shared.clone(),
            guard::token_in_header,
        ));
    let photo = Router::new()
        .route("/photo/{kind}/{sha256}", get(api::photo))
        .route_layer(middleware::from_fn_with_state(
            shared.clone(),
            guard::not_too_fast,
        ))
        .route_layer(middleware::from_fn_with_state(
            shared.clone(),
            guard::token_in_header_or_query,
        ));
    Router::new()
        .merge(api)
        .merge(photo)
        .fallback(screens::file)
        .layer(DefaultBodyLimit::max(BODY_LIMIT_BYTES))
        .layer(middleware::from_fn_with_state(
            shared.clone(),
            guard::a_few_at_once,
        ))
        .layer(middleware::from_fn(guard::loopback_only))
        .with_state(shared)
}

/// Answers until the process is asked to end (Ctrl-C).
pub async fn run(listener: TcpListener, router: Router) {
    run_at(Patience::OF_PAGES, listener, router).await;
}

/// The same, for callers who may take so long.
pub async fn run_at(patience: Patience, listener: TcpListener, router: Router) {
    patience::run(listener, router, patience, async {
        // Without a signal handler the process simply ends at once on Ctrl-C.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
    .await;
}
