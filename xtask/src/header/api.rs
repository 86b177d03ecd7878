//! What the header declares, read from its text.

use serde::Serialize;

/// The header's declarations, in its order.
#[derive(Debug, Default, PartialEq, Serialize)]
pub(crate) struct Api {
    pub(crate) enums: Vec<Enum>,
    pub(crate) handles: Vec<Handle>,
    pub(crate) structs: Vec<Struct>,
    pub(crate) callbacks: Vec<Function>,
    pub(crate) functions: Vec<Function>,
}

/// Numbers with names; C passes them as `uint32_t`.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Enum {
    pub(crate) name: String,
    doc: String,
    values: Vec<Constant>,
}

#[derive(Debug, PartialEq, Serialize)]
struct Constant {
    name: String,
    value: u32,
    doc: String,
}

/// A type without members, which is passed by pointer alone.
#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Handle {
    pub(crate) name: String,
    doc: String,
    /// The function that frees one which the caller owns.
    free: Option<String>,
}

#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Struct {
    pub(crate) name: String,
    doc: String,
    /// In bytes, where a pointer has 64 bits; so are the offsets.
    pub(crate) size: usize,
    pub(crate) members: Vec<Member>,
}

#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Member {
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) offset: usize,
    doc: String,
}

#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Function {
    pub(crate) name: String,
    doc: String,
    pub(crate) returns: Passed,
    pub(crate) parameters: Vec<Parameter>,
    /// The function that does the same without a struct by value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) twin: Option<String>,
}

#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Parameter {
    name: String,
    #[serde(flatten)]
    pub(crate) passed: Passed,
    /// The function writes there.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    out: bool,
}

#[derive(Debug, PartialEq, Serialize)]
pub(crate) struct Passed {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// The caller owns what it gets here, and frees it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    owned: bool,
}

/// A declaration: its text up to a brace or its end, its comment, and its members with theirs.
struct Declaration {
    text: String,
    doc: String,
    members: Vec<(String, String)>,
}

impl Api {
    pub(crate) fn read(header: &str) -> Result<Self, String> {
        let mut api = Self::default();
        for declaration in declarations(header) {
            let text = declaration.text.as_str();
            if text.starts_with("enum ") {
                api.enums.push(declaration.into_enum()?);
            } else if text.starts_with("typedef struct ") && text.ends_with('{') {
                api.structs.push(declaration.into_struct());
            } else if let Some(name) = text.strip_prefix("typedef struct ") {
                let name = last_word(name).to_owned();
                api.handles.push(Handle { name, doc: declaration.doc, free: None });
            } else if text.starts_with("typedef ") && text.contains("(*") {
                api.callbacks.push(function(&text["typedef ".len()..], declaration.doc)?);
            } else if text.split_once('(').is_some_and(|(before, _)| last_word(before).starts_with("cloudauth_")) {
                api.functions.push(function(text, declaration.doc)?);
            }
        }
        api.link();
        Ok(api)
    }

    /// Finds what the declarations say of each other.
    fn link(&mut self) {
        for handle in &mut self.handles {
            let free = format!("{}_free", handle.name);
            handle.free = self.functions.iter().any(|function| function.name == free).then_some(free);
        }
        let owned = |kind: &str, stars| {
            self.handles.iter().any(|handle| handle.free.is_some() && kind == format!("{} {stars}", handle.name))
        };
        for function in &mut self.functions {
            function.returns.owned = owned(&function.returns.kind, "*");
            for parameter in &mut function.parameters {
                let kind = &parameter.passed.kind;
                parameter.passed.owned = owned(kind, "**");
                let to_handle = self.handles.iter().any(|handle| *kind == format!("{} *", handle.name));
                parameter.out =
                    kind.ends_with("**") || kind.ends_with(" *") && !kind.starts_with("const ") && kind != "void *" && !to_handle;
            }
        }
        for callback in &mut self.callbacks {
            // What a callback is handed is its own to free, but for what it answers to.
            for parameter in callback.parameters.iter_mut().filter(|parameter| parameter.name != "out") {
                parameter.passed.owned = owned(&parameter.passed.kind, "*");
            }
        }
    }

