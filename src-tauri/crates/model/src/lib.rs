//! Domain types of the review station.
//!
//! What every other crate speaks in: a [`Profile`] (the standard a round is judged by), the
//! [`Measurements`] taken of one photo, the [`Finding`]s of the rules, students, submissions and
//! decisions. Deliberately not here: any input or output, any clock, any SQL, any drawing, any
//! judgement. Types are plain data that serialise with serde; the only logic is identity rules
//! that are arithmetic on text (see [`identity`] and [`name`]).

pub mod code_picture;
pub mod colour;
pub mod decision;
pub mod detail;
pub mod finding;
pub mod geometry;
pub mod handover;
pub mod history;
pub mod identity;
pub mod ids;
pub mod lobe;
pub mod matching;
pub mod measurement;
pub mod name;
pub mod notice;
pub mod parse;
pub mod payment;
pub mod person;
pub mod profile;
pub mod receipt;
pub mod reconciliation;
pub mod reference;
pub mod scope;
pub mod student;

pub use code_picture::{CodeDigest, CodeFormat, CodePicture, CodeState};
pub use decision::{Decision, DecisionKind, ReasonChoice};
pub use finding::{Finding, Mark, Severity, Unit, Verdict};
pub use geometry::{PixelRect, Point};
pub use history::{NearPhoto, PhotoHistory};
pub use ids::{
    DecisionId, DeliveryId, LogId, PaymentId, PersonId, PhotoHash, ReceiptId, RoundId,
    SamplingPlanId, StudentId, SubmissionId,
};
pub use measurement::Measurements;
pub use person::{Role, Roles};
pub use profile::Profile;
pub use reference::Reference;
pub use scope::{Eligibility, Exempt, Marks, Scope};
pub use student::{RosterField, Student, StudentDraft, StudentKeys};
