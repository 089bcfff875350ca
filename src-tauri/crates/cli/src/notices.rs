//! `zhaoshen notices` and `zhaoshen chase`: whom to tell that a photo was rejected, and who has handed in nothing.

use std::path::PathBuf;

use zhaoshen_station::wire::{
    Empty, Failure, NoticeAsk, NoticeMark, SmsAsk, SmsPreview, SmsSave, SmsSaved, SmsSignature,
};

use crate::args::{ChaseArgs, NoticesArgs};
use crate::workspace::{Place, choose_round};
use crate::{Outcome, terminal, zh};

/// Prints a line for every rejected student, and marks them as told when asked to.
pub(crate) fn run(place: &Place, args: NoticesArgs) -> Result<Outcome, Failure> {
    let station = place.open()?;
    let round = choose_round(&station, args.round)?;
    if let Some(signature) = args.signature {
        station.sms_signature(SmsSignature { round, signature })?;
    }
    let view = station.notice_list(NoticeAsk {
        round,
        template: args.template.clone(),
        deadline: args.deadline.clone(),
    })?;
    let mut rows = view.rows;
    rows.retain(|row| !args.untold || row.told_at.is_empty());
    let mut told: Vec<i64> = rows.iter().map(|row| row.submission).collect();
    if let Some(folder) = args.sms {
        let path = |path: PathBuf| path.display().to_string();
        let ask = SmsAsk {
            round,
            path: args.phones.map_or_else(String::new, path),
            only_untold: args.untold,
            template: args.template,
            deadline: args.deadline,
        };
        let saved = station.sms_save(SmsSave {
            ask: ask.clone(),
            columns: station.sms_columns(Empty {})?.columns,
            folder: path(folder),
        });
        let saved = match saved {
            Ok(saved) => saved,
            Err(failure) => {
                // What was found of the numbers says why nobody would be in the file.
                if let Ok(found) = station.sms_preview(ask) {
                    tell_found(&found);
                }
                return Err(failure);
            }
        };
        tell_found(&saved.found);
        let SmsSaved { rows, left_out, .. } = saved;
        terminal::complain_text(&zh::sms::saved(&saved.path, rows, left_out));
        if args.mark_told && left_out > 0 {
            terminal::complain_text(&zh::sms::not_marked(left_out));
        }
        // Whom the file leaves out it tells nothing.
        told = saved.submissions;
    }
    if args.mark_told {
        station.notice_mark(NoticeMark {
            round,
            submissions: told,
            told: true,
            deadline: view.deadline.clone(),
        })?;
    }
    if args.json {
        terminal::json(&rows);
    } else {
        for row in &rows {
            terminal::line(&format!("{}\t{}\t{}", row.student_no, row.name, row.text));
        }
    }
    Ok(Outcome::findings_if(!rows.is_empty()))
}

fn tell_found(found: &SmsPreview) {
    for line in zh::sms::found(found) {
        terminal::complain_text(&line);
    }
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
