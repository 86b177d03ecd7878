//! A request for `CheckResult`, before it is signed.

use cloudauth_core::Result;
use cloudauth_core::credentials::Credentials;
use cloudauth_core::operations::API_VERSION;
use cloudauth_core::sign::Unsigned;

/// With a security token, as most services have it.
pub fn credentials() -> Result<Credentials> {
    Credentials::new("an-access-key-id", "an-access-key-secret", Some("a-security-token".to_owned()))
}

pub const UNSIGNED: Unsigned<'_> = Unsigned {
    host: "cloudauth-intl.ap-southeast-1.aliyuncs.com",
    action: "CheckResult",
    version: API_VERSION,
    query: &[("IsReturnImage", "Y"), ("MerchantBizId", "e0c34a77f5ac40a5aa5e6ed20c35"), ("TransactionId", "hksb7ba1b28130d24e")],
    form: &[],
    date: "2026-01-01T00:00:00Z",
    nonce: "3156853299f313e23d1673dc12e1703d",
};
