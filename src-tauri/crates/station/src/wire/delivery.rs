//! Deliveries (交付).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What may leave the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryMode {
    /// 采集码模式: no name, no ID number.
    CollectionCode,
    /// 名单模式: the 2021 notice's flow.
    Roster,
}

/// How to deliver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeliveryOptions {
    /// The round.
    pub round: i64,
    /// What may leave the office.
    pub mode: DeliveryMode,
    /// File name template, e.g. "{学号}.jpg".
    pub template: String,
    /// What it is written as, and how much of the round.
    #[serde(default)]
    pub shape: DeliveryShape,
    /// Titles of the columns of the roster that go into the list beside 学号; for 名单模式 alone.
    #[serde(default)]
    pub columns: Vec<String>,
    /// What it is for, as its list says; empty for what is said of all.
    #[serde(default)]
    pub purpose: String,
    /// Which students it is about; all where nothing is chosen.
    #[serde(default)]
    pub part: DeliveryPart,
}

impl DeliveryOptions {
    /// All students of the round, in one folder, with nothing of the roster beside 学号.
    #[must_use]
    pub fn plain(round: i64, mode: DeliveryMode, template: &str) -> Self {
        Self {
            round,
            mode,
            template: template.to_owned(),
            shape: DeliveryShape::default(),
            columns: Vec::new(),
            purpose: String::new(),
            part: DeliveryPart::default(),
        }
    }
}

/// A part of the roster: who has one of the values of every column where some are chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct DeliveryPart {
    /// 学院.
    pub colleges: Vec<String>,
    /// 班级.
    pub classes: Vec<String>,
    /// 层次.
    pub levels: Vec<String>,
}

/// A delivery profile (交付方案): a proposal for how to deliver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeliveryWay {
    /// Its name; no other profile has it.
    pub name: String,
    /// What it is for; stands in the list of the delivery.
    pub purpose: String,
    /// What may leave the office.
    pub mode: DeliveryMode,
    /// File name template.
    pub template: String,
    /// What it is written as, and how much of the round.
    pub shape: DeliveryShape,
    /// Titles of the columns of the roster that go along in 名单模式.
    pub columns: Vec<String>,
    /// Whether it came with the program: it is not changed.
    pub shipped: bool,
}

impl DeliveryWay {
    /// What it proposes for these students of a round. What a shipped one is for is no purpose of a delivery.
    #[must_use]
    pub fn options(self, round: i64, part: DeliveryPart) -> DeliveryOptions {
        DeliveryOptions {
            round,
            mode: self.mode,
            template: self.template,
            shape: self.shape,
            columns: self.columns,
            purpose: match self.shipped {
                true => String::new(),
                false => self.purpose,
            },
            part,
        }
    }
}

/// Make, change or rename a delivery profile.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DeliveryWaySave {
    /// Its name so far; empty to make a new one.
    pub was: String,
    /// What it is to be.
    pub way: DeliveryWay,
}

/// A delivery profile.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DeliveryWayRef {
    /// Its name.
    pub name: String,
}

/// What a delivery is written as, and how much of the round.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct DeliveryShape {
    /// Into which parts it is divided.
    pub split: DeliverySplit,
    /// As what it is written.
    pub pack: DeliveryPack,
    /// Whether photos that an earlier delivery of the round held are left out: one that left the office, or one that stayed
    /// where this one stays.
    pub only_new: bool,
    /// 校内留存: it stays in the office, and is in no account with the studio.
    pub in_house: bool,
}

/// Into which parts a delivery is divided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeliverySplit {
    /// One part.
    #[default]
    Whole,
    /// By 学院.
    College,
    /// By 班级.
    Class,
    /// By 层次.
    Level,
    /// After so many photos.
    Every(u32),
}

/// As what a delivery is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryPack {
    /// A folder of photos.
    #[default]
    Folder,
    /// Zip archives.
    Zip,
    /// Zip archives under AES-256; the passphrase is made anew and told once.
    Encrypted,
}

/// What a delivery would hold; nothing is written yet.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DeliveryPreview {
    /// 名单 = 应采 + 免采.
    pub listed: u32,
    /// 应采: everybody who is ready or left out.
    pub due: u32,
    /// 免采: neither delivered nor left out.
    pub exempt: u32,
    /// Approved students.
    pub ready: u32,
    /// Of them, those whose picture of the 采集码 goes along.
    pub codes: u32,
    /// Students who are to be collected and not of the chosen part: neither delivered nor left out.
    pub outside: u32,
    /// What the roster has to choose a part by, each value once, in order.
    pub parts: DeliveryPart,
    /// Some file names as they would be.
    pub examples: Vec<String>,
    /// How many are left out; who they are and why is read page by page.
    pub not_ready: u32,
    /// How many have a photo that an earlier delivery held, where only what is new is asked for.
    pub delivered_before: u32,
    /// Photos to be delivered of whose 采集码 there is something to know: none filed, that of another, not readable.
    pub codes_in_doubt: Vec<PhotoInDoubt>,
    /// Photos to be delivered that were approved by a sample which no longer stands approved: to be looked at first.
    pub unsampled: Vec<PhotoInDoubt>,
    /// Photos to be delivered that the machine fails, passed by a person all the same: to be looked at once more.
    pub unmet: Vec<PhotoInDoubt>,
    /// Photos to be delivered of which the machine only hints at something, passed by a person: to be known.
    pub hinted: Vec<PhotoInDoubt>,
    /// Photos that cannot be named as the template asks, each with what is wrong: nothing is delivered while there are any.
    pub blocked: Vec<PhotoInDoubt>,
    /// Photos left out whose reasons, as somebody typed them, name a student where nobody may be named: nothing is
    /// delivered while there are any.
    pub telling: Vec<PhotoInDoubt>,
    /// What is allowed and should be thought over, one Chinese line each: shown before the button is pressed.
    pub warnings: Vec<String>,
    /// What else stops the delivery.
    pub problems: Vec<String>,
    /// What is no problem and leaves nothing to deliver.
    pub notices: Vec<String>,
}

