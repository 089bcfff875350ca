//! `zhaoshen roster columns | map`: what the columns of a roster are taken for, and another word on it.

use std::path::{Path, PathBuf};

use clap::Args;
use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    Code, Failure, FieldLeft, MappedColumn, RosterMap, RosterPreview, RosterSurveyAsk,
    RosterSurveyView,
};

use crate::workspace::Place;
use crate::{Outcome, terminal, zh};

#[derive(Debug, Args)]
pub(crate) struct ColumnsArgs {
    file: PathBuf,
    #[command(flatten)]
    at: PlaceArgs,
    #[arg(long, help = zh::JSON)]
    json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct MapArgs {
    file: PathBuf,
    #[arg(help = zh::columns::COLUMN)]
    columns: Vec<String>,
    #[command(flatten)]
    at: PlaceArgs,
    #[arg(long, help = zh::JSON)]
    json: bool,
}

#[derive(Debug, Default, Args)]
struct PlaceArgs {
    #[arg(long, requires = "header_row", help = zh::columns::SHEET)]
    sheet: Option<String>,
    #[arg(long, help = zh::columns::HEADER_ROW)]
    header_row: Option<u32>,
}

/// `roster columns`.
pub(crate) fn columns(place: &Place, args: &ColumnsArgs) -> Result<Outcome, Failure> {
    let station = place.open()?;
    let view = station.roster_survey(ask(&args.file, &args.at))?;
    Ok(shown(&view, args.json))
}

/// `roster map`.
pub(crate) fn map(place: &Place, args: &MapArgs) -> Result<Outcome, Failure> {
    let station = place.open()?;
    let seen = station.roster_survey(ask(&args.file, &args.at))?;
    let view = station.roster_map(RosterMap {
        path: args.file.to_string_lossy().into_owned(),
        pasted: String::new(),
        sheet: seen.sheet,
        header_row: seen.header_row,
        columns: args
            .columns
            .iter()
            .map(|text| pair(text))
            .collect::<Result<_, _>>()?,
    })?;
    Ok(shown(&view, args.json))
}

fn ask(file: &Path, at: &PlaceArgs) -> RosterSurveyAsk {
    RosterSurveyAsk {
        path: file.to_string_lossy().into_owned(),
        pasted: String::new(),
        sheet: at.sheet.clone().unwrap_or_default(),
        header_row: at.header_row.unwrap_or(0),
    }
}

/// `B=学号`.
fn pair(text: &str) -> Result<MappedColumn, Failure> {
    let (letter, field) = text.split_once('=').ok_or_else(|| Failure {
        code: Code::Refused,
        message: zh::columns::NO_PAIR.to_owned(),
        detail: text.to_owned(),
    })?;
    Ok(MappedColumn {
        letter: letter.trim().to_uppercase(),
        field: field.trim().to_owned(),
    })
}

fn shown(view: &RosterSurveyView, json: bool) -> Outcome {
    if json {
        terminal::json(view);
    } else {
        terminal::line(&zh::columns::place(view));
        for remark in &view.remarks {
            terminal::line(remark);
        }
        for column in &view.columns {
            terminal::line(&zh::columns::column(column));
        }
        if !view.missing.is_empty() {
            terminal::line(&zh::columns::missing(view));
        }
    }
    Outcome::findings_if(!view.missing.is_empty())
}

/// The changed columns that are not among `fields`, by their titles; none without `fields`.
pub(crate) fn left(
    station: &Station,
    preview: &RosterPreview,
    fields: &[String],
) -> Result<Vec<FieldLeft>, Failure> {
    if fields.is_empty() {
        return Ok(Vec::new());
    }
    let known = station.roster_survey(ask(Path::new(&preview.path), &PlaceArgs::default()))?;
    if let Some(field) = fields.iter().find(|field| !known.fields.contains(field)) {
        return Err(Failure {
            code: Code::Refused,
            message: zh::columns::unknown_field(field, &known.fields),
            detail: String::new(),
        });
    }
    let changed = preview.updated.iter().flat_map(|student| {
        let changes = student.changes.iter();
        changes.map(move |change| (&student.student_no, &change.field))
    });
    let left = changed
        .filter(|(_, field)| !fields.contains(field))
        .map(|(student_no, field)| FieldLeft {
            student_no: student_no.clone(),
            field: field.clone(),
        });
    Ok(left.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_a_letter_and_a_field() {
        let column = pair(" b = 学号 ").map_err(|failure| failure.message);
        let column = column.map(|column| (column.letter, column.field));
        assert_eq!(column, Ok(("B".to_owned(), "学号".to_owned())));
        assert!(pair("学号").is_err());
    }
}
