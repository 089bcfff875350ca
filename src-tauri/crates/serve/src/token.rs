//! The token of one run: 128 random bits, compared in constant time.

use subtle::ConstantTimeEq;

/// What a caller must show; made anew at every start and kept nowhere.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A new token from the system's random numbers.
    ///
    /// # Errors
    /// When the system has none to give.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Self(hex::encode(bytes)))
    }

    /// The token as 32 hex digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `shown` is the token; the time it takes tells nothing about how much of it was right.
    pub fn is(&self, shown: &[u8]) -> bool {
        self.0.as_bytes().ct_eq(shown).into()
    }
}

impl std::fmt::Debug for Token {
    /// Never the token itself: debug output ends up in files.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::Token;

    #[test]
    fn only_the_whole_token_is_the_token() {
        let token = Token::random().unwrap();
        let shown = token.as_str().as_bytes().to_vec();
        assert_eq!(shown.len(), 32);
        assert!(token.is(&shown));
        assert!(!token.is(&[]));
        assert!(!token.is(&shown[..31]));
        assert!(!token.is(&[&shown[..], b"0"].concat()));
        assert!(!token.is(Token::random().unwrap().as_str().as_bytes()));
        assert!(!format!("{token:?}").contains(token.as_str()));
    }
}
