//! Which of the service's codes and ids may be shown.
//!
//! Either is text from outside, which may be a person's name, an ID number, or lines made to look like somebody else's log.
//! What has not the form of such an identifier is never kept: `…` stands in its place, in every language.

use crate::catalogue;
use crate::operations::operation;

/// In place of what may not be shown.
pub(crate) const HIDDEN: &str = "…";

const LONGEST_CODE: usize = 80;
/// Of a service in a RAM policy, such as `yundun-cloudauth`.
const LONGEST_SERVICE: usize = 16;
/// More digits may be an ID number.
const LONGEST_SUB_CODE: usize = 6;
/// More of them may be an ID number.
const MOST_DIGITS: usize = 3;
/// Hex digits of a request id. Fewer may be an ID or card number.
const REQUEST_ID: std::ops::RangeInclusive<usize> = 24..=64;

/// The code, if it has the form of one: words in camel case with points between, such as `Forbidden.RAMUserAccessDenied`. A
/// single word must be one of the catalogue's codes, since it may be a name otherwise. A status that stands in a code's place, such as
/// `500`, is shown as well.
pub(crate) fn code(text: &str) -> &str {
    if is_status(text) || is_code(text) { text } else { HIDDEN }
}

/// The request id, if it has the form of one: the hex digits of a UUID, hyphens, and the `*` of those in documents; or no more
/// than a letter and a small number, as stand-ins of the service write them.
pub fn request_id(text: &str) -> &str {
    let digits = text.bytes().filter(|byte| *byte != b'-').count();
    let fits = text.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b'-' | b'*'));
    if fits && REQUEST_ID.contains(&digits) && text.len() <= 2 * digits || is_short_id(text) { text } else { HIDDEN }
}

fn is_short_id(text: &str) -> bool {
    let number = text.strip_prefix(|first: char| first.is_ascii_alphabetic());
    let number = number.map(|rest| rest.strip_prefix('-').unwrap_or(rest));
    number.is_some_and(|number| number.len() <= MOST_DIGITS && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The `SubCode`, if it is a number as all of them are.
pub fn sub_code(text: &str) -> &str {
    if text.len() <= LONGEST_SUB_CODE && text.bytes().all(|byte| byte.is_ascii_digit()) { text } else { HIDDEN }
}

/// The action that a RAM policy lacks, if it is an operation's: `antcloudauth:CheckResult`.
pub(crate) fn ram_action(text: &str) -> Option<&str> {
    let (service, action) = text.split_once(':')?;
    let plain = service.len() <= LONGEST_SERVICE && service.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    (plain && service.contains("cloudauth") && operation(action).is_some()).then_some(text)
}

fn is_status(text: &str) -> bool {
    (1..=MOST_DIGITS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_code(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.';
    if text.len() > LONGEST_CODE || !text.bytes().all(plain) {
        return false;
    }
    if catalogue::is_documented_code(text) {
        return true;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let capital = |segment: &str| segment.starts_with(|first: char| first.is_ascii_uppercase());
    // `CHAN.TAI.MAN` may be a name; `RAM` stands behind a word that is none.
    let first_is_word = text.split('.').next().is_some_and(|first| first.bytes().any(|byte| byte.is_ascii_lowercase()));
    digits <= MOST_DIGITS && first_is_word && text.split('.').all(capital) && words(text) >= 2
}

/// How many words are in `InvalidTimeStamp.Expired`: three.
fn words(code: &str) -> usize {
    let bytes = code.as_bytes();
    let humps = bytes.windows(2).filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    humps.count() + code.split('.').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Finding D1, G9
    #[test]
    fn codes_are_shown_by_their_form() {
        for shown in [
            "Success",
            "success",
            "internalerror",
            "Throttling",
            "Throttling.Api",
            "Throttling.Brand.New",
            "Some.New.Code",
            "BrandNew",
            "Forbidden.RAM",
            "Forbidden.RAMUserAccessDenied",
            "InvalidParameter.Id2MetaVerify",
            "AuthenticationFail.OIDCToken.Expired",
            "200",
        ] {
            assert_eq!(code(shown), shown);
        }
        let long = format!("Throttling.{}", "Api".repeat(40));
        for hidden in [
            "",
            "Chan",
            "CHAN",
            "chan",
            "Chan Tai Man A1234567",
            "Chan-Tai-Man",
            "CHAN.TAI.MAN",
            "陳大文",
            "A1234567",
            "A123456(7)",
            "Throttling.A1234567",
            "Throttling.\nCRITICAL fake line Chan",
            "Throttling.",
            "Throttling..Api",
            ".Api",
            "Throttling.brandnew",
            "Id.A12.B34",
            "440301199001011234",
            "1990",
            "Throttling.Api\0",
            "Throttling.Api\u{202e}",
            &long,
        ] {
            assert_eq!(code(hidden), HIDDEN, "{hidden}");
        }
    }

    #[test]
    fn actions_of_policies_are_shown_where_they_are_operations() {
        for shown in ["antcloudauth:CheckResult", "yundun-cloudauth:InitializeV2", "cloudauth-intl:KeepaliveIntl"] {
            assert_eq!(ram_action(shown), Some(shown));
        }
        for hidden in [
            "",
            "CheckResult",
            "antcloudauth:",
            "antcloudauth:*",
            "antcloudauth:Chan",
            "chan:CheckResult",
            "Cloudauth:CheckResult",
        ] {
            assert_eq!(ram_action(hidden), None, "{hidden}");
        }
        assert_eq!(ram_action("chan-tai-man-cloudauth:CheckResult"), None);
    }

    // Finding D1
    #[test]
    fn request_ids_are_shown_by_their_form() {
        for shown in [
            "7C1E2F90-41B6-4D0A-9C55-0F6E2A9B3D10",
            "7c1e2f90-41b6-4d0a-9c55-0f6e2a9b3d10",
            "130A2C10-B9EE-4D84-88E3-5384FF03****",
            "7c1e2f9041b64d0a9c550f6e2a9b3d10",
            "r",
            "R-12",
        ] {
            assert_eq!(request_id(shown), shown);
        }
        let long = "A".repeat(65);
        let hyphens = format!("7c1e2f9041b64d0a9c550f6e2a9b3d10{}", "-".repeat(40));
        for hidden in [
            "",
            "Chan Tai Man A1234567",
            "Chan",
            "A1234567",
            "A1234",
            "440301199001011234",
            "4403-0119-9001-0112-34",
            "6222020200012345678",
            "7C1E2F90-41B6-4D0A-9C55-0F6E2A9B3D10\n",
            "7C1E2F90-41B6-4D0A-9C55-Chan2A9B3D10",
            &long,
            &hyphens,
        ] {
            assert_eq!(request_id(hidden), HIDDEN, "{hidden}");
        }
    }
}
