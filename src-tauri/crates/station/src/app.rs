//! The station itself: status, reviewer, profiles, reasons, log.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use zhaoshen_checks::{HUMAN_REASONS, RULES, registry};
use zhaoshen_model::StudentId;
use zhaoshen_store::{Act, LogFilter, LogRow, Subject};

use crate::failure::{nameless, refused, store};
use crate::sitting::Moment;
use crate::wire::{
    AppStatus, Empty, Failure, LogEntry, LogPage, LogQuery, PinChange, ProfileCard, ReasonTemplate,
    ReviewerSet, SeatState,
};
use crate::{Seat, pinyin, profiles, zh};

/// Most log rows in one page.
const LOG_PAGE_MAX: u32 = 500;

impl Seat {
    /// Version, workspace, reviewer and rounds.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn app_status(&self, _: Empty) -> Result<AppStatus, Failure> {
        let store_ = self.store();
        let seat = self.seat_view()?;
        let name = match seat.state {
            SeatState::Seated => seat
                .people
                .iter()
                .find(|row| Some(row.person) == seat.person),
            SeatState::Unclaimed | SeatState::SignedOut => None,
        };
        Ok(AppStatus {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            workspace: store_.dir().display().to_string(),
            sealed: store_.is_sealed(),
            code_unconfirmed: store_
                .is_code_unconfirmed()
                .map_err(|error| store(&error))?,
            kept_here: zhaoshen_store::Store::is_kept_here(store_.dir()),
            least_passphrase: crate::seal::least(),
            reviewer: name.map_or_else(String::new, |row| row.name.clone()),
            seat,
            alarm: crate::keeping::alarm(&self.inner),
            rounds: self.round_cards()?,
        })
    }

    /// Gives the first person's name, and the PIN where there is to be one: who does may do everything.
    ///
    /// # Errors
    /// Refused when the name is empty or longer than 40 characters, for an unfit PIN (nobody is made then), and when there
    /// is somebody else already.
    pub fn reviewer_set(&self, args: ReviewerSet) -> Result<AppStatus, Failure> {
        match &self.who {
            Some(row) if row.name == args.name.trim() && args.pin.is_empty() => {}
            Some(row) if row.name == args.name.trim() => {
                return self.pin_change(PinChange {
                    old: String::new(),
                    new: args.pin,
                });
            }
            Some(row) => return Err(refused(zh::other_reviewer(&row.name))),
            None => {
                let pin = Some(args.pin.as_str()).filter(|pin| !pin.is_empty());
                let id = self
                    .store()
                    .add_first_person((&args.name, pin), now())
                    .map_err(|error| store(&error))?;
                // Without a PIN nobody showed one: once there is one, this session is to be asked for it as any other.
                if pin.is_some() {
                    self.sitting.seat(id, Moment::now());
                }
            }
        }
        self.app_status(Empty {})
    }

    /// Standards to choose from.
    ///
    /// # Errors
    /// When a built-in profile is damaged, which a test rules out.
    pub fn profile_list(&self, _: Empty) -> Result<Vec<ProfileCard>, Failure> {
        profiles::cards()
    }

    /// Reasons to choose from, those of the rules and those a person must see.
    ///
    /// # Errors
    /// None.
    pub fn reason_list(&self, _: Empty) -> Result<Vec<ReasonTemplate>, Failure> {
        let of_rules = RULES.iter().map(|rule| {
            template(
                rule.code,
                zh::first_sentence(rule.reason_zh()),
                rule.reason_zh(),
            )
        });
        let of_people = HUMAN_REASONS
            .iter()
            .filter(|reason| registry::rule(reason.code).is_none())
            .map(|reason| template(reason.code, reason.title, reason.text));
        Ok(of_rules
            .chain(of_people)
            .filter(|reason| !reason.text.is_empty())
            .collect())
    }

    /// A page of the log, newest first.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn log_list(&self, args: LogQuery) -> Result<LogPage, Failure> {
        let filter = LogFilter {
            round: args.round.map(zhaoshen_model::RoundId),
            ..LogFilter::default()
        };
        let limit = args.limit.min(LOG_PAGE_MAX);
        let rows = self
            .store()
            .log(&filter, args.offset, limit)
            .map_err(|error| store(&error))?;
        let total = self
            .store()
            .log_count(&filter)
            .map_err(|error| store(&error))?;
        let entries = rows
            .into_iter()
            .map(|row| self.log_entry(row))
            .collect::<Result<_, _>>()?;
        Ok(LogPage {
            total: count(total),
            entries,
        })
    }

    /// Who acts.
    pub(crate) fn reviewer(&self) -> Result<String, Failure> {
        self.seated().ok_or_else(nameless)
    }

    /// Who acts, if there are people.
    pub(crate) fn seated(&self) -> Option<String> {
        self.who.as_ref().map(|row| row.name.clone())
    }

    /// Who takes in rosters and photos: whoever acts, or before anybody gave a name, the system's account.
    pub(crate) fn clerk(&self) -> Result<String, Failure> {
        Ok(self.seated().unwrap_or_else(system_account))
    }

    pub(crate) fn log_entry(&self, row: LogRow) -> Result<LogEntry, Failure> {
        let blind = match &row.subject {
            Subject::Submission(id) => self.is_blind(*id)?,
            _ => false,
        };
        let tells = |state: &Value| {
            // A finding called wrong says as much as a verdict.
            state.get("decision").is_some() || row.what == Act::FindingDisputed
        };
        let withheld = |state: &Option<Value>| blind && state.as_ref().is_some_and(tells);
        // 抽样批量通过 says by its name what was decided, and 标记误报 that somebody looked, and what they thought.
        let act = match withheld(&row.before) || withheld(&row.after) {
            true => Act::Decided,
            false => row.what,
        };
        let shown = |state: Value| match blind && tells(&state) {
            true => zh::WITHHELD.to_owned(),
            false => zh::state(&state),
        };
        let placed = self.placed(&row)?;
        let whom = self.whom(row.after.as_ref());
        let subject = match (&row.subject, row.after.as_ref().or(row.before.as_ref())) {
            (Subject::Delivery(_), Some(state)) => zh::delivery_of(state),
            (Subject::Workspace, Some(state)) => zh::setting_of(state),
            _ => None,
        };
        let (before, after) = placed.unwrap_or_else(|| {
            let shown = |state: Option<Value>| state.map_or_else(String::new, shown);
            (shown(row.before), shown(row.after))
        });
        Ok(LogEntry {
            id: row.id.0,
            at: local_time(row.at),
            reviewer: row.reviewer,
            act: act.title().to_owned(),
            subject: match subject {
                Some(text) => text,
                None => self.subject_text(&row.subject)?,
            },
            before,
            after: match whom.is_empty() {
                true => after,
                false => zh::with_whom(&after, &whom),
            },
        })
    }

    /// The few students whom a row of the log names, 学号 and 姓名; empty where it names none, or they are gone.
    fn whom(&self, state: Option<&Value>) -> String {
        let named = state.and_then(|state| state.get("whom")?.as_array());
        let ids = named.into_iter().flatten().filter_map(Value::as_i64);
        self.students_named(ids.map(StudentId))
    }

    /// Students by 学号 and 姓名 in one; those who are no more are left out.
    pub(crate) fn students_named(&self, students: impl IntoIterator<Item = StudentId>) -> String {
        let students = students.into_iter();
        let named = students.filter_map(|id| self.store().student(id).ok());
        let named: Vec<String> = named
            .map(|student| zh::student_named(&student.draft))
            .collect();
        named.join("、")
    }

    fn subject_text(&self, subject: &Subject) -> Result<String, Failure> {
        match subject {
            Subject::Submission(id) => {
                if self.store().submission(*id).is_err() {
                    return Ok(zh::gone_photo(id.0));
                }
                let item = self.queue_item(*id)?;
                let whose = format!("{} {}", item.student_no, item.name);
                Ok(if item.student_no.is_empty() {
                    format!("照片 {}", id.0)
                } else {
                    whose
                })
            }
            Subject::Round(id) => Ok(self.store().round(*id).map_err(|error| store(&error))?.name),
            Subject::Delivery(_) => Ok(zh::DELIVERY.to_owned()),
            Subject::Workspace => Ok("工作区".to_owned()),
        }
    }
}

/// The account of the system that runs the program, as the log names it.
pub(crate) fn system_account() -> String {
    let name = |key: &&str| std::env::var(key).ok();
    let named = ["USERNAME", "USER"].iter().find_map(name);
    zh::account(&named.unwrap_or_default())
}

/// This instant. The one clock of the crates below a host; the store is told the time.
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// "YYYY-MM-DD HH:MM:SS" where the station runs.
pub(crate) fn local_time(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system())
        .strftime("%Y-%m-%d %H:%M:%S")
        .to_string()
}

/// "YYYY-MM-DD" where the station runs.
pub(crate) fn local_date(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system())
        .strftime("%Y-%m-%d")
        .to_string()
}

/// A count on the wire; no round comes near the limit.
pub(crate) fn count<N: TryInto<u32>>(number: N) -> u32 {
    number.try_into().unwrap_or(u32::MAX)
}

fn template(code: &str, title: &str, text: &str) -> ReasonTemplate {
    ReasonTemplate {
        code: code.to_owned(),
        title: title.to_owned(),
        text: text.to_owned(),
        initials: pinyin::initials(&format!("{title} {text}")),
    }
}