    pub(crate) fn is_struct(&self, kind: &str) -> bool {
        self.structs.iter().any(|one| one.name == kind)
    }
}

impl Declaration {
    fn into_enum(self) -> Result<Enum, String> {
        let name = self.text.split([' ', ':']).nth(1).unwrap_or_default().to_owned();
        let value = |(text, doc): (String, String)| {
            let (name, value) = text.split_once(" = ").ok_or(format!("{name}: what is {text}?"))?;
            Ok(Constant { name: name.to_owned(), value: value.parse().map_err(|_| format!("{name}: what is {value}?"))?, doc })
        };
        Ok(Enum {
            values: self.members.into_iter().map(value).collect::<Result<_, String>>()?,
            name: name.clone(),
            doc: self.doc,
        })
    }

    fn into_struct(self) -> Struct {
        let name = self.text.split(' ').nth(2).unwrap_or_default().to_owned();
        let member = |(text, doc): (String, String)| {
            let (kind, name) = typed(&text);
            Member { name, kind, offset: 0, doc }
        };
        Struct { name, doc: self.doc, size: 0, members: self.members.into_iter().map(member).collect() }
    }
}

/// "int f(int a)" or "int (*f)(int a)".
fn function(text: &str, doc: String) -> Result<Function, String> {
    let strange = || format!("what is {text}?");
    let text = text.trim_start_matches("CLOUDAUTH_MUST_USE ");
    let (before, parameters) = text.rsplit_once('(').ok_or_else(strange)?;
    let (kind, name) = typed(before.trim_end_matches(')').replace("(*", "").as_str());
    let parameters = parameters.strip_suffix(')').ok_or_else(strange)?;
    let parameter = |text: &str| {
        let (kind, name) = typed(text);
        Parameter { name, passed: Passed { kind, owned: false }, out: false }
    };
    let parameters = if parameters == "void" { Vec::new() } else { parameters.split(", ").map(parameter).collect() };
    Ok(Function { name, doc, returns: Passed { kind, owned: false }, parameters, twin: None })
}

/// "const struct a *const *b" as its type, "const a *const *", and its name.
fn typed(text: &str) -> (String, String) {
    let name = last_word(text);
    (text[..text.len() - name.len()].trim_end().replace("struct ", ""), name.to_owned())
}

fn last_word(text: &str) -> &str {
    &text[text.rfind([' ', '*']).map_or(0, |at| at + 1)..]
}

/// The declarations of the text, without the lines of the preprocessor.
fn declarations(header: &str) -> Vec<Declaration> {
    let mut found = Vec::new();
    let mut open = Declaration::new();
    let (mut doc, mut comment, mut documents, mut continued, mut members) = (String::new(), false, false, false, false);
    for line in header.lines().map(str::trim) {
        let skipped = continued || line.starts_with('#') || line == "extern \"C\" {" || line.starts_with("}  // extern");
        continued = (continued || line.starts_with('#')) && line.ends_with('\\');
        if comment || line.starts_with("/*") {
            if !comment {
                documents = line == "/**";
                doc.clear();
            } else if documents && line != "*/" {
                add_line(&mut doc, line.trim_start_matches('*').trim());
            }
            comment = !line.ends_with("*/");
        } else if skipped || line.is_empty() {
        } else if members && !line.starts_with('}') {
            open.members.push((line.trim_end_matches([',', ';']).to_owned(), std::mem::take(&mut doc)));
        } else if members {
            members = false;
            found.push(std::mem::replace(&mut open, Declaration::new()));
        } else {
            if open.text.is_empty() {
                open.doc = std::mem::take(&mut doc);
            } else if !open.text.ends_with('(') {
                open.text.push(' ');
            }
            open.text.push_str(line.trim_end_matches(';'));
            if line.ends_with('{') {
                members = true;
            } else if line.ends_with(';') {
                found.push(std::mem::replace(&mut open, Declaration::new()));
            }
        }
    }
    found
}

