//! A credentials URI: `GET /credentials`.

use hyper::StatusCode;

use crate::cloud::CloudService;
use crate::reply::Reply;
use crate::request::Request;
use crate::service::Service;

pub(super) fn answer(service: &Service, request: &Request) -> Reply {
    if request.method != "GET" {
        return Reply::text(StatusCode::METHOD_NOT_ALLOWED, "only GET is served here");
    }
    let mut body = service.cloud.issue(CloudService::CredentialsUri, service.now());
    body["Code"] = "Success".into();
    Reply::json(StatusCode::OK, &body)
}
