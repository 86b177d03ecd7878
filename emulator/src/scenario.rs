//! What a verification comes to, and the `TransactionId`s that ask for it without `Initialize`.

use crate::codes::{self, Code};
use crate::document::Document;
use crate::picture::Format;
use crate::standard::Standard;
use crate::variant::Variant;

/// The suffixes of a `TransactionId`, each with its use; one of each kind may be added.
pub(crate) const SUFFIXES: &[(&str, &str)] = &[
    (
        "-GLB03002",
        "ekycpro: passport by its machine-readable zone, as without a suffix; also -GLB03001, -CHN01001, -MYS01001 and other DocTypes",
    ),
    ("-passport", "idocr: as without a suffix; also -hkid, -macaoid, -eep, -mtp, -taiwan, -mainlandid"),
    ("-1MiB", "each image about that long in base64, from -4KiB to -4MiB"),
    ("-video8MiB", "a video of that length, from -video64KiB to -video64MiB"),
    ("-png", "PNG images, not JPEG"),
    ("-edited", "with the fields as the person corrected them"),
    ("-objects", "every nested value as an object"),
    ("-text", "every nested value as JSON text"),
    ("-escaped", "every slash as \\/"),
    ("-crlf", "base64 in lines of 76 characters"),
    ("-no1", "a running number, without effect: makes ids for a bulk run"),
];

/// How a value inside a value is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Nesting {
    /// As the variant's document has it.
    #[default]
    Documented,
    /// All as JSON objects.
    Objects,
    /// All as JSON text.
    Text,
}

/// The odd but legal ways to write a body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Style {
    pub(crate) nesting: Nesting,
    /// Every `/` as `\/`, at each level of text.
    pub(crate) escaped: bool,
    /// Base64 in lines of 76 characters.
    pub(crate) crlf: bool,
}

/// A result to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) variant: Variant,
    pub(crate) sub_code: &'static str,
    pub(crate) document: Option<Document>,
    pub(crate) edited: bool,
    pub(crate) standard: Standard,
    pub(crate) format: Format,
    /// About how long the base64 text of each image is; as drawn where absent.
    pub(crate) image_length: Option<usize>,
    /// How long the video is; as drawn where absent.
    pub(crate) video_length: Option<usize>,
    pub(crate) style: Style,
    /// The service has not decided: `Passed` is P, and there is no `SubCode`.
    pub(crate) pending: bool,
}

impl Plan {
    pub(crate) fn new(variant: Variant, sub_code: &'static str, document: Option<Document>) -> Plan {
        Plan {
            variant,
            sub_code,
            document,
            edited: false,
            standard: Standard::None,
            format: Format::Jpeg,
            image_length: None,
            video_length: None,
            style: Style::default(),
            pending: false,
        }
    }

    /// The verdict of a `SubCode`. No document says it for 209 (taken as failed) and 218 (as passed).
    pub(crate) fn passed(sub_code: &str) -> bool {
        matches!(sub_code, "200" | "218")
    }

