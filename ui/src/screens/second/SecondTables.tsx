/** The tables of the second review: both verdicts of each photo, and how people agree. */
import type { DecisionView, PairFigures, ReviewLine, RuleAgreement } from "../../bindings/wire";
import { type DataColumn, DataTable } from "../../components/DataTable";
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
  text: (row: { kappa: number | null }) => (row.kappa === null ? "" : Number(row.kappa.toFixed(2))),
};
const madeText = (made: DecisionView | null) => (made ? `${made.reviewer}：${decisionText(made)}` : "");
const verdict = (title: string, key: "first" | "second" | "last"): DataColumn<ReviewLine> => ({
  title,
  key,
  // Empty in most rows: its heading must not stand upright.
  onHeaderCell: () => ({ className: "unbroken" }),
  // Reasons are sentences: they wrap.
  render: (_, line) => <span className="sentence">{madeText(line[key])}</span>,
  text: (line) => madeText(line[key]),
});
const whyText = (line: ReviewLine) => words.why[line.why] ?? line.why;
const stateText = (line: ReviewLine) => words.state[line.state] ?? line.state;
const ruleText = (rule: RuleAgreement) => `${rule.code} ${rule.title}`;

export function Lines({ lines }: { lines: ReviewLine[] }) {
  return (
    <DataTable
      name="second-lines-table"
      title={words.results}
      rowKey="submission"
      rows={lines}
      pagination={PAGE}
      data-testid={tid.secondLines}
      columns={[
        { title: words.columns.studentNo, dataIndex: "student_no", width: 130 },
        { title: words.columns.name, dataIndex: "name", width: 100 },
        {
          title: words.columns.why,
          width: 100,
          render: (_, line) => whyText(line),
          text: whyText,
        },
        verdict(words.columns.first, "first"),
        verdict(words.columns.second, "second"),
        verdict(words.columns.last, "last"),
        {
          title: words.columns.state,
          width: 110,
          render: (_, line) => stateText(line),
          text: stateText,
        },
      ]}
    />
  );
}

export function Pairs({ pairs }: { pairs: PairFigures[] }) {
  return (
    <DataTable
      name="second-pairs-table"
      title={words.pairs}
      rowKey={(pair) => `${pair.one}/${pair.other}`}
      rows={pairs}
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
    <DataTable
      name="second-rules-table"
      title={words.rules}
      rowKey="code"
      rows={rules}
      pagination={PAGE}
      columns={[
        { title: words.columns.rule, render: (_, rule: RuleAgreement) => ruleText(rule), text: ruleText },
        number(words.columns.both, "both"),
        number(words.columns.firstOnly, "first_only"),
        number(words.columns.secondOnly, "second_only"),
        kappa,
      ]}
    />
  );
}
