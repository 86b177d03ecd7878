//! Why a server is not trusted, in more detail than a call has use for.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, SignatureScheme};
use webpki::EndEntityCert;

/// What is wrong with a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Distrust {
    /// It was issued by nobody but itself.
    SelfSigned,
    /// Its authority is not among those that are trusted here.
    UnknownAuthority,
    /// It is for these hosts, and for no other.
    WrongHost {
        names: Vec<String>,
    },
    Expired {
        since: Option<SystemTime>,
    },
    NotYetValid {
        until: Option<SystemTime>,
    },
    Revoked,
    Unacceptable,
}

impl Distrust {
    /// What `error` says of `certificate`, the one that was shown. `None` where it is not about a certificate.
    pub(super) fn of(error: &rustls::Error, certificate: Option<&CertificateDer<'_>>) -> Option<Self> {
        let rustls::Error::InvalidCertificate(error) = error else { return None };
        let shown = certificate.and_then(|certificate| EndEntityCert::try_from(certificate).ok());
        let by_itself = shown.as_ref().is_some_and(|shown| shown.issuer() == shown.subject());
        Some(match error {
            CertificateError::ExpiredContext { not_after, .. } => Self::Expired { since: Some(time(*not_after)) },
            CertificateError::Expired => Self::Expired { since: None },
            CertificateError::NotValidYetContext { not_before, .. } => Self::NotYetValid { until: Some(time(*not_before)) },
            CertificateError::NotValidYet => Self::NotYetValid { until: None },
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Self::WrongHost { names: shown.iter().flat_map(|shown| shown.valid_dns_names().map(str::to_owned)).collect() }
            }
            CertificateError::Revoked => Self::Revoked,
            // One that says it is an authority is refused as a server's before anyone asks who issued it.
            CertificateError::UnknownIssuer | CertificateError::Other(_) if by_itself => Self::SelfSigned,
            CertificateError::UnknownIssuer => Self::UnknownAuthority,
            _ => Self::Unacceptable,
        })
    }
}

fn time(time: UnixTime) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(time.as_secs())
}

/// Verifies as `verifier` does, and keeps the certificate that it was shown last.
#[derive(Debug)]
pub(super) struct Watcher {
    verifier: Arc<dyn ServerCertVerifier>,
    shown: Mutex<Option<CertificateDer<'static>>>,
}

impl Watcher {
    pub(super) fn new(verifier: Arc<dyn ServerCertVerifier>) -> Self {
        Self { verifier, shown: Mutex::default() }
    }

    pub(super) fn shown(&self) -> Option<CertificateDer<'static>> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl ServerCertVerifier for Watcher {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(end_entity.clone().into_owned());
        self.verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}

#[cfg(test)]
mod tests {
    use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};
    use rustls::OtherError;

    use super::*;

    fn self_signed(authority: bool) -> CertificateDer<'static> {
        let mut params = CertificateParams::new(["a.invalid".to_owned(), "*.b.invalid".to_owned()]).unwrap();
        if authority {
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        }
        params.self_signed(&KeyPair::generate().unwrap()).unwrap().der().clone()
    }

    fn of(error: CertificateError, certificate: &CertificateDer<'_>) -> Option<Distrust> {
        Distrust::of(&rustls::Error::InvalidCertificate(error), Some(certificate))
    }

    #[test]
    fn a_certificate_of_its_own_making_is_known_whatever_it_says_it_may_do() {
        assert_eq!(of(CertificateError::UnknownIssuer, &self_signed(false)), Some(Distrust::SelfSigned));
        let refused = CertificateError::Other(OtherError(Arc::new(webpki::Error::CaUsedAsEndEntity)));
        assert_eq!(of(refused, &self_signed(true)), Some(Distrust::SelfSigned));
        let broken = CertificateDer::from(vec![0x30, 0]);
        assert_eq!(of(CertificateError::UnknownIssuer, &broken), Some(Distrust::UnknownAuthority));
    }

    #[test]
    fn names_and_dates_are_told() {
        let names = vec!["a.invalid".to_owned(), "*.b.invalid".to_owned()];
        assert_eq!(of(CertificateError::NotValidForName, &self_signed(false)), Some(Distrust::WrongHost { names }));
        let since = UNIX_EPOCH + Duration::from_secs(1_609_459_199);
        let not_after = UnixTime::since_unix_epoch(Duration::from_secs(1_609_459_199));
        let expired = CertificateError::ExpiredContext { time: UnixTime::now(), not_after };
        assert_eq!(of(expired, &self_signed(false)), Some(Distrust::Expired { since: Some(since) }));
        assert_eq!(Distrust::of(&rustls::Error::HandshakeNotComplete, None), None);
    }
}
