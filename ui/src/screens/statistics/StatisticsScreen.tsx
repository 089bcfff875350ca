/** 统计: how far the round is, what fails, who decided how. Counts nothing itself. */
import { FileExcelOutlined, ReloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useApp } from "../../app/context";
import type {
  CollegeFigures,
  DayFigures,
  Failure,
  ReviewerFigures,
  RoundProgress,
  RuleFigures,
  Statistics,
} from "../../bindings/wire";
import { asFailure } from "../../bridge/bridge";
import { DataTable } from "../../components/DataTable";
import { FailureNote } from "../../components/FailureNote";
import { Figures } from "../../components/Figures";
import { PathChooser } from "../../components/PathChooser";
import { Reading } from "../../components/Reading";
import { ScreenFrame } from "../../components/ScreenFrame";
import { count, decimal, duration, measured } from "../../format";
import { tid } from "../../testids";
import { zh } from "../../zh";
import { HelpLink } from "../help/HelpLink";
import { BarChart } from "./BarChart";

const words = zh.statistics;
/** Most names a chart can show and be read. */
const CHART_MOST = 20;
/** Of the column that names a row: the numbers beside it share the rest, and at any zoom a name stays one line. */
const NAME_WIDTH = "34%";

const share = (part: number, whole: number) => (whole === 0 ? "" : measured(part / whole, "ratio"));
const number = (title: string, key: string) => ({
  title,
  dataIndex: key,
  align: "right" as const,
  render: (n: number) => count(n),
});

function Progress({ progress }: { progress: RoundProgress }) {
  const { students, exempt, due, submitted, missing, seconds_per_photo, seconds_left } = progress;
  const figures = [
    { key: "students", label: words.students, value: students },
    ...(exempt > 0
      ? [
          { key: "exempt", label: words.exempt, value: exempt },
          { key: "due", label: words.due, value: due },
        ]
      : []),
    { key: "submitted", label: words.submitted, value: submitted, tone: "good" as const },
    { key: "missing", label: words.missing, value: missing, tone: "look" as const },
    { key: "pending", label: words.pending, value: progress.pending, tone: "look" as const },
    { key: "approved", label: words.approved, value: progress.approved, tone: "good" as const },
    { key: "rejected", label: words.rejected, value: progress.rejected, tone: "bad" as const },
    { key: "held", label: words.held, value: progress.held, tone: "look" as const },
    ...(progress.reviewing > 0
      ? [{ key: "reviewing", label: words.reviewing, value: progress.reviewing, tone: "look" as const }]
      : []),
    ...(progress.differing > 0
      ? [{ key: "differing", label: words.differing, value: progress.differing, tone: "look" as const }]
      : []),
    { key: "clear", label: words.clear, value: progress.clear },
  ];
  return (
    <section className="panel stack">
      <Figures figures={figures.map((one) => ({ ...one, testid: tid.statistic(one.key) }))} />
      <p className="quiet">
        {seconds_per_photo !== null && seconds_left !== null
          ? words.pace(decimal(seconds_per_photo, 1), seconds_left > 0 ? duration(seconds_left) : null)
          : words.noPace}
        {progress.judged > 0 ? `　${words.firstPass(share(progress.clear, progress.judged))}` : ""}
      </p>
    </section>
  );
}

function Rules({ rules, judged }: { rules: RuleFigures[]; judged: number }) {
  const failing = useMemo(() => rules.filter((rule) => rule.failing > 0).slice(0, CHART_MOST), [rules]);
  const names = useMemo(() => failing.map((rule) => rule.title), [failing]);
  const series = useMemo(
    () => [{ label: words.failing, values: failing.map((rule) => rule.failing), tone: "--fail" }],
    [failing],
  );
  return (
    <section className="panel stack" data-testid={tid.statisticsRules}>
      <h3>{words.rules}</h3>
      {rules.length === 0 ? <p className="quiet">{words.rulesNone}</p> : null}
      {names.length > 0 ? <BarChart title={words.rules} names={names} series={series} lying /> : null}
      {rules.length > 0 ? (
        <DataTable<RuleFigures>
          name="statistics-rules-table"
          title={words.rules}
          rowKey="code"
          pagination={false}
          rows={rules}
          columns={[
            {
              title: words.rule,
              dataIndex: "title",
              width: NAME_WIDTH,
              render: (title: string, rule) => (
                <>
                  {title} <HelpLink code={rule.code} />
                </>
              ),
            },
            number(words.failing, "failing"),
            {
              title: words.share,
              align: "right",
              render: (_, rule) => share(rule.failing, judged),
              text: (rule) => share(rule.failing, judged),
            },
            number(words.falseAlarms, "false_alarms"),
            number(words.missed, "missed"),
          ]}
        />
      ) : null}
      <p className="quiet">{words.rulesNote}</p>
    </section>
  );
}

