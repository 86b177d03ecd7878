//! Names in the spelling of each language.

use crate::rust::pascal;

/// `registration_id` as `RegistrationID`: Go writes initialisms in capitals.
pub(crate) fn go(snake: &str) -> String {
    let words = snake.split('_').map(|word| match word {
        "id" | "ca" | "http" | "io" | "qps" | "sha256" | "tls" | "url" => word.to_uppercase(),
        _ => pascal(word),
    });
    words.collect()
}

/// `comparison_score` as `comparisonScore`.
pub(crate) fn camel(snake: &str) -> String {
    let name = pascal(snake);
    name[..1].to_lowercase() + &name[1..]
}
