//! The index workbooks that came with an import's photos.

use std::collections::{HashMap, HashSet};

use zhaoshen_exchange::index::read_index;
use zhaoshen_exchange::intake::{self, Limits, Source};
use zhaoshen_exchange::matching::{Indexed, Matcher, Told, file_key};
use zhaoshen_model::matching::Matching;

use crate::failure::exchange;
use crate::job::Progress;
use crate::wire::IntakeLine;
use crate::zh;

/// What the indexes among the sources say.
#[derive(Debug, Default)]
pub(super) struct Indexes {
    rows: Indexed,
    files: HashSet<String>,
    /// What to tell of the indexes themselves.
    pub(super) problems: Vec<IntakeLine>,
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
        if !indexes.rows.is_empty() {
            let mut files_of: HashMap<String, u32> = HashMap::new();
            for source in sources {
                let _ = intake::list(*source, limits, progress.stop_flag(), |path| {
                    *files_of.entry(file_key(path)).or_default() += 1;
                });
            }
            let several = |key: &str| files_of.get(key).is_some_and(|files| *files > 1);
            indexes.rows.forget(several);
        }
        indexes
    }

    fn take(&mut self, matcher: &Matcher, path: &str, bytes: &[u8]) {
        let file = path.rsplit('/').next().unwrap_or(path);
        match read_index(bytes, file) {
            Ok(Some(rows)) => {
                self.rows.add(matcher, &rows);
                self.files.insert(path.to_owned());
            }
            // Some other table, such as the roster: refused as any document is.
            Ok(None) => {}
            Err(error) => self.problems.push(IntakeLine {
                file: path.to_owned(),
                whose: String::new(),
                problem: exchange(&error).message,
                remedy: zh::INDEX_UNREADABLE.to_owned(),
            }),
        }
    }

    /// Whether the file at `path` was read as an index.
    pub(super) fn holds(&self, path: &str) -> bool {
        self.files.contains(path)
    }

    /// Whose the file at `path` is, and whether its name, which says `by_name`, says otherwise.
    pub(super) fn tell(&self, path: &str, by_name: Matching) -> Told {
        self.rows.tell(path, by_name)
    }
}