    /// Applies one suffix; false where this variant does not know it.
    fn suffix(&mut self, text: &str) -> bool {
        if let Some(document) = self.variant.document(text) {
            self.document = Some(document);
            return true;
        }
        let lower = text.to_ascii_lowercase();
        match lower.as_str() {
            "png" => self.format = Format::Png,
            "escaped" => self.style.escaped = true,
            "crlf" => self.style.crlf = true,
            "objects" => self.style.nesting = Nesting::Objects,
            "text" => self.style.nesting = Nesting::Text,
            "edited" if self.document.is_some() => self.edited = true,
            // A running number makes as many ids of one scenario as a bulk run needs.
            _ if lower.strip_prefix("no").is_some_and(is_number) => {}
            _ => {
                let (place, digits, range) = match lower.strip_prefix("video") {
                    Some(digits) => (&mut self.video_length, digits, (64 << 10)..=(64 << 20)),
                    None => (&mut self.image_length, &*lower, (4 << 10)..=(4 << 20)),
                };
                let length = length(digits).filter(|length| range.contains(length));
                if length.is_none() {
                    return false;
                }
                *place = length;
            }
        }
        true
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `64kib`, `4mib`.
fn length(lower: &str) -> Option<usize> {
    let (digits, unit) = match (lower.strip_suffix("kib"), lower.strip_suffix("mib")) {
        (Some(digits), _) => (digits, 1 << 10),
        (_, Some(digits)) => (digits, 1 << 20),
        _ => return None,
    };
    digits.parse::<usize>().ok().filter(|_| is_number(digits))?.checked_mul(unit)
}

/// What a `TransactionId` asks for by its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scenario {
    Result(Plan),
    Error(&'static Code),
    /// So many times `ProcessNotCompleted`, then the result.
    Pending(u32, Plan),
}

impl Scenario {
    /// Reads a `TransactionId`; nothing where it is no scenario or has a part that is not known.
    pub(crate) fn parse(transaction_id: &str) -> Option<Scenario> {
        let mut parts = transaction_id.split('-');
        let head = parts.next()?.to_ascii_lowercase();
        if let Some(code) = head.strip_prefix("error") {
            return codes::without_dots(code).filter(|_| parts.next().is_none()).map(Scenario::Error);
        }
        let (mut plan, pending) = match head.strip_prefix("pending") {
            Some(times) => {
                let times = times.parse::<u32>().ok().filter(|n| is_number(times) && *n <= 1000)?;
                (Plan::new(Variant::EkycPro, "200", Variant::EkycPro.default_document()), Some(times))
            }
            None => (Scenario::named(&head)?, None),
        };
        if !parts.all(|suffix| plan.suffix(suffix)) {
            return None;
        }
        Some(match pending {
            Some(times) => Scenario::Pending(times, plan),
            None => Scenario::Result(plan),
        })
    }

    fn named(head: &str) -> Option<Plan> {
        Variant::NAMED.iter().find_map(|variant| {
            let sub_code = variant.sub_code(head.strip_prefix(variant.prefix())?)?;
            Some(Plan::new(*variant, sub_code, variant.default_document()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(id: &str) -> Plan {
        match Scenario::parse(id) {
            Some(Scenario::Result(plan)) => plan,
            other => panic!("{id}: {other:?}"),
        }
    }

    #[test]
    fn every_sub_code_of_a_variant_is_a_scenario() {
        for variant in Variant::NAMED {
            for code in variant.sub_codes() {
                let plan = plan(&format!("{}{code}", variant.prefix()));
                assert_eq!((plan.variant, plan.sub_code), (variant, *code));
            }
        }
        assert_eq!(plan("EkycPro200").variant, Variant::EkycPro);
    }

    #[test]
    fn suffixes_add_up() {
        let plan = plan("idocr212-hkid-1MiB-video64MiB-png-escaped-crlf-text-edited-no17");
        assert_eq!(plan.document, Some(Document::HongKongId));
        assert_eq!((plan.image_length, plan.video_length), (Some(1 << 20), Some(64 << 20)));
        assert_eq!(plan.format, Format::Png);
        assert_eq!(plan.style, Style { nesting: Nesting::Text, escaped: true, crlf: true });
        assert!(plan.edited);
    }

    #[test]
    fn errors_and_pending_are_read() {
        assert_eq!(Scenario::parse("errorThrottlingApi"), Some(Scenario::Error(&codes::THROTTLING_API)));
        let Some(Scenario::Pending(3, plan)) = Scenario::parse("pending3-64KiB") else { panic!("pending3") };
        assert_eq!((plan.variant, plan.sub_code, plan.image_length), (Variant::EkycPro, "200", Some(65_536)));
    }

    #[test]
    fn what_is_not_documented_is_no_scenario() {
        for id in [
            "",
            "ekycpro",
            "ekycpro201",
            "ekycpro2000",
            "idocr205",
            "faceliveness212",
            "faceverification233",
            "ekyc200",
            "idocr200-GLB03002",
            "ekycpro200-hkid",
            "faceliveness200-passport",
            "faceverification200-edited",
            "ekycpro200-",
            "ekycpro200-tiff",
            "ekycpro200-3KiB",
            "ekycpro200-5MiB",
            "ekycpro200-video63KiB",
            "ekycpro200-video65MiB",
            "ekycpro200-video",
            "ekycpro200-+8KiB",
            "ekycpro200-no",
            "error",
            "errorNope",
            "errorThrottlingApi-png",
            "pending",
            "pending-1",
            "pending1001",
            "pending+1",
            "pendingx",
            "99999999999999999999MiB",
            "ekycpro200-99999999999999999999MiB",
            "hksb7ba1b28130d24e015d694361bee4",
        ] {
            assert_eq!(Scenario::parse(id), None, "{id}");
        }
    }
}
