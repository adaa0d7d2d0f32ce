//! Signatures: Ed25519 (RFC 8032) in a DSSE envelope (version 1.0).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde_json::{Value, json};

use crate::diag::{Phrase, say};
use crate::source::sha256;

use crate::bundle::statement::PAYLOAD_TYPE;

/// A key that signs. Its bytes are never printed.
pub struct SecretKey(SigningKey);

/// A key that checks.
#[derive(Debug, Clone)]
pub struct PublicKey(VerifyingKey);

/// What stands before the 32 bytes of a key in PKCS #8 and in SubjectPublicKeyInfo (RFC 8410).
const SECRET_HEAD: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];
const PUBLIC_HEAD: [u8; 12] =
    [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

impl SecretKey {
    /// Reads a key as `openssl genpkey -algorithm ed25519` writes it, or 64 hexadecimal digits.
    pub fn read(text: &str) -> Result<Self, Phrase> {
        let key = key(text, "PRIVATE KEY", &SECRET_HEAD);
        let fault = || say!("expected an Ed25519 private key in PEM, without a password");
        let key = key.ok_or_else(fault)?;
        Ok(Self(SigningKey::from_bytes(&key)))
    }

    /// The key that checks what this one signs.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }
}

impl PublicKey {
    /// Reads a key as `openssl pkey -pubout` writes it, or 64 hexadecimal digits.
    pub fn read(text: &str) -> Result<Self, Phrase> {
        let fault = || say!("expected an Ed25519 public key in PEM");
        let key = key(text, "PUBLIC KEY", &PUBLIC_HEAD).ok_or_else(fault)?;
        VerifyingKey::from_bytes(&key).map(Self).map_err(|_| fault())
    }

    /// A short name of the key: its checksum.
    pub fn id(&self) -> String {
        sha256(self.0.as_bytes())
    }
}

fn key(text: &str, label: &str, head: &[u8]) -> Option<[u8; 32]> {
    let text = text.trim();
    if text.len() == 64 {
        let byte = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
        let bytes: Option<Vec<u8>> = (0..32).map(|at| byte(at * 2)).collect();
        return bytes?.try_into().ok();
    }
    let inner = text.strip_prefix(&format!("-----BEGIN {label}-----"))?;
    let inner = inner.strip_suffix(&format!("-----END {label}-----"))?;
    let packed: String = inner.chars().filter(|c| !c.is_whitespace()).collect();
    let der = STANDARD.decode(packed).ok()?;
    der.strip_prefix(head)?.try_into().ok()
}

/// The envelope of some bytes, signed.
pub fn sign(payload: &[u8], key: &SecretKey) -> Value {
    let signature = key.0.sign(&encoding(payload));
    json!({
        "payloadType": PAYLOAD_TYPE,
        "payload": STANDARD.encode(payload),
        "signatures": [{"keyid": key.public().id(), "sig": STANDARD.encode(signature.to_bytes())}],
    })
}

/// What an envelope says about some bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signed {
    /// The key signed them.
    Good,
    /// Nobody's key was given; the ids of the keys that say they signed.
    Unchecked(Vec<String>),
    /// They are not what the key signed, and why.
    Bad(Phrase),
}

/// Checks an envelope against the bytes that it must hold.
pub fn check(envelope: &[u8], payload: &[u8], key: Option<&PublicKey>) -> Signed {
    let Ok(envelope) = serde_json::from_slice::<Value>(envelope) else {
        return Signed::Bad(say!("the envelope is not JSON"));
    };
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let held = text(&envelope, "payload").and_then(|held| STANDARD.decode(held).ok());
    if held.as_deref() != Some(payload) {
        return Signed::Bad(say!("the envelope holds another statement than the bundle"));
    }
    if text(&envelope, "payloadType").as_deref() != Some(PAYLOAD_TYPE) {
        return Signed::Bad(say!("the envelope is for another type of statement"));
    }
    let signatures =
        envelope.get("signatures").and_then(Value::as_array).cloned().unwrap_or_default();
    let Some(key) = key else {
        return Signed::Unchecked(signatures.iter().filter_map(|s| text(s, "keyid")).collect());
    };
    let message = encoding(payload);
    let good = signatures.iter().any(|signature| {
        let bytes = text(signature, "sig").and_then(|sig| STANDARD.decode(sig).ok());
        let bytes: Option<[u8; 64]> = bytes.and_then(|bytes| bytes.try_into().ok());
        bytes.is_some_and(|b| key.0.verify_strict(&message, &Signature::from_bytes(&b)).is_ok())
    });
    if good { Signed::Good } else { Signed::Bad(say!("the key did not sign this statement")) }
}

/// What is signed: type and bytes with their lengths, so that neither can pass for the other.
fn encoding(payload: &[u8]) -> Vec<u8> {
    let head = format!("DSSEv1 {} {PAYLOAD_TYPE} {} ", PAYLOAD_TYPE.len(), payload.len());
    [head.as_bytes(), payload].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_signed_is_what_the_specification_says() {
        let text = String::from_utf8(encoding(b"hello world")).expect("text");
        assert_eq!(text, "DSSEv1 28 application/vnd.in-toto+json 11 hello world");
    }

    #[test]
    fn only_the_right_key_and_the_right_bytes_are_good() {
        let secret = SecretKey::read(&"07".repeat(32)).expect("a key");
        let envelope = sign(b"{}", &secret).to_string().into_bytes();
        let public = secret.public();
        assert_eq!(check(&envelope, b"{}", Some(&public)), Signed::Good);
        assert!(matches!(check(&envelope, b"[]", Some(&public)), Signed::Bad(_)));
        let other = SecretKey::read(&"08".repeat(32)).expect("a key").public();
        assert!(matches!(check(&envelope, b"{}", Some(&other)), Signed::Bad(_)));
        assert_eq!(check(&envelope, b"{}", None), Signed::Unchecked(vec![public.id()]));
    }

    #[test]
    fn keys_are_read_as_openssl_writes_them() {
        // The first test vector of RFC 8032, section 7.1, as PEM.
        let secret = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n";
        let public = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n";
        let secret = SecretKey::read(secret).expect("a key");
        assert_eq!(secret.public().id(), PublicKey::read(public).expect("a key").id());
        assert!(SecretKey::read("-----BEGIN ENCRYPTED PRIVATE KEY-----").is_err());
        assert!(PublicKey::read("ssh-ed25519 AAAA").is_err());
    }
}
