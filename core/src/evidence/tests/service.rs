//! A service that has one verification, and that fails as it is told.

use std::cell::{Cell, RefCell};
use std::fs;
use std::path::Path;

use super::result;
use crate::call::Call;
use crate::caller::Caller;
use crate::catalogue::Kind;
use crate::clock::SystemClock;
use crate::endpoint::Endpoint;
use crate::error::{Error, Result, SendState};
use crate::reply::Head;
use crate::request::CheckResultRequest;
use crate::result::{CheckResult, Fields};
use crate::retry::History;
use crate::transport::{Request, Resolver, Sink};
use crate::worker::Worker;

/// What a request to delete comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Answer {
    Deleted,
    /// The service says no.
    Refused,
    /// An error of the service's.
    Denied,
    /// It is done, and the reply is lost.
    LostReply,
    /// It never arrives, and nobody can tell.
    LostRequest,
    Unsent,
}

pub(super) struct Service {
    pub(super) answers: RefCell<Vec<Answer>>,
    pub(super) has: RefCell<CheckResult>,
    pub(super) is_deleted: Cell<bool>,
    /// How often it was asked to delete, as far as it saw it.
    pub(super) deletions: Cell<u32>,
    pub(super) questions: Cell<u32>,
    /// Where videos were asked for.
    pub(super) videos: RefCell<Vec<String>>,
    /// What the archive's receipt was each time that the caller was asked whether to go on.
    pub(super) receipts: RefCell<Vec<String>>,
    /// Whether the caller then says no.
    pub(super) forbids: Cell<bool>,
    endpoint: Endpoint,
}

impl Service {
    /// Answers with the last of these again and again.
    pub(super) fn new(answers: &[Answer]) -> Self {
        let mut has = result();
        has.face.as_mut().unwrap().video_url = None;
        Self {
            answers: RefCell::new(answers.to_vec()),
            has: RefCell::new(has),
            is_deleted: Cell::default(),
            deletions: Cell::default(),
            questions: Cell::default(),
            videos: RefCell::default(),
            receipts: RefCell::default(),
            forbids: Cell::default(),
            endpoint: Endpoint::parse("https://service.example", false).unwrap(),
        }
    }

    fn next(&self) -> Answer {
        let mut answers = self.answers.borrow_mut();
        if answers.len() > 1 { answers.remove(0) } else { answers[0] }
    }
}

impl Worker for Service {
    fn caller(&self) -> Caller<'_> {
        Caller { endpoint: &self.endpoint, clock: &SystemClock }
    }

    fn check_result(&self, request: &CheckResultRequest) -> Result<CheckResult> {
        self.questions.set(self.questions.get() + 1);
        if self.is_deleted.get() {
            return Err(Error::new(Kind::InvalidRequest, "gone").with_code("TransactionIdInvalid").with_reply(
                Some(200),
                None,
                None,
            ));
        }
        let mut result = self.has.borrow().clone();
        if !request.returns_images() {
            (result.face, result.document) = (None, None);
        }
        Ok(result)
    }

    fn call(&self, call: &Call) -> Result<Fields> {
        assert_eq!((call.action(), call.get("DeleteAfterQuery")), ("DeleteVerifyResult", Some("Y")));
        let answer = self.next();
        if !matches!(answer, Answer::LostRequest | Answer::Unsent) {
            self.deletions.set(self.deletions.get() + 1);
        }
        let lost = || Error::new(Kind::Network, "lost").with_send_state(SendState::Sent).with_attempts(1);
        let reply = |deleted: &str| {
            let reply =
                serde_json::json!({"Code": "200", "RequestId": "R-2", "Result": {"DeleteResult": deleted, "FailReason": "X"}});
            Ok(reply.as_object().unwrap().clone())
        };
        match answer {
            Answer::Deleted => {
                self.is_deleted.set(true);
                reply("Y")
            }
            Answer::Refused => reply("N"),
            Answer::Denied => {
                let error = Error::new(Kind::AccessDenied, "no").with_code("NoPermission");
                Err(error.with_reply(Some(403), Some("R-3"), None).with_attempts(1))
            }
            Answer::LostReply => {
                self.is_deleted.set(true);
                Err(lost())
            }
            Answer::LostRequest => Err(lost()),
            Answer::Unsent => Err(Error::new(Kind::Network, "nobody there").with_send_state(SendState::Unsent).with_attempts(3)),
        }
    }

    fn send(&self, endpoint: &Endpoint, _: Resolver, request: Request, _: &mut dyn Sink, _: usize) -> Result<Head> {
        self.videos.borrow_mut().push(format!("{endpoint}{}", &*request.target));
        Err(Error::new(Kind::Network, "there is no video"))
    }

    fn allows_deletion(&self, archive: &Path) -> Result<()> {
        self.receipts.borrow_mut().push(fs::read_to_string(archive.join("receipt.json")).unwrap());
        if self.forbids.get() { Err(Error::new(Kind::Network, "no copy")) } else { Ok(()) }
    }

    fn pause(&self, _: &mut History, error: Error) -> Result<()> {
        Err(error)
    }
}