/// A line of a comment; an empty one ends a paragraph.
fn add_line(doc: &mut String, line: &str) {
    if line.is_empty() {
        doc.push_str("\n\n");
    } else {
        if !doc.is_empty() && !doc.ends_with('\n') {
            doc.push(' ');
        }
        doc.push_str(line);
    }
}

impl Declaration {
    fn new() -> Self {
        Self { text: String::new(), doc: String::new(), members: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::Api;

    const HEADER: &str = "\
/* Not documentation of cloudauth_not(this); */
#define CLOUDAUTH_MAKE(a, b) \\
    cloudauth_not(a)
/**
 * What sort.
 */
enum cloudauth_kind
#if defined(__cplusplus)
  : uint32_t
#endif // defined(__cplusplus)
 {
    /**
     * No error.
     */
    CLOUDAUTH_KIND_NONE = 0,
    CLOUDAUTH_KIND_IO = 17,
};
#ifndef __cplusplus
typedef uint32_t cloudauth_kind;
#endif // __cplusplus
/**
 * An error.
 * It is owned.
 */
typedef struct cloudauth_error cloudauth_error;
typedef struct cloudauth_list {
    /**
     * Its items;
     */
    const struct cloudauth_error *const *items;
} cloudauth_list;
typedef void (*cloudauth_done)(void *context, struct cloudauth_error *error);
#ifdef __cplusplus
extern \"C\" {
#endif
/**
 * Frees cloudauth_not(it).
 */
void cloudauth_error_free(struct cloudauth_error *error);
CLOUDAUTH_MUST_USE
struct cloudauth_error *cloudauth_make(cloudauth_done done,
                                       struct cloudauth_error **error);
CLOUDAUTH_MUST_USE const char *cloudauth_version(void);
#ifdef __cplusplus
}  // extern \"C\"
#endif
CLOUDAUTH_ASSERT(sizeof(cloudauth_list) == 8);
";

    #[test]
    fn what_is_declared_is_read() {
        let api = Api::read(HEADER).unwrap();
        let [kind] = &api.enums[..] else { panic!("{api:?}") };
        assert_eq!((kind.name.as_str(), kind.doc.as_str()), ("cloudauth_kind", "What sort."));
        let values: Vec<_> = kind.values.iter().map(|value| (value.name.as_str(), value.value, value.doc.as_str())).collect();
        assert_eq!(values, [("CLOUDAUTH_KIND_NONE", 0, "No error."), ("CLOUDAUTH_KIND_IO", 17, "")]);
        let [error] = &api.handles[..] else { panic!("{api:?}") };
        assert_eq!((error.doc.as_str(), error.free.as_deref()), ("An error. It is owned.", Some("cloudauth_error_free")));
        let [list] = &api.structs[..] else { panic!("{api:?}") };
        assert_eq!((list.members[0].kind.as_str(), list.members[0].name.as_str()), ("const cloudauth_error *const *", "items"));
        let shown = |functions: &[super::Function]| {
            let owned = |passed: &super::Passed| if passed.owned { "!" } else { "" };
            let parameter = |one: &super::Parameter| format!("{} {}{}", one.passed.kind, one.name, owned(&one.passed));
            let one = |one: &super::Function| {
                let parameters: Vec<_> = one.parameters.iter().map(parameter).collect();
                format!("{}{} {}({})", one.returns.kind, owned(&one.returns), one.name, parameters.join(", "))
            };
            functions.iter().map(one).collect::<Vec<_>>()
        };
        assert_eq!(shown(&api.callbacks), ["void cloudauth_done(void * context, cloudauth_error * error!)"]);
        assert_eq!(
            shown(&api.functions),
            [
                "void cloudauth_error_free(cloudauth_error * error)",
                "cloudauth_error *! cloudauth_make(cloudauth_done done, cloudauth_error ** error!)",
                "const char * cloudauth_version()",
            ]
        );
    }
}
