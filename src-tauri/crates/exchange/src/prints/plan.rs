//! Decides files, pages and captions before anything is drawn.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use zhaoshen_model::SubmissionId;

use super::layout::{self, Counts, Layout, Paper};
use crate::delivery::is_illegal;
use crate::error::Error;

/// Most students in one file: what is held in memory at once, some 10 MB of pictures, and what a print
/// shop's program opens without waiting.
pub const MOST_IN_A_FILE: usize = 200;

/// Longest part of a file name that comes from the roster, characters.
const LONGEST_GROUP: usize = 40;

/// What is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrintKind {
    /// 排版: the prints themselves.
    Layout,
    /// 样张: everybody once.
    Proof,
    /// 核对表: a class for its teacher.
    Contact,
}

impl PrintKind {
    /// The words staff read.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Layout => "排版",
            Self::Proof => "样张",
            Self::Contact => "核对表",
        }
    }
}

/// What begins a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrintSplit {
    /// Nothing but the number of students.
    Whole,
    /// Another college.
    College,
    /// Another class.
    Class,
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrintSetup {
    /// What.
    pub kind: PrintKind,
    /// On which paper; only 排版 has the choice, the others are A4.
    pub paper: Paper,
    /// How many of each size; only for 排版.
    pub counts: Counts,
    /// What begins a new file; 核对表 is always by class.
    pub split: PrintSplit,
    /// Lines of every caption; 0 to 3.
    pub caption_lines: usize,
}

/// Where on the roster a student stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Group {
    /// 学院, or empty.
    pub college: String,
    /// 班级, or empty.
    pub class: String,
}

/// A student to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintItem {
    /// The approved submission; handed to the provider as the key.
    pub submission: SubmissionId,
    /// Where the student stands.
    pub group: Group,
    /// What is written beneath, line by line; already without anything that must not be there.
    pub caption: Vec<String>,
}

/// What stands on every page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PrintNotes {
    /// Title of the round.
    pub round: String,
    /// Who printed and when, for sheets that stay in the house; this crate asks no clock for it.
    pub made: String,
}

/// One PDF file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volume {
    /// File name.
    pub file_name: String,
    /// The heading.
    pub title: String,
    /// Students of the group on the roster, with a photo or not.
    pub on_roster: usize,
    /// Students of the file, in the order given.
    pub items: Vec<PrintItem>,
}

/// Everything to be printed.
#[derive(Debug, Clone)]
pub struct PrintPlan {
    /// What.
    pub kind: PrintKind,
    /// Every page.
    pub layout: Layout,
    /// Prints of one student.
    pub prints_each: usize,
    /// The files.
    pub volumes: Vec<Volume>,
}

impl PrintPlan {
    /// Students in all files.
    pub fn students(&self) -> usize {
        self.volumes.iter().map(|volume| volume.items.len()).sum()
    }

    /// Pages in all files.
    pub fn pages(&self) -> usize {
        self.volumes
            .iter()
            .map(|volume| self.pages_of(volume))
            .sum()
    }

    /// Pages of one file.
    pub fn pages_of(&self, volume: &Volume) -> usize {
        volume.items.len().div_ceil(self.layout.slots.len().max(1))
    }

    /// Photos on paper in all files.
    pub fn prints(&self) -> usize {
        self.students() * self.prints_each
    }
}

/// The page of a setup.
///
/// # Errors
/// [`Error::PrintsTooMany`] when one student's prints do not fit on the paper.
pub fn layout_of(setup: &PrintSetup) -> Result<Layout, Error> {
    match setup.kind {
        PrintKind::Layout => layout::prints(setup.paper, setup.counts, setup.caption_lines).ok_or(
            Error::PrintsTooMany {
                paper: setup.paper.title(),
                two_inch: setup.counts.two_inch,
                one_inch: setup.counts.one_inch,
            },
        ),
        PrintKind::Proof => Ok(layout::proof(setup.caption_lines)),
        // The teacher's tick stands beneath the caption.
        PrintKind::Contact => Ok(layout::contact(setup.caption_lines + 1)),
    }
}

