//! The commands that work on a workspace: round, roster, photos, review, export.

use std::path::{Path, PathBuf};

use zhaoshen_station::backup::Shelf;
use zhaoshen_station::wire::{
    Code, DecideRequest, DoorState, Failure, IntakeLine, IntakeReport, QueueItem, QueueOpen,
    Reason, RefusedCell, RosterCommit, RosterPreview, RosterSource, RoundCard, RoundCreate,
    RoundRef, RoundRename, SubmissionRef, UndoAsk,
};
use zhaoshen_station::{Station, seal};

use crate::args::{DecideArgs, ReviewCommand, RosterCommand, RoundCommand};
use crate::passphrase::Typed;
use crate::{Outcome, columns, ending, passphrase, people, pick, terminal, zh};

/// Where the workspace is, opened when a command needs it.
#[derive(Debug)]
pub(crate) struct Place {
    folder: PathBuf,
    acting: Option<String>,
}

impl Place {
    /// The workspace at `folder`, or the one the window uses.
    pub(crate) fn new(folder: Option<PathBuf>, acting: Option<String>) -> Self {
        let folder = folder.unwrap_or_else(zhaoshen_station::default_workspace);
        Self { folder, acting }
    }

    /// Where it is, whether it can be opened or not.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Opens the workspace there is, with the person named on the command line signed in. Where there is none nothing is
    /// made: a disk that is not connected must not become an empty workspace.
    pub(crate) fn open(&self) -> Result<Station, Failure> {
        self.open_with_key().map(|(station, _)| station)
    }

    /// As [`Place::open`], a sealed workspace by what was typed already.
    pub(crate) fn open_by(&self, key: &Typed) -> Result<Station, Failure> {
        let station = Station::unlock(&self.folder, key)?;
        self.sign_in(&station)?;
        Ok(station)
    }

    /// As [`Place::open`], with what was typed to unlock a sealed workspace.
    pub(crate) fn open_with_key(&self) -> Result<(Station, Typed), Failure> {
        let mut key = Typed::default();
        let station = match seal::door(&self.folder)?.state {
            DoorState::Locked => {
                key = Typed::of(passphrase::ask(zh::seal::ASKED)?);
                Station::unlock(&self.folder, &key)?
            }
            // What is wrong is told by opening it.
            DoorState::Open | DoorState::Damaged => Station::open(&self.folder)?,
            DoorState::New => return Err(self.missing()),
        };
        self.sign_in(&station)?;
        Ok((station, key))
    }

    /// As [`Place::open`], for what begins work: where there is no workspace a plain one is made, and said to be.
    fn open_or_begin(&self) -> Result<Station, Failure> {
        if self.is_there()? {
            return self.open();
        }
        let station = Station::open(&self.folder)?;
        terminal::complain_text(&zh::workspace_made(&self.folder));
        self.sign_in(&station)?;
        Ok(station)
    }

    /// Whether there is a workspace.
    pub(crate) fn is_there(&self) -> Result<bool, Failure> {
        Ok(seal::door(&self.folder)?.state != DoorState::New)
    }

    /// That there is no workspace.
    pub(crate) fn missing(&self) -> Failure {
        Failure {
            code: Code::Workspace,
            message: zh::no_workspace(&self.folder),
            detail: String::new(),
        }
    }

    fn sign_in(&self, station: &Station) -> Result<(), Failure> {
        match &self.acting {
            Some(name) => people::sign_in(station, name),
            None => Ok(()),
        }
    }

    /// What its backups are restored through: the workspace where it opens, with the person named on the command line signed
    /// in; otherwise the backups alone, since a workspace that is damaged has nobody to ask.
    ///
    /// # Errors
    /// While a program has it open: there it is known who sits. For a wrong passphrase.
    pub(crate) fn source(&self) -> Result<Source, Failure> {
        if Shelf::is_in_use(&self.folder) {
            return self.open().map(Source::Open);
        }
        let key = self.key_of_backups()?;
        let opened = match seal::door(&self.folder)?.state {
            DoorState::Locked => Station::unlock(&self.folder, &key),
            DoorState::Open | DoorState::Damaged => Station::open(&self.folder),
            DoorState::New => Err(self.missing()),
        };
        let source = match opened {
            Ok(station) => self.sign_in(&station).map(|()| Source::Open(station)),
            Err(_) => Shelf::of(&self.folder, &key).map(Source::Shut),
        };
        if matches!(source, Ok(Source::Shut(_))) {
            terminal::complain_text(zh::backup::SHUT);
        }
        source
    }

    /// What opens its backups; asked for where they are sealed.
    fn key_of_backups(&self) -> Result<Typed, Failure> {
        match Shelf::is_sealed(&self.folder) {
            true => passphrase::ask(zh::seal::ASKED).map(Typed::of),
            false => Ok(Typed::default()),
        }
    }

    /// What lies among its backups; asks for the passphrase where they are sealed.
    pub(crate) fn shelf(&self) -> Result<Shelf, Failure> {
        let key = self.key_of_backups()?;
        Shelf::of(&self.folder, &key)
    }
}

