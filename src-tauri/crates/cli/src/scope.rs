//! `zhaoshen scope`: whom a round collects, when, and what is said of single students.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    CollectedImport, Failure, RoundRef, ScopeCohort, ScopeCounts, ScopeView, StudentMark,
};

use crate::workspace::{Place, absolute, choose_round};
use crate::{Outcome, terminal, zh};

#[derive(Debug, Subcommand)]
pub(crate) enum ScopeCommand {
    #[command(about = zh::scope::SHOW)]
    Show(Asked),
    #[command(about = zh::scope::SET)]
    Set(SetArgs),
    #[command(about = zh::scope::COLLECTED)]
    Collected(CollectedArgs),
    #[command(about = zh::scope::MARK)]
    Mark(MarkArgs),
    #[command(about = zh::scope::UNDO)]
    Undo(Asked),
}

#[derive(Debug, Args)]
pub(crate) struct Asked {
    #[arg(long, help = zh::ROUND)]
    round: Option<i64>,
    #[arg(long, help = zh::JSON)]
    json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SetArgs {
    #[arg(long, help = zh::scope::OPENS)]
    opens_on: Option<String>,
    #[arg(long, help = zh::scope::CLOSES)]
    closes_on: Option<String>,
    #[arg(long, help = zh::scope::COHORT, value_parser = cohort)]
    cohort: Vec<ScopeCohort>,
    #[arg(long, help = zh::scope::EVERYBODY, conflicts_with = "cohort")]
    everybody: bool,
    #[arg(long, help = zh::scope::REDO)]
    redo: Option<bool>,
    #[arg(long, help = zh::scope::LIMIT)]
    limit: Option<u32>,
    #[arg(long, help = zh::scope::TRY)]
    dry_run: bool,
    #[command(flatten)]
    asked: Asked,
}

#[derive(Debug, Args)]
pub(crate) struct CollectedArgs {
    file: PathBuf,
    #[command(flatten)]
    asked: Asked,
}

#[derive(Debug, Args)]
pub(crate) struct MarkArgs {
    #[arg(value_enum)]
    mark: Mark,
    #[arg(required = true)]
    student_nos: Vec<String>,
    #[arg(long, help = zh::scope::OFF)]
    off: bool,
    #[arg(long, default_value = "", help = zh::scope::NOTE)]
    note: String,
    #[command(flatten)]
    asked: Asked,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Mark {
    /// 已有学历照片
    Collected,
    /// 休学
    Suspended,
    /// 退学或离校
    Left,
    /// 其他原因
    Other,
    /// 点名补采
    Straggler,
    /// 清除全部标记
    Nothing,
}

impl Mark {
    /// The word of the station.
    const fn word(self) -> &'static str {
        match self {
            Self::Collected => "collected",
            Self::Suspended => "suspended",
            Self::Left => "left",
            Self::Other => "other",
            Self::Straggler => "straggler",
            Self::Nothing => "nothing",
        }
    }
}

/// Carries out one of the commands.
pub(crate) fn run(place: &Place, command: ScopeCommand) -> Result<Outcome, Failure> {
    let station = place.open()?;
    match command {
        ScopeCommand::Show(asked) => {
            let round = choose_round(&station, asked.round)?;
            show(&station.scope_show(RoundRef { round })?, asked.json);
            Ok(Outcome::Done)
        }
        ScopeCommand::Set(args) => set(&station, args),
        ScopeCommand::Collected(args) => collected(&station, &args),
        ScopeCommand::Mark(args) => mark(&station, &args),
        ScopeCommand::Undo(asked) => {
            let round = choose_round(&station, asked.round)?;
            let undone = station.scope_undo(RoundRef { round })?;
            let summary = undone.act.map(|act| act.summary);
            terminal::line(summary.as_deref().unwrap_or(zh::scope::NOTHING_UNDONE));
            Ok(Outcome::Done)
        }
    }
}

fn set(station: &Station, args: SetArgs) -> Result<Outcome, Failure> {
    let round = choose_round(station, args.asked.round)?;
    let mut scope = station.scope_show(RoundRef { round })?.scope;
    scope.opens_on = args.opens_on.unwrap_or(scope.opens_on);
    scope.closes_on = args.closes_on.unwrap_or(scope.closes_on);
    scope.redo = args.redo.unwrap_or(scope.redo);
    scope.limit = args.limit.unwrap_or(scope.limit);
    if args.everybody || !args.cohort.is_empty() {
        scope.cohorts = args.cohort;
    }
    if args.dry_run {
        let counts = station.scope_preview(scope)?;
        match args.asked.json {
            true => terminal::json(&counts),
            false => tell(&counts),
        }
        return Ok(Outcome::Done);
    }
    show(&station.scope_set(scope)?, args.asked.json);
    Ok(Outcome::Done)
}

fn collected(station: &Station, args: &CollectedArgs) -> Result<Outcome, Failure> {
    let round = choose_round(station, args.asked.round)?;
    let path = absolute(&args.file);
    let done = station.collected_import(CollectedImport { round, path })?;
    if args.asked.json {
        terminal::json(&done);
    } else {
        terminal::line(&zh::scope::collected(&done));
        for remark in &done.remarks {
            terminal::line(&format!("  {remark}"));
        }
        for line in &done.lines {
            terminal::line(&format!("  {}\t{}\t{}", line.row, line.text, line.why));
        }
    }
    Ok(Outcome::findings_if(done.ambiguous + done.lost > 0))
}

fn mark(station: &Station, args: &MarkArgs) -> Result<Outcome, Failure> {
    let round = choose_round(station, args.asked.round)?;
    let students = args.student_nos.iter();
    let students: Vec<i64> = students
        .map(|student_no| station.student_numbered(round, student_no))
        .collect::<Result<_, _>>()?;
    let marked = station.student_mark(StudentMark {
        round,
        students,
        mark: args.mark.word().to_owned(),
        on: !args.off,
        note: args.note.clone(),
    })?;
    match args.asked.json {
        true => terminal::json(&marked),
        false => terminal::line(&zh::scope::marked(marked.changed)),
    }
    Ok(Outcome::Done)
}

fn show(view: &ScopeView, json: bool) {
    if json {
        terminal::json(view);
        return;
    }
    for line in zh::scope::told(&view.scope) {
        terminal::line(&line);
    }
    tell(&view.counts);
}

fn tell(counts: &ScopeCounts) {
    terminal::line(&zh::scope::counts(counts));
}

/// A cohort as typed: `年级=2020,2021 学习形式=非全日制 校区=北京`; years may be given as `2017-2019`.
fn cohort(text: &str) -> Result<ScopeCohort, String> {
    let mut cohort = ScopeCohort::default();
    for part in text.split([' ', ';', '；']).filter(|part| !part.is_empty()) {
        let (key, values) = part
            .split_once('=')
            .ok_or_else(|| zh::scope::no_condition(part))?;
        let list = match key {
            "年级" | "grade" => &mut cohort.grades,
            "学习形式" | "mode" => &mut cohort.study_modes,
            "层次" | "level" => &mut cohort.levels,
            "校区" | "campus" => &mut cohort.campuses,
            "学院" | "college" => &mut cohort.colleges,
            "专业" | "major" => &mut cohort.majors,
            "班级" | "class" => &mut cohort.classes,
            _ => return Err(zh::scope::no_condition(part)),
        };
        for value in values.split([',', '，', '、']).map(str::trim) {
            if value.is_empty() {
                return Err(zh::scope::empty_value(part, key));
            }
            match years(value) {
                Some(years) => list.extend(years),
                None if value == zh::scope::BLANK => list.push(String::new()),
                None => list.push(value.to_owned()),
            }
        }
    }
    Ok(cohort)
}

/// The years of `2017-2019`, at most twenty.
fn years(text: &str) -> Option<Vec<String>> {
    let (from, to) = text.split_once(['-', '–', '~'])?;
    let (from, to): (u16, u16) = (from.parse().ok()?, to.parse().ok()?);
    let within = (1980..=2100).contains(&from) && from <= to && to - from < 20;
    within.then(|| (from..=to).map(|year| year.to_string()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cohort_is_read_as_it_is_typed() {
        let read = |text: &str| cohort(text).map_err(|why| why.is_empty());
        let list = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
        let expected = ScopeCohort {
            grades: list(&["2017", "2018", "2019", "2021级"]),
            study_modes: list(&["非全日制"]),
            levels: Vec::new(),
            campuses: list(&["北京校部", "保定"]),
            classes: list(&["研2301"]),
            ..ScopeCohort::default()
        };
        assert_eq!(
            read("年级=2017-2019,2021级；学习形式=非全日制 campus=北京校部、保定 班级=研2301"),
            Ok(expected)
        );
        assert_eq!(read(""), Ok(ScopeCohort::default()));
        // An empty value is no condition, and is not dropped in silence; an empty cell has a word.
        for text in ["年级=", "年级=2020,", "年级=2020,,2021", "校区=、北京"] {
            assert_eq!(read(text), Err(false), "{text}");
        }
        assert!(cohort("年级=2020,").is_err_and(|why| why.contains("年级=2020,")));
        assert_eq!(
            read("校区=空,保定").map(|one| one.campuses),
            Ok(list(&["", "保定"]))
        );
        assert_eq!(read("年级2020"), Err(false));
        assert_eq!(read("导师=王"), Err(false));
        assert_eq!(years("2019-2017"), None);
        assert_eq!(years("1-3"), None);
    }
}
