//! The list of `tests/calls`, in C. Lists and objects are given as the JSON text that is expected.

use std::net::TcpListener;

use crate::recorder::{SUCCESS, listed, sent, wanted};
use crate::support::{Program, sample};

#[test]
fn every_call_of_the_list_arrives_or_is_refused_as_it_says() {
    let program = Program::new("operations", &["operations.c"]);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    for case in sample(listed("cases.json", "calls")) {
        let checked = if case["unchecked"] == true { "unchecked" } else { "checked" };
        let mut arguments = vec![endpoint.clone(), checked.to_owned(), case["action"].as_str().unwrap().to_owned()];
        for (name, value) in case["parameters"].as_object().unwrap().iter().filter(|(_, value)| !value.is_null()) {
            let places = [&case["query"], &case["form"]];
            let text = value.as_str().or_else(|| places.into_iter().find_map(|place| place[name].as_str()));
            // A call that is refused has no expected text.
            arguments.extend([name.clone(), text.unwrap_or_default().to_owned()]);
        }
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        if let Some(message) = case["error"].as_str() {
            assert_eq!(program.output(&arguments), format!("{message}\n"), "{}", case["name"]);
        } else {
            let arrived = sent(&listener, 200, SUCCESS, || assert_eq!(program.output(&arguments), ""));
            assert_eq!(arrived, (wanted(&case, "query"), wanted(&case, "form")), "{}", case["name"]);
        }
    }
}
