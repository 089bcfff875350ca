//! How long a caller may take, and the loop that holds each connection to it: who sends slowly, or nothing at all, must not
//! keep a place from the page.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};

/// Most connections at once; a browser opens six to a host.
const CONNECTIONS: u32 = 256;
/// Pause after a connection could not be taken, for want of file handles as a rule.
const PAUSE: Duration = Duration::from_millis(100);

/// How long a caller may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For the head of a request, and between two requests of one connection.
    pub head: Duration,
    /// For the body of a command, from its head to its last byte.
    pub body: Duration,
    /// For a connection as a whole: it is ended after the answer that is under way, and a browser opens another.
    pub connection: Duration,
    /// For that last answer to be taken.
    pub last: Duration,
}

impl Patience {
    /// With pages on the same computer, whose longest body is there in a second.
    pub const OF_PAGES: Self = Self {
        head: Duration::from_secs(30),
        body: Duration::from_secs(15),
        connection: Duration::from_mins(15),
        last: Duration::from_mins(1),
    };
}

/// Answers until `stop` is done, and then what is under way.
pub(crate) async fn run(
    listener: TcpListener,
    router: Router,
    patience: Patience,
    stop: impl Future<Output = ()>,
) {
    let room = Arc::new(Semaphore::new(CONNECTIONS as usize));
    let (ending, ended) = watch::channel(());
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let Ok((stream, _)) = accepted else {
            sleep(PAUSE).await;
            continue;
        };
        // One too many is closed at once, so that those that wait are not kept waiting by it.
        let Ok(place) = Arc::clone(&room).try_acquire_owned() else {
            continue;
        };
        // Answers are small and wanted at once.
        let _ = stream.set_nodelay(true);
        let (router, ended) = (router.clone(), ended.clone());
        tokio::spawn(async move {
            answer(stream, router, patience, ended).await;
            drop(place);
        });
    }
    drop(ending);
    // Every place is free once every connection ended.
    let _ = timeout(patience.last, room.acquire_many(CONNECTIONS)).await;
}

/// Answers one connection.
async fn answer(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    router: Router,
    patience: Patience,
    mut ended: watch::Receiver<()>,
) {
    let service = TowerToHyperService::new(router);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.head)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    tokio::select! {
        // Who went away or was too slow is no fault of this program.
        _ = connection.as_mut() => return,
        () = sleep(patience.connection) => {}
        _ = ended.changed() => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(patience.last, connection).await;
}
