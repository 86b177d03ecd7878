use super::interrupt_page::InterruptPage;
use crate::clock::Moment;

/// How far the person got.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Progress {
    /// Nobody has opened it.
    NotBegun,
    /// The person is at that page.
    At(InterruptPage),
    /// The person is done, and the service has not decided: `Passed` is P.
    Pending(Moment),
    Finished(End),
    Abandoned(Abandonment),
}

/// How a verification ended.
#[derive(Clone, Copy, Debug)]
pub(crate) struct End {
    pub(crate) at: Moment,
    pub(crate) sub_code: &'static str,
}

/// Where a person left, and why.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Abandonment {
    pub(crate) at: Moment,
    pub(crate) page: InterruptPage,
    /// The client's code, as `VerifyErrorCode` has it.
    pub(crate) code: u16,
}

impl Abandonment {
    /// A client's code that says where or why the person stopped; 1000 and 1001 say that the person finished.
    pub(crate) fn code(text: &str) -> Option<u16> {
        text.parse().ok().filter(|code| matches!(code, 1002..=1016 | 9999) && text.len() == 4)
    }
}

impl Progress {
    pub(crate) fn end(self) -> Option<End> {
        if let Progress::Finished(end) = self { Some(end) } else { None }
    }

    /// When the person was done, either way.
    pub(crate) fn ended(self) -> Option<Moment> {
        match self {
            Progress::NotBegun | Progress::At(_) => None,
            Progress::Pending(at) => Some(at),
            Progress::Finished(end) => Some(end.at),
            Progress::Abandoned(abandonment) => Some(abandonment.at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_leaving_is_one_of_the_client_s() {
        for code in ["1002", "1006", "1016", "9999"] {
            assert_eq!(Abandonment::code(code).map(|code| code.to_string()).as_deref(), Some(code));
        }
        for code in ["", "1000", "1001", "1017", "+1006", "01006", "2000", "999", "10060"] {
            assert_eq!(Abandonment::code(code), None, "{code}");
        }
    }
}
