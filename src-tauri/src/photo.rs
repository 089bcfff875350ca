//! `photo://localhost/<kind>/<sha256>`: previews and thumbnails for `<img>`.
//!
//! Addresses are ids, never paths, and name the content, so the page may keep an answer forever.
//! Originals have no address here: the station gives JPEGs of at most 1080 px.

use tauri::http::{Method, Request, Response, StatusCode, header};
use tauri::{Manager, Runtime, UriSchemeContext, UriSchemeResponder};
use zhaoshen_station::PhotoKind;

use crate::door::Door;

/// Answers one request on a thread that may block.
pub(crate) fn serve<R: Runtime>(
    context: &UriSchemeContext<'_, R>,
    request: &Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let station = context
        .app_handle()
        .try_state::<Door>()
        .and_then(|door| door.station().ok());
    let address = address(request.method(), request.uri().path());
    tauri::async_runtime::spawn_blocking(move || {
        let answer = match (station, address) {
            (Some(station), Some((kind, sha256))) => match station.photo(kind, &sha256) {
                Ok(bytes) => jpeg(bytes),
                Err(failure) => {
                    tracing::warn!(code = ?failure.code, "photo not given");
                    nothing()
                }
            },
            _ => nothing(),
        };
        responder.respond(answer);
    });
}

/// Kind and hash out of `/<kind>/<sha256>`; the slash may be escaped, as Tauri's address maker writes it.
fn address(method: &Method, path: &str) -> Option<(PhotoKind, String)> {
    if method != Method::GET {
        return None;
    }
    let path = path.replace("%2F", "/").replace("%2f", "/");
    let (kind, sha256) = path.strip_prefix('/')?.split_once('/')?;
    let kind = PhotoKind::parse(kind)?;
    let hash = sha256.len() == 64
        && sha256
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    hash.then(|| (kind, sha256.to_owned()))
}

fn jpeg(bytes: Vec<u8>) -> Response<Vec<u8>> {
    let mut answer = Response::new(bytes);
    let headers = answer.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        header::HeaderValue::from_static("image/jpeg"),
    );
    // A face is never left in a browser's cache, on disk least of all; and memory stays flat over thousands.
    headers.insert(
        header::CACHE_CONTROL,
        header::HeaderValue::from_static("no-store"),
    );
    allow_page(&mut answer);
    answer
}

fn nothing() -> Response<Vec<u8>> {
    let mut answer = Response::new(Vec::new());
    *answer.status_mut() = StatusCode::NOT_FOUND;
    let headers = answer.headers_mut();
    headers.insert(
        header::CACHE_CONTROL,
        header::HeaderValue::from_static("no-store"),
    );
    allow_page(&mut answer);
    answer
}

/// The page's origin differs from the protocol's; without this a `fetch` sees only "load failed", even of a 404.
fn allow_page(answer: &mut Response<Vec<u8>>) {
    answer.headers_mut().insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        header::HeaderValue::from_static("*"),
    );
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const HASH: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

    #[test]
    fn addresses_are_kind_and_hash() {
        for (path, kind) in [
            (format!("/preview/{HASH}"), PhotoKind::Preview),
            (format!("/thumb/{HASH}"), PhotoKind::Thumb),
            (format!("/preview%2F{HASH}"), PhotoKind::Preview),
            (format!("/thumb%2f{HASH}"), PhotoKind::Thumb),
        ] {
            let (found, sha256) = address(&Method::GET, &path).unwrap();
            assert!(found == kind, "{path}");
            assert_eq!(sha256, HASH);
        }
    }

    #[test]
    fn anything_else_has_no_address() {
        for path in [
            "/".to_owned(),
            format!("/original/{HASH}"),
            format!("/preview/{}", HASH.to_uppercase()),
            "/preview/../../etc/passwd".to_owned(),
            format!("/preview/{HASH}/x"),
            format!("/preview/{HASH}0"),
        ] {
            assert!(address(&Method::GET, &path).is_none(), "{path}");
        }
        assert!(address(&Method::POST, &format!("/preview/{HASH}")).is_none());
    }

    #[test]
    fn the_page_may_read_both_answers_and_keep_neither() {
        let photo = jpeg(vec![1]);
        assert_eq!(photo.headers().get("cache-control").unwrap(), "no-store");
        let missing = nothing();
        assert_eq!(missing.status(), 404);
        for answer in [photo, missing] {
            assert_eq!(
                answer.headers().get("access-control-allow-origin").unwrap(),
                "*"
            );
        }
    }
}
