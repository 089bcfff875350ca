/** 采集范围: tried out before it is saved, taken back as one, and what is said of single students on 名单. */
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import { Timeline } from "../src/screens/desk/Timeline";
import { following } from "../src/screens/scope/following";
import { EMPTY } from "../src/screens/scope/useScope";
import { tid } from "../src/testids";
import { fakeBridge } from "./fake/fakeBridge";
import { studentOf } from "./fake/roundData";

const open = (where: "scope" | "students" = "scope", bridge = fakeBridge(3)) => {
  render(<App bridge={bridge} start={{ screen: where, round: 1 }} />);
  return bridge;
};
const args = (bridge: ReturnType<typeof fakeBridge>, name: string) =>
  bridge.calls.filter((call) => call.name === name).map((call) => call.args);
const sum = (name: string) => screen.getByTestId(tid.sum(name)).textContent;

/** Adds a group and chooses a grade in it. */
async function chooseGrade(grade: string) {
  fireEvent.click(await screen.findByTestId(tid.scopeAdd));
  const field = await screen.findByTestId(tid.scopeField(0, "grades"));
  const box = field.querySelector("input") ?? field;
  fireEvent.mouseDown(box);
  fireEvent.click(await screen.findByText(new RegExp(`^${grade}\\s`)));
}

it("shows what a group would do before it is saved, and takes it back as one", async () => {
  const bridge = open();
  await screen.findByTestId(tid.scopeSave);
  expect([sum("listed"), sum("due"), sum("exempt")]).toEqual(["8", "8", "0"]);
  const save = screen.getByTestId<HTMLButtonElement>(tid.scopeSave);
  expect(save.disabled).toBe(true);
  await chooseGrade("2020");
  await waitFor(() => expect([sum("due"), sum("exempt")]).toEqual(["5", "3"]));
  expect(screen.getByTestId(tid.scopeReasons).textContent).toContain("不在采集范围 3");
  expect(args(bridge, "scope_set")).toEqual([]);

  fireEvent.click(save);
  await waitFor(() => expect(screen.getByTestId(tid.scopeSaid).textContent).toBe("已保存"));
  const none = { study_modes: [], levels: [], campuses: [], colleges: [], majors: [], classes: [] };
  const cohort = { grades: ["2020"], ...none };
  expect(args(bridge, "scope_set")).toEqual([
    { round: 1, opens_on: "2026-11-01", closes_on: "2026-12-15", cohorts: [cohort], redo: false, limit: 0 },
  ]);
  fireEvent.click(screen.getByTestId(tid.scopeUndo));
  await waitFor(() => expect(sum("due")).toBe("8"));
  expect(screen.queryByTestId(tid.scopeCohort(0))).toBeNull();
  fireEvent.click(screen.getByTestId(tid.scopeRedoAct));
  await waitFor(() => expect(sum("due")).toBe("5"));
});

it("gives up what was not saved", async () => {
  const bridge = open();
  await chooseGrade("2020");
  await waitFor(() => expect(sum("due")).toBe("5"));
  fireEvent.click(screen.getByTestId(tid.scopeDiscard));
  await waitFor(() => expect(sum("due")).toBe("8"));
  expect(args(bridge, "scope_set")).toEqual([]);
});

it("keeps unsaved changes while another page is open, over what somebody else saved meanwhile", async () => {
  const bridge = open();
  await chooseGrade("2020");
  await waitFor(() => expect(sum("due")).toBe("5"));
  fireEvent.click(screen.getByTestId(tid.nav("students")));
  await screen.findByTestId(tid.screen("students"));
  const show = bridge.handlers.scope_show;
  if (!show) throw new Error("no scope");
  bridge.handlers.scope_show = async (asked) => {
    const view = await show(asked);
    return { ...view, scope: { ...view.scope, limit: 3 } };
  };
  fireEvent.click(screen.getByTestId(tid.nav("scope")));
  const said = await screen.findByTestId(tid.scopeSaid);
  expect(said.textContent).toBe("上次在这一页的更改还没有保存");
  // What it would come to is not told before it is known.
  const heading = () => said.closest("section")?.querySelector("strong")?.textContent;
  expect([heading(), sum("due")]).toEqual(["现在", "8"]);
  await waitFor(() => expect([heading(), sum("due")]).toEqual(["保存后", "5"]));
  bridge.handlers.scope_show = show;
  fireEvent.click(screen.getByTestId(tid.scopeSave));
  await waitFor(() =>
    expect(args(bridge, "scope_set")).toMatchObject([{ limit: 3, cohorts: [{ grades: ["2020"] }] }]),
  );
  await waitFor(() => expect(screen.getByTestId(tid.scopeSaid).textContent).toBe("已保存"));
  fireEvent.click(screen.getByTestId(tid.nav("students")));
  await screen.findByTestId(tid.screen("students"));
  fireEvent.click(screen.getByTestId(tid.nav("scope")));
  expect((await screen.findByTestId(tid.scopeSaid)).textContent).toBe("");
});

