//! Signed calls that change nothing. That for the result of a verification which does not exist must be refused: what the
//! service says then shows whether it took keys and signature.

use std::mem;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::time::Instant;
use zeroize::Zeroizing;

use super::clock;
use super::finding::{Check, Finding};
use super::permission::Permission;
use crate::call::Call;
use crate::catalogue::{self, Kind, Retry};
use crate::clock::Clock;
use crate::credentials::Credentials;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result};
use crate::operations::{API_VERSION, SUCCESS, operation};
use crate::options;
use crate::reply;
use crate::sign::{self, Signature, Unsigned};
use crate::transport::{self, Reply, Request, Settings};

const MERCHANT_BIZ_ID: &str = "doctor";
const CAP: usize = options::MAX_BODY_BYTES_WITHOUT_IMAGES;

/// What calls are made with.
pub(super) struct Caller<'a> {
    pub(super) endpoint: &'a Endpoint,
    pub(super) settings: &'a Settings,
    pub(super) signature: Signature,
    pub(super) clock: &'a Arc<dyn Clock>,
    /// For one call.
    pub(super) limit: Duration,
    /// For all of them.
    pub(super) deadline: Instant,
}

/// What came of a call.
pub(super) struct Answer {
    /// `Ok` where the service took it.
    pub(super) outcome: Result<()>,
    /// Whether a reply came, whatever it said.
    pub(super) replied: bool,
    /// The server's time, and how far it is ahead of this machine's in milliseconds.
    pub(super) date: Option<(SystemTime, i64)>,
}

impl Caller<'_> {
    /// Calls `action`, signed with `credentials` as of `date`, and sends once: a client's repetitions would hide what is asked
    /// for here.
    pub(super) async fn signed(&self, action: &str, credentials: &Credentials, date: SystemTime) -> Answer {
        let nothing_sent = |error| Answer { outcome: Err(error), replied: false, date: None };
        let nonce = match crate::clock::nonce(&**self.clock) {
            Ok(nonce) => nonce,
            Err(error) => return nothing_sent(error),
        };
        let spec = operation(action);
        let mut call = Call::new(action);
        if spec.is_some_and(|spec| spec.has("TransactionId")) {
            // No transaction has the id: it is as random as the nonce.
            call = call.parameter("MerchantBizId", MERCHANT_BIZ_ID).parameter("TransactionId", &*nonce);
        }
        let (query, form) = call.placed();
        let unsigned = Unsigned {
            host: self.endpoint.host(),
            action: call.action(),
            version: API_VERSION,
            query: &query,
            form: &form,
            date: &crate::clock::signing_date(date),
            nonce: &nonce,
        };
        let mut signed = sign::sign(self.signature, &unsigned, credentials);
        let string_to_sign = Zeroizing::new(mem::take(&mut signed.string_to_sign));
        let success = spec.map_or(SUCCESS, |spec| spec.success);
        self.answer(signed.into(), |reply| reply::whole(&reply.head, &reply.body, success, &string_to_sign).map(drop)).await
    }

    /// Asks without keys, for the server's time alone.
    pub(super) async fn unsigned(&self) -> Answer {
        self.answer(Request::get("/"), |_| Ok(())).await
    }

    async fn answer(&self, request: Request, read: impl Fn(&Reply) -> Result<()>) -> Answer {
        let limit = self.limit.min(self.deadline.saturating_duration_since(Instant::now()));
        let asked = self.clock.now();
        let reply = transport::fetch(self.endpoint, self.settings, request, CAP, limit).await;
        let answered = self.clock.now();
        match reply {
            Err(error) => Answer { outcome: Err(error), replied: false, date: None },
            Ok(reply) => {
                let date = reply.head.date.map(|date| (date, clock::ahead(date, asked, answered)));
                Answer { outcome: read(&reply), replied: true, date }
            }
        }
    }
}

/// Whether the service would not have a call for its time.
pub(super) fn refused_for_its_time(outcome: &Result<()>) -> bool {
    let code = outcome.as_ref().err().and_then(Error::code).and_then(catalogue::response_code);
    code.is_some_and(|code| code.retry == Retry::OnceNewTime)
}

