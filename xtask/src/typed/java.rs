//! The typed operations as Java: requests, replies, the client's methods, and a table of the requests for tests.

use std::fmt::Write as _;

use super::model::{Argument, ArgumentKind, Field, FieldKind, Operation};
use super::model::{FOLDER, GENERATED};
use crate::names::camel;
use crate::output::Generated;
use crate::prose::wrapped;
use crate::result::java::{self, javadoc};
use crate::result::model::{self as result, Object, Sort, Type};

const TESTS: &str = "java/src/test/java/io/github/libcloudauth";

pub(super) fn files(operations: &[Operation]) -> Vec<Generated> {
    let mut files = vec![
        Generated { name: format!("{}/TypedOperations.java", java::FOLDER), text: methods(operations) },
        Generated { name: format!("{TESTS}/TypedRequests.java"), text: table(operations) },
    ];
    for operation in operations {
        let text = request(operation, operations);
        files.push(Generated { name: format!("{}/{}.java", java::FOLDER, operation.request()), text });
        files.push(Generated { name: format!("{}/{}.java", java::FOLDER, operation.reply), text: reply(operation, operations) });
    }
    files
}

/// Names of operations and arguments in Java's case.
fn spelled(text: &str, operations: &[Operation]) -> String {
    let is_name = |part: &str| {
        part == "check_result"
            || operations.iter().any(|one| one.name == part || one.arguments.iter().any(|argument| argument.name == part))
    };
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(at, part)| if at % 2 == 1 && is_name(part) { camel(part) } else { part.to_owned() });
    parts.collect::<Vec<_>>().join("`")
}

/// A comment of one line, or of several where it is longer.
fn comment(text: &str, indent: &str) -> String {
    let line = format!("{indent}/** {text} */\n");
    if line.len() <= 126 { line } else { format!("{indent}/**\n{}{indent} */\n", wrapped(text, &format!("{indent} * "), 126)) }
}

fn header(imports: &[&str]) -> String {
    let imports = imports.iter().map(|import| format!("import {import};\n")).collect::<Vec<_>>().concat();
    let gap = if imports.is_empty() { "" } else { "\n" };
    format!("// {GENERATED}\npackage io.github.libcloudauth;\n\n{imports}{gap}")
}

fn sort(kind: ArgumentKind) -> &'static str {
    match kind {
        ArgumentKind::Text => "String",
        ArgumentKind::Flag => "boolean",
        ArgumentKind::Integer => "long",
        ArgumentKind::List => "List<String>",
        ArgumentKind::Picture => "byte[]",
        ArgumentKind::Json => "Object",
        ArgumentKind::Receiver => "OutputStream",
        ArgumentKind::Progress => "Progress",
    }
}

/// The call that gives an argument to a builder, with the values that printing shows.
fn set(argument: &Argument) -> String {
    let java = argument.java();
    let flag = ["true".to_owned(), "false".to_owned()];
    let shown = match argument.kind {
        _ if argument.sensitive => &[][..],
        ArgumentKind::Flag => &flag,
        _ => &argument.values,
    };
    let shown = shown.iter().map(|value| format!(", {value:?}")).collect::<Vec<_>>().concat();
    let set = match argument.kind {
        ArgumentKind::Json => "setJson",
        ArgumentKind::Receiver | ArgumentKind::Progress => "setFunction",
        _ => "set",
    };
    format!("{set}({:?}, {java:?}, {java}{shown})", argument.name)
}

fn request(operation: &Operation, operations: &[Operation]) -> String {
    let (request, reply) = (operation.request(), &operation.reply);
    let ways: Vec<Way> = operation.constructors().iter().map(|arguments| Way::new(arguments, operations)).collect();
    let builders: String = ways.iter().map(|way| way.builder(&request)).collect();
    let constructors: String = ways.iter().map(Way::constructor).collect();
    let mut setters = String::new();
    for argument in operation.optional() {
        let (doc, java) = (javadoc(&spelled(&argument.doc(), operations)), argument.java());
        let _ = write!(
            setters,
            "\n{}        public Builder {java}({} {java}) {{\n            return {};\n        }}\n",
            comment(&doc, "        "),
            sort(argument.kind),
            set(argument)
        );
    }
    let has = |kind| operation.arguments.iter().any(|argument| argument.kind == kind);
    let imports = [(ArgumentKind::Receiver, "java.io.OutputStream"), (ArgumentKind::List, "java.util.List")];
    let imports: Vec<_> = imports.into_iter().filter(|(kind, _)| has(*kind)).map(|(_, import)| import).collect();
    let meaning = comment(&javadoc(&spelled(&operation.meaning, operations)), "");
    format!(
        "{}{meaning}public final class {request} extends TypedRequest<{reply}> {{\n    private {request}(Builder given) {{\n        \
         super(\"{}\", given);\n    }}\n\n{builders}    \
         @Override\n    {reply} read(WireReader in) {{\n        return new {reply}(in);\n    }}\n\n    \
         /** Makes a {{@link {request}}}. */\n    public static final class Builder extends TypedRequest.Builder<Builder> {{\n{constructors}{setters}\n        \
         @Override\n        public {request} build() {{\n            return new {request}(this);\n        }}\n    }}\n}}\n",
        header(&imports),
        operation.name,
    )
}

