use serde_json::{Map, Value, json};

/// The shape of one operation's reply.
#[derive(Debug)]
pub(crate) struct Sample {
    pub(crate) action: &'static str,
    /// Each field's path; `[]` behind a name is a list's element.
    pub(super) reply: &'static [(&'static str, Kind)],
}

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Integer,
    Number,
    Boolean,
    List,
    Object,
}

impl Sample {
    /// A body with every field.
    pub(crate) fn body(&self, request_id: &str) -> Value {
        let mut body = Value::Object(Map::new());
        for (path, kind) in self.reply {
            let mut place = &mut body;
            for step in path.split('.') {
                place = match step.strip_suffix("[]") {
                    None => &mut place[step],
                    Some(list) => {
                        let list = &mut place[list];
                        if list.is_null() {
                            *list = json!([{}]);
                        }
                        &mut list[0]
                    }
                };
            }
            let name = path.rsplit('.').next().unwrap_or_default();
            *place = kind.value(name, request_id);
        }
        body
    }
}

impl Kind {
    fn value(self, name: &str, request_id: &str) -> Value {
        match self {
            Kind::Text => match name {
                "RequestId" => request_id,
                "Code" => "Success",
                "Message" => "a sample of this reply's shape",
                "Passed" | "Success" | "DeleteResult" => "Y",
                "SubCode" => "200",
                // Those hold JSON as text.
                _ if name.starts_with("Ext") => "{}",
                _ => "sample",
            }
            .into(),
            Kind::Integer => json!(1),
            Kind::Number => json!(0.5),
            Kind::Boolean => json!(true),
            Kind::List => json!(["sample"]),
            Kind::Object => json!({"sample": "sample"}),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_into_objects_and_lists() {
        let reply = &[
            ("Code", Kind::Text),
            ("Result.Items[].ExtIdInfo", Kind::Text),
            ("Result.Items[].Score", Kind::Number),
            ("Result.Labels", Kind::List),
            ("Total", Kind::Integer),
        ];
        let body = Sample { action: "A", reply }.body("id");
        let want = json!({
            "Code": "Success",
            "Result": {"Items": [{"ExtIdInfo": "{}", "Score": 0.5}], "Labels": ["sample"]},
            "Total": 1,
        });
        assert_eq!(body, want);
    }
}
