//! The columns of rosters as staff mapped them, remembered by the set of headers.
//!
//! A system exports the same headers every time, so one word of the clerk holds for all its files; the sheet's name and
//! the header's row are kept only where they are not those that would be guessed. The guesses are `exchange`'s.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::json;
use zhaoshen_exchange::roster::{
    ColumnGuess, Confidence, REQUIRED, RosterInput, RosterMapping, RosterSurvey, RosterTable,
    read_roster_file, read_roster_guessed, read_roster_looked_at, read_roster_mapped,
    survey_roster,
};
use zhaoshen_exchange::source::fingerprint_of;
use zhaoshen_model::RosterField;

use crate::app::now;
use crate::failure::{exchange, refused, store};
use crate::roster::ShownRoster;
use crate::wire::{
    Failure, MappedColumn, RosterColumn, RosterMap, RosterSheet, RosterSurveyAsk, RosterSurveyView,
};
use crate::{Seat, zh};

/// Name of the setting that holds what was mapped.
const MAPPINGS: &str = "roster_mappings";
/// Kinds of rosters remembered, the newest first.
const REMEMBERED: usize = 200;
/// What is remembered of one kind of roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Remembered {
    /// Stands for the headers that are guessed in such a file.
    headers: String,
    /// The sheet; empty for the one that is guessed.
    sheet: String,
    /// Rows from the header that is guessed to the one that was chosen.
    rows_on: i64,
    /// Header and field of the columns kept, left to right.
    columns: Vec<(String, RosterField)>,
}

impl Seat {
    /// What a file looks like: its sheets, and what each column is taken for, or was mapped to before.
    ///
    /// # Errors
    /// When the file cannot be read, or has no texts where headers could be.
    pub fn roster_survey(&self, args: RosterSurveyAsk) -> Result<RosterSurveyView, Failure> {
        let source = Source::open(&args.path, &args.pasted)?;
        let input = source.input();
        let place = (args.header_row > 0).then_some((args.sheet.as_str(), args.header_row));
        let remembered = match place {
            None => self.remembered(input)?,
            Some(_) => None,
        };
        let mapped = remembered
            .as_ref()
            .map(|mapping| (mapping.sheet.as_str(), mapping.header_row));
        let survey = survey_roster(input, place.or(mapped)).map_err(|error| exchange(&error))?;
        Ok(view(survey, remembered.as_ref()))
    }

    /// Takes the clerk's word on the columns; previews and imports of rosters with these headers go by it from now on.
    ///
    /// # Errors
    /// Refused for an unknown field, and for a mapping by which the file cannot be read as a roster.
    pub fn roster_map(&self, args: RosterMap) -> Result<RosterSurveyView, Failure> {
        let source = Source::open(&args.path, &args.pasted)?;
        let input = source.input();
        let guess = survey_roster(input, None).map_err(|error| exchange(&error))?;
        let headers = key(&guess);
        let mut all = self.mappings()?;
        all.retain(|one| one.headers != headers);
        if !args.columns.is_empty() {
            let mapping = mapping(&args)?;
            read_roster_mapped(input, &mapping).map_err(|error| exchange(&error))?;
            let place = Some((mapping.sheet.as_str(), mapping.header_row));
            let chosen = survey_roster(input, place).map_err(|error| exchange(&error))?;
            all.insert(0, remember(headers, &guess, &chosen, &mapping));
            all.truncate(REMEMBERED);
        }
        self.store()
            .set_setting(MAPPINGS, &json!(all), &self.clerk()?, now())
            .map_err(|error| store(&error))?;
        self.roster_survey(RosterSurveyAsk {
            path: args.path,
            pasted: args.pasted,
            sheet: String::new(),
            header_row: 0,
        })
    }

    /// A roster that is to be read, with what staff mapped of it.
    pub(crate) fn roster_file<'a>(
        &self,
        path: &'a str,
        pasted: &'a str,
    ) -> Result<RosterFile<'a>, Failure> {
        let source = Source::open(path, pasted)?;
        let mapping = self.remembered(source.input())?;
        Ok(RosterFile { source, mapping })
    }

    fn mappings(&self) -> Result<Vec<Remembered>, Failure> {
        let stored = self
            .store()
            .setting(MAPPINGS)
            .map_err(|error| store(&error))?;
        // What another version wrote and this one cannot read is mapped anew.
        let read = stored.and_then(|value| serde_json::from_value(value).ok());
        Ok(read.unwrap_or_default())
    }

    /// The mapping remembered for a file with these headers. A file that cannot be looked at has none: reading it says why.
    fn remembered(&self, input: RosterInput<'_>) -> Result<Option<RosterMapping>, Failure> {
        let all = self.mappings()?;
        if all.is_empty() {
            return Ok(None);
        }
        let Ok(guess) = survey_roster(input, None) else {
            return Ok(None);
        };
        let headers = key(&guess);
        let found = all.iter().find(|one| one.headers == headers);
        Ok(found.and_then(|one| applied(one, input, guess)))
    }
}