/// A way to begin a request.
struct Way {
    taken: String,
    given: String,
    explained: String,
    sets: String,
    of: String,
}

impl Way {
    fn new(arguments: &[&Argument], operations: &[Operation]) -> Self {
        let taken: Vec<String> = arguments.iter().map(|of| format!("{} {}", sort(of.kind), of.java())).collect();
        let given: Vec<String> = arguments.iter().map(|argument| argument.java()).collect();
        let mut explained = String::new();
        for argument in arguments {
            let meaning = spelled(argument.meaning.trim_end_matches('.'), operations);
            let line = wrapped(&javadoc(&format!("@param {} {meaning}", argument.java())), "     *     ", 126);
            explained += &line.replacen("     *     ", "     * ", 1);
        }
        let sets: Vec<String> = arguments.iter().map(|argument| format!("            {};\n", set(argument))).collect();
        let sorts: Vec<&str> = arguments.iter().map(|argument| sort(argument.kind)).collect();
        let of =
            if arguments.iter().all(|argument| argument.required) { String::new() } else { format!("({})", sorts.join(", ")) };
        Self { taken: taken.join(", "), given: given.join(", "), explained, sets: sets.concat(), of }
    }

    /// The request's functions.
    fn builder(&self, request: &str) -> String {
        let Self { taken, given, explained, of, .. } = self;
        let about = "A request with every default. It is checked when the call is made.";
        let about = if explained.is_empty() {
            comment(about, "    ")
        } else {
            format!("    /**\n     * {about}\n     *\n{explained}     */\n")
        };
        format!(
            "{about}    public static Builder builder({taken}) {{\n        return new Builder({given});\n    }}\n\n    \
             /** {{@link #builder{of}}} and nothing else. */\n    public static {request} of({taken}) {{\n        \
             return builder({given}).build();\n    }}\n\n"
        )
    }

    /// The builder's.
    fn constructor(&self) -> String {
        let Self { taken, sets, of, .. } = self;
        let gap = if of.is_empty() { "" } else { "\n" };
        if sets.is_empty() {
            "        private Builder() {}\n".to_owned()
        } else {
            format!("{gap}        private Builder({taken}) {{\n{sets}        }}\n")
        }
    }
}

fn reply(operation: &Operation, operations: &[Operation]) -> String {
    let own = |name: &str, kind: (Sort, bool), from: &[&str], meaning: &str| result::Field {
        name: name.to_owned(),
        kind: Type { sort: kind.0, optional: kind.1, text: String::new() },
        from: from.iter().map(|&name| name.to_owned()).collect(),
        variants: None,
        meaning: meaning.to_owned(),
        is: None,
        shown: None,
        report: false,
        known: Vec::new(),
        threshold: None,
        closed: false,
    };
    let field = |field: &Field| {
        let sort = match field.kind {
            FieldKind::Text => Sort::Text,
            FieldKind::Flag => Sort::Flag,
            FieldKind::Integer => Sort::Whole,
            FieldKind::Number => Sort::Number,
            FieldKind::Value => Sort::Any,
            FieldKind::Lines => Sort::List(Box::new(Sort::Text)),
        };
        let from: Vec<&str> = field.from.as_deref().into_iter().collect();
        own(&field.name, (sort, true), &from, &spelled(&field.meaning, operations))
    };
    let id = "the service's id of this call; empty where it sent none";
    let mut fields = vec![own("request_id", (Sort::Text, false), &["RequestId"], id)];
    fields.extend(operation.fields.iter().map(field));
    let problems = Sort::List(Box::new(Sort::Object("Problem".to_owned())));
    fields.extend([
        own("extra", (Sort::Map, false), &[], "every other field of `Result`, JSON text in it decoded"),
        own("problems", (problems, false), &[], "what could not be decoded; the rest of the reply stands"),
    ]);
    let object = Object {
        name: operation.reply.clone(),
        go: None,
        from: None,
        meaning: format!("The reply to a {{@link {}}}.", operation.request()),
        hidden: false,
        beside: None,
        fields,
    };
    let is_shown = |name: &str| operation.fields.iter().any(|field| field.name == name && field.shown);
    // Methods that are written by hand stand in a base.
    let base = if operation.reply == "Started" { "StartedBase" } else { "ValueObject" };
    java::class(&object, FOLDER, base, |field| field.name == "request_id" || is_shown(&field.name))
}

