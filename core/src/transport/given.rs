//! Certificates that a client is given to trust, beside the system's.
//!
//! An authority may vouch for any server. Any other certificate stands for itself alone, and for the names that it carries: who
//! has its key is a server, not somebody who may speak for others.

use std::sync::Arc;
use std::time::Duration;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, SignatureScheme};
use webpki::{EndEntityCert, KeyUsage, anchor_from_trusted_cert};

use super::crypto::provider;
use super::{authorities, failure};
use crate::error::Result;

/// Whether `pem` holds certificates. The error ends a sentence that begins with where they stand.
pub(crate) fn validate_ca(pem: &[u8]) -> Result<(), String> {
    certificates(pem).map(drop)
}

/// The certificates in `pem`, at least one. The error ends a sentence that begins with where they stand.
pub(super) fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, String> {
    let mut found = Vec::new();
    let mut blocks = 0;
    let mut lines = pem.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).enumerate();
    while let Some((line, text)) = lines.next() {
        if !is_mark(text) {
            continue;
        }
        blocks += 1;
        let damaged = || format!("is damaged in block {blocks}, which begins on line {}", line + 1);
        let label = label(text, b"-----BEGIN ").ok_or_else(damaged)?;
        let mut block = text.to_vec();
        loop {
            let (_, text) = lines.next().ok_or_else(damaged)?;
            block.push(b'\n');
            block.extend_from_slice(text);
            if is_mark(text) {
                break;
            }
        }
        if !block.ends_with(&[b"-----END ", label, b"-----"].concat()) {
            return Err(damaged());
        }
        if label == b"CERTIFICATE" {
            let certificate = CertificateDer::from_pem_slice(&block).ok();
            let usable = certificate.filter(|certificate| anchor_from_trusted_cert(certificate).is_ok());
            found.push(usable.ok_or_else(damaged)?);
        }
    }
    if found.is_empty() { Err("must hold certificates in PEM form".to_owned()) } else { Ok(found) }
}

/// Whether a line begins or ends a block, or was meant to.
fn is_mark(line: &[u8]) -> bool {
    line.starts_with(b"-----") || line.ends_with(b" CERTIFICATE-----")
}

fn label<'a>(line: &'a [u8], begins: &[u8]) -> Option<&'a [u8]> {
    line.strip_prefix(begins)?.strip_suffix(b"-----")
}

/// Whether a certificate may issue others; what does not say so in a way that is understood was always taken for one that may.
pub(super) fn is_authority(certificate: &CertificateDer<'_>) -> bool {
    let (Ok(leaf), Ok(anchor)) = (EndEntityCert::try_from(certificate), anchor_from_trusted_cert(certificate)) else {
        return true;
    };
    let anchors = [anchor];
    let algorithms = provider().signature_verification_algorithms.all;
    let check = |time| leaf.verify_for_usage(algorithms, &anchors, &[], time, KeyUsage::server_auth(), None, None).err();
    // An authority is refused as a server's certificate, but only at a time at which it is valid.
    let refusal = match check(UnixTime::since_unix_epoch(Duration::ZERO)) {
        Some(webpki::Error::CertNotValidYet { not_before, .. }) => check(not_before),
        other => other,
    };
    refusal == Some(webpki::Error::CaUsedAsEndEntity)
}

/// Trusts the `given` certificates themselves, for the names that they carry, and whatever else `others` trusts.
#[derive(Debug)]
pub(super) struct Given {
    certificates: Vec<CertificateDer<'static>>,
    /// Asked for the given certificates alone: it would take each of them for an authority.
    own: Arc<WebPkiServerVerifier>,
    others: Option<Arc<dyn ServerCertVerifier>>,
}

impl Given {
    pub(super) fn new(certificates: Vec<CertificateDer<'static>>, others: Option<Arc<dyn ServerCertVerifier>>) -> Result<Self> {
        let own = authorities::only(certificates.clone())?;
        Ok(Self { certificates, own, others })
    }
}

impl ServerCertVerifier for Given {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if !self.certificates.contains(end_entity) {
            let others = self.others.as_ref().ok_or(CertificateError::UnknownIssuer)?;
            return others.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        }
        match self.own.verify_server_cert(end_entity, &[], server_name, ocsp_response, now) {
            // Its dates were looked at before these; neither matters of a certificate that its owner handed over.
            Err(error) if is_about_the_issuer(&error) => {
                let leaf = EndEntityCert::try_from(end_entity).map_err(|_| CertificateError::BadEncoding)?;
                leaf.verify_is_valid_for_subject_name(server_name).map_err(|_| CertificateError::NotValidForName)?;
                Ok(ServerCertVerified::assertion())
            }
            other => other,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.own.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.own.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.own.supported_verify_schemes()
    }
}