/// `second`: of the same call, dated by the server's time, where the first was refused for its time.
pub(super) fn assess(first: &Result<()>, second: Option<&Result<()>>) -> Finding {
    const GOOD: &str = "keys and signature are accepted";
    let because = |error: &Error| match error.code().and_then(catalogue::response_code) {
        Some(code) => format!(" (a made-up transaction was refused, as it must be: {})", code.code),
        None => String::new(),
    };
    let error = match (first, second) {
        (Ok(()), _) => return Finding::ok(Check::Call, GOOD),
        (Err(error), None) => error,
        (Err(error), Some(second)) => match second {
            Err(second) if !took_keys(second) => second,
            _ => {
                let code = error.code().and_then(catalogue::response_code).map_or("refused", |code| code.code);
                let what = format!("{code}: the call was dated by this machine's clock; dated by the server's, {GOOD}");
                return Finding::warn(Check::Call, what, "The keys are right; set the clock of this machine.");
            }
        },
    };
    match error.kind() {
        _ if is_about_the_transaction(error) => Finding::ok(Check::Call, format!("{GOOD}{}", because(error))),
        // The next check says what is missing.
        _ if took_keys(error) => Finding::ok(Check::Call, GOOD),
        Kind::Throttled => Finding::warn(Check::Call, error.message(), error.advice()),
        _ => Finding::failed(Check::Call, error),
    }
}

/// Whether the service refused what was asked for, and neither keys nor signature.
fn took_keys(error: &Error) -> bool {
    is_about_the_transaction(error) || Permission::of_error(error) == Permission::Refused
}

/// Whether the service looked for the transaction, which it does once it has taken keys and signature.
fn is_about_the_transaction(error: &Error) -> bool {
    matches!(error.kind(), Kind::InvalidRequest | Kind::NotCompleted)
}

#[cfg(test)]
mod tests {
    use super::super::State;
    use super::*;

    fn refused(code: &str) -> Result<()> {
        let known = catalogue::response_code(code);
        Err(Error::new(catalogue::kind_of(code), known.map_or("unknown", |known| known.meaning)).with_code(code))
    }

    #[test]
    fn a_refusal_for_the_transactions_sake_is_what_is_hoped_for() {
        for (code, state, kind) in [
            ("TransactionIdInvalid", State::Ok, None),
            ("InvalidParameter", State::Ok, None),
            ("ProcessNotCompleted", State::Ok, None),
            ("Throttling.Api", State::Warn, None),
            ("SignatureDoesNotMatch", State::Fail, Some(Kind::Authentication)),
            ("InvalidAccessKeyId.NotFound", State::Fail, Some(Kind::Authentication)),
            ("InvalidTimeStamp.Expired", State::Fail, Some(Kind::Authentication)),
            ("Forbidden.RAMUserAccessDenied", State::Ok, None),
            ("Forbidden.AccountAccessDenied", State::Fail, Some(Kind::AccessDenied)),
            ("ServiceUnavailable", State::Fail, Some(Kind::Unavailable)),
            ("Brand.New", State::Fail, Some(Kind::Service)),
        ] {
            let finding = assess(&refused(code), None);
            assert_eq!((finding.state, finding.kind), (state, kind), "{code}");
            assert_eq!(finding.advice.is_some(), state != State::Ok, "{code}");
        }
        let lost = assess(&Err(Error::new(Kind::Network, "lost")), None);
        assert_eq!((lost.state, lost.kind), (State::Fail, Some(Kind::Network)));
    }

    #[test]
    fn with_the_servers_time_the_keys_show_all_the_same() {
        let late = refused("InvalidTimeStamp.Expired");
        assert!(refused_for_its_time(&late) && !refused_for_its_time(&refused("SignatureDoesNotMatch")));
        let good = assess(&late, Some(&refused("TransactionIdInvalid")));
        assert!(good.state == State::Warn && good.what.starts_with("InvalidTimeStamp.Expired: "), "{good:?}");
        let bad = assess(&late, Some(&refused("SignatureDoesNotMatch")));
        assert_eq!((bad.state, bad.kind), (State::Fail, Some(Kind::Authentication)));
        assert_eq!(bad.advice.as_deref(), catalogue::response_code("SignatureDoesNotMatch").map(|code| code.advice));
    }
}
