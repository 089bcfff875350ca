/** Made-up students, findings and submissions for tests and the development page. */
import type {
  DecisionView,
  FindingView,
  HistoryEntry,
  NearPhotoView,
  QueueItem,
  Reason,
  ReferenceView,
  RoundCard,
  StudentRow,
  SubmissionView,
} from "../../src/bindings/wire";
import { faceOf } from "./portrait";

const NAMES = [
  "陈晓彤",
  "李明轩",
  "王思远",
  "赵雅婷",
  "刘子涵",
  "孙浩然",
  "周若溪",
  "吴俊杰",
  "郑可欣",
  "欧阳文博",
  "买买提·艾力",
  "林静怡",
];
const COLLEGES = ["经济与管理学院", "能源动力与机械工程学院", "控制与计算机工程学院", "电气与电子工程学院"];

export function studentOf(seed: number): StudentRow {
  return {
    student: 1000 + seed,
    student_no: `2202${String(2180 + seed * 7).padStart(6, "0")}`,
    name: NAMES[seed % NAMES.length] ?? "",
    id_number_masked: "1101**********4321".replace("4321", "**1X"),
    sex: seed % 2 ? "男" : "女",
    college: COLLEGES[seed % COLLEGES.length] ?? "",
    major: "工商管理",
    grade: "2020",
    class: `研工管20${String((seed % 6) + 1).padStart(2, "0")}`,
    level: "硕士",
    study_mode: "非全日制",
    campus: "北京校部",
    exempt: "",
    straggler: false,
    code: "",
    code_same_as: "",
    reference: false,
    awaiting_claim: false,
    state: "pending",
    told: "审核中",
    submission: seed,
  };
}

const finding = (part: Partial<FindingView> & Pick<FindingView, "rule" | "code" | "title">): FindingView => ({
  severity: "pass",
  value: null,
  unit: "",
  min: null,
  max: null,
  message: "符合要求",
  clause: "教毕指〔2017〕99号 附件二",
  marks: [],
  ...part,
});