/// `TypedOperations.java`.
fn methods(operations: &[Operation]) -> String {
    let mut methods = String::new();
    for operation in operations {
        let (name, request, reply) = (camel(&operation.name), operation.request(), &operation.reply);
        let doc = comment(&javadoc(&spelled(&operation.meaning, operations)), "    ");
        if operation.arguments.is_empty() {
            let _ = write!(
                methods,
                "\n    /** {{@link #{name}({request})}} with nothing but defaults. */\n    default {reply} {name}() {{\n        \
                 return {name}({request}.of());\n    }}\n"
            );
        }
        let _ = write!(
            methods,
            "\n{doc}    default {reply} {name}({request} request) {{\n        return run(request, null);\n    }}\n\n    \
             /** {{@link #{name}({request})}}, within that time. */\n    \
             default {reply} {name}({request} request, @Nullable Duration timeout) {{\n        return run(request, timeout);\n    }}\n\n    \
             /** {{@link #{name}({request})}}, without a thread that waits. */\n    \
             default CompletableFuture<{reply}> {name}Async({request} request) {{\n        return runAsync(request, null);\n    }}\n\n    \
             /** {{@link #{name}({request}, Duration)}}, without a thread that waits. */\n    \
             default CompletableFuture<{reply}> {name}Async({request} request, @Nullable Duration timeout) {{\n        \
             return runAsync(request, timeout);\n    }}\n"
        );
    }
    format!(
        "{}/**\n * Operations with requests and replies of their own. A {{@link CloudAuthClient}} has these methods; each makes its call by\n \
         * {{@link #run}} or {{@link #runAsync}}.\n */\npublic interface TypedOperations {{\n    \
         /**\n     * Makes the call of a request, within that time, as {{@link CloudAuthClient#checkResult(CheckRequest, Duration)}} takes it.\n     \
         * {{@code null}} is the client's own limit.\n     */\n    <T> T run(TypedRequest<T> request, @Nullable Duration timeout);\n\n    \
         /** {{@link #run}}, without a thread that waits. */\n    \
         <T> CompletableFuture<T> runAsync(TypedRequest<T> request, @Nullable Duration timeout);\n{methods}}}\n",
        header(&["java.time.Duration", "java.util.concurrent.CompletableFuture", "org.jspecify.annotations.Nullable"])
    )
}

/// `TypedRequests.java`, for tests.
fn table(operations: &[Operation]) -> String {
    let value = |argument: &Argument| {
        let read = match argument.kind {
            ArgumentKind::Text => "text",
            ArgumentKind::Flag => "flag",
            ArgumentKind::Integer => "number",
            ArgumentKind::List => "list",
            ArgumentKind::Picture => "picture",
            ArgumentKind::Json => "value",
            ArgumentKind::Receiver | ArgumentKind::Progress => unreachable!("no list of cases has it"),
        };
        format!("TypedTest.{read}(given.get({:?}))", argument.name)
    };
    let replies: Vec<String> = operations.iter().map(|operation| format!("{}.builder()", operation.reply)).collect();
    let (mut cases, mut examples) = (String::new(), Vec::new());
    for operation in operations {
        let (name, request) = (&operation.name, operation.request());
        let values: Vec<String> = operation.required().map(value).collect();
        let _ = write!(
            cases,
            "            case \"{name}\": {{\n                {request}.Builder to = {request}.builder({});\n",
            values.join(", ")
        );
        for argument in operation.optional_values() {
            let _ = write!(
                cases,
                "                if (given.hasNonNull({:?})) {{\n                    to.{}({});\n                }}\n",
                argument.name,
                argument.java(),
                value(argument)
            );
        }
        cases += "                return to;\n            }\n";
        let example = |argument: &Argument| match argument.kind {
            ArgumentKind::Text | ArgumentKind::Json => "\"text\"",
            ArgumentKind::Flag => "true",
            ArgumentKind::Integer => "1",
            ArgumentKind::List => "List.of()",
            ArgumentKind::Picture => "new byte[0]",
            ArgumentKind::Receiver | ArgumentKind::Progress => unreachable!("an alternative or an option"),
        };
        let values: Vec<&str> = operation.required().map(example).collect();
        examples.push(format!("            {request}.builder({})", values.join(", ")));
    }
    format!(
        "{}/** Requests of every typed operation, so that tests miss none. */\nfinal class TypedRequests {{\n    private TypedRequests() {{}}\n\n    \
         /** A builder that was given these arguments. */\n    static TypedRequest.Builder<?> of(String operation, JsonNode given) {{\n        \
         switch (operation) {{\n{cases}            default:\n                throw new AssertionError(operation);\n        }}\n    }}\n\n    \
         /** A builder of each. */\n    static List<TypedRequest.Builder<?>> examples() {{\n        return List.of(\n{});\n    }}\n\n    \
         /** A builder of each reply. */\n    static List<?> replies() {{\n        return List.of({});\n    }}\n}}\n",
        header(&["com.fasterxml.jackson.databind.JsonNode", "java.util.List"]),
        examples.join(",\n"),
        replies.join(", ")
    )
}
