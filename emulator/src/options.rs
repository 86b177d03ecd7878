use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use crate::callback_names::CallbackNames;
use crate::faults::{self, Fault};
use crate::region::Region;

/// How an emulator is started. [`Options::default`] listens on a free port of 127.0.0.1 with invented keys.
#[derive(Clone)]
pub struct Options {
    /// Where to listen. Must be a loopback address; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where else to listen, for control calls: a loopback address. Always plain HTTP; what comes there is neither subject to
    /// faults of connections nor counted.
    pub control: Option<SocketAddr>,
    /// Names beside loopback ones that the `Host` of a control call or page may have, such as that of a container.
    pub allow_hosts: Vec<String>,
    /// The one `AccessKeyId` that is known.
    pub access_key_id: String,
    /// Its secret.
    pub access_key_secret: String,
    /// When given, every call must carry this STS token; when not, none may carry any.
    pub security_token: Option<String>,
    /// Serve HTTPS, with a certificate made for this run.
    pub tls: bool,
    /// Calls per second and action before `Throttling.Api`; no limit when absent.
    pub qps: Option<u32>,
    /// The region it plays: products and documents that the region does not have are refused. All are there when absent.
    pub region: Option<Region>,
    /// Keep the region's documented quota, in the place of `qps`. Needs `region`.
    pub documented_quota: bool,
    /// How callbacks spell the names of what they append.
    pub callback_names: CallbackNames,
    /// Call a merchant once more who did not answer 200, a second later, as the mainland's sibling does.
    pub callback_retry: bool,
    /// End each initialized verification by itself, with `SubCode` 200, after this time of the emulator's clock.
    pub finish_after: Option<Duration>,
    /// A folder of recorded replies, one sub-folder a case, each with a `reply.http`, alone or in folders of groups.
    pub cases: Option<PathBuf>,
    /// What goes wrong, and when; the first that fits a request is applied to it.
    pub faults: Vec<Fault>,
    /// The share of requests, from 0 to 1, that get one of the faults which say neither `rate` nor `next`.
    /// When absent, such a fault is applied to every request.
    pub fault_rate: Option<f64>,
    /// The same seed chooses the same requests: what is drawn depends on it, on the `TransactionId` and on how many
    /// requests about it came before.
    pub seed: u64,
    /// How many of the latest [`Attempt`](crate::Attempt)s to keep. Each takes about 200 bytes.
    pub attempts_kept: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            control: None,
            allow_hosts: Vec::new(),
            access_key_id: "emulator-key-id".to_owned(),
            access_key_secret: "emulator-key-secret".to_owned(),
            security_token: None,
            tls: false,
            qps: None,
            region: None,
            documented_quota: false,
            callback_names: CallbackNames::default(),
            callback_retry: false,
            finish_after: None,
            cases: None,
            faults: Vec::new(),
            fault_rate: None,
            seed: 0,
            attempts_kept: 100_000,
        }
    }
}

// By hand, so that a debug print of a caller's options never shows a secret or a token.
impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("listen", &self.listen)
            .field("control", &self.control)
            .field("allow_hosts", &self.allow_hosts)
            .field("access_key_id", &self.access_key_id)
            .field("security_token", &self.security_token.is_some())
            .field("tls", &self.tls)
            .field("qps", &self.qps)
            .field("region", &self.region)
            .field("documented_quota", &self.documented_quota)
            .field("callback_names", &self.callback_names)
            .field("callback_retry", &self.callback_retry)
            .field("finish_after", &self.finish_after)
            .field("cases", &self.cases)
            .field("faults", &self.faults)
            .field("fault_rate", &self.fault_rate)
            .field("seed", &self.seed)
            .field("attempts_kept", &self.attempts_kept)
            .finish_non_exhaustive()
    }
}

impl Options {
    /// Refuses what the emulator must not or cannot serve.
    pub(crate) fn check(&self) -> io::Result<()> {
        let refuse = |message: String| Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        for (name, address) in [("listen", Some(self.listen)), ("control", self.control)] {
            if let Some(address) = address.filter(|address| !address.ip().is_loopback()) {
                return refuse(format!("{name}: {} is not a loopback address; use 127.0.0.1 or [::1]", address.ip()));
            }
        }
        for (name, value) in [
            ("access_key_id", Some(&self.access_key_id)),
            ("access_key_secret", Some(&self.access_key_secret)),
            ("security_token", self.security_token.as_ref()),
        ] {
            let plain = |text: &String| !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic());
            if value.is_some_and(|text| !plain(text)) {
                return refuse(format!("{name}: must be printable ASCII without blanks, and not empty"));
            }
        }
        // The Authorization header of the newer signature separates its parts with these.
        if self.access_key_id.contains([',', '=']) {
            return refuse("access_key_id: must hold neither ',' nor '='".to_owned());
        }
        if self.qps == Some(0) {
            return refuse("qps: must be at least 1; leave it out for no limit".to_owned());
        }
        if self.documented_quota && self.region.is_none() {
            return refuse("documented_quota: needs a region, whose quota it is".to_owned());
        }
        if self.documented_quota && self.qps.is_some() {
            return refuse("documented_quota: takes the place of qps; leave one of them out".to_owned());
        }
        faults::check(&self.faults, self.fault_rate, self.tls)
    }

    /// Calls per second and action.
    pub(crate) fn quota(&self) -> Option<u32> {
        self.region.filter(|_| self.documented_quota).map(Region::quota).or(self.qps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(change: impl FnOnce(&mut Options)) -> String {
        let mut options = Options::default();
        change(&mut options);
        options.check().unwrap_err().to_string()
    }

    #[test]
    fn the_default_is_accepted() {
        Options::default().check().unwrap();
    }

    #[test]
    fn each_refusal_names_the_option() {
        assert!(refusal(|o| o.listen = "0.0.0.0:0".parse().unwrap()).starts_with("listen: 0.0.0.0"));
        assert!(refusal(|o| o.control = Some("192.0.2.1:0".parse().unwrap())).starts_with("control: 192.0.2.1"));
        assert!(refusal(|o| o.access_key_id = String::new()).starts_with("access_key_id:"));
        assert!(refusal(|o| o.access_key_id = "a,b".into()).starts_with("access_key_id:"));
        assert!(refusal(|o| o.security_token = Some("a b".into())).starts_with("security_token:"));
        assert!(refusal(|o| o.qps = Some(0)).starts_with("qps:"));
        assert!(refusal(|o| o.documented_quota = true).starts_with("documented_quota: needs a region"));
        let both = |o: &mut Options| (o.documented_quota, o.region, o.qps) = (true, Some(Region::Jakarta), Some(5));
        assert!(refusal(both).starts_with("documented_quota: takes the place of qps"));
        assert!(refusal(|o| o.fault_rate = Some(1.5)).starts_with("fault_rate:"));
        assert!(refusal(|o| o.faults = vec!["tls-expired".parse().unwrap()]).starts_with("faults: tls-expired"));
    }

    #[test]
    fn a_debug_print_holds_no_secret() {
        let options = Options {
            security_token: Some("canary-token".into()),
            access_key_secret: "canary-secret".into(),
            ..Options::default()
        };
        assert!(!format!("{options:?}").contains("canary"));
    }
}
