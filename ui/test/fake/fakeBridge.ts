/** A station in memory, for tests and the development page only. It knows just enough of the rules to be worked against. */
import type {
  BackupCard,
  BackupView,
  Commands,
  DecisionView,
  EndingView,
  Failure,
  KeyBindings,
  PersonCard,
  QueueItem,
  RoundCard,
  SeatView,
  UnfinishedCard,
} from "../../src/bindings/wire";
import type { Bridge, CommandName, SavedKind } from "../../src/bridge/bridge";
import { DELIVERY_WAYS, LEFT_OUT, leftOutPage } from "./deliveryBridge";
import { endingHandlers, firstEnding } from "./endingBridge";
import { feePage, feeView, firstFees } from "./feesBridge";
import { NOTICE_TEMPLATE, noticeView } from "./noticeData";
import { photosHandlers } from "./photosBridge";
import { portraitUrl } from "./portrait";
import { PRINTS, printsPreview } from "./printsBridge";
import { reconcileHandlers } from "./reconcileBridge";
import { rosterHandlers } from "./rosterBridge";
import { itemOf, ROUND, studentOf, viewOf } from "./roundData";
import { scopeHandlers } from "./scopeBridge";
import { seatHandlers } from "./seatBridge";
import { smsColumns, smsPreview, smsSave } from "./smsBridge";

type Handler<K extends CommandName> = (
  args: Commands[K]["args"],
) => Commands[K]["answer"] | Promise<Commands[K]["answer"]>;
export type Handlers = { [K in CommandName]?: Handler<K> };

export interface Call {
  name: CommandName;
  args: unknown;
}

export interface FakeBridge extends Bridge {
  calls: Call[];
  items: Map<number, QueueItem>;
  decisions: Map<number, DecisionView>;
  /** Submissions marked as told. */
  told: Set<number>;
  /** The signature of the text messages. */
  signature: string;
  /** What was opened: the job or the round, and the place of the file or which of its papers. */
  opened: [number | null, number | "certificate" | SavedKind | null][];
  handlers: Handlers;
  /** Milliseconds every command takes. */
  delay: number;
  reviewer: string;
  /** Whether the workspace is encrypted. */
  sealed: boolean;
  /** Whether a keychain opens it. */
  keptHere: boolean;
  /** What sits here differs from who is alone without a PIN. */
  seat: Partial<SeatView>;
  people: PersonCard[];
  /** Whom the page shows. */
  person: number | null;
  /** Has the page look again who sits here. */
  seatChanged: () => void;
  /** How far the round has ended. */
  ending: EndingView;
  /** Codes called wrong, by submission. */
  disputed: Map<number, Set<string>>;
  /** What was broken off while it was written. */
  unfinished: UnfinishedCard[];
  /** Of backups in files, and of restored workspaces. */
  unfinishedCopies: UnfinishedCard[];
  keys: KeyBindings;
  drop: (paths: string[]) => void;
  /** What the window asks before it closes. */
  close?: () => Promise<boolean>;
}

const BACKUP: BackupCard = {
  name: "2026-11-28_090000",
  at: "2026-11-28 09:00:00",
  why: "每日",
  rounds: 1,
  students: 52,
  photos: 12,
  missing: 0,
  damaged: 0,
  log_rows: 20_001,
  mebibytes: 3.25,
  caution: "",
};

const backups = ({ unfinishedCopies }: FakeBridge): BackupView => ({
  folder: "/工作区/备份",
  behind: 12,
  problem: "",
  backups: [BACKUP],
  unfinished: unfinishedCopies,
});

interface Done {
  submission: number;
  before: DecisionView | undefined;
  after: DecisionView;
}

export function failure(message: string, code: Failure["code"] = "internal"): Failure {
  return { code, message, detail: "sqlite: disk I/O error (10)" };
}

function decisionPart(decision: DecisionView | undefined): Pick<QueueItem, "decision" | "decision_id"> {
  return { decision: decision?.kind ?? "", decision_id: decision?.decision_id ?? null };
}

/** What undoing or doing again one photo's act answers. */
const one = (summary: string, item: QueueItem) => ({ act: { summary, item, items: [item], total: 1 } });

