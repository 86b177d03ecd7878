//! What a request asks for: pure.

use cloudauth_core::{Callback, Kind};

/// What a request asks for, or the status that refuses it.
#[derive(Debug)]
pub(super) enum Route {
    Callback(Box<Callback>),
    Health,
    Metrics,
    Refused(u16),
}

/// Nothing of what a callback holds is in any answer.
pub(super) fn route(method: &str, path: &str, query: &str) -> Route {
    let known = ["/callback", "/healthz", "/metrics"].contains(&path);
    match (method, path) {
        _ if !known => Route::Refused(404),
        ("GET", "/healthz") => Route::Health,
        ("GET", "/metrics") => Route::Metrics,
        ("GET", _) => match Callback::parse(query) {
            Ok(callback) => Route::Callback(Box::new(callback)),
            Err(error) if error.kind() == Kind::Authentication => Route::Refused(403),
            Err(_) => Route::Refused(400),
        },
        _ => Route::Refused(405),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_known_is_served() {
        let refused = |method, path, query| match route(method, path, query) {
            Route::Refused(status) => status,
            _ => 0,
        };
        assert_eq!(refused("GET", "/", ""), 404);
        assert_eq!(refused("GET", "/callback/x", "transactionId=a"), 404);
        assert_eq!(refused("POST", "/callback", "transactionId=a"), 405);
        assert_eq!(refused("GET", "/callback", ""), 400);
        assert_eq!(refused("GET", "/callback", "transactionId=a&transactionId=b"), 400);
        assert_eq!(refused("GET", "/callback", "transactionId=a&callbackToken=1&callbackToken=2"), 403);
        assert_eq!(refused("GET", "/healthz", "") + refused("GET", "/metrics", ""), 0);
        let Route::Callback(callback) = route("GET", "/callback", "transactionId=a&callbackToken=1") else { panic!() };
        assert_eq!(callback.transaction_id, "a");
    }
}