/// What backups are restored through.
#[derive(Debug)]
pub(crate) enum Source {
    /// The workspace that they are of.
    Open(Station),
    /// They alone.
    Shut(Shelf),
}

/// `round new` and `round show`.
pub(crate) fn round(place: &Place, command: RoundCommand) -> Result<Outcome, Failure> {
    let station = match command {
        RoundCommand::New { .. } => place.open_or_begin()?,
        _ => place.open()?,
    };
    match command {
        RoundCommand::New {
            name,
            school_code,
            opens_on,
            closes_on,
            profile,
        } => {
            let profile = profile.unwrap_or_else(|| zhaoshen_station::default_profile().to_owned());
            let card = station.round_create(RoundCreate {
                name,
                school_code,
                opens_on,
                closes_on,
                profile,
            })?;
            print_round(&card);
        }
        RoundCommand::Show { round, json } => {
            let card = station.round_show(RoundRef {
                round: choose_round(&station, round)?,
            })?;
            if json {
                terminal::json(&card);
            } else {
                print_round(&card);
            }
        }
        RoundCommand::Close { round, reason } => return ending::close(&station, round, reason),
        RoundCommand::Reopen { round } => return ending::reopen(&station, round),
        RoundCommand::Rename { name, round } => {
            let round = choose_round(&station, round)?;
            print_round(&station.round_rename(RoundRename { round, name })?);
        }
    }
    Ok(Outcome::Done)
}

/// `roster`.
pub(crate) fn roster(place: &Place, command: RosterCommand) -> Result<Outcome, Failure> {
    let (file, round, accept_updates, fields, json) = match command {
        RosterCommand::Columns(args) => return columns::columns(place, &args),
        RosterCommand::Map(args) => return columns::map(place, &args),
        RosterCommand::Import {
            file,
            round,
            accept_updates,
            accept_field,
            json,
        } => (file, round, accept_updates, accept_field, json),
    };
    let station = place.open()?;
    let round = choose_round(&station, round)?;
    let source = RosterSource {
        round,
        path: file.to_string_lossy().into_owned(),
        pasted: String::new(),
    };
    let preview = station.roster_preview(source.clone())?;
    let accept_updates = accept_updates || !fields.is_empty();
    let committed = station.roster_commit(RosterCommit {
        without_fields: columns::left(&station, &preview, &fields)?,
        ..RosterCommit::whole(source, &preview, accept_updates)
    })?;
    if json {
        terminal::json(&serde_json::json!({ "preview": preview, "committed": committed }));
    } else {
        print_preview(&preview);
        terminal::line(&format!(
            "新增 {}，更新 {}，保留原样 {}，无变化 {}，拒绝 {}",
            committed.added,
            committed.updated,
            committed.kept,
            committed.unchanged,
            committed.refused
        ));
    }
    Ok(Outcome::findings_if(
        committed.refused > 0 || committed.kept > 0,
    ))
}

/// `review list | approve | reject | pick | undo`.
pub(crate) fn review(place: &Place, command: ReviewCommand) -> Result<Outcome, Failure> {
    let station = place.open()?;
    match command {
        ReviewCommand::List { queue, round, json } => {
            let round = choose_round(&station, round)?;
            let opened = station.queue_open(QueueOpen {
                round,
                queue,
                limit: None,
            });
            let opened = opened.map_err(zh::queues_named)?;
            if json {
                terminal::json(&opened);
            } else {
                opened.items.iter().for_each(print_item);
            }
            Ok(Outcome::Done)
        }
        ReviewCommand::Approve(args) => decide(&station, &args, "approved", &[]),
        ReviewCommand::Reject {
            decide: args,
            reason,
        } => decide(&station, &args, "rejected", &reason),
        ReviewCommand::Pick(args) => pick::run(&station, &args),
        ReviewCommand::Undo { round } => {
            let undone = station.act_undo(UndoAsk {
                round: choose_round(&station, round)?,
                seen: None,
            })?;
            terminal::line(
                &undone
                    .act
                    .map_or_else(|| zh::NOTHING_TO_UNDO.to_owned(), |act| act.summary),
            );
            Ok(Outcome::Done)
        }
    }
}

/// Prints what an import did.
pub(crate) fn print_intake(report: &IntakeReport) {
    terminal::line(&format!(
        "文件 {}：匹配 {}，重新提交 {}，已有 {}，不能确定是谁 {}，名单中无此人 {}，认不出 {}，免采 {}，同一文件用于多人 {}，拒绝 {}（略过系统文件 {}）",
        report.files,
        report.matched,
        report.resubmitted,
        report.already_there,
        report.ambiguous,
        report.not_on_roster,
        report.unknown,
        report.excluded,
        report.shared,
        report.refused,
        report.ignored
    ));
    if report.unchanged + report.not_returned > 0 {
        terminal::line(&format!(
            "与交付的完全相同 {}，没有返回 {} 人",
            report.unchanged, report.not_returned
        ));
    }
    if !report.outside_window.is_empty() {
        terminal::line(&report.outside_window);
    }
    print_lines(&report.lines, report.lines_left);
    print_lines(&report.beside, 0);
}

