//! Identifiers. A number or a hash that names one row or one photo and nothing else.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! row_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

row_id! {
    /// A collection round (采集批次).
    RoundId
}
row_id! {
    /// A student (学生) of one round's roster.
    StudentId
}
row_id! {
    /// A submission (提交): one photo handed in, matched to a student or not yet.
    SubmissionId
}
row_id! {
    /// A decision (审核结论) as recorded; never reused, never changed.
    DecisionId
}
row_id! {
    /// A delivery (交付) of one round.
    DeliveryId
}
row_id! {
    /// A payment (缴费) of one round.
    PaymentId
}
row_id! {
    /// A row of a receipt (回执) of one round.
    ReceiptId
}
row_id! {
    /// A sampling plan (抽样方案) of one round.
    SamplingPlanId
}
row_id! {
    /// A person (人员) who works at the station.
    PersonId
}
row_id! {
    /// A row of the append-only log (日志).
    LogId
}

/// SHA-256 of a photo's bytes exactly as received; the key of the photo vault.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhotoHash(pub [u8; 32]);

/// The text was not 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256 in hexadecimal: {0:?}")]
pub struct PhotoHashError(pub String);

impl fmt::Display for PhotoHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for PhotoHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PhotoHash({self})")
    }
}

impl FromStr for PhotoHash {
    type Err = PhotoHashError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut bytes = [0_u8; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| PhotoHashError(text.to_owned()))?;
        Ok(Self(bytes))
    }
}

impl Serialize for PhotoHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PhotoHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
