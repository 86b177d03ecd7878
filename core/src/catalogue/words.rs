// Generated from core/schema/codes.toml by `cargo xtask generate`; do not edit.

/// Words of the service's messages that are shown, sorted.
#[rustfmt::skip]
pub(super) static WORDS: [&str; 159] = [
    "a", "accepted", "access", "account", "action", "activate", "activated", "active", "again", "aliyun", "already", "an",
    "and", "api", "are", "authorized", "available", "be", "because", "before", "belong", "body", "by", "calculated",
    "calculation", "cannot", "check", "clock", "complete", "completed", "conform", "console", "control", "date", "deleted",
    "denied", "disabled", "do", "does", "doesn", "due", "empty", "emulator", "error", "exceeds", "exception", "exist",
    "expired", "failed", "failure", "flow", "for", "format", "formatted", "found", "from", "has", "image", "in", "inactive",
    "input", "internal", "invalid", "is", "it", "its", "key", "known", "large", "later", "length", "limit", "malformed",
    "mandatory", "match", "matched", "maximum", "method", "minutes", "mismatch", "missing", "more", "name", "no", "nonce",
    "not", "number", "of", "on", "operate", "or", "our", "overdue", "parameter", "payment", "perform", "permission", "please",
    "process", "processing", "provided", "quota", "refused", "request", "requests", "required", "resource", "result", "right",
    "role", "secret", "security", "server", "service", "should", "sign", "signature", "signing", "some", "specified", "stamp",
    "standards", "string", "sts", "success", "supplied", "support", "suspended", "t", "temporarily", "temporary", "than",
    "that", "the", "this", "throttling", "time", "timestamp", "to", "token", "too", "transaction", "try", "unavailable",
    "unknown", "up", "url", "used", "user", "valid", "value", "verification", "version", "was", "we", "well", "with", "you",
    "your",
];

/// Names shown exactly as they stand here.
pub(super) static NAMES: &str = "\
    ACS3-HMAC-SHA256 API AccessDeniedDetail AccessKey AccessKeyId Action AliyunAntCloudAuthFullAccess AssumeRole \
    Authorization Format GET HMAC HMAC-SHA1 HMAC-SHA256 HTTP HTTPS HostId ID JSON MD5 OK POST QPS RAM RegionId STS \
    SecurityToken Signature SignatureMethod SignatureNonce SignatureVersion SignedHeaders URL UTC Version XML ";