/// A roster that is to be read, and what staff mapped of it.
pub(crate) struct RosterFile<'a> {
    source: Source<'a>,
    mapping: Option<RosterMapping>,
}

impl RosterFile<'_> {
    /// SHA-256 of the file or of what was pasted, and of how it is mapped where staff mapped it.
    pub(crate) fn digest(&self) -> String {
        let bytes = fingerprint_of(self.source.bytes());
        match &self.mapping {
            Some(mapping) => fingerprint_of(format!("{bytes} {mapping:?}").as_bytes()),
            None => bytes,
        }
    }

    /// The file's name; none for what was pasted.
    pub(crate) fn file(&self) -> &str {
        match &self.source {
            Source::File(file, _) => file,
            Source::Pasted(_) => "",
        }
    }

    /// The roster, by what staff mapped where they did.
    pub(crate) fn table(&self) -> Result<RosterTable, Failure> {
        let input = self.source.input();
        let read = match &self.mapping {
            Some(mapping) => read_roster_mapped(input, mapping),
            None => read_roster_guessed(input),
        };
        read.map_err(|error| exchange(&error))
    }

    /// [`Self::table`], and what a person may not notice of its sheet.
    pub(crate) fn looked_at(&self) -> Result<(RosterTable, Vec<String>), Failure> {
        read_roster_looked_at(self.source.input(), self.mapping.as_ref())
            .map_err(|error| exchange(&error))
    }

    /// The roster as it was previewed; it is read only where `shown` does not hold it any more.
    ///
    /// # Errors
    /// Refused when it changed since.
    pub(crate) fn previewed(
        &self,
        digest: &str,
        shown: &ShownRoster,
    ) -> Result<Arc<RosterTable>, Failure> {
        if self.digest() != digest {
            return Err(refused(zh::ROSTER_CHANGED));
        }
        match shown.get(digest, self.file()) {
            Some(table) => Ok(table),
            None => self.table().map(Arc::new),
        }
    }
}

/// What a roster is read from. A file is read once: what is looked at, previewed and imported is the same, whatever
/// becomes of the file meanwhile.
enum Source<'a> {
    /// Name and bytes of a file.
    File(String, Vec<u8>),
    /// Rows of text between tabs.
    Pasted(&'a str),
}

impl<'a> Source<'a> {
    fn open(path: &str, pasted: &'a str) -> Result<Self, Failure> {
        if !pasted.is_empty() {
            return Ok(Self::Pasted(pasted));
        }
        let read = read_roster_file(Path::new(path)).map_err(|error| exchange(&error))?;
        Ok(Self::File(read.0, read.1))
    }

    fn input(&self) -> RosterInput<'_> {
        match self {
            Self::File(file, bytes) => RosterInput::Bytes(file, bytes),
            Self::Pasted(pasted) => RosterInput::Pasted(pasted),
        }
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::File(_, bytes) => bytes,
            Self::Pasted(pasted) => pasted.as_bytes(),
        }
    }
}

/// Stands for a set of headers, whatever their order.
fn key(survey: &RosterSurvey) -> String {
    let mut headers: Vec<&str> = survey
        .columns
        .iter()
        .map(|column| column.header.as_str())
        // A column without a header may be there one time and not another.
        .filter(|header| !header.is_empty())
        .collect();
    headers.sort_unstable();
    fingerprint_of(headers.join("\u{1f}").as_bytes())
}

/// The field with the title that screens show.
pub(crate) fn field_titled(title: &str) -> Result<RosterField, Failure> {
    RosterField::READ
        .into_iter()
        .find(|field| field.title() == title)
        .ok_or_else(|| refused(zh::ROSTER_FIELD_UNKNOWN))
}

/// What a column is remembered by: its header, or where it stands.
fn known_as(column: &ColumnGuess) -> String {
    if column.header.is_empty() {
        zh::headless_column(&column.column)
    } else {
        column.header.clone()
    }
}