function Colleges({ colleges }: { colleges: CollegeFigures[] }) {
  const shown = useMemo(
    () => [...colleges].sort((a, b) => b.students - a.students).slice(0, CHART_MOST),
    [colleges],
  );
  const names = useMemo(() => shown.map((row) => row.college || words.noCollege), [shown]);
  const series = useMemo(
    () => [
      { label: words.due, values: shown.map((row) => row.students), tone: "--line-strong" },
      { label: words.submitted, values: shown.map((row) => row.submitted), tone: "--accent" },
      { label: words.approved, values: shown.map((row) => row.approved), tone: "--pass" },
    ],
    [shown],
  );
  return (
    <section className="panel stack" data-testid={tid.statisticsColleges}>
      <h3>{words.colleges}</h3>
      <BarChart title={words.colleges} names={names} series={series} lying />
      {colleges.length > CHART_MOST ? <p className="quiet">{words.more(count(CHART_MOST))}</p> : null}
      <DataTable<CollegeFigures>
        name="statistics-colleges-table"
        title={words.colleges}
        rowKey="college"
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        rows={colleges}
        columns={[
          {
            title: words.college,
            dataIndex: "college",
            width: NAME_WIDTH,
            render: (name: string) => name || words.noCollege,
            text: (row) => row.college || words.noCollege,
          },
          number(words.due, "students"),
          number(words.submitted, "submitted"),
          number(words.failing, "failing"),
          {
            title: words.failRate,
            align: "right",
            render: (_, row) => share(row.failing, row.submitted),
            text: (row) => share(row.failing, row.submitted),
          },
          number(words.approved, "approved"),
          number(words.rejected, "rejected"),
        ]}
      />
    </section>
  );
}

function Days({ days }: { days: DayFigures[] }) {
  const shown = useMemo(() => days.slice(-31), [days]);
  const names = useMemo(() => shown.map((row) => row.day), [shown]);
  const series = useMemo(
    () => [
      { label: words.received, values: shown.map((row) => row.received), tone: "--accent" },
      { label: words.receivedFailing, values: shown.map((row) => row.failing), tone: "--fail" },
      { label: words.decided, values: shown.map((row) => row.decided), tone: "--pass" },
    ],
    [shown],
  );
  return (
    <section className="panel stack" data-testid={tid.statisticsDays}>
      <h3>{words.days}</h3>
      <BarChart title={words.days} names={names} series={series} />
      <DataTable<DayFigures>
        name="statistics-days-table"
        title={words.days}
        rowKey="day"
        pagination={{ pageSize: 14, hideOnSinglePage: true, showSizeChanger: false }}
        rows={days}
        columns={[
          { title: words.day, dataIndex: "day", width: NAME_WIDTH },
          number(words.received, "received"),
          number(words.receivedFailing, "failing"),
          {
            title: words.failRate,
            align: "right",
            render: (_, row) => share(row.failing, row.received),
            text: (row) => share(row.failing, row.received),
          },
          number(words.decided, "decided"),
        ]}
      />
    </section>
  );
}

function Reviewers({ reviewers }: { reviewers: ReviewerFigures[] }) {
  return (
    <section className="panel stack" data-testid={tid.statisticsReviewers}>
      <h3>{words.reviewers}</h3>
      <DataTable<ReviewerFigures>
        name="statistics-reviewers-table"
        title={words.reviewers}
        rowKey="reviewer"
        pagination={false}
        rows={reviewers}
        columns={[
          { title: words.reviewers, dataIndex: "reviewer", width: NAME_WIDTH },
          number(words.standing, "standing"),
          number(words.made, "made"),
          {
            title: words.seconds,
            dataIndex: "seconds_per_photo",
            align: "right",
            render: (seconds: number | null) => (seconds === null ? "–" : words.unit(decimal(seconds, 1))),
            text: (row) => (row.seconds_per_photo === null ? "" : Number(row.seconds_per_photo.toFixed(1))),
          },
          number(words.passedFailing, "passed_failing"),
          number(words.rejectedClear, "rejected_clear"),
        ]}
      />
      <p className="quiet">{words.reviewersNote}</p>
    </section>
  );
}

export function StatisticsScreen({ round }: { round: number }) {
  const { bridge } = useApp();
  const [figures, setFigures] = useState<Statistics | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const read = useCallback(async () => {
    try {
      setFigures(await bridge.call("statistics_show", { round }));
      setFailure(null);
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
  }, [bridge, round]);
  useEffect(() => {
    void read();
  }, [read]);
  const save = async (paths: string[]) => {
    const [folder] = paths;
    if (folder === undefined) return;
    try {
      const { path } = await bridge.call("statistics_save", { round, folder });
      setSaved(path);
      setFailure(null);
    } catch (thrown) {
      setFailure(asFailure(thrown, zh.failure.host));
    }
  };
  return (
    <ScreenFrame
      name="statistics"
      title={words.title}
      note={words.note}
      actions={
        <Button icon={<ReloadOutlined />} onClick={() => void read()}>
          {words.refresh}
        </Button>
      }
    >
      <div className="stack">
        <FailureNote failure={failure} />
        {figures || failure ? null : <Reading />}
        {figures && figures.progress.students === 0 ? <p className="panel quiet">{words.empty}</p> : null}
        {figures && figures.progress.students > 0 ? (
          <>
            <Progress progress={figures.progress} />
            <PathChooser
              choices={[
                {
                  kind: "delivery_folder",
                  label: words.save,
                  testid: tid.statisticsSave,
                  icon: <FileExcelOutlined />,
                },
              ]}
              onChosen={(paths) => void save(paths)}
            />
            {saved ? (
              <p role="status" data-testid={tid.statisticsSaved}>
                {words.saved} <span className="mono break">{saved}</span>
              </p>
            ) : null}
            <Rules rules={figures.rules} judged={figures.progress.judged} />
            <Colleges colleges={figures.colleges} />
            {figures.days.length > 0 ? <Days days={figures.days} /> : null}
            {figures.reviewers.length > 0 ? <Reviewers reviewers={figures.reviewers} /> : null}
          </>
        ) : null}
      </div>
    </ScreenFrame>
  );
}
