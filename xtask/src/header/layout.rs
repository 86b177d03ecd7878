//! Where the members of the header's structs lie, by C's rules on a 64-bit machine.
//!
//! The assertions that come of it are held by every compiler that reads the header, and by a test of `ffi-c` against what
//! rustc made.

use std::collections::HashMap;
use std::fmt::Write;

use super::api::Api;

/// Size and alignment of a type, in bytes.
type Shape = (usize, usize);

/// Fills in offsets and sizes.
pub(super) fn lay_out(api: &mut Api) -> Result<(), String> {
    let known = [("bool", 1), ("uint8_t", 1), ("uint32_t", 4), ("int64_t", 8), ("uint64_t", 8), ("size_t", 8), ("double", 8)];
    let numbers = api.enums.iter().map(|one| (one.name.clone(), 4));
    let mut shapes: HashMap<String, Shape> = known
        .map(|(name, size)| (name.to_owned(), size))
        .into_iter()
        .chain(numbers)
        .map(|(name, size)| (name, (size, size)))
        .collect();
    for one in &mut api.structs {
        let (mut end, mut widest) = (0_usize, 1);
        for member in &mut one.members {
            let key = member.kind.trim_start_matches("const ");
            let strange = || format!("{}: what is a {key}?", one.name);
            let (size, alignment) = if key.contains('*') { (8, 8) } else { *shapes.get(key).ok_or_else(strange)? };
            member.offset = end.next_multiple_of(alignment);
            end = member.offset + size;
            widest = widest.max(alignment);
        }
        one.size = end.next_multiple_of(widest);
        shapes.insert(one.name.clone(), (one.size, widest));
    }
    Ok(())
}

/// `_Static_assert`s for every struct that has members.
pub(super) fn assertions(api: &Api) -> String {
    let mut text = "\
/* The layout that the library was built with, held against this compiler's. */
#if UINTPTR_MAX == UINT64_MAX && (__STDC_VERSION__ >= 201112L || (defined(__cplusplus) && __cplusplus >= 201103L))
#ifdef __cplusplus
#define CLOUDAUTH_ASSERT(condition) static_assert(condition, #condition)
#else
#define CLOUDAUTH_ASSERT(condition) _Static_assert(condition, #condition)
#endif
"
    .to_owned();
    for one in &api.structs {
        for member in &one.members {
            // Writing to a String cannot fail; so below.
            let _ = writeln!(text, "CLOUDAUTH_ASSERT(offsetof({}, {}) == {});", one.name, member.name, member.offset);
        }
        let _ = writeln!(text, "CLOUDAUTH_ASSERT(sizeof({}) == {});", one.name, one.size);
    }
    text.push_str("#undef CLOUDAUTH_ASSERT\n#endif\n");
    text
}

#[cfg(test)]
mod tests {
    use super::{assertions, lay_out};
    use crate::header::api::Api;

    const HEADER: &str = "\
enum kind
  : uint32_t
 {
    KIND_NONE = 0,
};
typedef uint32_t kind;
typedef struct opaque opaque;
typedef struct text {
    const char *data;
    size_t len;
} text;
/**
 * Not code;
 */
typedef struct thing {
    /**
     * Not a member;
     */
    kind of;
    bool flag;
    struct text name;
    const struct text *const *more;
    bool last;
} thing;
";

    #[test]
    fn members_lie_where_c_puts_them() {
        let mut api = Api::read(HEADER).unwrap();
        lay_out(&mut api).unwrap();
        let text = assertions(&api);
        let found: Vec<&str> =
            text.lines().filter_map(|line| line.strip_prefix("CLOUDAUTH_ASSERT(")?.strip_suffix(");")).collect();
        let expected = [
            "offsetof(text, data) == 0",
            "offsetof(text, len) == 8",
            "sizeof(text) == 16",
            "offsetof(thing, of) == 0",
            "offsetof(thing, flag) == 4",
            "offsetof(thing, name) == 8",
            "offsetof(thing, more) == 24",
            "offsetof(thing, last) == 32",
            "sizeof(thing) == 40",
        ];
        assert_eq!(found, expected);
        let mut strange = Api::read("typedef struct a {\n    long b;\n} a;\n").unwrap();
        assert_eq!(lay_out(&mut strange), Err("a: what is a long?".to_owned()));
    }
}
