//! PINs at rest: Argon2id with a salt of their own (19 MiB, two passes: the least that OWASP asks for), as a PHC string,
//! so that a stronger setting of a later version reads what this one wrote. Takes some hundredths of a second: never
//! done while the database is held.

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};

use crate::error::{Error, Result};

/// The hash to be stored of a PIN.
pub(crate) fn hash(pin: &str) -> Result<String> {
    let mut salt = [0_u8; 16];
    let drawn = getrandom::fill(&mut salt).map_err(|_| Error::People(NO_RANDOM));
    drawn?;
    let salt = SaltString::encode_b64(&salt).map_err(|_| Error::People(NO_RANDOM))?;
    match Argon2::default().hash_password(pin.as_bytes(), &salt) {
        Ok(hash) => Ok(hash.to_string()),
        Err(_) => Err(Error::People("口令无法保存，请换一个再试")),
    }
}

/// Whether the stored hash is this PIN's.
pub(crate) fn matches(stored: &str, pin: &str) -> bool {
    PasswordHash::new(stored).is_ok_and(|stored| {
        Argon2::default()
            .verify_password(pin.as_bytes(), &stored)
            .is_ok()
    })
}

const NO_RANDOM: &str = "系统没有可用的随机数，口令无法保存";

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::{hash, matches};

    #[test]
    fn a_hash_is_of_its_pin_alone_and_says_nothing_of_it() {
        let (one, other) = (hash("739154").unwrap(), hash("739154").unwrap());
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert!(one != other && !one.contains("739154"));
        assert!(matches(&one, "739154") && matches(&other, "739154"));
        for wrong in ["739155", "", "739154 "] {
            assert!(!matches(&one, wrong), "{wrong}");
        }
        assert!(!matches("", "739154") && !matches("739154", "739154"));
    }
}
