//! The columns that name a student, in tables that are about something else.
//!
//! Whom a row means is told by [`crate::matching`].

use zhaoshen_model::{RosterField, StudentKeys};

use super::columns::recognise;
use crate::headed::Texts;

/// Which columns hold the keys of a student; of several columns for one key the one further left.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct KeyColumns(Vec<(u32, RosterField)>);

impl KeyColumns {
    /// The key columns among the headers of a row.
    pub(crate) fn of(headers: &Texts) -> Self {
        let mut keys = Self::default();
        for (column, header) in headers {
            if let Some((field, _)) = recognise(header)
                && field.is_key()
                && keys.0.iter().all(|(_, known)| *known != field)
            {
                keys.0.push((*column, field));
            }
        }
        keys
    }

    /// Whether no key has a column.
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the 0-based column holds a key.
    pub(crate) fn wants(&self, column: u32) -> bool {
        self.0.iter().any(|(at, _)| *at == column)
    }

    /// The keys in a row, trimmed of what bills put before numbers.
    pub(crate) fn read(&self, texts: &Texts) -> StudentKeys {
        let key = |field| {
            let column = self.0.iter().find(|(_, known)| *known == field);
            let text = column.and_then(|(at, _)| texts.get(at));
            text.map_or("", |text| text.trim_start_matches('`').trim())
                .to_owned()
        };
        StudentKeys {
            student_no: key(RosterField::StudentNo),
            id_number: key(RosterField::IdNumber),
            exam_no: key(RosterField::ExamNo),
            name: key(RosterField::Name),
        }
    }
}
