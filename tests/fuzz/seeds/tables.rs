//! One table in every format that spreadsheets keep: each row as given, every cell a text.

use std::error::Error;
use std::io::{Cursor, Write as _};

use encoding_rs::GBK;
use rust_xlsxwriter::Workbook;

use crate::{Made, zipped};

/// A table of four columns.
pub(crate) type Rows<'a> = &'a [[&'a str; 4]];
type File = (&'static str, Vec<u8>);

/// The rows in each format, named after it.
pub(crate) fn in_every_format(rows: Rows<'_>) -> Made<Vec<File>> {
    Ok(vec![
        ("xlsx", xlsx(rows)?),
        ("xls", xls(rows)?),
        ("xlsb", xlsb(rows)?),
        ("ods", ods(rows)?),
        ("dbf", dbf(rows)?),
        ("csv", csv(rows).into_bytes()),
        ("html", html(rows).into_bytes()),
        ("xml", spreadsheet_xml(rows).into_bytes()),
    ])
}

fn xlsx(rows: Rows<'_>) -> Made<Vec<u8>> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.write(row, column, *cell)?;
        }
    }
    Ok(book.save_to_buffer()?)
}

fn csv(rows: Rows<'_>) -> String {
    rows.iter().map(|cells| cells.join(",") + "\r\n").collect()
}

fn html(rows: Rows<'_>) -> String {
    let row = |cells: &[&str; 4]| format!("<tr><td>{}</td></tr>", cells.join("</td><td>"));
    let rows: String = rows.iter().map(row).collect();
    format!("<html><meta charset=utf-8><table>{rows}</table></html>")
}

/// What Excel 2003 calls an XML spreadsheet.
fn spreadsheet_xml(rows: Rows<'_>) -> String {
    let cell = |text: &str| format!("<Cell><Data ss:Type=\"String\">{text}</Data></Cell>");
    let row = |cells: &[&str; 4]| format!("<Row>{}</Row>", cells.map(cell).join(""));
    let rows: String = rows.iter().map(row).collect();
    let space = "urn:schemas-microsoft-com:office:spreadsheet";
    format!(
        "<?xml version=\"1.0\"?><Workbook xmlns=\"{space}\" xmlns:ss=\"{space}\"><Worksheet ss:Name=\"1\">\
         <Table>{rows}</Table></Worksheet></Workbook>"
    )
}

fn ods(rows: Rows<'_>) -> Made<Vec<u8>> {
    let cell = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = |cells: &[&str; 4]| {
        format!(
            "<table:table-row>{}</table:table-row>",
            cells.map(cell).join("")
        )
    };
    let rows: String = rows.iter().map(row).collect();
    let space = "urn:oasis:names:tc:opendocument:xmlns";
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"{space}:office:1.0\" \
         xmlns:table=\"{space}:table:1.0\" xmlns:text=\"{space}:text:1.0\"><office:body><office:spreadsheet>\
         <table:table table:name=\"1\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    zipped(&[
        ("mimetype", kind.into()),
        ("content.xml", content.into_bytes()),
    ])
}

/// A text in UTF-16, its length before it in as many bytes as asked.
fn wide(text: &str, length_bytes: usize) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = units.len().to_le_bytes()[..length_bytes].to_vec();
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

/// Excel 97: records of two bytes of kind and two of length in a stream of a compound file.
fn xls(rows: Rows<'_>) -> Made<Vec<u8>> {
    let record = |kind: u16, body: &[u8]| -> Made<Vec<u8>> {
        let length = u16::try_from(body.len())?;
        Ok([&kind.to_le_bytes(), &length.to_le_bytes(), body].concat())
    };
    let begin = |what: u8| record(0x0809, &[0, 6, what, 0, 0, 0, 0, 0]);
    let mut book = begin(5)?;
    // The sheet's place is after this record (of eleven bytes) and the end of the globals.
    let start = u32::try_from(book.len() + 4 + 9 + 4)?;
    let mut place = start.to_le_bytes().to_vec();
    place.extend([0, 0, 1, 0, b'1']);
    book.extend(record(0x0085, &place)?);
    book.extend(record(0x000A, &[])?);
    book.extend(begin(0x10)?);
    for (row, cells) in (0_u16..).zip(rows) {
        for (column, text) in (0_u16..).zip(cells) {
            let mut text = wide(text, 2);
            text.insert(2, 1);
            let at = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
            book.extend(record(0x0204, &[at, text].concat())?);
        }
    }
    book.extend(record(0x000A, &[])?);
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new()))?;
    container.create_stream("Workbook")?.write_all(&book)?;
    container.flush()?;
    Ok(container.into_inner().into_inner())
}

