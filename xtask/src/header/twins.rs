//! Structs by value: languages whose foreign functions cannot take them call a twin.
//!
//! The twin of `f` is `f_view`, which gives a pointer to the same.

use super::api::Api;

/// Names each function's twin, and fails where one is missing.
pub(super) fn find(api: &mut Api) -> Result<(), String> {
    let mut twins = Vec::new();
    for function in &api.functions {
        let name = &function.name;
        if function.parameters.iter().any(|parameter| api.is_struct(&parameter.passed.kind)) {
            return Err(format!("{name} takes a struct by value; take a pointer to it"));
        }
        if !api.is_struct(&function.returns.kind) {
            twins.push(None);
            continue;
        }
        let (twin, kind) = (format!("{name}_view"), format!("const {} *", function.returns.kind));
        if !api.functions.iter().any(|other| other.name == twin && other.returns.kind == kind) {
            return Err(format!("{name} returns a struct by value; add {twin}, which returns a {kind}"));
        }
        twins.push(Some(twin));
    }
    for (function, twin) in api.functions.iter_mut().zip(twins) {
        function.twin = twin;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::header::api::Api;

    // Finding H11.
    #[test]
    fn a_struct_by_value_has_a_twin() {
        const TEXT: &str = "typedef struct cloudauth_text {\n    size_t len;\n} cloudauth_text;\n";
        let found = |functions: &str| {
            let mut api = Api::read(&format!("{TEXT}{functions}")).unwrap();
            find(&mut api).map(|()| api.functions[0].twin.clone())
        };
        let by_value = "struct cloudauth_text cloudauth_a(int b);\n";
        assert_eq!(
            found(&format!("{by_value}const struct cloudauth_text *cloudauth_a_view(int b);\n")).unwrap().as_deref(),
            Some("cloudauth_a_view")
        );
        assert!(found(by_value).unwrap_err().starts_with("cloudauth_a returns a struct by value; add cloudauth_a_view"));
        assert!(found(&format!("{by_value}bool cloudauth_a_view(int b);\n")).is_err());
        assert!(found("void cloudauth_a(struct cloudauth_text b);\n").unwrap_err().starts_with("cloudauth_a takes a struct"));
        assert_eq!(found("const struct cloudauth_text *cloudauth_a(const struct cloudauth_text *b);\n"), Ok(None));
    }
}
