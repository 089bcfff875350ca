/** The file for whoever sends text messages: a table in which one of the two to be told has a number. */
import type { SmsColumns, SmsPreview, SmsSave, SmsSaved } from "../../src/bindings/wire";

export const smsColumns = (): SmsColumns => ({
  columns: [
    { what: "phone", title: "手机号" },
    { what: "text", title: "短信内容" },
  ],
});

export const smsPreview = ({ path }: { path: string }): SmsPreview => ({
  file: path.split("/").at(-1) ?? "",
  remarks: [],
  students: 2,
  numbered: 1,
  example: "138********",
  unnumbered: [{ student_no: "2021002", name: "李四" }],
  shared: 0,
  several: 1,
  unreadable: 1,
  unmatched: 0,
});

export const smsSave = ({ ask, columns, folder }: SmsSave): SmsSaved => {
  const numbers = columns.some((column) => column.what === "phone");
  return {
    path: `${folder}/短信名单.xlsx`,
    rows: numbers ? 1 : 2,
    left_out: numbers ? 1 : 0,
    submissions: numbers ? [11] : [11, 12],
    found: smsPreview(ask),
  };
};