it("reads a list of the collected, tells of doubtful rows, and keeps what is typed", async () => {
  const bridge = open();
  bridge.pick = async () => ["/名单/已采集.xlsx"];
  await chooseGrade("2020");
  fireEvent.click(screen.getByTestId(tid.scopePick));
  const said = await screen.findByTestId(tid.scopeImported);
  expect(said.textContent).toContain("“已采集.xlsx”共 7 行：新标记 2 人");
  expect(said.textContent).toContain("对应多人或互相矛盾 1 行");
  expect(said.textContent).toContain("对应 2 名学生，没有标记");
  await waitFor(() => expect([sum("due"), sum("exempt")]).toEqual(["3", "5"]));
  expect(screen.getByTestId(tid.scopeCohort(0))).toBeTruthy();
  const redo = screen.getByTestId(tid.scopeRedo("on")).closest("label") as HTMLElement;
  fireEvent.click(within(redo).getByRole("radio"));
  await waitFor(() => expect([sum("due"), sum("exempt")]).toEqual(["5", "3"]));
});

it("keeps what came of the list while its rows are looked at on another page, until it is taken back", async () => {
  const bridge = open();
  bridge.pick = async () => ["/名单/已采集.xlsx"];
  fireEvent.click(await screen.findByTestId(tid.scopePick));
  await screen.findByTestId(tid.scopeImported);
  fireEvent.click(await screen.findByTestId(tid.scopeCollected));
  await screen.findByTestId(tid.screen("students"));
  await waitFor(() =>
    expect(bridge.calls.filter(({ name }) => name === "student_list").at(-1)?.args).toMatchObject({
      state: "exempt:collected",
    }),
  );
  fireEvent.click(screen.getByTestId(tid.nav("scope")));
  expect((await screen.findByTestId(tid.scopeImported)).textContent).toContain("对应 2 名学生，没有标记");
  await chooseGrade("2020");
  fireEvent.click(screen.getByTestId(tid.scopeSave));
  fireEvent.click(await screen.findByTestId(tid.scopeUndo));
  await waitFor(() => expect(screen.queryByTestId(tid.scopeImported)).toBeNull());
});

it("names a student of no group, and takes the name back", async () => {
  const bridge = open();
  const { student, student_no } = studentOf(2);
  fireEvent.change(await screen.findByTestId(tid.pileSearch(0)), { target: { value: student_no } });
  fireEvent.click(await screen.findByTestId(tid.pileHit(0, student)));
  const tag = await screen.findByTestId(tid.scopeStraggler(student));
  fireEvent.click(within(tag).getByLabelText(/取消点名/));
  await waitFor(() => expect(screen.queryByTestId(tid.scopeStraggler(student))).toBeNull());
  const said = { round: 1, students: [student], mark: "straggler", note: "" };
  expect(args(bridge, "student_mark")).toEqual([
    { ...said, on: true },
    { ...said, on: false },
  ]);
});

