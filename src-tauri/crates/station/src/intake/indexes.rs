//! The index workbooks that came with an import's photos.
//!
//! An index rules the folder or archive it lies in first: a file goes by the nearest one around it that names it, and by
//! one that lies elsewhere only where none does. A name that several files have which one index would rule means none
//! of them, and that is told.

use std::collections::{BTreeMap, HashMap, HashSet};

use zhaoshen_exchange::index::{IndexRow, read_index};
use zhaoshen_exchange::intake::{self, Limits, Source};
use zhaoshen_exchange::matching::{Indexed, Matcher, Told, file_key};
use zhaoshen_model::matching::{MatchKey, Matching};

use crate::failure::exchange;
use crate::job::Progress;
use crate::wire::IntakeLine;
use crate::zh;

/// What the indexes among the sources say.
#[derive(Debug, Default)]
pub(super) struct Indexes {
    /// By the folder or archive they lie in.
    of_folder: HashMap<String, Indexed>,
    /// All of them, for files that none around them names.
    everywhere: Indexed,
    files: HashSet<String>,
    /// Tables that could not be read, each with its line.
    unreadable: HashSet<String>,
    /// How many files each name of an index is of.
    met: BTreeMap<(Rule, String), Met>,
    /// Whether every file of the sources was met.
    is_whole: bool,
    /// What their rows say, in their order.
    rows: Vec<Row>,
    /// By the name of an index, in which folders files of that name came.
    came: HashMap<String, HashSet<String>>,
    /// What to tell of the indexes themselves.
    pub(super) problems: Vec<IntakeLine>,
}

/// A row of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The index.
    pub(super) path: String,
    /// Its cell with the file name.
    pub(super) cell: String,
    /// The file name as written.
    pub(super) file_name: String,
    /// Whose the file is by the row.
    pub(super) whose: Matching,
    /// A number in it that nobody on the roster has, and what it should be.
    pub(super) stray: Option<(MatchKey, String)>,
}

/// A row of an index to be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OddRow {
    /// The row.
    pub(super) row: Row,
    /// Its file did not come.
    pub(super) is_idle: bool,
}

/// Which index decides of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Rule {
    /// That of this folder.
    Folder(String),
    /// One that lies elsewhere.
    Elsewhere,
}

/// The files of one name that one index rules.
#[derive(Debug, Clone, Default)]
struct Met {
    /// In its own folder.
    beside: u32,
    /// Further below, or elsewhere.
    farther: u32,
    /// The first of them.
    first: String,
}

impl Met {
    /// Whether the name means this file alone.
    fn means(&self, is_beside: bool) -> bool {
        match is_beside {
            true => self.beside == 1,
            false => self.beside == 0 && self.farther == 1,
        }
    }

    /// Whether it means none of several.
    fn is_forgotten(&self) -> bool {
        self.beside > 1 || (self.beside == 0 && self.farther > 1)
    }
}

