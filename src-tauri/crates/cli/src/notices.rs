//! `zhaoshen notices` and `zhaoshen chase`: whom to tell that a photo was rejected, and who has handed in nothing.

use zhaoshen_station::wire::{Failure, NoticeAsk, NoticeMark};

use crate::args::{ChaseArgs, NoticesArgs};
use crate::workspace::{Place, choose_round};
use crate::{Outcome, terminal};

/// Prints a line for every rejected student, and marks them as told when asked to.
pub(crate) fn run(place: &Place, args: NoticesArgs) -> Result<Outcome, Failure> {
    let station = place.open()?;
    let round = choose_round(&station, args.round)?;
    let view = station.notice_list(NoticeAsk {
        round,
        template: args.template,
        deadline: args.deadline,
    })?;
    if args.mark_told {
        let submissions = view.rows.iter().map(|row| row.submission).collect();
        station.notice_mark(NoticeMark {
            round,
            submissions,
            told: true,
            deadline: view.deadline.clone(),
        })?;
    }
    if args.json {
        terminal::json(&view.rows);
    } else {
        for row in &view.rows {
            terminal::line(&format!("{}\t{}\t{}", row.student_no, row.name, row.text));
        }
    }
    Ok(Outcome::findings_if(!view.rows.is_empty()))
}

/// Prints who has handed in nothing.
pub(crate) fn chase(place: &Place, args: &ChaseArgs) -> Result<Outcome, Failure> {
    let station = place.open()?;
    let round = choose_round(&station, args.round)?;
    let view = station.notice_list(NoticeAsk {
        round,
        template: String::new(),
        deadline: String::new(),
    })?;
    if args.json {
        terminal::json(&view.missing);
    } else {
        terminal::line(&view.missing_line);
        for class in &view.missing {
            terminal::line(&class.text);
        }
    }
    Ok(Outcome::findings_if(view.missing_total > 0))
}