it("marks one student on the list, asks why for another reason, and takes it back", async () => {
  const bridge = open("students");
  const { student, student_no } = studentOf(1);
  const menu = async (mark: string) => {
    fireEvent.click(await screen.findByTestId(tid.mark(student_no)));
    fireEvent.click(await screen.findByTestId(tid.markDo(mark)));
  };
  await menu("suspended");
  const said = await screen.findByTestId(tid.markSaid);
  expect(said.textContent).toContain("休学");
  await menu("other");
  fireEvent.change(await screen.findByTestId(tid.markNote), { target: { value: "出国交流" } });
  fireEvent.click(screen.getByTestId(tid.markNoteDo));
  await waitFor(() => expect(args(bridge, "student_mark")).toHaveLength(2));
  expect(args(bridge, "student_mark")).toEqual([
    { round: 1, students: [student], mark: "suspended", on: true, note: "" },
    { round: 1, students: [student], mark: "other", on: true, note: "出国交流" },
  ]);
  fireEvent.click(await screen.findByTestId(tid.markUndo));
  await waitFor(() => expect(args(bridge, "scope_undo")).toEqual([{ round: 1 }]));
});

it("takes the picture of a 采集码 away where there is one, and back again", async () => {
  const bridge = fakeBridge(3);
  const [first, second] = [{ ...studentOf(1), code: "same" }, studentOf(2)];
  bridge.handlers.student_list = () => ({ total: 2, students: [first, second] });
  open("students", bridge);
  const menu = async (no: string) => fireEvent.click(await screen.findByTestId(tid.mark(no)));
  await menu(second.student_no);
  await screen.findByTestId(tid.markDo("nothing"));
  expect(screen.queryByTestId(tid.markDo("remove_code"))).toBeNull();
  await menu(first.student_no);
  fireEvent.click(await screen.findByTestId(tid.markDo("remove_code")));
  const said = await screen.findByTestId(tid.markSaid);
  expect(said.textContent).toContain("已移除采集码图片");
  expect(args(bridge, "codes_remove")).toEqual([{ round: 1, students: [first.student] }]);
  fireEvent.click(await screen.findByTestId(tid.markUndo));
  await waitFor(() => expect(args(bridge, "scope_undo")).toEqual([{ round: 1 }]));
});

it("takes the reference photo of a student away where one is filed", async () => {
  const bridge = fakeBridge(3);
  const first = { ...studentOf(1), reference: true };
  bridge.handlers.student_list = () => ({ total: 1, students: [first] });
  open("students", bridge);
  fireEvent.click(await screen.findByTestId(tid.mark(first.student_no)));
  fireEvent.click(await screen.findByTestId(tid.markDo("remove_reference")));
  const said = await screen.findByTestId(tid.markSaid);
  expect(said.textContent).toContain("已移除对照照片");
  expect(screen.queryByTestId(tid.markDo("remove_code"))).toBeNull();
  expect(args(bridge, "references_remove")).toEqual([{ round: 1, students: [first.student] }]);
  expect(args(bridge, "codes_remove")).toEqual([]);
  expect(screen.getByTestId(tid.markUndo)).toBeTruthy();
});

it("lists those due, those exempt and those named alone", async () => {
  const bridge = open("students");
  for (const state of ["due", "exempt", "straggler"]) {
    fireEvent.click(await screen.findByTestId(tid.studentsState(state)));
    await waitFor(() =>
      expect(args(bridge, "student_list")).toContainEqual({
        round: 1,
        text: "",
        state,
        offset: 0,
        limit: 80,
      }),
    );
  }
});

it("sets how often a student may hand in, and takes it back", async () => {
  const bridge = open("scope");
  const limit = await screen.findByTestId(tid.scopeLimit);
  fireEvent.change(limit, { target: { value: "3" } });
  fireEvent.click(await screen.findByTestId(tid.scopeSave));
  await waitFor(() =>
    expect(args(bridge, "scope_set")).toMatchObject([{ limit: 3, opens_on: "2026-11-01" }]),
  );
});

it("tells the reviewer that even a first photo came too late or too often", () => {
  const entry = {
    submission: 5,
    photo: "",
    sequence: 1,
    arrival: 1,
    received_at: "2026-11-20 09:12",
    file_name: "1.jpg",
    together: false,
    unpicked: false,
    outside_window: "",
    over_limit: "",
    decision: null,
    decisions: [],
    picture: null,
    eyes: null,
  };
  const shown = (part: Partial<typeof entry>) =>
    render(
      <Timeline
        entries={[{ ...entry, ...part }]}
        current={5}
        barred={null}
        thumb={() => ""}
        onChoose={() => {}}
      />,
    ).container.textContent;
  expect(shown({})).toBe("");
  expect(shown({ outside_window: "采集截止后收到" })).toContain("采集截止后收到");
  expect(shown({ over_limit: "第4次提交" })).toContain("第4次提交");
});