/// The binary workbook of Excel 2007; its bodies here are shorter than 128 bytes.
fn xlsb(rows: Rows<'_>) -> Made<Vec<u8>> {
    let record = |kind: u16, body: &[u8]| -> Made<Vec<u8>> {
        let [low, high] = [kind & 0x7F, kind >> 7]
            .map(u16::to_le_bytes)
            .map(|bytes| bytes[0]);
        let mut bytes = if high == 0 {
            vec![low]
        } else {
            vec![low | 0x80, high]
        };
        bytes.push(
            u8::try_from(body.len())
                .ok()
                .filter(|length| *length < 0x80)
                .ok_or("too long")?,
        );
        bytes.extend(body);
        Ok(bytes)
    };
    let reach = record(0x94, &[0; 16])?;
    let mut sheet = [record(0x81, &[])?, reach, record(0x91, &[])?].concat();
    for (row, cells) in (0_u32..).zip(rows) {
        // The last row is hidden: there is something to be told beside the cells.
        let flags = if row == 2 { 0x10 } else { 0 };
        let row = [&row.to_le_bytes()[..], &[0; 7], &[flags], &[0; 5]].concat();
        sheet.extend(record(0x00, &row)?);
        for (column, text) in (0_u32..).zip(cells) {
            let at = [column.to_le_bytes(), [0; 4]].concat();
            sheet.extend(record(0x06, &[at, wide(text, 4)].concat())?);
        }
    }
    let merged = [1_u32, 2, 3, 3].map(u32::to_le_bytes).concat();
    sheet.extend([record(0x92, &[])?, record(0xB0, &merged)?, record(0x82, &[])?].concat());
    let bundle = [vec![0, 0, 0, 0, 1, 0, 0, 0], wide("rId1", 4), wide("1", 4)].concat();
    let bodies = [
        (0x83, &[][..]),
        (0x8F, &[]),
        (0x9C, &bundle),
        (0x90, &[]),
        (0x9D, &[0; 26]),
        (0x84, &[]),
    ];
    let book: Result<Vec<_>, Box<dyn Error>> = bodies
        .map(|(kind, body)| record(kind, body))
        .into_iter()
        .collect();
    let links = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
                 <Relationship Id=\"rId1\" Type=\"x\" Target=\"worksheets/sheet1.bin\"/></Relationships>";
    zipped(&[
        ("[Content_Types].xml", b"<Types/>".to_vec()),
        ("xl/workbook.bin", book?.concat()),
        ("xl/_rels/workbook.bin.rels", links.into()),
        ("xl/worksheets/sheet1.bin", sheet),
    ])
}

/// dBASE III, in GBK: the first row names the fields, which are wide enough for every text here.
fn dbf(rows: Rows<'_>) -> Made<Vec<u8>> {
    const WIDTH: u8 = 24;
    let (header, records) = rows.split_first().ok_or("no header")?;
    let padded = |text: &str, width: usize, with: u8| {
        let mut bytes = GBK.encode(text).0.into_owned();
        bytes.resize(width, with);
        bytes
    };
    let mut bytes = vec![0x03, 126, 3, 1];
    bytes.extend(u32::try_from(records.len())?.to_le_bytes());
    bytes.extend((32_u16 * 5 + 1).to_le_bytes());
    bytes.extend((1 + 4 * u16::from(WIDTH)).to_le_bytes());
    bytes.resize(32, 0);
    for name in header {
        let mut field = padded(name, 11, 0);
        field.extend([b'C', 0, 0, 0, 0, WIDTH]);
        field.resize(32, 0);
        bytes.extend(field);
    }
    bytes.push(0x0D);
    for cells in records {
        bytes.push(b' ');
        bytes.extend(
            cells
                .iter()
                .flat_map(|text| padded(text, WIDTH.into(), b' ')),
        );
    }
    bytes.push(0x1A);
    Ok(bytes)
}
