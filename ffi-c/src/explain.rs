//! What codes mean.

use std::ffi::c_char;
use std::ptr;

use cloudauth_core::catalogue::{self, ClientCode, Explanation, ResponseCode, SubCode, Variant};
use cloudauth_core::spelling::spell;
use cloudauth_core::{Error, Kind};
use once_cell::race::OnceBox;

use crate::boundary::place;
use crate::codes::{cloudauth_action, cloudauth_kind, cloudauth_subject};
use crate::error::{cloudauth_error, fallible};
use crate::language;
use crate::text::{self, cloudauth_text, cloudauth_text_list, terminated};

/// What a code means. It belongs to the library, lives as long as it, and is not freed.
#[derive(Debug)]
#[repr(C)]
pub struct cloudauth_explanation {
    pub subject: cloudauth_subject,
    /// The kind of an error with this code; CLOUDAUTH_KIND_NONE for a SubCode and a code of the client.
    pub kind: cloudauth_kind,
    /// What to do first; CLOUDAUTH_ACTION_NONE for what is no SubCode.
    pub action: cloudauth_action,
    /// The HTTP status that a response code comes with; 0 where there is none.
    pub http_status: u32,
    /// The code, a family of them such as "Throttling.*", or a kind's name.
    pub code: cloudauth_text,
    /// What it means, in one sentence.
    pub meaning: cloudauth_text,
    /// How it comes about, or NULL.
    pub cause: *const cloudauth_text,
    /// What a person can do about it.
    pub advice: cloudauth_text,
    /// Whether the verification with a SubCode or a code of the client is paid for, or NULL.
    pub billed: *const bool,
    /// Whether a request that met a response code is sent again, such as "never" or "after_pause", or NULL.
    pub retry: *const cloudauth_text,
    /// The products that document it, by their ProductCode.
    pub products: cloudauth_text_list,
}

/// Everything that can be explained.
struct Catalogue {
    sub_codes: Vec<cloudauth_explanation>,
    response_codes: Vec<cloudauth_explanation>,
    kinds: Vec<cloudauth_explanation>,
    client_codes: Vec<cloudauth_explanation>,
}

// SAFETY: nothing changes once it is made, and what is pointed to lives as long as the library.
unsafe impl Send for Catalogue {}
// SAFETY: as above.
unsafe impl Sync for Catalogue {}

impl Catalogue {
    /// The one catalogue, made when first asked for; without a lock, which a fork could leave held.
    fn get() -> &'static Self {
        static CATALOGUE: OnceBox<Catalogue> = OnceBox::new();
        CATALOGUE.get_or_init(|| {
            Box::new(Self {
                sub_codes: catalogue::sub_codes().iter().map(sub_code).collect(),
                response_codes: catalogue::response_codes().iter().map(response_code).collect(),
                kinds: Kind::ALL.iter().copied().map(kind).collect(),
                client_codes: catalogue::client_codes().iter().map(client_code).collect(),
            })
        })
    }

    fn find(&'static self, explanation: Explanation) -> Option<&'static cloudauth_explanation> {
        match explanation {
            Explanation::SubCode(entry) => self.sub_codes.get(position(catalogue::sub_codes(), |other| ptr::eq(entry, other))?),
            Explanation::Response(entry) => {
                self.response_codes.get(position(catalogue::response_codes(), |other| ptr::eq(entry, other))?)
            }
            Explanation::Kind(kind) => self.kinds.get(position(Kind::ALL, |other| *other == kind)?),
            Explanation::Client(entry) => {
                self.client_codes.get(position(catalogue::client_codes(), |other| ptr::eq(entry, other))?)
            }
        }
    }
}

fn position<T>(entries: &[T], is: impl Fn(&T) -> bool) -> Option<usize> {
    entries.iter().position(is)
}

/// Text of the catalogue, whose entries are as many as the binary holds: they are never given back.
fn lasting(text: &str) -> cloudauth_text {
    cloudauth_text::of(Box::leak(terminated(text)))
}