/** `photos` submissions numbered from 1. */
export function fakeBridge(photos = 12): FakeBridge {
  const items = new Map<number, QueueItem>();
  for (let seed = 1; seed <= photos; seed += 1) items.set(seed, itemOf(seed));
  const decisions = new Map<number, DecisionView>();
  const undone: Done[] = [];
  const done: Done[] = [];
  const drops = new Set<(paths: string[]) => void>();
  let nextDecision = 1;
  const fees = firstFees();
  const ending = firstEnding();

  const put = (submission: number, decision: DecisionView | undefined): QueueItem => {
    if (decision) decisions.set(submission, decision);
    else decisions.delete(submission);
    const item = { ...(items.get(submission) ?? itemOf(submission)), ...decisionPart(decision) };
    items.set(submission, item);
    return item;
  };
  const list = (keep: (item: QueueItem) => boolean) => [...items.values()].filter(keep);
  const queues: [string, string, (item: QueueItem) => boolean][] = [
    ["pending", "待审", (item) => item.decision === ""],
    ["clear", "全部合格", (item) => item.decision === "" && item.verdict === "pass"],
    ["hints", "仅提示", (item) => item.decision === "" && item.verdict === "warn"],
    ["failing", "有不合格", (item) => item.decision === "" && item.verdict === "fail"],
    ["unknown", "机检无法判断", (item) => item.decision === "" && item.verdict === "unknown"],
    ["held", "存疑", (item) => item.decision === "held"],
    ["resubmitted", "重新提交", (item) => item.sequence > 1],
    ["shared", "同图或相似", () => false],
    ["approved", "已通过", (item) => item.decision === "approved"],
    ["rejected", "已退回", (item) => item.decision === "rejected"],
    ["rule:GEO-02", "眼睛位置", (item) => item.failing.includes("GEO-02")],
    ["rule:EXP-02", "嘴唇闭合", (item) => item.failing.includes("EXP-02")],
  ];
  const round = (): RoundCard => ({
    ...ROUND,
    students: photos + 40,
    due: photos + 40,
    submitted: photos,
    pending: list((item) => item.decision === "").length,
    approved: list((item) => item.decision === "approved").length,
    rejected: list((item) => item.decision === "rejected").length,
    held: list((item) => item.decision === "held").length,
  });
  const hit = (seed: number) => {
    const { student, student_no, name, college } = studentOf(seed);
    return { student, student_no, name, college, photo: seed % 3 === 0 ? studentOf(seed).student_no : null };
  };
  const bridge: FakeBridge = {
    calls: [],
    items,
    decisions,
    delay: 0,
    reviewer: "张老师",
    sealed: false,
    keptHere: false,
    seat: {},
    people: [],
    person: null,
    seatChanged: () => undefined,
    shows(person) {
      bridge.person = person;
    },
    onSeat(callback) {
      bridge.seatChanged = callback;
      return () => undefined;
    },
    ending,
    disputed: new Map(),
    unfinished: [],
    unfinishedCopies: [],
    told: new Set(),
    signature: "",
    opened: [],
    keys: { bindings: [] },
    picks: true,
    handlers: {
      ...seatHandlers(() => bridge, round),
      profile_list: () => [{ name: "moe99", title: "教毕指〔2017〕99号", source: "教毕指〔2017〕99号" }],
      reason_list: () =>
        [
          ["GEO-02", "眼睛位置", "眼睛位置不对，请重拍"],
          ["EXP-02", "嘴唇闭合", "嘴唇没有闭合，请重拍"],
          ["BG-01", "背景颜色", "背景颜色不符合要求，请用标准蓝背景重拍"],
          ["EAR-01", "双耳可见", "头发遮住耳朵，请露出双耳重拍"],
          ["GLS-02", "镜片反光", "镜片反光，请调整光线重拍"],
          ["CLO-01", "衣着", "衣服与背景颜色相近，请换深色有领衣服重拍"],
          ["IMG-03", "清晰度", "照片模糊，请重拍"],
          ["TRU-01", "翻拍", "照片是翻拍的，请重新拍摄"],
          ["TRU-02", "美颜", "照片经过美颜修饰，请用原片"],
          ["POSE-01", "正面", "头部没有正对镜头，请重拍"],
        ].map(([code, title, text]) => ({
          code: code ?? "",
          title: title ?? "",
          text: text ?? "",
          initials: code === "EAR-01" ? "sekj" : "",
        })),
      round_show: () => round(),
      round_enter: () => ({}),
      queue_counts: () => queues.map(([queue, title, keep]) => ({ queue, title, count: list(keep).length })),
      queue_open: ({ queue, limit }) => {
        const [, title, keep] = queues.find(([key]) => key === queue) ?? ["", "", () => false];
        const all = list(keep);
        return { queue, title, items: all.slice(0, limit ?? all.length), total: all.length };
      },
      queue_more: ({ queue, after, limit }) => {
        const [, , keep] = queues.find(([key]) => key === queue) ?? ["", "", () => false];
        const behind = list(keep).filter((item) => item.student_no > after);
        return behind.slice(0, limit);
      },
      submission_show: ({ submission }) => {
        const item = items.get(submission) ?? itemOf(submission);
        const view = viewOf(item);
        const decision = decisions.get(submission) ?? null;
        const own = { decision, decisions: decision ? [decision] : [] };
        const history = view.history.map((entry) =>
          entry.submission === submission ? { ...entry, ...own } : entry,
        );
        return { ...view, decision, history, disputed: [...(bridge.disputed.get(submission) ?? [])] };
      },
      submission_decide: ({ submission, seen_decision, seen_student, kind, reasons, note }) => {
        const before = decisions.get(submission);
        if ((items.get(submission) ?? itemOf(submission)).student_no !== seen_student)
          throw failure(`学号 ${seen_student} 的照片在您看过之后已改给别的学生`, "conflict");
        if ((before?.decision_id ?? null) !== seen_decision)
          throw failure("别人刚刚改过这张照片的结论", "conflict");
        const after = {
          decision_id: nextDecision,
          kind,
          reasons,
          note,
          reviewer: bridge.reviewer,
          at: "2026-11-22 10:00",
          part: "",
          undone: false,
        };
        nextDecision += 1;
        done.push({ submission, before, after });
        undone.length = 0;
        return { item: put(submission, after), review: null };
      },
      act_undo: () => {
        const last = done.pop();
        if (!last) return { act: null };
        undone.push(last);
        return one("已撤销：审核", put(last.submission, last.before));
      },
      act_redo: () => {
        const last = undone.pop();
        if (!last) return { act: null };
        done.push(last);
        return one("已重做：审核", put(last.submission, last.after));
      },
      student_search: ({ text }) =>
        [1, 2, 3, 4, 5, 6, 7, 8].map(hit).filter((one) => `${one.name}${one.student_no}`.includes(text)),
      student_list: ({ offset, limit, text }) => {
        const all = Array.from({ length: 20_000 }, (_, seed) => studentOf(seed)).filter((one) =>
          `${one.name}${one.student_no}`.includes(text),
        );
        const states = ["pending", "approved", "rejected", "held", "missing"];
        return {
          total: all.length,
          students: all.slice(offset, offset + limit).map((one, at) => ({
            ...one,
            state: states[(offset + at) % 5] ?? "",
            submission: at % 5 === 4 ? null : 1,
          })),
        };
      },
      notice_list: ({ template, deadline }) => noticeView(template, deadline, bridge.told, bridge.signature),
      notice_template: ({ template }) => ({ template: template || NOTICE_TEMPLATE }),
      notice_mark: ({ submissions, told }) => {
        for (const id of submissions) {
          if (told) bridge.told.add(id);
          else bridge.told.delete(id);
        }
        return { changed: submissions.length };
      },
      sms_columns: smsColumns,
      sms_signature: (asked) => {
        bridge.signature = asked.signature;
        return asked;
      },
      sms_preview: smsPreview,
      sms_save: smsSave,
      fee_show: () => feeView(fees),
      fee_list: ({ state }) => feePage(state),
      fee_unknown: ({ offset, limit }) => {
        const { unknown } = feeView(fees);
        return { total: unknown.length, rows: unknown.slice(offset, offset + limit) };
      },
      fee_set: ({ fee, hold }) => {
        Object.assign(fees, { fee, hold });
        return feeView(fees);
      },
      fee_import: ({ path }) => {
        const file = path.split("/").at(-1) ?? path;
        fees.lists.push(file);
        const skipped = [{ cell: "C5", why: "没有金额" }];
        return { file, added: 4, refunds: 1, known: 1, updated: 2, matched: 3, skipped, skipped_total: 1 };
      },
      fee_remove: ({ file }) => {
        fees.lists = fees.lists.filter((known) => known !== file);
        return feeView(fees);
      },
      fee_assign: ({ payment: id, student }) => {
        fees.unknown = fees.unknown.flatMap((one) =>
          one.payment !== id ? [one] : student === null ? [{ ...one, dismissed: true }] : [],
        );
        return feeView(fees);
      },
      fee_share: ({ payment: id }) => {
        fees.unknown = fees.unknown.filter((one) => one.payment !== id);
        return feeView(fees);
      },
      ...reconcileHandlers(),
      ...endingHandlers(ending),
      roster_refused_save: ({ folder }) => ({ path: `${folder}\\名单未导入的行.xlsx` }),
      log_verify: () => ({
        holds: true,
        rows: 20_001,
        head: "5f".repeat(32),
        at: "2026-11-28 09:00:00",
        backups: 1,
        faults: [],
        more: 0,
      }),
      backup_list: () => backups(bridge),
      backup_dismiss: ({ id }) => {
        bridge.unfinishedCopies = bridge.unfinishedCopies.filter((card) => card.id !== id);
        return backups(bridge);
      },
      log_save: ({ folder }) => ({ path: `${folder}/日志-2026-11-28.xlsx` }),
      log_list: ({ offset, limit }) => ({
        total: 1200,
        entries: Array.from({ length: Math.min(limit, 1200 - offset) }, (_, at) => ({
          id: 1200 - offset - at,
          at: "2026-11-22 10:00:12",
          reviewer: "张老师",
          act: at % 3 ? "审核" : "撤销",
          subject: `${studentOf(at).student_no} ${studentOf(at).name}`,
          before: "待审",
          after: at % 3 ? "通过" : "退回：眼睛位置偏低，请正对镜头重拍",
        })),
      }),
      ...photosHandlers(hit),
      ...rosterHandlers(),
      ...scopeHandlers(),
      delivery_preview: ({ template }) => ({
        listed: 830,
        due: 824,
        exempt: 6,
        ready: 812,
        codes: 0,
        examples: ["220202218001", "220202218008"].map((no) => template.replace("{学号}", no)),
        unmet: [],
        hinted: [],
        blocked: [],
        telling: [],
        codes_in_doubt: [],
        delivered_before: 0,
        notices: [],
        outside: 0,
        parts: { colleges: ["法学院", "文学院"], classes: [], levels: [] },
        unsampled: [],
        warnings: [],
        not_ready: LEFT_OUT,
        problems: [],
      }),
      delivery_left_out: leftOutPage,
      delivery_list: () => [
        {
          number: 1,
          at: "2026-11-21 16:20:11",
          reviewer: "张老师",
          folder: "D:\\交付\\第1次交付_20261121",
          files: 640,
          how: "采集码模式；命名 {学号}.jpg；文件夹",
          repeatable: true,
        },
      ],
      delivery_unfinished: () => bridge.unfinished,
      delivery_dismiss: ({ id }) => {
        bridge.unfinished = bridge.unfinished.filter((card) => card.id !== id);
        return bridge.unfinished;
      },
      delivery_ways: () => DELIVERY_WAYS,
      delivery_way_save: ({ way }) => [...DELIVERY_WAYS, way],
      delivery_way_remove: () => DELIVERY_WAYS,
      delivery_repeat: () => ({ job: 9 }),
      prints_asked: ({ round, two_inch, one_inch }) => ({ ...PRINTS, round, two_inch, one_inch }),
      prints_settings: ({ round }) => ({ ...PRINTS, round }),
      prints_preview: (options) => printsPreview(options),
      prints_write: () => ({ job: 8 }),
      finding_dispute: ({ submission, code, wrong }) => {
        const codes = bridge.disputed.get(submission) ?? new Set<string>();
        if (wrong) codes.add(code);
        else codes.delete(code);
        bridge.disputed.set(submission, codes);
        return { codes: [...codes] };
      },
      human_list: () => [
        {
          code: "FACE-05",
          title: "双耳外露、左右对称",
          region: "ears",
          reason: { code: "FACE-05", text: "耳朵没有完整露出，请重拍" },
        },
        {
          code: "WEAR-05",
          title: "没有浓妆",
          region: "whole",
          reason: { code: "WEAR-05", text: "妆容过浓，请重拍" },
        },
      ],
      keys_show: () => bridge.keys,
      keys_set: (keys) => {
        bridge.keys = keys;
        return keys;
      },
      job_list: () => [],
      delivery_write: () => ({ job: 7 }),
      photos_import: () => ({ job: 5 }),
      checks_run: () => ({ job: 6 }),
      example_start: () => ({ job: 4 }),
    },
    async call(name, args) {
      bridge.calls.push({ name, args });
      if (bridge.delay > 0) await new Promise((resolve) => setTimeout(resolve, bridge.delay));
      const handler = bridge.handlers[name] as Handler<typeof name> | undefined;
      if (!handler) throw failure(`没有名为“${name}”的命令`, "refused");
      return handler(args);
    },
    photoUrl: (_, sha256) => portraitUrl(Number(sha256.slice(-6))),
    openDelivery: () => Promise.resolve(),
    openClosing: async (round) => {
      bridge.opened.push([round, null]);
    },
    openCertificate: async (round) => {
      bridge.opened.push([round, "certificate"]);
    },
    openSaved: async (what) => {
      bridge.opened.push([null, what]);
    },
    openWritten: async (job, file) => {
      bridge.opened.push([job, file]);
    },
    toggleAlone: () => Promise.resolve(),
    showAlone: () => undefined,
    onAlone: () => () => undefined,
    pick: async (kind) => [kind === "roster" ? "D:\\名单\\2020级非全日制.xlsx" : "D:\\照片"],
    onDrop(callback) {
      drops.add(callback);
      return () => drops.delete(callback);
    },
    onClose(callback) {
      bridge.close = callback;
      return () => undefined;
    },
    drop: (paths) => {
      for (const callback of drops) callback(paths);
    },
  };
  return bridge;
}
