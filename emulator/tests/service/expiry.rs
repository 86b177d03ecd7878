use std::time::Duration;

use cloudauth_emulator::{Emulator, Options};
use serde_json::Value;

use crate::client::{Reply, get};
use crate::signer::{Call, Scheme, timestamp};

/// An emulator and how far its clock was moved.
struct Moved {
    emulator: Emulator,
    ahead: Duration,
}

impl Moved {
    fn start() -> Moved {
        Moved { emulator: Emulator::start(Options::default()).unwrap(), ahead: Duration::ZERO }
    }

    fn advance(&mut self, by: Duration) {
        self.emulator.advance(by);
        self.ahead += by;
    }

    fn call(&self, mut call: Call) -> Reply {
        call.timestamp = timestamp(self.ahead);
        call.send()
    }

    fn check(&self, id: &str) -> Reply {
        self.call(Call::check(&self.emulator, Scheme::Acs3, id))
    }

    fn video_url(&self, id: &str) -> Option<String> {
        let face: Value = serde_json::from_str(self.check(id).json()["Result"]["ExtFaceInfo"].as_str().unwrap()).unwrap();
        face["docVideoUrl"].as_str().map(str::to_owned)
    }

    fn initialized(&self) -> String {
        let parameters = [("ProductCode", "FACE_LIVENESS"), ("MerchantBizId", "b"), ("MetaInfo", "{}")];
        let reply = self.call(Call::new(&self.emulator, Scheme::Acs3, "Initialize", &parameters));
        let id = reply.json()["Result"]["TransactionId"].as_str().unwrap().to_owned();
        self.emulator.finish(&id, "200").unwrap();
        id
    }
}

const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);

#[test]
fn results_are_there_for_thirty_days() {
    let mut moved = Moved::start();
    let ids = [moved.initialized(), "faceverification200".to_owned()];
    for id in &ids {
        assert_eq!(moved.check(id).code(), "Success");
    }
    moved.advance(29 * DAY + Duration::from_mins(23 * 60 + 59));
    for id in &ids {
        assert_eq!(moved.check(id).code(), "Success");
    }
    moved.advance(2 * MINUTE);
    for id in &ids {
        let reply = moved.check(id);
        assert_eq!((reply.status, reply.code().as_str()), (400, "TransactionIdInvalid"));
    }
    assert_eq!(moved.check("faceverification204").code(), "Success", "one that nobody asked for ends only now");
}

#[test]
fn a_video_link_works_for_fifteen_minutes_and_the_video_for_thirty() {
    let mut moved = Moved::start();
    for id in [moved.initialized(), "ekycpro200".to_owned()] {
        let first = moved.video_url(&id).unwrap();
        let video = get(&first);
        assert_eq!((video.status, video.header("content-type")), (200, Some("video/webm")));
        assert!(video.body.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]));
        moved.advance(14 * MINUTE);
        assert_eq!(get(&first).status, 200);
        moved.advance(2 * MINUTE);
        let expired = get(&first);
        assert_eq!((expired.status, expired.header("content-type")), (403, Some("application/xml")));
        assert!(
            expired.text().contains("<Code>AccessDenied</Code>")
                && expired.text().contains("<Message>Request has expired.</Message>")
        );
        moved.advance(13 * MINUTE);
        let second = moved.video_url(&id).expect("29 minutes on, there is a new link");
        assert_eq!(get(&second).status, 200);
        moved.advance(2 * MINUTE);
        let gone = get(&second);
        assert_eq!(gone.status, 404, "the link holds, the video is deleted");
        assert!(gone.text().contains("<Code>NoSuchKey</Code>"));
        assert_eq!(moved.video_url(&id), None);
    }
}

#[test]
fn a_link_cannot_be_made_up() {
    let moved = Moved::start();
    let url = moved.video_url("ekycpro200").unwrap();
    assert!(url.starts_with(moved.emulator.endpoint()));
    let (path, query) = url.split_once('?').unwrap();
    let later = query.replacen("Expires=", "Expires=1", 1);
    for forged in [
        path.to_owned(),
        format!("{path}?{later}"),
        url.replace("ekycpro200", "ekycpro204"),
        format!("{path}?Expires=x&Signature=y"),
        format!("{}/video/nothing", moved.emulator.endpoint()),
    ] {
        let reply = get(&forged);
        assert_eq!(reply.status, 403, "{forged}");
        assert!(reply.text().contains("SignatureDoesNotMatch"));
    }
}

/// Elements of a `WebM` file as (id, content), each length in eight bytes.
fn elements(mut bytes: &[u8]) -> Vec<(Vec<u8>, &[u8])> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let width = bytes[0].leading_zeros() as usize + 1;
        let (id, rest) = bytes.split_at(width);
        let (length, rest) = rest.split_at(8);
        assert_eq!(length[0], 1);
        let length = length[1..].iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        let (content, rest) = rest.split_at(length);
        found.push((id.to_vec(), content));
        bytes = rest;
    }
    found
}

#[test]
fn the_video_is_a_webm_of_key_frames() {
    let moved = Moved::start();
    let file = get(&moved.video_url("ekycpro200").unwrap()).body;
    let top = elements(&file);
    assert_eq!(top.len(), 2, "a header and a segment, to the last byte");
    assert!(elements(top[0].1).iter().any(|(id, content)| id == &[0x42, 0x82] && *content == b"webm"));
    let segment = elements(top[1].1);
    let (_, cluster) = segment.iter().find(|(id, _)| id == &[0x1f, 0x43, 0xb6, 0x75]).unwrap();
    let blocks: Vec<_> = elements(cluster).into_iter().filter(|(id, _)| id == &[0xa3]).collect();
    assert_eq!(blocks.len(), 4);
    for (_, block) in blocks {
        // Behind four bytes of the block: a VP8 frame whose first bit says key frame, then its start code.
        assert_eq!((block[4] & 1, &block[7..10]), (0, &[0x9d, 0x01, 0x2a][..]));
    }
}
