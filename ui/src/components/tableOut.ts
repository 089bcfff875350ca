/**
 * A table on its way out of the program: as text between tabs and as HTML for the clipboard, and cell by cell for a
 * workbook. Knows nothing of how a table is shown.
 */

export type CellText = string | number | null;

/** A column as it leaves: its title and the text of a row. */
export interface OutColumn<Row> {
  title: string;
  text: (row: Row) => CellText;
}

export interface TableOut {
  title: string;
  columns: { title: string; is_number: boolean }[];
  rows: string[][];
}

/** A column is one of numbers when every cell that holds anything holds a number. */
export function tableOut<Row>(title: string, columns: OutColumn<Row>[], rows: readonly Row[]): TableOut {
  const cells = rows.map((row) => columns.map((column) => column.text(row)));
  const isNumber = (at: number) => {
    const filled = cells.map((row) => row[at]).filter((cell) => cell !== null && cell !== "");
    return filled.length > 0 && filled.every((cell) => typeof cell === "number");
  };
  return {
    title,
    columns: columns.map((column, at) => ({ title: column.title, is_number: isNumber(at) })),
    rows: cells.map((row) => row.map((cell) => (cell === null ? "" : String(cell)))),
  };
}

/** What a spreadsheet takes for a formula: also behind blanks, and with the signs of full width. */
const FORMULA = /^\s*(?:[=+@＝＋＠－]|-(?![\d.]+$))/;

/**
 * One cell of pasted text: no break out of its cell, and nothing a spreadsheet would take for a formula. A quote at
 * its beginning would swallow the cells that follow, so that cell is quoted whole.
 */
function pasted(text: string): string {
  const flat = text.replace(/[\t\r\n]+/g, " ");
  if (FORMULA.test(flat)) return `'${flat}`;
  return /^\s*"/.test(flat) ? `"${flat.replace(/"/g, '""')}"` : flat;
}

/** Rows of text between tabs, as Excel and WPS paste them. */
export function asTsv(table: TableOut): string {
  const lines = [table.columns.map((column) => column.title), ...table.rows];
  return lines.map((line) => line.map(pasted).join("\t")).join("\r\n");
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** The table as HTML, in which Excel and WPS keep a student number text: leading zeros and long numbers stay whole. */
export function asHtml(table: TableOut): string {
  const head = table.columns.map((column) => `<th>${escaped(column.title)}</th>`).join("");
  const cell = (text: string, at: number) =>
    table.columns[at]?.is_number
      ? `<td>${escaped(text)}</td>`
      : `<td style='mso-number-format:"\\@"'>${escaped(text)}</td>`;
  const rows = table.rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("");
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`;
}