impl Indexes {
    /// Reads every index that lies among the photos or was chosen with them.
    pub(super) fn read(
        sources: &[Source<'_>],
        limits: &Limits,
        matcher: &Matcher,
        progress: &Progress,
    ) -> Self {
        let mut indexes = Self::default();
        for source in sources {
            // A source that cannot be read is a line of the report when its turn comes.
            let _ = intake::tables(*source, limits, progress.stop_flag(), |path, bytes| {
                indexes.take(matcher, path, &bytes);
            });
        }
        if !indexes.everywhere.is_empty() {
            indexes.is_whole = true;
            for source in sources {
                let listed = intake::list(*source, limits, progress.stop_flag(), |path| {
                    indexes.meet(path);
                });
                // What rests in a drop folder comes bit by bit.
                indexes.is_whole &= listed.is_ok() && source.only.is_none();
            }
            indexes.is_whole &= !progress.is_cancelled();
            indexes.tell_forgotten();
        }
        indexes
    }

    fn take(&mut self, matcher: &Matcher, path: &str, bytes: &[u8]) {
        let file = path.rsplit('/').next().unwrap_or(path);
        match read_index(bytes, file) {
            Ok(Some(index)) => {
                self.add(matcher, path, &index.rows);
                self.remark(path, &index.remarks);
            }
            // Some other table, such as the roster: refused as any document is.
            Ok(None) => {}
            Err(error) => {
                self.unreadable.insert(path.to_owned());
                self.problems.push(IntakeLine {
                    file: path.to_owned(),
                    whose: String::new(),
                    problem: exchange(&error).message,
                    remedy: zh::INDEX_UNREADABLE.to_owned(),
                });
            }
        }
    }

    /// A line for everything that is to be said of the sheets of an index.
    fn remark(&mut self, path: &str, remarks: &[String]) {
        for remark in remarks {
            let (problem, remedy) = remark.rsplit_once('；').unwrap_or((remark, ""));
            self.problems.push(IntakeLine {
                file: path.to_owned(),
                whose: String::new(),
                problem: problem.to_owned(),
                remedy: remedy.to_owned(),
            });
        }
    }

    fn add(&mut self, matcher: &Matcher, path: &str, rows: &[IndexRow]) {
        let own = self.of_folder.entry(folder_of(path).to_owned());
        own.or_default().add(matcher, rows);
        self.everywhere.add(matcher, rows);
        self.rows.extend(rows.iter().map(|row| Row {
            path: path.to_owned(),
            cell: row.cell.clone(),
            file_name: row.file_name.clone(),
            whose: matcher.match_keys(&row.named),
            stray: matcher.stray_key(&row.named),
        }));
        self.files.insert(path.to_owned());
    }

    /// Takes note of a file of the import.
    fn meet(&mut self, path: &str) {
        let key = file_key(path);
        let Some(rule) = self.rule(path, &key) else {
            return;
        };
        let folders = self.came.entry(key.clone()).or_default();
        folders.insert(folder_of(path).to_owned());
        let beside = is_beside(&rule, path);
        let met = self.met.entry((rule, key)).or_default();
        match beside {
            true => met.beside += 1,
            false => met.farther += 1,
        }
        if met.first.is_empty() {
            path.clone_into(&mut met.first);
        }
    }

    /// Which index decides of the file: the nearest around it that names it, else one elsewhere.
    fn rule(&self, path: &str, key: &str) -> Option<Rule> {
        let names = |folder: &str| {
            let own = self.of_folder.get(folder);
            own.is_some_and(|indexed| indexed.names(key))
        };
        let mut folder = folder_of(path);
        loop {
            if names(folder) {
                return Some(Rule::Folder(folder.to_owned()));
            }
            if folder.is_empty() {
                break;
            }
            folder = folder_of(folder);
        }
        self.everywhere.names(key).then_some(Rule::Elsewhere)
    }

    /// A line for every name that means none of several files.
    fn tell_forgotten(&mut self) {
        for met in self.met.values().filter(|met| met.is_forgotten()) {
            self.problems.push(IntakeLine {
                file: met.first.clone(),
                whose: String::new(),
                problem: zh::index_forgotten(met.beside + met.farther),
                remedy: zh::INDEX_FORGOTTEN_REMEDY.to_owned(),
            });
        }
    }

    /// The rows whose files did not come, and those with a number that nobody on the roster has.
    pub(super) fn odd(&self) -> Vec<OddRow> {
        let rows = self.rows.iter().filter(|_| self.is_whole);
        let rows = rows.map(|row| OddRow {
            row: row.clone(),
            is_idle: self.is_idle(row),
        });
        rows.filter(|odd| odd.is_idle || odd.row.stray.is_some())
            .collect()
    }

    /// Whether the row's file came neither where its index lies and below, nor elsewhere without an index of its own.
    fn is_idle(&self, row: &Row) -> bool {
        let key = file_key(&row.file_name);
        let within = folder_of(&row.path);
        let folders = self.came.get(&key);
        let is_within = folders.is_some_and(|folders| folders.iter().any(|of| lies_in(of, within)));
        !is_within && !self.met.contains_key(&(Rule::Elsewhere, key))
    }

    /// Whether the file at `path` was read as an index.
    pub(super) fn holds(&self, path: &str) -> bool {
        self.files.contains(path)
    }

    /// Whether there is a line already that the file at `path` cannot be read.
    pub(super) fn is_unreadable(&self, path: &str) -> bool {
        self.unreadable.contains(path)
    }

    /// Whose the file at `path` is, and whether its name, which says `by_name`, says otherwise.
    pub(super) fn tell(&self, path: &str, by_name: Matching) -> Told {
        let key = file_key(path);
        let ruling = self.rule(path, &key).and_then(|rule| {
            let beside = is_beside(&rule, path);
            let indexed = match &rule {
                Rule::Folder(folder) => self.of_folder.get(folder),
                Rule::Elsewhere => Some(&self.everywhere),
            };
            let met = self.met.get(&(rule, key));
            indexed.filter(|_| met.is_some_and(|met| met.means(beside)))
        });
        match ruling {
            Some(indexed) => indexed.tell(path, by_name),
            None => Told {
                matching: by_name,
                disagree: false,
            },
        }
    }
}

/// What the path lies in; empty for what was chosen itself.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether a folder is another, or lies somewhere in it.
fn lies_in(folder: &str, outer: &str) -> bool {
    let inner = folder.strip_prefix(outer);
    outer.is_empty() || inner.is_some_and(|inner| inner.is_empty() || inner.starts_with('/'))
}

/// Whether the file lies beside the index that rules it.
fn is_beside(rule: &Rule, path: &str) -> bool {
    matches!(rule, Rule::Folder(folder) if folder == folder_of(path))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use zhaoshen_model::{RoundId, Student, StudentDraft, StudentId, StudentKeys};

    use super::*;

    fn matcher() -> Matcher {
        let student = |id: i64| Student {
            id: StudentId(id),
            round: RoundId(1),
            draft: StudentDraft {
                student_no: format!("202100{id}"),
                ..StudentDraft::default()
            },
        };
        Matcher::new(&[student(1), student(2), student(3)])
    }

    /// Indexes at these paths, each of one file `1.png` of the student, and the files that came.
    fn indexes(of: &[(&str, i64)], files: &[&str]) -> Indexes {
        let matcher = matcher();
        let mut indexes = Indexes::default();
        for (path, student) in of {
            let row = IndexRow {
                cell: "A2".to_owned(),
                file_name: "1.png".to_owned(),
                named: StudentKeys {
                    student_no: format!("202100{student}"),
                    ..StudentKeys::default()
                },
            };
            indexes.add(&matcher, path, &[row]);
        }
        for file in files {
            indexes.meet(file);
        }
        indexes.tell_forgotten();
        indexes.is_whole = true;
        indexes
    }

    fn whose(indexes: &Indexes, path: &str) -> Option<i64> {
        let told = indexes.tell(path, Matching::Unknown).matching;
        told.student().map(|student| student.0)
    }

    #[test]
    fn each_index_rules_its_own_folder() {
        let files = ["照片/一班/1.png", "照片/二班/1.png"];
        let found = indexes(
            &[("照片/一班/索引.csv", 1), ("照片/二班/索引.csv", 2)],
            &files,
        );
        assert_eq!(files.map(|file| whose(&found, file)), [Some(1), Some(2)]);
        assert!(found.problems.is_empty());
    }

    #[test]
    fn the_nearest_index_that_names_a_file_decides() {
        let files = ["照片/1.png", "照片/二班/1.png", "照片.zip/深/1.png"];
        let found = indexes(
            &[
                ("照片/索引.csv", 1),
                ("照片/二班/索引.csv", 2),
                ("照片.zip/索引.csv", 3),
            ],
            &files,
        );
        assert_eq!(
            files.map(|file| whose(&found, file)),
            [Some(1), Some(2), Some(3)]
        );
        // One that was chosen itself, or lies elsewhere, rules what nobody else does.
        for index in ["索引.csv", "表/索引.csv"] {
            let found = indexes(&[(index, 2)], &["照片/一班/1.png"]);
            assert_eq!(whose(&found, "照片/一班/1.png"), Some(2), "{index}");
        }
    }

    #[test]
    fn a_name_that_several_files_have_is_not_decided_and_told() {
        let files = ["照片/一班/1.png", "照片/二班/1.png"];
        for index in ["照片/索引.csv", "表/索引.csv"] {
            let found = indexes(&[(index, 1)], &files);
            assert_eq!(files.map(|file| whose(&found, file)), [None, None]);
            let [line] = found.problems.as_slice() else {
                panic!("{:?}", found.problems)
            };
            assert!(line.file.ends_with("1.png") && line.problem.contains('2'));
        }
        // The one beside the index is meant, whatever lies below.
        let files = ["照片/1.png", "照片/旧/1.png"];
        let found = indexes(&[("照片/索引.csv", 1)], &files);
        assert_eq!(files.map(|file| whose(&found, file)), [Some(1), None]);
        assert!(found.problems.is_empty());
    }
    #[test]
    fn a_row_whose_file_did_not_come_is_idle() {
        for (index, files, is_idle) in [
            ("照片/索引.csv", &["照片/2.png"][..], true),
            ("照片/索引.csv", &["照片/1.png"], false),
            (
                "照片/索引.csv",
                &["照片/一班/1.PNG", "照片/一班/2.png"],
                false,
            ),
            ("照片/索引.csv", &["照片.zip/1.png"], false),
            ("索引.csv", &["照片/1.png", "照片/二班/1.png"], false),
            ("照片/索引.csv", &[], true),
        ] {
            let found = indexes(&[(index, 1)], files);
            let idle: Vec<(String, String)> = (found.odd().into_iter())
                .map(|odd| (odd.row.path, odd.row.cell))
                .collect();
            let told = vec![(index.to_owned(), "A2".to_owned())];
            assert_eq!(
                idle,
                if is_idle { told } else { Vec::new() },
                "{index} {files:?}"
            );
        }
        // What has an index of its own is no other's.
        let found = indexes(
            &[("照片/一班/索引.csv", 1), ("照片/二班/索引.csv", 2)],
            &["照片/二班/1.png"],
        );
        let idle = found.odd();
        assert_eq!(idle.len(), 1);
        assert!(idle[0].is_idle && idle[0].row.path == "照片/一班/索引.csv");
        assert_eq!(idle[0].row.whose.student(), Some(StudentId(1)));
    }

    #[test]
    fn a_row_of_a_number_that_nobody_has_is_odd_whether_its_file_came_or_not() {
        for (files, is_idle) in [(&["1.png"][..], false), (&["2.png"], true)] {
            let found = indexes(&[("索引.csv", 9)], files);
            let odd = found.odd();
            assert_eq!(odd.len(), 1);
            assert_eq!(odd[0].is_idle, is_idle);
            let stray = (MatchKey::StudentNo, "2021009".to_owned());
            assert_eq!(odd[0].row.stray, Some(stray));
        }
    }
}
