//! `zhaoshen evaluate`: how good the rules are on labelled photos.

use zhaoshen_station::evaluate::{Evaluation, RuleScore, evaluate};
use zhaoshen_station::wire::Failure;

use crate::args::EvaluateArgs;
use crate::{Outcome, terminal};

/// Evaluates and prints a table, or JSON.
pub(crate) fn run(args: &EvaluateArgs) -> Result<Outcome, Failure> {
    let evaluation = evaluate(&args.labels, &args.folder, args.profile.as_deref())?;
    if args.json {
        terminal::json(&evaluation);
    } else {
        print_table(&evaluation);
    }
    Ok(Outcome::findings_if(!evaluation.unreadable.is_empty()))
}

fn print_table(evaluation: &Evaluation) {
    terminal::line(&format!(
        "照片 {} 张，无法读取 {} 张",
        evaluation.photos,
        evaluation.unreadable.len()
    ));
    terminal::line("检查项\t标注\t检出/应检出\t误报/无此问题\t无法判断");
    for score in &evaluation.rules {
        terminal::line(&row(score));
        print_files("  漏检", &score.missed_files);
        print_files("  误报", &score.false_alarm_files);
    }
}

fn row(score: &RuleScore) -> String {
    format!(
        "{}\t{}\t{}/{}\t{}/{}\t{}",
        score.rule,
        score.label,
        score.caught,
        score.positives,
        score.false_alarms,
        score.negatives,
        score.unknown
    )
}

fn print_files(title: &str, files: &[String]) {
    if !files.is_empty() {
        terminal::line(&format!("{title}：{}", files.join(" ")));
    }
}
