//! One file per table: its migration steps, its row, its plain reads and writes.
//!
//! A write here touches one table and knows neither the log nor undo; see [`crate::act`] for those.
//! To add a table: a file with `STEPS` numbered after the last step there is, its name in the list
//! of `crate::migration`, its row exported at the root.

pub mod chain;
pub mod code_picture;
pub mod decision;
pub mod delivery;
pub mod dispute;
pub(crate) mod drop_folder_rest;
pub(crate) mod filed;
pub mod log;
pub(crate) mod log_personal;
pub mod look;
pub mod measurement;
pub mod notice;
pub mod payment;
pub(crate) mod payment_list;
pub mod person;
pub(crate) mod photo;
pub mod profile_version;
pub mod receipt;
pub mod reference;
pub mod retention;
pub mod round;
pub mod round_end;
pub mod sampling_plan;
pub mod scope;
pub mod second_review;
pub mod setting;
pub mod student;
pub mod submission;
pub(crate) mod together;
pub(crate) mod undo;
pub mod unfinished;
