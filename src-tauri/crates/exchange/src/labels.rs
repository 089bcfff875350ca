//! Label files for `evaluate`: a CSV with a `file` column and 0/1 columns, blank where not sure.

use std::collections::HashMap;
use std::path::Path;

use crate::error::Error;

/// The column that names the photo.
const FILE_COLUMN: &str = "file";

/// One labelled photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelRow {
    /// File name relative to the photo folder.
    pub file: String,
    values: HashMap<String, u8>,
}

impl LabelRow {
    /// The label of `column`: 0, 1, or `None` when blank or not a number.
    pub fn value(&self, column: &str) -> Option<u8> {
        self.values.get(column).copied()
    }
}

/// Reads the label file at `path`.
///
/// # Errors
/// When it cannot be read, is no CSV, or has no `file` column.
pub fn read_labels(path: &Path) -> Result<Vec<LabelRow>, Error> {
    let bytes = crate::source::read_file(path)?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(bytes.as_slice());
    let broken = |detail: String| Error::BrokenLabels {
        path: path.to_owned(),
        detail,
    };
    let headers = reader
        .headers()
        .map_err(|error| broken(error.to_string()))?
        .clone();
    let titles: Vec<&str> = headers
        .iter()
        .map(|title| title.trim_start_matches('\u{feff}').trim())
        .collect();
    let Some(file_at) = titles.iter().position(|title| *title == FILE_COLUMN) else {
        return Err(broken(format!("缺少“{FILE_COLUMN}”列")));
    };
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| broken(error.to_string()))?;
        let values = titles.iter().zip(&record).filter_map(|(title, value)| {
            let value = value.trim().parse::<u8>().ok()?;
            Some(((*title).to_owned(), value))
        });
        let file = record.get(file_at).unwrap_or_default().trim().to_owned();
        if !file.is_empty() {
            rows.push(LabelRow {
                file,
                values: values.collect(),
            });
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::read_labels;

    #[test]
    fn blanks_are_not_labels() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("labels.csv");
        std::fs::write(
            &path,
            "\u{feff}file,eyes_open,note\na.jpg,1,\"x, y\"\nb.jpg,,z\n",
        )
        .unwrap();
        let rows = read_labels(&path).unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].value("eyes_open"), Some(1));
        assert_eq!(rows[1].value("eyes_open"), None);
        assert_eq!(rows[0].value("note"), None);
    }

    #[test]
    fn a_file_without_file_column_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("labels.csv");
        std::fs::write(&path, "photo,eyes_open\na.jpg,1\n").unwrap();
        assert!(read_labels(&path).is_err());
    }
}
