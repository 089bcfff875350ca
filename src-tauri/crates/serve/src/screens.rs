//! The built screens as files: a page, its scripts, its fonts. They hold no data of anybody.

use std::path::{Component, Path, PathBuf};

use axum::extract::State;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use zhaoshen_station::wire::Code;

use crate::Shared;
use crate::answer::refusal;

/// What the page may load and where it may connect: itself only.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Any address that is neither a command nor a photo.
pub(crate) async fn file(State(shared): State<Shared>, method: Method, uri: Uri) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return refusal(
            StatusCode::METHOD_NOT_ALLOWED,
            Code::Refused,
            "不支持的请求方式",
        );
    }
    let Some(folder) = shared.screens else {
        return nothing();
    };
    let Some(inner) = inner_path(uri.path()) else {
        return nothing();
    };
    let path = folder.join(&inner);
    match tokio::task::spawn_blocking(move || std::fs::read(path)).await {
        Ok(Ok(bytes)) => whole(&inner, bytes),
        _ => nothing(),
    }
}

fn whole(inner: &Path, bytes: Vec<u8>) -> Response {
    let kept = if inner.starts_with("assets") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let mut answer = bytes.into_response();
    let headers = answer.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(media_type(inner)),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    answer
}

fn nothing() -> Response {
    refusal(StatusCode::NOT_FOUND, Code::NotFound, "没有这个页面")
}

/// The file meant by an address, relative to the folder; `None` for anything that could lead out of it.
fn inner_path(address: &str) -> Option<PathBuf> {
    let trimmed = address.strip_prefix('/')?;
    if trimmed.is_empty() {
        return Some(PathBuf::from("index.html"));
    }
    // Built files have plain names; an escaped character is never one of ours.
    if trimmed.contains(['%', '\\', ':', '\0']) {
        return None;
    }
    let path = PathBuf::from(trimmed);
    let plain = path
        .components()
        .all(|component| matches!(component, Component::Normal(_)));
    plain.then_some(path)
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stay_inside_the_folder() {
        assert_eq!(inner_path("/"), Some(PathBuf::from("index.html")));
        assert_eq!(
            inner_path("/assets/index-1a2b.js"),
            Some(PathBuf::from("assets/index-1a2b.js"))
        );
        for address in [
            "",
            "//etc/passwd",
            "/../secret",
            "/assets/../../secret",
            "/%2e%2e/secret",
            "/C:/x",
            "/..\\secret",
        ] {
            assert_eq!(inner_path(address), None, "{address}");
        }
    }
}
