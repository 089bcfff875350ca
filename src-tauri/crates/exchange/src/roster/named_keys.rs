//! 学号 in which a name stands, or that are no numbers at all. They are taken, for a school may have such; but they leave the
//! office in nothing that is delivered by 采集码, and who makes the roster is told here, where it can still be mended.

use zhaoshen_model::{RosterField, identity};

use super::RosterWarning;
use super::layout::Layout;
use super::rows::Outcome;
use super::sheet::shorten;
use crate::delivery::{KeyTrouble, Roll};

/// The 学号 as it may be shown: an identity number is masked.
fn shown(student_no: &str, trouble: &KeyTrouble<'_>) -> String {
    match trouble {
        KeyTrouble::Tells(told) if told.name.is_none() => identity::mask(student_no),
        _ => shorten(student_no),
    }
}

/// Warns of them row by row.
pub(super) fn warn(layout: &Layout, outcome: &mut Outcome) {
    let roll = Roll::of(outcome.rows.iter().map(|row| &row.draft));
    let told = outcome.rows.iter().filter_map(|row| {
        let draft = &row.draft;
        let trouble = roll.key_trouble(&draft.student_no, &draft.name)?;
        Some(RosterWarning {
            row_number: row.row_number,
            cell: layout.address(RosterField::StudentNo, row.row_number - 1),
            field: RosterField::StudentNo,
            message_zh: format!(
                "学号“{}”{}；请改成学校编的学号后重新导入，否则按采集码交付、打印时不能用学号，只能用序号",
                shown(&draft.student_no, &trouble),
                trouble.what()
            ),
        })
    });
    let told: Vec<RosterWarning> = told.collect();
    if !told.is_empty() {
        outcome.warnings.extend(told);
        outcome.warnings.sort_by_key(|warning| warning.row_number);
    }
}
