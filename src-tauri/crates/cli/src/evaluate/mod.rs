//! `zhaoshen evaluate`: how good the rules are on labelled photos, and which limits would suit them better.

mod table;

use std::path::Path;

use zhaoshen_station::evaluate::{Evaluation, Options, evaluate, write_page, write_profile};
use zhaoshen_station::wire::Failure;

use crate::args::EvaluateArgs;
use crate::progress::Counted;
use crate::{Outcome, terminal, zh};

/// Evaluates, writes the files asked for, and prints tables, or JSON.
pub(crate) fn run(args: &EvaluateArgs) -> Result<Outcome, Failure> {
    let counted = Counted::new(zh::progress::EVALUATING);
    let evaluation = evaluate(&options(args), &|done, total| {
        counted.show(done as u64, total as u64);
    });
    counted.finish();
    let evaluation = evaluation?;
    if let Some(path) = &args.html {
        write_page(&evaluation, &args.folder, path)?;
        written(path);
    }
    if let Some(path) = &args.fit {
        write_profile(&evaluation, args.profile.as_deref(), path)?;
        written(path);
    }
    print(&evaluation, args.json);
    Ok(Outcome::findings_if(!evaluation.unreadable.is_empty()))
}

fn options(args: &EvaluateArgs) -> Options {
    Options {
        labels: args.labels.clone(),
        folder: args.folder.clone(),
        profile: args.profile.clone(),
        sweeps: args.sweep.clone(),
        split: args.split.clone(),
        group: args.group.clone(),
        landmarks: args.landmarks.clone(),
        rate: args.rate,
        fit: args.fit.is_some(),
    }
}

fn print(evaluation: &Evaluation, json: bool) {
    if json {
        terminal::json(evaluation);
    } else {
        table::print(evaluation);
    }
}

/// Said to standard error, so that the JSON stays alone.
fn written(path: &Path) {
    terminal::complain_text(&format!("{}{}", zh::WRITTEN, path.display()));
}
