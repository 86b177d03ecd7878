//! The server of a shared quota.

use cloudauth_quota_redis::{Inspection, Refusal};

use super::finding::{Check, Finding};
use crate::catalogue::Kind;

/// How `server` stands.
pub(super) fn assess(server: &str, outcome: Result<Inspection, Refusal>) -> Finding {
    let inspection = match outcome {
        Ok(inspection) => inspection,
        Err(refusal) => {
            let (kind, advice) = match refusal {
                Refusal::Access(_) => {
                    (Kind::Throttled, "Mend the user and the password in the quota's URL, or what the user may do.")
                }
                Refusal::Cluster => (Kind::Throttled, "Name a server of its own, or an address that moves with it."),
                Refusal::Unready(_) | Refusal::Lost(_) | Refusal::Silent => (
                    Kind::Timeout,
                    "Start the server, or mend the way to it. Until it answers, calls of a new process wait in vain.",
                ),
            };
            return Finding::fail(Check::Quota, kind, format!("{server}: {refusal}"), advice);
        }
    };
    if inspection.role.as_deref() == Some("slave") {
        let advice = "Name the primary, or an address that moves with it.";
        return Finding::fail(Check::Quota, Kind::Timeout, format!("{server} is a replica, which gives no permits"), advice);
    }
    let is_limited = inspection.max_memory.is_some_and(|bytes| bytes > 0);
    let evicting = inspection.policy.as_deref().filter(|policy| *policy != "noeviction" && is_limited);
    if let Some(policy) = evicting {
        let what = format!("{server} forgets the quota where its memory is full (maxmemory-policy {policy})");
        let advice = "Set maxmemory-policy noeviction, or give the quota a server of its own. A quota that was forgotten begins with \
                      a second without permits.";
        return Finding::warn(Check::Quota, what, advice);
    }
    let version = inspection.version.map(|version| format!(", version {version}")).unwrap_or_default();
    let role = if inspection.role.is_some() { "a primary" } else { "and does not say whether it is a primary" };
    Finding::ok(Check::Quota, format!("{server} answers, {role}{version}"))
}

#[cfg(test)]
mod tests {
    use super::super::State;
    use super::*;

    #[test]
    fn a_server_is_as_good_as_what_it_says() {
        let with = |role: &str, memory: u64, policy: &str| {
            let text = |text: &str| Some(text.to_owned());
            Ok(Inspection { version: text("7.0.15"), role: text(role), max_memory: Some(memory), policy: text(policy) })
        };
        let access = || Err(Refusal::Access("WRONGPASS".to_owned()));
        for (outcome, state, kind, words) in [
            (with("master", 0, "allkeys-lru"), State::Ok, None, "h:6379 answers, a primary, version 7.0.15"),
            (with("master", 100, "noeviction"), State::Ok, None, "a primary"),
            (with("master", 100, "volatile-ttl"), State::Warn, None, "(maxmemory-policy volatile-ttl)"),
            (with("slave", 0, "noeviction"), State::Fail, Some(Kind::Timeout), "h:6379 is a replica"),
            (Ok(Inspection::default()), State::Ok, None, "does not say whether it is a primary"),
            (access(), State::Fail, Some(Kind::Throttled), "h:6379: Redis refuses access (WRONGPASS)"),
            (Err(Refusal::Cluster), State::Fail, Some(Kind::Throttled), "is a cluster"),
            (Err(Refusal::Silent), State::Fail, Some(Kind::Timeout), "does not answer"),
            (Err(Refusal::Unready("LOADING".to_owned())), State::Fail, Some(Kind::Timeout), "does not serve (LOADING)"),
        ] {
            let finding = assess("h:6379", outcome);
            assert!((finding.state, finding.kind) == (state, kind) && finding.what.contains(words), "{finding:?}");
            assert_eq!(finding.advice.is_some(), state >= State::Warn);
        }
    }
}
