/** Filters, grid and sampling of the station in memory. As little as the screens can be worked against. */
import type { GridCard, PlanView, QueueItem } from "../../src/bindings/wire";
import { type FakeBridge, failure } from "./fakeBridge";

const SIZES: [number, number][] = [
  [50, 57],
  [20, 138],
  [10, 258],
  [5, 450],
];

function cardOf(submission: number, item: QueueItem | undefined): GridCard {
  const wobble = (submission % 7) / 100;
  return {
    submission,
    pose: {
      eyes_x: 0.47 + wobble,
      eyes_y: 0.36 + wobble,
      head_height: 0.42 + 2 * wobble,
      aspect_ratio: 0.75,
    },
    worst_title: submission % 2 ? "眼睛位置" : "头顶位置",
    worst_value: 290 - (submission % 40),
    worst_unit: "px",
    worst_severity: item?.verdict ?? "pass",
    partners: [],
    unpicked: false,
  };
}

/** Adds the commands; pages of the grid are undone as one. */
export function withBulk(bridge: FakeBridge): FakeBridge {
  const pages: number[][] = [];
  const plans: PlanView[] = [];
  const single = bridge.handlers.act_undo;
  const all = () => [...bridge.items.values()];
  const isIn = (item: QueueItem, queue: string) => {
    if (queue === "pending") return item.decision === "";
    const verdict = { clear: "pass", hints: "warn", failing: "fail", unknown: "unknown" }[queue];
    return item.decision === "" && item.verdict === verdict;
  };
  const stands = (submission: number, kind: string) => {
    const item = bridge.items.get(submission);
    if (!item) throw failure("没有这份提交", "not_found");
    const next = { ...item, decision: kind, decision_id: kind === "" ? null : 1000 + submission };
    bridge.items.set(submission, next);
    return next;
  };
  Object.assign(bridge.handlers, {
    queue_filter: ({ text, colleges, codes, queues }) => {
      const items = all().filter(
        (item) =>
          `${item.name}${item.student_no}`.includes(text) &&
          (colleges.length === 0 || colleges.includes(item.college)) &&
          (codes.length === 0 || item.failing.some((code) => codes.includes(code))) &&
          (queues.length === 0 || queues.some((queue) => isIn(item, queue))),
      );
      return { queue: "", title: "筛选结果", items, total: items.length };
    },
    grid_cards: ({ submissions }) =>
      submissions.map((submission) => cardOf(submission, bridge.items.get(submission))),
    grid_commit: ({ approve }) => {
      const conflict = approve.some(({ submission, seen_decision, seen_student }) => {
        const now = bridge.items.get(submission);
        return now?.decision_id !== seen_decision || now.student_no !== seen_student;
      });
      if (conflict) throw failure("这张照片刚刚已有新的审核结论，请看过之后再决定", "conflict");
      pages.push(approve.map(({ submission }) => submission));
      return { items: approve.map(({ submission }) => stands(submission, "approved")), unpicked: 0 };
    },
    act_undo: (args) => {
      const page = pages.pop();
      if (!page) return single?.(args) ?? { act: null };
      const items = page.map((submission) => stands(submission, ""));
      return {
        act: {
          summary: `已撤销：审核 等 ${page.length} 张`,
          item: items[0] ?? null,
          items,
          total: items.length,
        },
      };
    },
    act_peek: () => {
      const page = pages.at(-1);
      return {
        summary: page ? `审核 等 ${page.length} 张` : null,
        what: page ? "decided" : null,
        plan: null,
        total: page?.length ?? 0,
        act: page ? pages.length : null,
      };
    },
    sample_offer: () => ({
      set: 1000,
      carried: 0,
      unpicked: 0,
      sizes: SIZES.map(([defect_limit_permille, sample_size]) => ({
        defect_limit_permille,
        sample_size,
        mixed: 2 * sample_size,
        rest: Math.max(0, 1000 - 2 * sample_size),
      })),
    }),
    sample_plans: () => [...plans].reverse(),
    sample_plan: ({ defect_limit_permille }) => {
      const plan: PlanView = {
        plan: plans.length + 1,
        queue: `plan:${plans.length + 1}`,
        reviewer: bridge.reviewer,
        at: "2026-11-22 10:00:00",
        defect_limit_permille,
        confidence_percent: 95,
        seed: "7420738134810",
        set: 1000,
        sample_size: 138,
        mixed: 276,
        mixed_decided: 41,
        state: "reviewing",
        faults: 0,
        tighten: [],
        rest: 959,
        gone: 0,
      };
      plans.push(plan);
      return plan;
    },
    sample_withdraw: ({ plan }) => {
      const found = plans.find((one) => one.plan === plan);
      if (!found) throw failure("找不到抽样方案", "not_found");
      return Object.assign(found, { state: "withdrawn" });
    },
    sample_release: ({ plan }) => {
      const found = plans.find((one) => one.plan === plan);
      if (!found) throw failure("找不到抽样方案", "not_found");
      if (found.state !== "clean") throw failure("样本没有全部通过，不能批量通过", "refused");
      return { approved: found.rest, passed_over: 3, plan: Object.assign(found, { state: "released" }) };
    },
  } satisfies FakeBridge["handlers"]);
  return bridge;
}
