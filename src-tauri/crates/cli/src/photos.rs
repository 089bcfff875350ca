//! `zhaoshen photos`: photos and other pictures brought in, and those taken away that are filed with students.

use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    Failure, FiledRemove, FiledRemoved, FilingReport, IntakeLine, JobLinesAsk, JobOutcome,
    JobStarted, PhotosImport, PhotosKind,
};

use crate::args::{FiledRemoveArgs, PhotosCommand};
use crate::workspace::{Place, choose_round, print_intake, print_lines};
use crate::{Outcome, progress, terminal, zh};

/// Lines of a report that are asked for at once.
const LINES_AT_ONCE: u32 = 1000;

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
    let mut report = match progress::wait(station, job)? {
        JobOutcome::Intake { report } => report,
        JobOutcome::Codes { mut report } => {
            add_further(station, job, &mut report.lines, &mut report.lines_left)?;
            return Ok(filed(&report, json, zh::photos::codes_filed));
        }
        JobOutcome::References { mut report } => {
            add_further(station, job, &mut report.lines, &mut report.lines_left)?;
            return Ok(filed(&report, json, zh::photos::references_filed));
        }
        _ => return Ok(Outcome::Done),
    };
    add_further(station, job, &mut report.lines, &mut report.lines_left)?;
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

/// Adds the lines that a report only counts.
fn add_further(
    station: &Station,
    of: JobStarted,
    lines: &mut Vec<IntakeLine>,
    left: &mut u32,
) -> Result<(), Failure> {
    while *left > 0 {
        let page = station.job_lines(JobLinesAsk {
            job: of.job,
            offset: u32::try_from(lines.len()).unwrap_or(u32::MAX),
            limit: LINES_AT_ONCE,
        })?;
        if page.rows.is_empty() {
            break;
        }
        *left = left.saturating_sub(u32::try_from(page.rows.len()).unwrap_or(u32::MAX));
        lines.extend(page.rows);
    }
    Ok(())
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