fn mapping(args: &RosterMap) -> Result<RosterMapping, Failure> {
    let column = |column: &MappedColumn| Ok((column.letter.clone(), field_titled(&column.field)?));
    Ok(RosterMapping {
        sheet: args.sheet.clone(),
        header_row: args.header_row,
        columns: args
            .columns
            .iter()
            .map(column)
            .collect::<Result<_, Failure>>()?,
    })
}

fn remember(
    headers: String,
    guess: &RosterSurvey,
    chosen: &RosterSurvey,
    mapping: &RosterMapping,
) -> Remembered {
    let is_guess = guess.sheet == chosen.sheet;
    let field_of = |column: &ColumnGuess| {
        let field = mapping.field_of(&column.column)?;
        Some((known_as(column), field))
    };
    Remembered {
        headers,
        sheet: if is_guess {
            String::new()
        } else {
            chosen.sheet.clone()
        },
        rows_on: i64::from(chosen.header_row) - i64::from(guess.header_row),
        columns: chosen.columns.iter().filter_map(field_of).collect(),
    }
}

/// What was remembered, put to this file; `None` when the file has not all that it names.
fn applied(one: &Remembered, input: RosterInput<'_>, guess: RosterSurvey) -> Option<RosterMapping> {
    let row = u32::try_from(i64::from(guess.header_row) + one.rows_on).ok()?;
    let survey = if one.sheet.is_empty() && one.rows_on == 0 {
        guess
    } else {
        let sheet = if one.sheet.is_empty() {
            &guess.sheet
        } else {
            &one.sheet
        };
        survey_roster(input, Some((sheet, row))).ok()?
    };
    let mut free: Vec<&ColumnGuess> = survey.columns.iter().collect();
    let mut columns = Vec::new();
    for (header, field) in &one.columns {
        // Of two columns with one header the first is taken first, as when it was remembered.
        let at = free.iter().position(|column| known_as(column) == *header)?;
        columns.push((free.remove(at).column.clone(), *field));
    }
    Some(RosterMapping {
        sheet: survey.sheet,
        header_row: survey.header_row,
        columns,
    })
}

fn view(survey: RosterSurvey, remembered: Option<&RosterMapping>) -> RosterSurveyView {
    let columns: Vec<RosterColumn> = survey
        .columns
        .into_iter()
        .map(|column| column_view(column, remembered))
        .collect();
    let has = |field: RosterField| {
        columns
            .iter()
            .any(|column| column.field.as_deref() == Some(field.title()))
    };
    let missing = REQUIRED.into_iter().filter(|field| !has(*field));
    RosterSurveyView {
        missing: missing.map(|field| field.title().to_owned()).collect(),
        sheets: survey
            .sheets
            .into_iter()
            .map(|sheet| RosterSheet {
                name: sheet.name,
                visible: sheet.visible,
                header_row: sheet.header_row,
            })
            .collect(),
        sheet: survey.sheet,
        header_row: survey.header_row,
        columns,
        fields: RosterField::READ
            .iter()
            .map(|field| field.title().to_owned())
            .collect(),
        remembered: remembered.is_some(),
        remarks: survey.remarks,
    }
}

fn column_view(column: ColumnGuess, remembered: Option<&RosterMapping>) -> RosterColumn {
    let (field, confidence) = match remembered {
        None => (column.field, confidence(column.confidence)),
        Some(mapping) => {
            let field = mapping.field_of(&column.column);
            let word = if field.is_some() {
                "remembered"
            } else {
                "ignored"
            };
            (field, word)
        }
    };
    RosterColumn {
        header: known_as(&column),
        letter: column.column,
        field: field.map(|field| field.title().to_owned()),
        confidence: confidence.to_owned(),
        why: if remembered.is_some() {
            String::new()
        } else {
            column.why_zh
        },
        samples: column.samples,
    }
}

const fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Sure => "sure",
        Confidence::Likely => "likely",
        Confidence::Doubtful => "doubtful",
        Confidence::Ignored => "ignored",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_file_is_read_once_whatever_becomes_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("名单.csv");
        std::fs::write(&path, "学号,姓名\n1,张三\n").unwrap();
        let source = Source::open(&path.to_string_lossy(), "").unwrap();
        std::fs::write(&path, "学号,姓名\n2,李四\n3,王五\n").unwrap();
        let roster = RosterFile {
            source,
            mapping: None,
        };
        let shown = ShownRoster::default();
        let table = roster.previewed(&roster.digest(), &shown).unwrap();
        assert_eq!(table.rows.len(), 1);
        assert_eq!(table.file, "名单.csv");
        assert!(Source::open(&folder.path().to_string_lossy(), "").is_err());
    }
}