fn lasting_optional(text: Option<&str>) -> *const cloudauth_text {
    text.map_or(ptr::null(), |text| Box::leak(Box::new(lasting(text))))
}

fn products(variants: &[Variant]) -> cloudauth_text_list {
    if variants.is_empty() {
        return cloudauth_text_list::NONE;
    }
    let items: Vec<_> = variants.iter().map(|variant| lasting(variant.product_code())).collect();
    let items = Box::leak(items.into_boxed_slice());
    cloudauth_text_list { items: items.as_ptr(), count: items.len() }
}

fn sub_code(entry: &'static SubCode) -> cloudauth_explanation {
    cloudauth_explanation {
        subject: cloudauth_subject::SubCode,
        kind: cloudauth_kind::None,
        action: entry.action.into(),
        http_status: 0,
        code: lasting(entry.code),
        meaning: lasting(entry.meaning),
        cause: lasting_optional(entry.cause),
        advice: lasting(entry.advice),
        billed: &raw const entry.billed,
        retry: ptr::null(),
        products: products(entry.variants),
    }
}

fn response_code(entry: &'static ResponseCode) -> cloudauth_explanation {
    cloudauth_explanation {
        subject: cloudauth_subject::ResponseCode,
        kind: entry.kind.into(),
        action: cloudauth_action::None,
        http_status: entry.http_status.map_or(0, u32::from),
        code: lasting(entry.code),
        meaning: lasting(entry.meaning),
        cause: lasting_optional(entry.cause),
        advice: lasting(entry.advice),
        billed: ptr::null(),
        retry: lasting_optional(Some(entry.retry.name())),
        products: products(entry.variants),
    }
}

fn kind(kind: Kind) -> cloudauth_explanation {
    cloudauth_explanation {
        subject: cloudauth_subject::Kind,
        kind: kind.into(),
        action: cloudauth_action::None,
        http_status: 0,
        code: lasting(kind.name()),
        meaning: lasting(kind.meaning()),
        cause: ptr::null(),
        advice: lasting(&spell(kind.advice(), language::of_host())),
        billed: ptr::null(),
        retry: ptr::null(),
        products: cloudauth_text_list::NONE,
    }
}

fn client_code(entry: &'static ClientCode) -> cloudauth_explanation {
    cloudauth_explanation {
        subject: cloudauth_subject::ClientCode,
        kind: cloudauth_kind::None,
        action: cloudauth_action::None,
        http_status: 0,
        code: lasting(entry.code),
        meaning: lasting(entry.meaning),
        cause: lasting_optional(entry.cause),
        advice: lasting(entry.advice),
        billed: &raw const entry.billed,
        retry: ptr::null(),
        products: cloudauth_text_list::NONE,
    }
}

/// What a SubCode, a response code, a code of the client or a kind's name means, offline. On success `*explanation` is the library's own: it is
/// not freed.
///
/// Errors: invalid_argument where nothing is known of `code`.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn cloudauth_explain(
    code: *const c_char,
    explanation: *mut *const cloudauth_explanation,
) -> *mut cloudauth_error {
    fallible(|| {
        let explanation = place(explanation, "explanation")?;
        // SAFETY: the caller's promise, as the header has it: NULL or a C string.
        let code = unsafe { text::read(code) }.and_then(|code| code.ok_or("must not be NULL"));
        let code = code.map_err(|rule| Error::invalid_argument("code", rule))?;
        let found = catalogue::explain(&code).and_then(|found| Catalogue::get().find(found));
        let found = found.ok_or_else(|| {
            Error::invalid_argument("code", "is no SubCode, response code, code of the client or kind that is known")
        })?;
        // SAFETY: `place` saw to NULL and alignment; that the place may be written is the caller's promise.
        unsafe { explanation.write(found) };
        Ok(())
    })
}
