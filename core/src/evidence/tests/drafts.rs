//! Archives that were begun and not finished.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use super::names;
use super::of;
use super::service::{Answer, Service};
use crate::catalogue::Kind;
use crate::disk::SystemDisk;
use crate::error::Result;
use crate::evidence::{Archived, FolderRefusal, Plan, Wanted, verify_archive};
use crate::request::CheckResultRequest;
use crate::video::Hosts;

const URL: &str = "https://oss.aliyuncs.com/v.webm";

fn archive(service: &Service, into: &Path, video: bool) -> Result<Archived> {
    let plan = Plan {
        into,
        of: of("hks1"),
        request: CheckResultRequest::new("biz1", "hks1"),
        wanted: Wanted { raw: true, images: true, video },
        expects_video: false,
        hosts: Hosts::default(),
        max_video_bytes: 1,
        deletion: None,
    };
    plan.run(service, &SystemDisk).map(|(archived, _)| archived)
}

/// A service whose video does not come, and an archive that waits for it.
fn begun(into: &Path) -> Service {
    let service = Service::new(&[Answer::Deleted]);
    service.has.borrow_mut().face.as_mut().unwrap().video_url = Some(URL.to_owned());
    assert_eq!(archive(&service, into, true).err().unwrap().kind(), Kind::Network);
    assert!(names(into).contains(&"draft.json".to_owned()));
    service
}

#[test]
fn a_damaged_draft_is_made_anew_and_takes_no_reply_that_has_less() {
    for damaged in ["face.jpg", "result.json", "document-01.png"] {
        for is_gone in [true, false] {
            let place = tempfile::tempdir().unwrap();
            let service = begun(place.path());
            service.has.borrow_mut().face.as_mut().unwrap().video_url = None;
            let path = place.path().join(damaged);
            if is_gone {
                fs::remove_file(&path).unwrap();
            } else {
                fs::write(&path, "x").unwrap();
            }
            // Meanwhile, the service has lost a picture that is in the folder.
            let whole = service.has.borrow().clone();
            service.has.borrow_mut().document = None;
            let before = names(place.path());
            let error = archive(&service, place.path(), true).err().unwrap();
            assert!(error.message().contains("has lost files, and the service no longer has all"), "{damaged}: {error}");
            assert_eq!((error.kind(), names(place.path())), (Kind::Io, before), "{damaged}");
            *service.has.borrow_mut() = whole;
            archive(&service, place.path(), true).unwrap();
            assert!(verify_archive(place.path()).unwrap().is_complete(), "{damaged}");
        }
    }
}

#[test]
fn a_draft_that_was_hardly_begun_holds_nothing_against_a_reply() {
    let place = tempfile::tempdir().unwrap();
    let service = begun(place.path());
    for name in names(place.path()).iter().filter(|name| *name != "draft.json") {
        fs::remove_file(place.path().join(name)).unwrap();
    }
    (service.has.borrow_mut().document, service.has.borrow_mut().face) = (None, None);
    let archived = archive(&service, place.path(), true).unwrap();
    assert_eq!(archived.manifest.lacks("document"), Some("none_sent"));
}

#[test]
fn what_lies_in_the_videos_place_is_no_disk_that_fails() {
    let place = tempfile::tempdir().unwrap();
    let service = begun(place.path());
    symlink("elsewhere.webm", place.path().join("video.webm")).unwrap();
    let error = archive(&service, place.path(), true).err().unwrap();
    assert_eq!(FolderRefusal::of(&error), Some(FolderRefusal::Changed), "{error}");
    assert!(place.path().join("video.webm").is_symlink());
}

/// Of a reply that came just now, of a draft, and of a whole archive that lacks it.
#[test]
fn the_video_is_fetched_from_where_the_result_says_whatever_the_stage() {
    let place = tempfile::tempdir().unwrap();
    let service = begun(place.path());
    assert!(archive(&service, place.path(), true).is_err());
    archive(&service, place.path(), false).unwrap();
    assert!(archive(&service, place.path(), true).is_err());
    assert_eq!(*service.videos.borrow(), [URL; 3]);
    assert!(verify_archive(place.path()).unwrap().is_complete(), "it is whole until the video has come");
}
