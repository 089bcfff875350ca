//! The evaluation as tables in the terminal. Only arrangement: every number comes from the station.

use comfy_table::{Table, presets};
use zhaoshen_station::evaluate::{
    Evaluation, EyeLine, GroupLine, Groups, Listed, RuleScore, Share, Split, Sweep,
};

use crate::{terminal, zh};

/// Rows of a sweep that are printed; the whole sweep is in the JSON and on the page.
const SWEEP_ROWS: usize = 24;

/// Prints everything that was found out.
pub(super) fn print(evaluation: &Evaluation) {
    terminal::line(&zh::evaluate::summary(
        &evaluation.profile_title,
        evaluation.photos,
        evaluation.unreadable.len(),
    ));
    print_scores(&evaluation.rules);
    for score in &evaluation.rules {
        print_worst(score);
    }
    if let Some(split) = &evaluation.split {
        print_split(split, evaluation.rate);
    }
    if let Some(groups) = &evaluation.groups {
        print_groups(groups);
    }
    if let Some(eyes) = &evaluation.eye_line {
        print_eye_line(eyes);
    }
    for sweep in &evaluation.sweeps {
        print_sweep(sweep);
    }
    if let Some(fit) = &evaluation.fit {
        let mut table = table(zh::evaluate::FIT_COLUMNS);
        for moved in &fit.moved {
            table.add_row([
                moved.setting.clone(),
                moved.label.clone(),
                moved.from.to_string(),
                moved.to.to_string(),
            ]);
        }
        section(zh::evaluate::FIT, &table);
    }
}

fn print_scores(scores: &[RuleScore]) {
    let mut table = table(zh::evaluate::SCORE_COLUMNS);
    for score in scores {
        table.add_row([
            score.rule.clone(),
            score.label.clone(),
            share(&score.caught_share),
            score.missed.to_string(),
            share(&score.false_alarm_share),
            format!("{} / {}", score.unknown_positives, score.unknown_negatives),
        ]);
    }
    terminal::line(&table.to_string());
}

fn print_worst(score: &RuleScore) {
    for (title, listed) in [
        (zh::evaluate::MISSED, &score.worst.missed),
        (zh::evaluate::FALSE_ALARMS, &score.worst.false_alarms),
        (zh::evaluate::UNKNOWN, &score.worst.unknown),
    ] {
        if !listed.is_empty() {
            terminal::line(&format!("\n{} {} {title}", score.rule, score.label));
        }
        for photo in listed {
            terminal::line(&format!("  {}  {}", photo.shown, found(photo)));
        }
    }
}

/// The findings that object or cannot tell; of a missed photo, all.
fn found(photo: &Listed) -> String {
    let objects = photo
        .findings
        .iter()
        .filter(|finding| finding.severity != "pass");
    let mut messages: Vec<&str> = objects.map(|finding| finding.message.as_str()).collect();
    if messages.is_empty() {
        messages = photo
            .findings
            .iter()
            .map(|finding| finding.message.as_str())
            .collect();
    }
    messages.join("；")
}

fn print_split(split: &Split, rate: f64) {
    let mut table = table(zh::evaluate::SPLIT_COLUMNS);
    for line in &split.lines {
        let limits = line.moved.iter().map(|half| {
            let limits = half
                .iter()
                .map(|moved| format!("{} {}", moved.setting, moved.to));
            limits.collect::<Vec<_>>().join("，")
        });
        table.add_row([
            line.rule.clone(),
            line.label.clone(),
            share(&line.caught),
            share(&line.false_alarms),
            format!("{} / {}", line.unknown_positives, line.unknown_negatives),
            limits.collect::<Vec<_>>().join("\n"),
        ]);
    }
    section(
        &zh::evaluate::split(split.subjects, split.photos, rate),
        &table,
    );
}

fn print_groups(groups: &Groups) {
    for (title, lines) in [
        (zh::evaluate::GROUP_FALSE_ALARMS, &groups.false_alarms),
        (zh::evaluate::GROUP_OBJECTIONS, &groups.objections),
    ] {
        let mut columns = vec![zh::evaluate::RULE, zh::evaluate::LABEL];
        columns.extend(groups.photos.keys().map(String::as_str));
        columns.push(zh::evaluate::DIFFERENCE);
        let mut table = table(&columns);
        for line in lines {
            table.add_row(group_row(line, groups));
        }
        section(title, &table);
    }
}

fn group_row(line: &GroupLine, groups: &Groups) -> Vec<String> {
    let rate = |group: &String| {
        let found = line.groups.iter().find(|rate| rate.group == *group);
        found.map_or_else(String::new, |rate| {
            format!("{}/{}", rate.share.count, rate.share.of)
        })
    };
    let mut row = vec![line.rule.clone(), line.label.clone()];
    row.extend(groups.photos.keys().map(rate));
    row.push(zh::evaluate::difference(line.differs, line.beyond_chance).to_owned());
    row
}

fn print_eye_line(eyes: &EyeLine) {
    terminal::line(&format!("\n{}", zh::evaluate::eye_line(eyes)));
    for error in eyes.worst.iter().take(5) {
        let percent = error.ratio * 100.0;
        terminal::line(&format!(
            "  {}  {:+.1} px  {percent:.1} %",
            error.shown, error.error_px
        ));
    }
}

fn print_sweep(sweep: &Sweep) {
    let mut table = table(zh::evaluate::SWEEP_COLUMNS);
    let every = sweep.points.len().div_ceil(SWEEP_ROWS).max(1);
    for point in sweep.points.iter().step_by(every) {
        table.add_row([
            point.limit.to_string(),
            share(&point.caught_share),
            share(&point.false_alarm_share),
            point.unknown.to_string(),
        ]);
    }
    section(&zh::evaluate::sweep(sweep), &table);
}

fn section(title: &str, table: &Table) {
    terminal::line(&format!("\n{title}\n{table}"));
}

fn table(columns: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_BORDERS_ONLY)
        .set_header(columns);
    table
}

/// `12/20 60.0 % (38.7–78.1)`.
fn share(share: &Share) -> String {
    if share.of == 0 {
        return "0/0".to_owned();
    }
    let percent = |value: f64| value * 100.0;
    format!(
        "{}/{} {:.1} % ({:.1}–{:.1})",
        share.count,
        share.of,
        percent(share.value()),
        percent(share.low),
        percent(share.high)
    )
}
