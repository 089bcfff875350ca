//! Label files for `evaluate`: a CSV with a `file` column and 0/1 columns, blank where not sure; other columns may
//! name groups and subjects. And files of hand-placed points.

use std::collections::HashMap;
use std::path::Path;

use zhaoshen_model::Point;

use crate::error::Error;

/// The column that names the photo.
const FILE_COLUMN: &str = "file";

/// One labelled photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelRow {
    /// File name relative to the photo folder.
    pub file: String,
    cells: HashMap<String, String>,
}

impl LabelRow {
    /// The label of `column`: 0, 1, or `None` when blank or not a number.
    pub fn value(&self, column: &str) -> Option<u8> {
        self.text(column)?.parse().ok()
    }

    /// The text of `column`, e.g. a group or a subject; `None` when blank or when there is no such column.
    pub fn text(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(String::as_str)
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
        let cells = titles.iter().zip(&record).filter_map(|(title, value)| {
            let value = value.trim();
            (!value.is_empty()).then(|| ((*title).to_owned(), value.to_owned()))
        });
        let file = record.get(file_at).unwrap_or_default().trim().to_owned();
        if !file.is_empty() {
            rows.push(LabelRow {
                file,
                cells: cells.collect(),
            });
        }
    }
    Ok(rows)
}

/// Hand-placed pupils by file name, px: the first two points of each line `file, count, x0, y0, x1, y1, …`, in
/// either order. There is no header; lines with fewer than two points are passed over.
///
/// # Errors
/// When the file cannot be read or is no CSV.
pub fn read_pupils(path: &Path) -> Result<HashMap<String, [Point; 2]>, Error> {
    let bytes = crate::source::read_file(path)?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .from_reader(bytes.as_slice());
    let mut pupils = HashMap::new();
    for record in reader.records() {
        let record = record.map_err(|error| Error::BrokenLabels {
            path: path.to_owned(),
            detail: error.to_string(),
        })?;
        let number = |at: usize| record.get(at)?.trim().parse::<f64>().ok();
        let point = |at| Some(Point::new(number(at)?, number(at + 1)?));
        if let (Some(file), Some(first), Some(second)) = (record.get(0), point(2), point(4)) {
            pupils.insert(file.trim().to_owned(), [first, second]);
        }
    }
    Ok(pupils)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{read_labels, read_pupils};

    #[test]
    fn pupils_are_the_first_two_points() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("points.csv");
        std::fs::write(&path, "a.jpg,3,1.5,2,3,4,5,6\nb.jpg,1,1,2\nc.jpg,x\n").unwrap();
        let pupils = read_pupils(&path).unwrap();
        assert_eq!(pupils.len(), 1);
        let [first, second] = pupils["a.jpg"];
        assert!((first.x - 1.5).abs() < 1e-9 && (second.y - 4.0).abs() < 1e-9);
    }

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
        assert_eq!(rows[0].text("note"), Some("x, y"));
        assert_eq!(rows[1].text("eyes_open"), None);
    }

    #[test]
    fn a_file_without_file_column_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("labels.csv");
        std::fs::write(&path, "photo,eyes_open\na.jpg,1\n").unwrap();
        assert!(read_labels(&path).is_err());
    }
}
