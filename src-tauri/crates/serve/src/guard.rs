//! Who is let in: only loopback names as `Host`, and only callers with the token.

use std::time::Instant;

use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use serde::Deserialize;
use zhaoshen_station::wire::Code;

use crate::answer::refusal;
use crate::{Shared, TOKEN_HEADER};

/// Refuses a request for any other name than this computer's: a page elsewhere may point its own
/// name at 127.0.0.1 and would then count as the same origin. Marks every answer as not to be framed or sniffed.
pub(crate) async fn loopback_only(request: Request, next: Next) -> Response {
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let mut answer = match host {
        Some(host) if is_loopback(host) && is_own_origin(request.headers(), host) => {
            next.run(request).await
        }
        _ => refusal(StatusCode::FORBIDDEN, Code::Refused, "只接受本机地址的访问"),
    };
    let headers = answer.headers_mut();
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    answer
}

/// Refuses what comes while as many requests are being answered as this computer can bear: a page gone wild must not
/// take the memory that the review needs.
pub(crate) async fn a_few_at_once(
    State(shared): State<Shared>,
    request: Request,
    next: Next,
) -> Response {
    match shared.room.try_acquire() {
        Ok(_place) => next.run(request).await,
        Err(_) => refusal(
            StatusCode::SERVICE_UNAVAILABLE,
            Code::Refused,
            "同时进行的请求过多，请稍后重试",
        ),
    }
}

/// Refuses what comes faster than any page at work asks. Stands behind the token: who has none takes nothing from who has.
pub(crate) async fn not_too_fast(
    State(shared): State<Shared>,
    request: Request,
    next: Next,
) -> Response {
    if shared.bucket.take(Instant::now()) {
        return next.run(request).await;
    }
    let mut answer = refusal(
        StatusCode::TOO_MANY_REQUESTS,
        Code::Refused,
        "请求过于频繁，请稍候再试",
    );
    let a_second = HeaderValue::from_static("1");
    answer.headers_mut().insert(header::RETRY_AFTER, a_second);
    answer
}

/// A page that names where it comes from must come from this very address; programs name nothing.
fn is_own_origin(headers: &HeaderMap, host: &str) -> bool {
    headers.get(header::ORIGIN).is_none_or(|origin| {
        let own = origin
            .to_str()
            .ok()
            .and_then(|origin| origin.strip_prefix("http://"));
        own.is_some_and(|own| own.eq_ignore_ascii_case(host))
    })
}

/// Lets a request with the token in its header pass.
pub(crate) async fn token_in_header(
    State(shared): State<Shared>,
    request: Request,
    next: Next,
) -> Response {
    if shown_in_header(&shared, request.headers()) {
        next.run(request).await
    } else {
        unknown_caller()
    }
}

/// The same for `<img>`, which cannot send a header: the token may stand in the query.
pub(crate) async fn token_in_header_or_query(
    State(shared): State<Shared>,
    query: Result<Query<Shown>, axum::extract::rejection::QueryRejection>,
    request: Request,
    next: Next,
) -> Response {
    let in_query = query.is_ok_and(|Query(shown)| shared.token.is(shown.token.as_bytes()));
    if in_query || shown_in_header(&shared, request.headers()) {
        next.run(request).await
    } else {
        unknown_caller()
    }
}

/// The query of a photo's address.
#[derive(Deserialize)]
pub(crate) struct Shown {
    #[serde(default)]
    token: String,
    /// The word of the page's session.
    pub(crate) session: Option<String>,
}

fn shown_in_header(shared: &Shared, headers: &HeaderMap) -> bool {
    headers
        .get(TOKEN_HEADER)
        .is_some_and(|shown| shared.token.is(shown.as_bytes()))
}

fn unknown_caller() -> Response<Body> {
    refusal(
        StatusCode::UNAUTHORIZED,
        Code::Refused,
        "访问令牌不正确，请使用程序启动时给出的网址",
    )
}

/// Whether a `Host` value names this computer, with any port.
fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port))
            if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            name
        }
        _ => host,
    };
    matches!(name, "127.0.0.1" | "[::1]") || name.eq_ignore_ascii_case("localhost")
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_names_of_this_computer_are_loopback() {
        for host in [
            "127.0.0.1",
            "127.0.0.1:8080",
            "localhost:1",
            "LOCALHOST",
            "[::1]:80",
            "[::1]",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "example.com",
            "127.0.0.1.example.com",
            "localhost.example.com:80",
            "192.168.1.5",
            "127.0.0.1:",
            "a:127.0.0.1",
            "::1",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
