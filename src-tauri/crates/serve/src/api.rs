//! Commands and photos: what the station answers, on threads that may block.

use std::time::Instant;

use axum::body::Bytes;
use axum::extract::{FromRequest as _, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use tokio::time::timeout;
use zhaoshen_station::PhotoKind;
use zhaoshen_station::wire::{Code, Failure};

use crate::answer::{failed, internal, refusal};
use crate::guard::Shown;
use crate::{Shared, session};

/// `POST /api/<name>` with the argument as JSON; an empty body stands for `{}`.
pub(crate) async fn command(
    State(shared): State<Shared>,
    Path(name): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    let body = timeout(shared.patience.body, Bytes::from_request(request, &shared));
    let body = match body.await {
        Ok(Ok(body)) => body,
        Ok(Err(rejection)) => {
            return refusal(rejection.status(), Code::Refused, "请求内容过长或不完整");
        }
        Err(_) => {
            return refusal(
                StatusCode::REQUEST_TIMEOUT,
                Code::Refused,
                "请求内容没有按时到齐，请重试",
            );
        }
    };
    let args = if body.is_empty() {
        Ok(Value::Object(serde_json::Map::new()))
    } else {
        serde_json::from_slice(&body)
    };
    let Ok(args) = args else {
        return refusal(StatusCode::BAD_REQUEST, Code::Refused, "请求内容不是 JSON");
    };
    let began = Instant::now();
    let Some(station) = shared.sessions.of(&shared.station, &headers) else {
        return refusal(
            StatusCode::BAD_REQUEST,
            Code::Refused,
            "会话标识不正确，请重新打开页面",
        );
    };
    let shown = session::shown(&headers);
    let command = name.clone();
    let answer =
        blocking(move || zhaoshen_station::dispatch_for(&station, shown, &name, args)).await;
    let milliseconds = began.elapsed().as_millis();
    match answer {
        Ok(json) => {
            tracing::debug!(command, milliseconds, "done");
            let headers = [
                (header::CACHE_CONTROL, "no-store"),
                (header::CONTENT_TYPE, "application/json"),
            ];
            (headers, json).into_response()
        }
        Err(failure) => {
            tracing::warn!(command, milliseconds, code = ?failure.code, "failed");
            failed(failure)
        }
    }
}

/// `GET /photo/<kind>/<sha256>`: a JPEG of at most 1080 px, for the session that the query or the header names.
pub(crate) async fn photo(
    State(shared): State<Shared>,
    Path((kind, sha256)): Path<(String, String)>,
    Query(shown): Query<Shown>,
    headers: HeaderMap,
) -> Response {
    let Some(kind) = PhotoKind::parse(&kind) else {
        return no_photo();
    };
    let hash = sha256.len() == 64
        && sha256
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !hash {
        return no_photo();
    }
    let sessions = &shared.sessions;
    let station = match &shown.session {
        Some(word) => sessions.of_word(&shared.station, word),
        None => sessions.of(&shared.station, &headers),
    };
    let Some(station) = station else {
        return no_photo();
    };
    match blocking(move || station.photo(kind, &sha256)).await {
        Ok(bytes) => {
            let mut answer = Response::new(bytes.into());
            let headers = answer.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
            // A face is never left in a browser's cache, on disk least of all.
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            answer
        }
        Err(failure) => failed(failure),
    }
}

fn no_photo() -> Response {
    refusal(StatusCode::NOT_FOUND, Code::NotFound, "没有这张照片")
}

/// Runs `work` where blocking is allowed; a panic becomes a failure.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(internal(error.to_string())))
}
