//! Signs requests for the tests, part by part, so that each part can be spoilt.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use cloudauth_emulator::Emulator;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

use crate::client::{Reply, authority, send};

pub(crate) const SCHEMES: [Scheme; 2] = [Scheme::Acs3, Scheme::Rpc1];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Acs3,
    Rpc1,
}

/// A call about to be signed. What stands in it is what is sent.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) endpoint: String,
    pub(crate) scheme: Scheme,
    pub(crate) method: &'static str,
    pub(crate) key: String,
    pub(crate) secret: String,
    pub(crate) token: Option<String>,
    pub(crate) action: String,
    pub(crate) version: String,
    pub(crate) timestamp: String,
    pub(crate) nonce: String,
    /// In the query.
    pub(crate) parameters: BTreeMap<String, String>,
    /// In a form body.
    pub(crate) form: BTreeMap<String, String>,
}

impl Call {
    pub(crate) fn new(emulator: &Emulator, scheme: Scheme, action: &str, parameters: &[(&str, &str)]) -> Call {
        Call {
            endpoint: emulator.endpoint().to_owned(),
            scheme,
            method: "POST",
            key: emulator.access_key_id().to_owned(),
            secret: emulator.access_key_secret().to_owned(),
            token: emulator.security_token().map(str::to_owned),
            action: action.to_owned(),
            version: "2022-08-09".to_owned(),
            timestamp: timestamp(Duration::ZERO),
            nonce: nonce(),
            parameters: parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            form: BTreeMap::new(),
        }
    }

    pub(crate) fn check(emulator: &Emulator, scheme: Scheme, transaction_id: &str) -> Call {
        let parameters = [("MerchantBizId", "biz1"), ("TransactionId", transaction_id), ("IsReturnImage", "Y")];
        Call::new(emulator, scheme, "CheckResult", &parameters)
    }

    pub(crate) fn send(&self) -> Reply {
        let (target, headers, body) = self.signed();
        send(&self.endpoint, self.method, &target, &headers, &body)
    }

    /// Target, headers and body of the signed call.
    pub(crate) fn signed(&self) -> (String, Vec<(String, String)>, Vec<u8>) {
        let body = query(&self.form).into_bytes();
        let mut headers = vec![("host".to_owned(), authority(&self.endpoint).to_owned())];
        if !self.form.is_empty() {
            headers.push(("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned()));
        }
        match self.scheme {
            Scheme::Acs3 => {
                let target = format!("/?{}", query(&self.parameters));
                self.acs3(&mut headers, &body);
                (target, headers, body)
            }
            Scheme::Rpc1 => (format!("/?{}", self.rpc1()), headers, body),
        }
    }

    fn acs3(&self, headers: &mut Vec<(String, String)>, body: &[u8]) {
        let hash = hex(&Sha256::digest(body));
        let mut add = |name: &str, value: &str| headers.push((name.to_owned(), value.to_owned()));
        add("x-acs-action", &self.action);
        add("x-acs-version", &self.version);
        add("x-acs-date", &self.timestamp);
        add("x-acs-signature-nonce", &self.nonce);
        add("x-acs-content-sha256", &hash);
        if let Some(token) = &self.token {
            add("x-acs-security-token", token);
        }
        headers.sort();
        let lines: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        let names = headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";");
        let canonical = format!("{}\n/\n{}\n{lines}\n{names}\n{hash}", self.method, query(&self.parameters));
        let string_to_sign = format!("ACS3-HMAC-SHA256\n{}", hex(&Sha256::digest(canonical)));
        let mac = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()).unwrap().chain_update(string_to_sign);
        let signature = hex(&mac.finalize().into_bytes());
        let value = format!("ACS3-HMAC-SHA256 Credential={},SignedHeaders={names},Signature={signature}", self.key);
        headers.push(("authorization".to_owned(), value));
    }

    fn rpc1(&self) -> String {
        let mut all = self.parameters.clone();
        let mut add = |name: &str, value: &str| all.insert(name.to_owned(), value.to_owned());
        add("Action", &self.action);
        add("Version", &self.version);
        add("Format", "JSON");
        add("AccessKeyId", &self.key);
        add("SignatureMethod", "HMAC-SHA1");
        add("SignatureVersion", "1.0");
        add("SignatureNonce", &self.nonce);
        add("Timestamp", &self.timestamp);
        if let Some(token) = &self.token {
            add("SecurityToken", token);
        }
        let mut signed = all.clone();
        signed.extend(self.form.clone());
        let string_to_sign = format!("{}&%2F&{}", self.method, encode(&query(&signed)));
        let mac = Hmac::<Sha1>::new_from_slice(format!("{}&", self.secret).as_bytes()).unwrap().chain_update(string_to_sign);
        all.insert("Signature".to_owned(), BASE64_STANDARD.encode(mac.finalize().into_bytes()));
        query(&all)
    }
}

/// The machine's time, moved by so much, as both schemes write it.
pub(crate) fn timestamp(ahead: Duration) -> String {
    at(SystemTime::now().duration_since(UNIX_EPOCH).unwrap() + ahead)
}

/// The machine's time, so much ago.
pub(crate) fn timestamp_before(ago: Duration) -> String {
    at((SystemTime::now() - ago).duration_since(UNIX_EPOCH).unwrap())
}

fn at(since_1970: Duration) -> String {
    let (days, second) = (since_1970.as_secs() / 86_400, since_1970.as_secs() % 86_400);
    let (mut year, mut day) = (1970, days);
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    while day >= 365 + u64::from(leap(year)) {
        day -= 365 + u64::from(leap(year));
        year += 1;
    }
    let months = [31, 28 + u64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 1;
    for length in months {
        if day < length {
            break;
        }
        day -= length;
        month += 1;
    }
    let (hour, minute) = (second / 3600, second / 60 % 60);
    format!("{year:04}-{month:02}-{:02}T{hour:02}:{minute:02}:{:02}Z", day + 1, second % 60)
}

fn nonce() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("nonce-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

fn query(parameters: &BTreeMap<String, String>) -> String {
    parameters.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
