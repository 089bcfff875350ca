/** Prints as the fake bridge gives them: settings of a new round, and counts that follow the options. */
import type { PrintsOptions, PrintsPreview } from "../../src/bindings/wire";

export const PRINTS: PrintsOptions = {
  round: 1,
  kind: "layout",
  mode: "collection_code",
  key: "student_no",
  names: false,
  paper: "a4",
  two_inch: 8,
  two_inch_size: "standard",
  one_inch: 0,
  split: "whole",
};

const STUDENTS = 812;

export function printsPreview(options: PrintsOptions): PrintsPreview {
  const each = options.kind === "layout" ? options.two_inch + options.one_inch : 1;
  return {
    students: STUDENTS,
    prints: STUDENTS * each,
    pages: STUDENTS / 2,
    files: 5,
    per_page: 2,
    width_mm: 210,
    height_mm: 297,
    photos: Array.from({ length: Math.min(each, 8) }, (_, at) => ({
      x: 20 + (at % 4) * 39,
      y: 20 + Math.floor(at / 4) * 57,
      width: 35,
      height: 49,
      student: 0,
    })),
    dpi: 331,
    fonts: ["Noto Sans CJK SC"],
    missing: [],
    warnings: [],
    problems: each === 0 ? ["每人张数应为 1–40 张"] : [],
  };
}
