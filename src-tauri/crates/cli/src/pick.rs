//! `zhaoshen review pick`: which of a student's photos counts, as the desk asks it where several came together.

use clap::Args;
use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    ChooseRequest, Code, Failure, HistoryEntry, SubmissionRef, SubmissionView,
};

use crate::workspace::{choose_round, print_item};
use crate::{Outcome, terminal, zh};

/// Fewer letters of a hash name no photo: they are too easily mistyped into another's.
const SHORTEST_HASH: usize = 4;
/// Letters of a hash that are shown.
const HASH_SHOWN: usize = 8;

#[derive(Debug, Args)]
pub(crate) struct PickArgs {
    #[arg(value_name = "STUDENT")]
    student_no: String,
    #[arg(value_name = "PHOTO", help = zh::pick::PHOTO)]
    photo: Option<String>,
    #[arg(long, help = zh::ROUND)]
    round: Option<i64>,
    #[arg(long, help = zh::JSON)]
    json: bool,
}

/// Picks the photo, or lists those there are.
pub(crate) fn run(station: &Station, args: &PickArgs) -> Result<Outcome, Failure> {
    let round = choose_round(station, args.round)?;
    let newest = station.current_submission(round, &args.student_no)?;
    let photos = station.submission_show(SubmissionRef { submission: newest })?;
    match &args.photo {
        Some(photo) => {
            let picked = station.submission_choose(ChooseRequest {
                submission: named(&photos.history, photo)?.submission,
                seen_student: args.student_no.clone(),
            })?;
            if args.json {
                terminal::json(&picked);
            } else {
                terminal::line(&zh::pick::picked(hash(&picked.photo)));
                print_item(&picked);
            }
            Ok(Outcome::Done)
        }
        None => list(station, &photos.history, args.json),
    }
}

/// Lists the photos of a student, first to newest; whether one is still to be picked.
fn list(station: &Station, photos: &[HistoryEntry], json: bool) -> Result<Outcome, Failure> {
    for photo in photos {
        let of = SubmissionRef {
            submission: photo.submission,
        };
        let view = station.submission_show(of)?;
        if json {
            terminal::json(&serde_json::json!({
                "number": photo.arrival,
                "photo": photo.photo,
                "size_bytes": view.size_bytes,
                "picture": photo.picture,
                "received_at": photo.received_at,
                "verdict": view.item.verdict,
                "file_name": photo.file_name,
                "to_pick": photo.unpicked,
            }));
        } else {
            terminal::line(&line(photo, &view));
        }
    }
    let is_open = photos.iter().any(|photo| photo.unpicked);
    if is_open && !json {
        terminal::line(zh::pick::HOW);
    }
    Ok(Outcome::findings_if(is_open))
}

fn line(photo: &HistoryEntry, view: &SubmissionView) -> String {
    let standing = match photo.unpicked {
        true => zh::pick::TO_PICK,
        false => zh::decision(&view.item.decision),
    };
    [
        &photo.arrival.to_string(),
        hash(&photo.photo),
        &zh::pick::size(photo.picture.as_ref(), view.size_bytes),
        &photo.received_at,
        zh::verdict(&view.item.verdict),
        standing,
        &photo.file_name,
    ]
    .join("\t")
}

fn hash(photo: &str) -> &str {
    photo.get(..HASH_SHOWN).unwrap_or(photo)
}

/// The photo that is meant, by its number in the list or by how its hash begins.
fn named<'a>(photos: &'a [HistoryEntry], photo: &str) -> Result<&'a HistoryEntry, Failure> {
    let by_number = |entry: &&HistoryEntry| entry.arrival.to_string() == photo;
    if let Some(found) = photos.iter().find(by_number) {
        return Ok(found);
    }
    let start = photo.to_ascii_lowercase();
    let by_hash = |entry: &&HistoryEntry| entry.photo.starts_with(&start);
    let mut found = photos.iter().filter(by_hash);
    match (found.next(), found.next()) {
        (Some(found), None) if start.len() >= SHORTEST_HASH => Ok(found),
        _ => Err(Failure {
            code: Code::NotFound,
            message: zh::pick::unknown(photo),
            detail: String::new(),
        }),
    }
}

/// What a terminal says instead of naming the desk, where nothing was decided because a photo is still to be picked.
pub(crate) fn or_pick(failure: Failure, photos: &[HistoryEntry], student_no: &str) -> Failure {
    let is_open = photos.iter().any(|photo| photo.unpicked);
    match failure.code {
        Code::Refused if is_open => Failure {
            message: zh::pick::pick_first(student_no),
            ..failure
        },
        _ => failure,
    }
}