/// Lays `items` out, in the order given within each file. `others` are the students without a photo,
/// counted on the heading of 核对表 only.
///
/// # Errors
/// As [`layout_of`].
pub fn plan(
    setup: &PrintSetup,
    items: Vec<PrintItem>,
    others: &[Group],
) -> Result<PrintPlan, Error> {
    let layout = layout_of(setup)?;
    let split = match setup.kind {
        PrintKind::Contact => PrintSplit::Class,
        PrintKind::Layout | PrintKind::Proof => setup.split,
    };
    let mut groups: BTreeMap<Group, (Vec<PrintItem>, usize)> = BTreeMap::new();
    for item in items {
        let group = groups.entry(key(&item.group, split)).or_default();
        group.0.push(item);
    }
    for other in others {
        if let Some(group) = groups.get_mut(&key(other, split)) {
            group.1 += 1;
        }
    }
    let mut volumes = Vec::new();
    for (at, (group, (items, without))) in groups.into_iter().enumerate() {
        let on_roster = items.len() + without;
        let files = items.len().div_ceil(MOST_IN_A_FILE);
        for (part, items) in items.chunks(MOST_IN_A_FILE).enumerate() {
            volumes.push(Volume {
                file_name: file_name(setup.kind, split, (at + 1, &group), (part + 1, files)),
                title: title(&group, split),
                on_roster,
                items: items.to_vec(),
            });
        }
    }
    let prints_each = match setup.kind {
        PrintKind::Layout => setup.counts.total() as usize,
        PrintKind::Proof | PrintKind::Contact => 1,
    };
    Ok(PrintPlan {
        kind: setup.kind,
        layout,
        prints_each,
        volumes,
    })
}

/// Pixels per inch of paper that a rendition of `width`×`height` px has in the largest print of `setup`;
/// what is cut off is left out of account.
pub fn effective_dpi(layout: &Layout, width: u32, height: u32) -> f32 {
    let photos = layout.slots.iter().flat_map(|slot| &slot.photos);
    photos
        .map(|photo| (width as f32 / photo.width).min(height as f32 / photo.height) * 25.4)
        .fold(f32::MAX, f32::min)
}

fn key(group: &Group, split: PrintSplit) -> Group {
    match split {
        PrintSplit::Whole => Group::default(),
        PrintSplit::College => Group {
            college: group.college.clone(),
            class: String::new(),
        },
        PrintSplit::Class => group.clone(),
    }
}

/// What a group is called; students of no college or class have one too.
fn title(group: &Group, split: PrintSplit) -> String {
    let or = |text: &str, none: &str| match text.is_empty() {
        true => none.to_owned(),
        false => text.to_owned(),
    };
    match split {
        PrintSplit::Whole => String::new(),
        PrintSplit::College => or(&group.college, "未填学院"),
        PrintSplit::Class => format!(
            "{} {}",
            or(&group.college, "未填学院"),
            or(&group.class, "未填班级")
        ),
    }
}

/// Never two alike: the number of the group stands first.
fn file_name(
    kind: PrintKind,
    split: PrintSplit,
    (number, group): (usize, &Group),
    (part, parts): (usize, usize),
) -> String {
    let mut name = kind.title().to_owned();
    if split != PrintSplit::Whole {
        let title: String = title(group, split).chars().take(LONGEST_GROUP).collect();
        name.push_str(&format!("-{number:03}-{}", on_every_system(&title)));
    }
    if parts > 1 {
        name.push_str(&format!("-第{part:02}册-共{parts:02}册"));
    }
    name.push_str(".pdf");
    name
}

/// Without what some system refuses in file names.
fn on_every_system(text: &str) -> String {
    let replaced = text.chars().map(|c| match c {
        c if c == ' ' || is_illegal(c) => '-',
        c => c,
    });
    let text: String = replaced.collect();
    text.trim_matches(['.', ' ', '-']).to_owned()
}
