//! `zhaoshen photos`: photos and other pictures brought in, and those taken away that are filed with students.

use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    Failure, FiledRemove, FiledRemoved, FilingReport, JobOutcome, PhotosImport, PhotosKind,
};

use crate::args::{FiledRemoveArgs, PhotosCommand};
use crate::workspace::{Place, choose_round, print_intake, print_lines};
use crate::{Outcome, progress, terminal, zh};

/// `photos import | remove-code | remove-reference`.
pub(crate) fn photos(place: &Place, command: PhotosCommand) -> Result<Outcome, Failure> {
    let station = place.open()?;
    match command {
        PhotosCommand::Import {
            paths,
            returned,
            delivery,
            codes,
            references,
            round,
            json,
        } => {
            let kind = match (returned, codes, references) {
                (true, _, _) => PhotosKind::Returned,
                (_, true, _) => PhotosKind::Codes,
                (_, _, true) => PhotosKind::References,
                _ => PhotosKind::Photos,
            };
            let round = choose_round(&station, round)?;
            let paths = paths.iter().map(|path| path.to_string_lossy().into_owned());
            let ask = PhotosImport {
                round,
                paths: paths.collect(),
                kind,
                delivery,
            };
            import(&station, ask, json)
        }
        PhotosCommand::RemoveCode(args) => {
            let remove = |remove| station.codes_remove(remove);
            removed(&station, &args, remove, zh::photos::CODE)
        }
        PhotosCommand::RemoveReference(args) => {
            let remove = |remove| station.references_remove(remove);
            removed(&station, &args, remove, zh::photos::REFERENCE)
        }
    }
}

fn import(station: &Station, ask: PhotosImport, json: bool) -> Result<Outcome, Failure> {
    let job = station.photos_import(ask)?;
    let report = match progress::wait(station, job)? {
        JobOutcome::Intake { report } => report,
        JobOutcome::Codes { report } => {
            return Ok(filed(&report, json, zh::photos::codes_filed));
        }
        JobOutcome::References { report } => {
            return Ok(filed(&report, json, zh::photos::references_filed));
        }
        _ => return Ok(Outcome::Done),
    };
    if json {
        terminal::json(&report);
    } else {
        print_intake(&report);
    }
    let piled = report.ambiguous + report.not_on_roster + report.unknown;
    Ok(Outcome::findings_if(
        report.refused + piled + report.shared > 0 || !report.lines.is_empty(),
    ))
}

/// Takes what is filed with students away from them.
fn removed(
    station: &Station,
    args: &FiledRemoveArgs,
    remove: impl FnOnce(FiledRemove) -> Result<FiledRemoved, Failure>,
    what: &str,
) -> Result<Outcome, Failure> {
    let round = choose_round(station, args.round)?;
    let students = args.student_nos.iter();
    let students = students
        .map(|student_no| station.student_numbered(round, student_no))
        .collect::<Result<_, _>>()?;
    let done = remove(FiledRemove { round, students })?;
    match args.json {
        true => terminal::json(&done),
        false => terminal::line(&zh::photos::removed(done.removed, what)),
    }
    Ok(Outcome::findings_if(done.removed == 0))
}

/// Says what an import of pictures did that are filed with students.
fn filed(report: &FilingReport, json: bool, told: fn(&FilingReport) -> String) -> Outcome {
    if json {
        terminal::json(report);
    } else {
        terminal::line(&told(report));
        print_lines(&report.lines, report.lines_left);
    }
    Outcome::findings_if(!report.lines.is_empty())
}