export function findingsOf(seed: number): FindingView[] {
  const { eyeY, smile } = faceOf(seed);
  const eyesBad = eyeY >= 280 && seed % 3 === 0;
  const list: FindingView[] = [
    finding({
      rule: "eyes-out-of-band",
      code: "GEO-02",
      title: "眼睛位置",
      severity: eyesBad ? "fail" : "pass",
      value: eyesBad ? eyeY + 31 : eyeY,
      unit: "px",
      min: 200,
      max: 300,
      message: eyesBad ? "眼睛离上沿太远" : "符合要求",
      marks: [{ shape: "horizontal_line", y: eyeY, min: 190, max: eyesBad ? 262 : 300 }],
    }),
    finding({
      rule: "crown-out-of-band",
      code: "GEO-01",
      title: "头顶距上沿",
      value: eyeY - 172,
      unit: "px",
      min: 50,
      max: 110,
      marks: [{ shape: "horizontal_line", y: eyeY - 172, min: 50, max: 110 }],
    }),
    finding({
      rule: "off-centre",
      code: "GEO-04",
      title: "左右居中",
      value: 3,
      unit: "px",
      min: -12,
      max: 12,
      marks: [{ shape: "vertical_line", x: 240, min: 228, max: 252 }],
    }),
    finding({
      rule: "face-width",
      code: "GEO-03",
      title: "脸宽",
      value: 220,
      unit: "px",
      min: 180,
      max: 300,
      marks: [{ shape: "segment", from: [130, eyeY + 30], to: [350, eyeY + 30] }],
    }),
    finding({
      rule: "teeth-shown",
      code: "EXP-02",
      title: "嘴唇闭合",
      severity: smile ? "fail" : "pass",
      value: smile ? 0.117 : 0.012,
      max: 0.045,
      message: smile ? "嘴张开或露齿" : "符合要求",
      marks: [{ shape: "rect", rect: { x: 195, y: eyeY + 84, width: 90, height: 36 } }],
    }),
    finding({
      rule: "background-colour",
      code: "BG-01",
      title: "背景颜色",
      severity: seed % 5 === 3 ? "warn" : "pass",
      value: seed % 5 === 3 ? 21.3 : 4.2,
      unit: "ΔE",
      max: 20,
      message: seed % 5 === 3 ? "背景颜色与标准蓝相差较大" : "符合要求",
    }),
    finding({
      rule: "glasses-reflection",
      code: "GLS-02",
      title: "镜片反光",
      severity: seed % 6 === 1 ? "unknown" : "pass",
      message: seed % 6 === 1 ? "没有把握判断，请看双眼局部" : "符合要求",
    }),
    finding({
      rule: "file-size",
      code: "FILE-02",
      title: "文件大小",
      value: 112_640,
      unit: "B",
      min: 51_200,
      message: "符合要求",
    }),
    finding({ rule: "sharpness", code: "IMG-03", title: "清晰度", value: 0.83, min: 0.4 }),
    finding({ rule: "eyes-closed", code: "EXP-01", title: "双眼睁开", value: 0.31, min: 0.18 }),
    finding({ rule: "roll", code: "POSE-03", title: "头部侧倾", value: 1.4, unit: "°", min: -5, max: 5 }),
  ];
  const order = ["fail", "warn", "unknown", "pass"];
  return list.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

export function presetOf(findings: FindingView[]): Reason[] {
  const texts: Record<string, string> = {
    "GEO-02": "眼睛位置偏低，请正对镜头、抬高机位后重拍，不要自行裁剪",
    "EXP-02": "嘴唇没有闭合，请闭嘴、自然表情重拍",
  };
  return findings
    .filter((one) => one.severity === "fail")
    .map((one) => ({ code: one.code, text: texts[one.code] ?? one.title }));
}

export function itemOf(seed: number): QueueItem {
  const student = studentOf(seed);
  const findings = findingsOf(seed);
  const worst = ["fail", "unknown", "warn"].find((severity) =>
    findings.some((one) => one.severity === severity),
  );
  return {
    submission: seed,
    photo: String(seed).padStart(64, "0"),
    student_no: student.student_no,
    name: student.name,
    college: student.college,
    sequence: seed % 7 === 5 ? 2 : 1,
    verdict: worst ?? "pass",
    failing: findings.filter((one) => one.severity === "fail").map((one) => one.code),
    decision: "",
    decision_id: null,
  };
}

function eyesAt(seed: number): [[number, number], [number, number]] {
  const { eyeY } = faceOf(seed);
  return [
    [200, eyeY],
    [280, eyeY],
  ];
}

/** The submission itself and, for a second one, the first with its rejection. */
function historyOf(item: QueueItem): HistoryEntry[] {
  const own: HistoryEntry = {
    submission: item.submission,
    photo: item.photo,
    sequence: item.sequence,
    arrival: item.sequence,
    received_at: "2026-11-20 09:12",
    file_name: `${item.student_no}.jpg`,
    together: false,
    unpicked: false,
    outside_window: "",
    over_limit: "",
    decision: null,
    decisions: [],
    picture: { width_px: 480, height_px: 640 },
    eyes: eyesAt(item.submission),
  };
  if (item.sequence === 1) return [own];
  const rejected: DecisionView = {
    decision_id: 9000 + item.submission,
    kind: "rejected",
    reasons: [{ code: "GEO-02", text: "眼睛位置偏低，请重拍" }],
    note: "",
    reviewer: "张老师",
    at: "2026-11-16 15:02",
    part: "",
    undone: false,
  };
  const held = {
    ...rejected,
    decision_id: rejected.decision_id - 1,
    kind: "held",
    reasons: [],
    at: "2026-11-16 15:01",
  };
  const first: HistoryEntry = {
    ...own,
    submission: 9000 + item.submission,
    photo: String(item.submission + 500).padStart(64, "0"),
    sequence: 1,
    arrival: 1,
    received_at: "2026-11-15 20:40",
    decision: rejected,
    decisions: [held, rejected],
    eyes: eyesAt(item.submission + 500),
  };
  return [first, own];
}

export function viewOf(item: QueueItem): SubmissionView {
  const seed = item.submission;
  const { eyeY } = faceOf(seed);
  const findings = findingsOf(seed);
  return {
    item,
    student: studentOf(seed),
    file_name: `${item.student_no}_${item.name}.jpg`,
    size_bytes: 112_640,
    received_at: "2026-11-20 09:12",
    picture: { width_px: 480, height_px: 640 },
    frame: { rect: { x: 12, y: 8, width: 456, height: 608 }, as_is: false, feasible: true },
    crops: [
      { key: "eyes", title: "双眼", rect: { x: 140, y: eyeY - 55, width: 200, height: 90 } },
      { key: "ear_left", title: "左耳", rect: { x: 95, y: eyeY - 45, width: 80, height: 120 } },
      { key: "ear_right", title: "右耳", rect: { x: 305, y: eyeY - 45, width: 80, height: 120 } },
      { key: "mouth", title: "嘴", rect: { x: 170, y: eyeY + 60, width: 140, height: 80 } },
    ],
    findings,
    preset_reasons: presetOf(findings),
    decision: null,
    history: historyOf(item),
    reference: null,
    disputed: [],
    namesakes: [],
    namesakes_total: 0,
    near_photos: [],
    review: null,
  };
}

/** The round's card; what follows from its photos is filled in by the bridge. */
export const ROUND: RoundCard = {
  round: 1,
  name: "2026年非全日制研究生学历照片采集",
  school_code: "10079",
  opens_on: "2026-11-01",
  closes_on: "2026-12-15",
  profile: "moe99",
  profile_title: "教毕指〔2017〕99号",
  students: 40,
  due: 40,
  exempt: 0,
  submitted: 0,
  missing: 40,
  unchecked: 0,
  pending: 0,
  approved: 0,
  rejected: 0,
  held: 0,
  reviewing: 0,
  differing: 0,
  questioned: 0,
  in_piles: 3,
  excluded: 0,
  codes: 0,
  references: 0,
  delivered: 0,
  closed: false,
  archived: false,
  erased: false,
  keep_until: "",
  days_left: null,
};

/** A picture that the school has of a student. */
export function referenceOf(submission: number): ReferenceView {
  return {
    photo: String(submission + 700).padStart(64, "0"),
    file_name: `录取_${submission}.jpg`,
    picture: { width_px: 358, height_px: 441 },
    eyes: eyesAt(submission),
  };
}

/** A submission of another student with the very same file. */
export function nearOf(submission: number): NearPhotoView {
  const { photo, student_no, name } = itemOf(submission);
  return {
    submission,
    photo,
    student_no,
    name,
    distance_bits: 0,
    same: true,
    rejected: false,
    picture: { width_px: 480, height_px: 640 },
    eyes: null,
  };
}
