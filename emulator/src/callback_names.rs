use std::str::FromStr;

/// How the parameters that a callback appends are spelled. The documents write two of them in two ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallbackNames {
    /// `subcode` and `callbackToken`: one of each.
    #[default]
    Mixed,
    /// `subcode` and `CallbackToken`, as the documents' prose has them.
    Prose,
    /// `subCode` and `callbackToken`, as the documents' sample has them.
    Sample,
}

/// A text that names none of the spellings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be mixed, prose or sample")]
pub struct CallbackNamesError;

impl CallbackNames {
    pub(crate) fn sub_code(self) -> &'static str {
        if self == CallbackNames::Sample { "subCode" } else { "subcode" }
    }

    pub(crate) fn token(self) -> &'static str {
        if self == CallbackNames::Prose { "CallbackToken" } else { "callbackToken" }
    }
}

impl FromStr for CallbackNames {
    type Err = CallbackNamesError;

    fn from_str(text: &str) -> Result<CallbackNames, CallbackNamesError> {
        Ok(match text {
            "mixed" => CallbackNames::Mixed,
            "prose" => CallbackNames::Prose,
            "sample" => CallbackNames::Sample,
            _ => return Err(CallbackNamesError),
        })
    }
}