/// Which students a delivery would not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LeftOutOf {
    /// Those who are not ready, with why.
    NotReady,
    /// Those whose photo an earlier delivery held, with which.
    Before,
}

/// Asks for a page of the students whom a delivery would not hold.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LeftOutAsk {
    /// How it would be delivered.
    pub options: DeliveryOptions,
    /// Which of them.
    pub which: LeftOutOf,
    /// First row.
    pub offset: u32,
    /// Most rows.
    pub limit: u32,
}

/// A page of the students whom a delivery would not hold, in the order of the roster.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LeftOutPage {
    /// How many there are.
    pub total: u32,
    /// The rows.
    pub rows: Vec<NotDelivered>,
}

/// A student left out.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NotDelivered {
    /// 学号.
    pub student_no: String,
    /// 姓名.
    pub name: String,
    /// 学院.
    pub college: String,
    /// Why.
    pub why: String,
    /// The current submission; `null` when none.
    pub submission: Option<i64>,
}

/// A photo that would be delivered and should be looked at first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PhotoInDoubt {
    /// 学号.
    pub student_no: String,
    /// 姓名.
    pub name: String,
    /// 学院.
    pub college: String,
    /// Why it is told.
    pub why: String,
    /// The submission.
    pub submission: i64,
}

/// Write a delivery.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DeliveryWrite {
    /// How.
    pub options: DeliveryOptions,
    /// Folder to write into; a new folder is made inside.
    pub target: String,
}

/// What was written and read back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DeliveryReport {
    /// Number of the delivery within the round.
    pub number: u32,
    /// Folder written.
    pub folder: String,
    /// Photos written.
    pub files: u32,
    /// Pictures of 采集码 written beside them.
    pub codes: u32,
    /// Of the photos, the original without its metadata, not encoded anew.
    pub identical: u32,
    /// Files outside the usual 20–40 KB or with another deviation, one line each: the first of very many.
    pub deviations: Vec<String>,
    /// How many there are.
    pub deviations_total: u32,
    /// Those left out, the first of very many; the list of the delivery has them all.
    pub not_delivered: Vec<NotDelivered>,
    /// How many were left out.
    pub not_delivered_total: u32,
    /// Those whose photo an earlier delivery held, the first of very many; the list of the delivery has them all.
    pub delivered_before: Vec<NotDelivered>,
    /// How many there are.
    pub delivered_before_total: u32,
    /// Path of the manifest workbook, or of the archive that holds it.
    pub manifest: String,
    /// What opens the archives; kept nowhere. `null` where they are not encrypted.
    pub passphrase: Option<String>,
}

/// Write a delivery again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DeliveryRepeat {
    /// The round.
    pub round: i64,
    /// Number of the delivery within it.
    pub number: u32,
    /// Folder to write into; a new folder is made inside.
    pub target: String,
}

/// A delivery that was written again: every file has the SHA-256 it had.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DeliveryRepeated {
    /// Number of the delivery within the round.
    pub number: u32,
    /// Folder written.
    pub folder: String,
    /// Photos written.
    pub files: u32,
    /// Whether what lies in the folder is the same byte for byte; of encrypted archives the contents are.
    pub bit_for_bit: bool,
    /// SHA-256 of `manifest.json`, then and now.
    pub manifest_sha256: String,
    /// What opens the archives this time; kept nowhere. `null` where they are not encrypted.
    pub passphrase: Option<String>,
}

/// What was broken off while it was written outside.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UnfinishedCard {
    /// Its number among all of them.
    pub id: i64,
    /// What it is and what to do, in Chinese.
    pub text: String,
    /// Since when, local time.
    pub started: String,
    /// Who began it.
    pub reviewer: String,
    /// The folder, or the file of an archive or a backup.
    pub folder: String,
}

/// Say that what was broken off was seen to.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct UnfinishedRef {
    /// The round.
    pub round: i64,
    /// Which.
    pub id: i64,
}

/// A delivery as lists show it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DeliveryCard {
    /// Number within the round.
    pub number: u32,
    /// When, local time.
    pub at: String,
    /// 审核人.
    pub reviewer: String,
    /// Folder written.
    pub folder: String,
    /// Photos.
    pub files: u32,
    /// How it was made, in a line; empty where that was not kept yet.
    pub how: String,
    /// Whether it can be written again.
    pub repeatable: bool,
}