/// Prints what is to be looked at of an import, and how much more there is.
pub(crate) fn print_lines(lines: &[IntakeLine], left: u32) {
    for line in lines {
        let whose = match line.whose.is_empty() {
            true => String::new(),
            false => format!("（{}）", line.whose),
        };
        terminal::line(&format!(
            "    ✖ {}{whose}  {}；{}",
            line.file, line.problem, line.remedy
        ));
    }
    if left > 0 {
        terminal::line(&format!("    另有 {left} 条没有逐条列出"));
    }
}

/// Prints a round's numbers.
pub(crate) fn print_round(card: &RoundCard) {
    terminal::line(&format!(
        "批次 {}：{}（{}）",
        card.round, card.name, card.profile_title
    ));
    terminal::line(&format!(
        "名单 {} = 应采 {} + 免采 {}；应采 = 已交 {} + 未交 {}；待检测 {}，待审 {}，通过 {}，退回 {}，存疑 {}，复审中 {}，意见不一 {}，归属待确认 {}，待认领照片 {}，免采学生的照片 {}，已交付 {}",
        card.students,
        card.due,
        card.exempt,
        card.submitted,
        card.missing,
        card.unchecked,
        card.pending,
        card.approved,
        card.rejected,
        card.held,
        card.reviewing,
        card.differing,
        card.questioned,
        card.in_piles,
        card.excluded,
        card.delivered
    ));
}

/// A path that was typed, as the station takes it: whole, whatever folder the program was started in.
pub(crate) fn absolute(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    path.display().to_string()
}

/// The round asked for, or the newest.
pub(crate) fn choose_round(station: &Station, round: Option<i64>) -> Result<i64, Failure> {
    if let Some(round) = round {
        return Ok(round);
    }
    let status = station.app_status(zhaoshen_station::wire::Empty {})?;
    status
        .rounds
        .first()
        .map(|card| card.round)
        .ok_or_else(|| Failure {
            code: Code::NotFound,
            message: zh::NO_ROUND.to_owned(),
            detail: String::new(),
        })
}

fn decide(
    station: &Station,
    args: &DecideArgs,
    kind: &str,
    reasons: &[String],
) -> Result<Outcome, Failure> {
    let round = choose_round(station, args.round)?;
    let mut refused = false;
    for student_no in &args.student_nos {
        match decide_one(station, round, student_no, kind, reasons) {
            Ok(item) => print_item(&item),
            Err(failure) => {
                refused = true;
                terminal::complain_text(&format!("{student_no}：{}", failure.message));
            }
        }
    }
    Ok(Outcome::findings_if(refused))
}

fn decide_one(
    station: &Station,
    round: i64,
    student_no: &str,
    kind: &str,
    reasons: &[String],
) -> Result<QueueItem, Failure> {
    let submission = station.current_submission(round, student_no)?;
    let view = station.submission_show(SubmissionRef { submission })?;
    let chosen = match reasons {
        [] if kind == "rejected" => view.preset_reasons,
        given => given
            .iter()
            .map(|text| Reason {
                code: None,
                text: text.clone(),
            })
            .collect(),
    };
    let request = DecideRequest {
        submission,
        seen_decision: view.item.decision_id,
        seen_student: student_no.to_owned(),
        second: view.item.decision == "reviewing",
        kind: kind.to_owned(),
        reasons: chosen,
        note: String::new(),
    };
    let decided = station.submission_decide(request);
    let decided = decided.map_err(|failure| pick::or_pick(failure, &view.history, student_no))?;
    Ok(decided.item)
}

/// Prints a photo as lists show it.
pub(crate) fn print_item(item: &QueueItem) {
    terminal::line(&format!(
        "{}\t{}\t{}\t{}\t{}",
        item.student_no,
        item.name,
        zh::verdict(&item.verdict),
        zh::decision(&item.decision),
        item.failing.join(" ")
    ));
}

/// A cell of a roster that is refused, or taken with a hint, and what to do about it where something is to be done.
fn cell_line(sign: &str, cell: &RefusedCell) -> String {
    let remedy = match cell.remedy.as_str() {
        "" => String::new(),
        remedy => format!("；{remedy}"),
    };
    let place = format!("{}!{}", cell.sheet, cell.cell);
    format!("    {sign} {place}  {}{remedy}", cell.problem)
}

fn print_preview(preview: &RosterPreview) {
    terminal::line(&format!(
        "工作表“{}”，表头第 {} 行，数据 {} 行",
        preview.sheet, preview.header_row, preview.rows
    ));
    for remark in &preview.remarks {
        terminal::line(&format!("    ▲ {remark}"));
    }
    for refused in &preview.refused {
        terminal::line(&cell_line("✖", refused));
    }
    for hint in &preview.hints {
        terminal::line(&cell_line("▲", hint));
    }
    for change in &preview.updated {
        for field in &change.changes {
            terminal::line(&format!(
                "    ≠ {} {}  {}：{} → {}",
                change.student_no, change.name, field.field, field.before, field.after
            ));
        }
    }
}
