/** The standard editor of the station in memory: one rule with a band, one without, versions that grow. */
import type { RuleEdit, StandardRule, StandardVersion } from "../../src/bindings/wire";
import { type FakeBridge, failure } from "./fakeBridge";

const eyes: RuleEdit = {
  code: "GEO-02",
  enabled: true,
  outside: "fail",
  min: 200,
  max: 300,
  warn_margin: 0,
  also: {},
};

/** Values 180, 181, … 319, one photo each. */
const VALUES = Array.from({ length: 140 }, (_, at) => 180 + at);
const fails = (value: number, rule: RuleEdit) =>
  rule.enabled && ((rule.min !== null && value < rule.min) || (rule.max !== null && value > rule.max));

export function withStandard(bridge: FakeBridge): FakeBridge {
  let current = eyes;
  const versions: StandardVersion[] = [
    { version: 1, current: true, reviewer: "", at: "2026-11-25 08:00", note: "", changes: [] },
  ];
  /** What stood at each version. */
  const stood = [eyes];
  const rules = (settings = current): StandardRule[] => [
    {
      code: "FILE-01",
      title: "文件完整",
      family: "文件",
      clause: "",
      numbers: [],
      settings: { ...eyes, code: "FILE-01", min: null, max: null },
    },
    {
      code: "GEO-02",
      title: "眼睛位置",
      family: "构图",
      clause: "99号 四2",
      numbers: [{ key: "", title: "眼线高度", unit: "px" }],
      settings,
    },
  ];
  const view = (version = versions.length) => ({
    round: 1,
    version,
    current: true,
    profile: "moe99",
    title: "99号标准",
    rules: rules(stood[version - 1]),
  });
  Object.assign(bridge.handlers, {
    standard_show: ({ version }) => view(version ?? undefined),
    standard_versions: () => [...versions].reverse(),
    standard_histogram: ({ code }) => ({
      code,
      title: "",
      unit: "px",
      min: 200,
      max: 300,
      values: code === "GEO-02" ? VALUES : [],
      submissions: code === "GEO-02" ? VALUES.map((_, at) => at + 1) : [],
      without_value: 2,
    }),
    standard_what_if: ({ rules: edits, list, limit }) => {
      const next = edits.find((edit) => edit.code === "GEO-02") ?? current;
      const worse = VALUES.filter((value) => fails(value, next) && !fails(value, current));
      const better = VALUES.filter((value) => !fails(value, next) && fails(value, current));
      const listed = list === "fail" ? worse : list === "pass" ? better : [];
      const items = [...bridge.items.values()].slice(0, Math.min(limit, listed.length));
      return {
        version: versions.length,
        judged: VALUES.length,
        newly_fail: worse.length,
        newly_pass: better.length,
        newly_warn: 0,
        newly_unknown: 0,
        decided: 0,
        rules: [],
        items: items.map((item) => ({ item, becomes: list })),
      };
    },
    standard_save: ({ seen_version, rules: edits, note }) => {
      if (seen_version !== versions.length) throw failure("本批次的检测标准刚刚已有新版本", "conflict");
      current = edits.find((edit) => edit.code === "GEO-02") ?? current;
      stood.push(current);
      for (const version of versions) version.current = false;
      versions.push({
        version: versions.length + 1,
        current: true,
        reviewer: bridge.reviewer,
        at: "2026-11-25 08:10",
        note,
        changes: ["眼睛位置：改了"],
      });
      return view();
    },
  } satisfies Partial<FakeBridge["handlers"]>);
  return bridge;
}
