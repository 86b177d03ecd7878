//! Where the members of the header's structs lie, by C's rules on a 64-bit machine.
//!
//! The assertions that come of it are held by every compiler that reads the header, and by a test of `ffi-c` against what
//! rustc made.

use std::collections::HashMap;
use std::fmt::Write;

/// Size and alignment of a type, in bytes.
type Shape = (usize, usize);

/// `_Static_assert`s for every struct of the header that has members.
pub(crate) fn assertions(header: &str) -> Result<String, String> {
    let mut shapes = scalars(header);
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
    for (name, members) in structs(header) {
        let (mut end, mut widest) = (0_usize, 1);
        for (kind, member) in members {
            let pointer = kind.contains('*');
            let key = kind.trim_start_matches("const ").trim_start_matches("struct ").trim();
            let (size, alignment) = if pointer { (8, 8) } else { *shapes.get(key).ok_or(format!("{name}: what is a {key}?"))? };
            let offset = end.next_multiple_of(alignment);
            // Writing to a String cannot fail; so below.
            let _ = writeln!(text, "CLOUDAUTH_ASSERT(offsetof({name}, {member}) == {offset});");
            end = offset + size;
            widest = widest.max(alignment);
        }
        let size = end.next_multiple_of(widest);
        let _ = writeln!(text, "CLOUDAUTH_ASSERT(sizeof({name}) == {size});");
        shapes.insert(name, (size, widest));
    }
    text.push_str("#undef CLOUDAUTH_ASSERT\n#endif\n");
    Ok(text)
}

/// Types that are not made of others, the header's enumerations among them.
fn scalars(header: &str) -> HashMap<&str, Shape> {
    let known = [("bool", 1), ("uint8_t", 1), ("uint32_t", 4), ("int64_t", 8), ("uint64_t", 8), ("size_t", 8), ("double", 8)];
    let numbers = header.lines().filter_map(|line| line.strip_prefix("typedef uint32_t ")?.strip_suffix(';'));
    known.into_iter().chain(numbers.map(|name| (name, 4))).map(|(name, size)| (name, (size, size))).collect()
}

/// Each struct's members as (type, name), in the order of the header.
fn structs(header: &str) -> Vec<(&str, Vec<(&str, &str)>)> {
    let mut found: Vec<(&str, Vec<(&str, &str)>)> = Vec::new();
    let mut open = false;
    for line in header.lines() {
        if let Some(name) = line.strip_prefix("typedef struct ").and_then(|rest| rest.strip_suffix(" {")) {
            found.push((name, Vec::new()));
            open = true;
        } else if line.starts_with('}') {
            open = false;
        } else if open && let Some(member) = line.trim().strip_suffix(';').filter(|_| !line.trim_start().starts_with(['*', '/']))
        {
            // The name is what comes last, behind a blank or a star.
            let at = member.rfind([' ', '*']).map_or(0, |at| at + 1);
            let (kind, name) = member.split_at(at);
            found.last_mut().expect("a struct is open").1.push((kind, name));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::assertions;

    const HEADER: &str = "\
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
        let text = assertions(HEADER).unwrap();
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
        assert!(assertions("typedef struct a {\n    long b;\n} a;\n").is_err());
    }
}