/// Nobody known issued it, or somebody of the same name, or it says that it is an authority itself.
fn is_about_the_issuer(error: &rustls::Error) -> bool {
    match error {
        rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer | CertificateError::BadSignature) => true,
        rustls::Error::InvalidCertificate(CertificateError::Other(why)) => {
            failure::find(&*why.0) == Some(&webpki::Error::CaUsedAsEndEntity)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};

    use super::*;

    const NAME: &str = "host.invalid";

    fn params(authority: bool) -> CertificateParams {
        let mut params = CertificateParams::new([NAME.to_owned()]).unwrap();
        if authority {
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        }
        params
    }

    fn self_signed(params: CertificateParams) -> CertifiedIssuer<'static, KeyPair> {
        CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
    }

    fn issued(issuer: &CertifiedIssuer<'static, KeyPair>) -> CertificateDer<'static> {
        params(false).signed_by(&KeyPair::generate().unwrap(), issuer).unwrap().der().clone()
    }

    fn verify(given: &CertificateDer<'static>, shown: &CertificateDer<'_>, name: &'static str) -> Result<(), CertificateError> {
        let roots: Vec<_> = [given.clone()].into_iter().filter(is_authority).collect();
        let others = (!roots.is_empty()).then(|| authorities::only(roots).unwrap() as Arc<dyn ServerCertVerifier>);
        let given = Given::new(vec![given.clone()], others).unwrap();
        match given.verify_server_cert(shown, &[], &ServerName::try_from(name).unwrap(), &[], UnixTime::now()) {
            Ok(_) => Ok(()),
            Err(rustls::Error::InvalidCertificate(error)) => Err(error),
            Err(other) => panic!("{other}"),
        }
    }

    // Finding L2: a server's own certificate is trusted for the names in it, while it is valid, and may not vouch for others.
    #[test]
    fn a_given_certificate_is_trusted_for_its_own_names() {
        let authority = self_signed(params(true));
        let leaf = self_signed(params(false));
        let of_a_stranger = issued(&self_signed(params(true)));
        for given in [authority.der(), leaf.der(), &of_a_stranger] {
            assert_eq!(verify(given, given, NAME), Ok(()));
            let elsewhere = verify(given, given, "other.invalid").unwrap_err();
            assert!(
                matches!(elsewhere, CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. }),
                "{elsewhere:?}"
            );
        }
        assert_eq!(verify(authority.der(), &issued(&authority), NAME), Ok(()));
        assert_eq!(verify(leaf.der(), &issued(&leaf), NAME), Err(CertificateError::UnknownIssuer));
        assert_eq!(verify(&of_a_stranger, leaf.der(), NAME), Err(CertificateError::UnknownIssuer));
        assert_eq!([authority.der(), leaf.der(), &of_a_stranger].map(is_authority), [true, false, false]);
    }

    #[test]
    fn one_that_is_not_valid_any_more_or_yet_is_refused_all_the_same() {
        let stranger = self_signed(params(true));
        for (from, to) in [(2001, 2002), (4001, 4002)] {
            for authority in [true, false] {
                let mut dated = params(authority);
                (dated.not_before, dated.not_after) = (date_time_ymd(from, 1, 1), date_time_ymd(to, 1, 1));
                let issued = dated.clone().signed_by(&KeyPair::generate().unwrap(), &stranger).unwrap().der().clone();
                for given in [self_signed(dated).der(), &issued] {
                    let error = verify(given, given, NAME).unwrap_err();
                    let expected = match error {
                        CertificateError::ExpiredContext { .. } => 2001,
                        CertificateError::NotValidYetContext { .. } => 4001,
                        other => panic!("{other:?}"),
                    };
                    assert_eq!(expected, from);
                    assert_eq!(is_authority(given), authority);
                }
            }
        }
    }

    // Finding L2: which block is damaged is said by its number and line.
    #[test]
    fn damage_is_found_block_by_block() {
        let good = self_signed(params(true)).pem();
        let lines = good.lines().count();
        let second = |block: &str| certificates(format!("# a comment\n{good}{block}{good}").as_bytes()).map(|found| found.len());
        assert_eq!(second(&good), Ok(3));
        assert_eq!(second(&good.replace('\n', "\r\n")), Ok(3));
        assert_eq!(second("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"), Ok(2));
        let middle = good.lines().nth(2).unwrap();
        for damaged in [
            good.replace(middle, &middle[1..]),
            good.replace(middle, &middle.replacen(|_| true, "!", 1)),
            good.replace(middle, ""),
            good.replace("-----END", "----END"),
            good.replace("-----BEGIN", "BEGIN"),
            good.replace("-----END CERTIFICATE-----\n", ""),
            good.replace("-----END CERTIFICATE", "-----END PRIVATE KEY"),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_owned(),
            "-----END CERTIFICATE-----\n".to_owned(),
        ] {
            let says = format!("is damaged in block 2, which begins on line {}", lines + 2);
            assert_eq!(second(&damaged), Err(says), "{damaged}");
        }
        assert!(certificates(b"nothing").is_err() && certificates(b"").is_err());
    }
}
