/** The tables of the second review: both verdicts of each photo, and how people agree. */
import { Table } from "antd";
import type { DecisionView, PairFigures, ReviewLine, RuleAgreement } from "../../bindings/wire";
import { count, decimal } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { decisionText } from "../desk/Timeline";

const words = zh.second;
const PAGE = { pageSize: 20, hideOnSinglePage: true, showSizeChanger: false };

const number = (title: string, key: string) => ({
  title,
  dataIndex: key,
  width: 110,
  align: "right" as const,
  render: (value: number) => count(value),
});
const kappa = {
  title: words.columns.kappa,
  dataIndex: "kappa",
  width: 110,
  align: "right" as const,
  render: (value: number | null) => (value === null ? "—" : decimal(value, 2)),
};
const verdict = (title: string, key: "first" | "second" | "last") => ({
  title,
  key,
  render: (line: ReviewLine) => {
    const made: DecisionView | null = line[key];
    return made ? `${made.reviewer}：${decisionText(made)}` : "";
  },
});

export function Lines({ lines }: { lines: ReviewLine[] }) {
  return (
    <Table
      size="small"
      rowKey="submission"
      dataSource={lines}
      pagination={PAGE}
      data-testid={tid.secondLines}
      columns={[
        { title: words.columns.studentNo, dataIndex: "student_no", width: 130 },
        { title: words.columns.name, dataIndex: "name", width: 100 },
        {
          title: words.columns.why,
          width: 100,
          render: (line: ReviewLine) => words.why[line.why] ?? line.why,
        },
        verdict(words.columns.first, "first"),
        verdict(words.columns.second, "second"),
        verdict(words.columns.last, "last"),
        {
          title: words.columns.state,
          width: 110,
          render: (line: ReviewLine) => words.state[line.state] ?? line.state,
        },
      ]}
    />
  );
}

export function Pairs({ pairs }: { pairs: PairFigures[] }) {
  return (
    <Table
      size="small"
      rowKey={(pair) => `${pair.one}/${pair.other}`}
      dataSource={pairs}
      pagination={PAGE}
      columns={[
        { title: words.columns.one, dataIndex: "one" },
        { title: words.columns.other, dataIndex: "other" },
        number(words.columns.photos, "photos"),
        number(words.columns.agreed, "agreed"),
        kappa,
      ]}
    />
  );
}

export function Rules({ rules }: { rules: RuleAgreement[] }) {
  return (
    <Table
      size="small"
      rowKey="code"
      dataSource={rules}
      pagination={PAGE}
      columns={[
        { title: words.columns.rule, render: (rule: RuleAgreement) => `${rule.code} ${rule.title}` },
        number(words.columns.both, "both"),
        number(words.columns.firstOnly, "first_only"),
        number(words.columns.secondOnly, "second_only"),
        kappa,
      ]}
    />
  );
}
