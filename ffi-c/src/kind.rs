//! Names of kinds.

use std::ffi::c_char;
use std::ptr;

use cloudauth_core::Kind;

use crate::boundary;
use crate::text::c_string;

/// A kind's name in every language, such as `not_completed`; NULL for what is none of this version's kinds. The text lives
/// as long as the library.
#[unsafe(no_mangle)]
pub extern "C" fn cloudauth_kind_name(kind: u32) -> *const c_char {
    static NAMES: once_cell::race::OnceBox<Vec<Box<[u8]>>> = once_cell::race::OnceBox::new();
    boundary::value(ptr::null(), || {
        let names = NAMES.get_or_init(|| Box::new(Kind::ALL.iter().map(|kind| c_string(kind.name())).collect()));
        let position = Kind::ALL.iter().position(|known| known.number() == kind);
        position.and_then(|position| names.get(position)).map_or(ptr::null(), |name| name.as_ptr().cast())
    })
}

#[cfg(test)]
mod tests {
    use std::ffi::CStr;

    use cloudauth_core::Kind;

    use super::cloudauth_kind_name;
    use crate::codes::cloudauth_kind;

    #[test]
    fn the_numbers_are_those_of_core() {
        for kind in Kind::ALL {
            let own = cloudauth_kind::from(*kind);
            assert_eq!(own as u32, kind.number(), "{kind}");
            // SAFETY: the function gives a C string that lives as long as the library.
            let name = unsafe { CStr::from_ptr(cloudauth_kind_name(own as u32)) };
            assert_eq!(name.to_str(), Ok(kind.name()));
        }
        assert!([0, u32::MAX].into_iter().all(|number| cloudauth_kind_name(number).is_null()));
    }
}