it("marks on the list who handed in nothing and may have a photo that waits to be claimed", async () => {
  const bridge = fakeBridge(3);
  const [first, second] = [0, 1].map((at) => ({ ...studentOf(at), state: "missing", submission: null }));
  if (!first || !second) throw new Error("no students");
  bridge.handlers.student_list = () => ({ total: 2, students: [{ ...first, awaiting_claim: true }, second] });
  open("students", bridge);
  const row = await screen.findByTestId(tid.studentRow(first.student_no));
  expect(row.textContent).toContain("未交 待认领");
  expect(within(row).getByText("待认领").closest("[title]")?.getAttribute("title")).toContain("先不催交");
  expect(screen.getByTestId(tid.studentRow(second.student_no)).textContent).not.toContain("待认领");
});

it("leaves of each column what fits the choices of all others", () => {
  const list = (...of: [string, number][]) => of.map(([value, students]) => ({ value, students }));
  const choices = {
    grades: list(["2020", 6]),
    study_modes: list(["全日制", 6]),
    levels: list(["硕士", 6]),
    campuses: list(["", 6]),
    colleges: list(["文学院", 3], ["理学院", 3]),
    majors: list(["汉语", 2], ["历史", 1], ["数学", 3]),
    classes: list(["一班", 4], ["二班", 2]),
  };
  const of = (college: number, major: number, cls: number, students: number) => ({
    places: [0, 0, 0, 0, college, major, cls],
    students,
  });
  const together = [of(0, 0, 0, 2), of(0, 1, 1, 1), of(1, 2, 0, 2), of(1, 2, 1, 1)];
  const left = (part: Partial<typeof EMPTY>) => {
    const { colleges, majors, classes } = following(choices, together, { ...EMPTY, ...part });
    return [colleges, majors, classes].map((all) =>
      all.map((one) => `${one.value}${one.students}`).join(" "),
    );
  };
  expect(left({})).toEqual(["文学院3 理学院3", "汉语2 历史1 数学3", "一班4 二班2"]);
  // A column itself stays whole: another college may be added.
  expect(left({ colleges: ["文学院"] })).toEqual(["文学院3 理学院3", "汉语2 历史1", "一班2 二班1"]);
  expect(left({ colleges: ["文学院"], majors: ["汉语"] })).toEqual(["文学院2", "汉语2 历史1", "一班2"]);
  expect(left({ majors: ["汉语", "数学"], classes: ["二班"] })).toEqual([
    "理学院1",
    "历史1 数学1",
    "一班4 二班1",
  ]);
  expect(left({ colleges: ["已撤销的学院"] })).toEqual(["文学院3 理学院3", "", ""]);
});

it("offers of the other columns what the chosen one leaves, and moves nothing when it is chosen", async () => {
  open();
  fireEvent.click(await screen.findByTestId(tid.scopeAdd));
  const lines = () => document.querySelectorAll(".scope-notes, .scope-everybody").length;
  const before = lines();
  const box = (await screen.findByTestId(tid.scopeField(0, "grades"))).querySelector("input");
  if (!box) throw new Error("no box");
  fireEvent.mouseDown(box);
  fireEvent.click(await screen.findByText(/^2020\s/));
  await waitFor(() => expect(screen.getByTestId(tid.scopeReasons).textContent).toContain("不在采集范围 3"));
  expect([before, lines()]).toEqual([3, 3]);
  const colleges = screen.getByTestId(tid.scopeField(0, "colleges")).querySelector("input");
  if (!colleges) throw new Error("no box");
  fireEvent.mouseDown(colleges);
  await screen.findByText(/^文学院\s/);
  expect(screen.queryByText(/^数学学院\s/)).toBeNull();
});
