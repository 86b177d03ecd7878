//! The service's call of `CallbackUrl`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use zeroize::Zeroizing;

use super::query::{self, Pairs};
use super::token::{ExpectedToken, same};
use crate::catalogue::Kind;
use crate::error::{Error, Result};
use crate::request::validate_transaction_id;

/// Names and values together, in bytes. Servers take a request's first line up to 8 KiB, few of them up to 16.
const MAX_BYTES: usize = 16 << 10;
/// For the errors of [`Callback::verify`].
const ADVICE: &str =
    "Change nothing: anyone can call this URL. The verdict of a transaction that you stored comes from CheckResult.";

/// The service's call of `CallbackUrl`: it says that a verification has ended, and never how.
///
/// The call is not signed, and passes through the person's device or any log on its way. Verify it, then ask `CheckResult` with the
/// transaction id that you stored.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Callback {
    /// The transaction that ended.
    pub transaction_id: String,
    /// Every parameter as text but for the token: the service's own as `transactionId`, `passed` and `subcode`, whatever spelling
    /// came, the others as they came. `passed` and `subcode` are no verdict: whoever called may have written them.
    pub parameters: BTreeMap<String, String>,
    token: Option<Zeroizing<String>>,
}

/// The callback that `query` holds, if its token is the one that Initialize was given.
///
/// ```
/// let query = "callbackToken=s3cr3t&transactionId=hks1&passed=Y&subCode=200";
/// let callback = cloudauth_core::parse_callback(query, "s3cr3t")?;
/// assert_eq!(callback.transaction_id, "hks1");
/// # Ok::<(), cloudauth_core::Error>(())
/// ```
///
/// `expected` is the token as text, or a function that looks it up by the transaction id.
///
/// # Errors
/// Kind `authentication` where the token is wrong or missing, or the transaction not known; `invalid_argument` where `query` is no
/// callback.
pub fn parse_callback(query: &str, expected: impl ExpectedToken) -> Result<Callback> {
    let callback = Callback::parse(query)?;
    callback.verify(expected)?;
    Ok(callback)
}

impl Callback {
    /// Reads a query with or without its `?`, or the URL that was called, whole or from its path on. **The callback is not verified
    /// yet.**
    ///
    /// # Errors
    /// Kind `invalid_argument` where a percent escape is broken or not UTF-8, a name has two values, a value has a NUL, there is no
    /// transaction id, or names and values have more than 16 KiB; `authentication` where it is the token that has two values.
    pub fn parse(query: &str) -> Result<Self> {
        // Before anything is decoded.
        validate_length(query.len())?;
        Self::read(query::parameters(query).map_err(refuse)?)
    }

    /// The same from parameters that a web framework decoded. A name may stand more than once.
    pub fn from_pairs<N: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (N, V)>) -> Result<Self> {
        let mut read = Vec::new();
        let mut length = 0;
        for (name, value) in pairs {
            length += name.as_ref().len() + value.as_ref().len() + 2;
            validate_length(length)?;
            read.push((name.as_ref().to_owned().into(), value.as_ref().to_owned().into()));
        }
        Self::read(read)
    }

    fn read(pairs: Pairs<'_>) -> Result<Self> {
        let (mut parameters, mut token) = (BTreeMap::new(), None);
        for (index, (name, value)) in pairs.into_iter().enumerate() {
            let known = known(&name);
            let shown = || known.map_or_else(|| format!("parameter {}", index + 1), str::to_owned);
            if name.contains('\0') || value.contains('\0') {
                return Err(refuse(&format!("{} must not hold a NUL character", shown())));
            }
            if known == Some(TOKEN) {
                let value = Zeroizing::new(value.into_owned());
                // One of them may be the right one: whoever wrote the other does not know which.
                if token.as_ref().is_some_and(|earlier| *earlier != value) {
                    return Err(unverified("has two callback tokens"));
                }
                token = Some(value);
                continue;
            }
            let name = known.map_or(name, Cow::Borrowed);
            // Whichever were taken, another reader may take the other.
            if parameters.get(&*name).is_some_and(|earlier| *earlier != *value) {
                return Err(refuse(&format!("{} is given before, with another value", shown())));
            }
            parameters.insert(name.into_owned(), value.into_owned());
        }
        let transaction_id = parameters.get(TRANSACTION_ID).ok_or_else(|| refuse("has no transactionId"))?.clone();
        validate_transaction_id(&transaction_id).map_err(|rule| refuse(&format!("transactionId {rule}")))?;
        Ok(Self { transaction_id, parameters, token: token.filter(|token| !token.is_empty()) })
    }

    /// Whether the callback carries the expected token: a text, or a function that looks it up by the transaction id.
    ///
    /// # Errors
    /// Kind `authentication` where it does not, or where no token is expected.
    pub fn verify(&self, expected: impl ExpectedToken) -> Result<()> {
        let expected = expected.expected(&self.transaction_id).map(Zeroizing::new).filter(|token| !token.is_empty());
        let expected = expected.ok_or_else(|| unverified("no token is known for this transaction"))?;
        let given = self.token.as_ref().ok_or_else(|| unverified("has no callback token"))?;
        if same(given, &expected) { Ok(()) } else { Err(unverified("the callback token is not the expected one")) }
    }
}

/// It says which parameters came, and nothing of what they hold.
impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = self.parameters.keys().filter(|name| known(name).is_some()).collect::<Vec<_>>();
        f.debug_struct("Callback").field("parameters", &known).finish_non_exhaustive()
    }
}

const TRANSACTION_ID: &str = "transactionId";
const TOKEN: &str = "callbackToken";

/// One of the service's own parameters, in any spelling that its documents and samples have.
fn known(name: &str) -> Option<&'static str> {
    let plain = name.replace('_', "");
    [TRANSACTION_ID, "passed", "subcode", TOKEN].into_iter().find(|known| known.eq_ignore_ascii_case(&plain))
}

fn validate_length(bytes: usize) -> Result<()> {
    if bytes <= MAX_BYTES { Ok(()) } else { Err(refuse(&format!("must have at most {MAX_BYTES} bytes"))) }
}

fn refuse(rule: &str) -> Error {
    Error::invalid_argument("query", rule)
}

fn unverified(reason: &str) -> Error {
    Error::new(Kind::Authentication, format!("`query`: {reason}")).with_advice(ADVICE)
}
