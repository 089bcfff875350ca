//! How a [`Failure`] becomes an HTTP answer: the body is the failure itself, so that screens treat
//! both hosts alike.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use zhaoshen_station::wire::{Code, Failure};

/// A failed command.
pub(crate) fn failed(failure: Failure) -> Response {
    let status = status(failure.code);
    let mut answer = (status, Json(failure)).into_response();
    answer
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

/// A request the host itself turns away.
pub(crate) fn refusal(status: StatusCode, code: Code, message: &str) -> Response {
    let mut answer = failed(Failure {
        code,
        message: message.to_owned(),
        detail: String::new(),
    });
    *answer.status_mut() = status;
    answer
}

/// A fault of the host.
pub(crate) fn internal(detail: String) -> Failure {
    Failure {
        code: Code::Internal,
        message: "程序内部出错，请重试；再次出现请重新打开程序".to_owned(),
        detail,
    }
}

fn status(code: Code) -> StatusCode {
    match code {
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::SignedOut | Code::NotAllowed => StatusCode::FORBIDDEN,
        Code::Refused | Code::Nameless | Code::NoQueue => StatusCode::BAD_REQUEST,
        Code::Conflict | Code::Cancelled => StatusCode::CONFLICT,
        Code::File | Code::Roster => StatusCode::UNPROCESSABLE_ENTITY,
        Code::Workspace | Code::Damaged => StatusCode::SERVICE_UNAVAILABLE,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
