/** 打印: what is asked of the station follows the choices; nothing is counted on the screen. */
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { App } from "../src/app/App";
import type { PrintsOptions, PrintsReport } from "../src/bindings/wire";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { type FakeBridge, fakeBridge } from "./fake/fakeBridge";
import { jobOf } from "./fake/jobData";
import { PRINTS, printsPreview } from "./fake/printsBridge";

const words = zh.prints;

afterEach(cleanup);

const REPORT: PrintsReport = {
  kind: "contact",
  folder: "/tmp/交付/打印-核对表-2026-11-27",
  files: ["核对表-001-能源学院-热动1班.pdf"],
  students: 812,
  prints: 812,
  pages: 406,
  missing: ["学号 220202218001：本机字体没有“𬎆”（U+2C386），纸上以“〓”代替"],
};

function asked(bridge: FakeBridge): PrintsOptions | undefined {
  const calls = bridge.calls.filter((call) => call.name === "prints_preview");
  return calls.at(-1)?.args as PrintsOptions | undefined;
}

async function open() {
  const bridge = fakeBridge(3);
  render(<App bridge={bridge} start={{ screen: "delivery", round: 1 }} />);
  const part = await screen.findByTestId(tid.prints);
  await within(part).findByTestId(tid.printsPage);
  return { bridge, part };
}

it("shows how many students, prints and pages there would be, and a page in outline", async () => {
  const { part } = await open();
  expect(within(part).getByTestId("prints-prints").textContent).toContain("6,496");
  expect(within(part).getByTestId("prints-pages").textContent).toContain("406");
  const page = within(part).getByTestId(tid.printsPage);
  expect(page.querySelectorAll("rect.prints-photo")).toHaveLength(8);
});

it("offers names in 名单模式 only", async () => {
  const { bridge, part } = await open();
  const names = () => within(part).getByTestId<HTMLInputElement>(tid.printsNames);
  expect(names().disabled).toBe(true);
  fireEvent.click(within(part).getByText(words.modes.roster));
  expect(names().disabled).toBe(false);
  fireEvent.click(names());
  await waitFor(() => expect(asked(bridge)).toMatchObject({ mode: "roster", names: true }));
});

it("asks a class sheet neither for sizes nor for what stands beneath", async () => {
  const { bridge, part } = await open();
  fireEvent.click(within(part).getByText(words.kinds.contact));
  await waitFor(() => expect(asked(bridge)?.kind).toBe("contact"));
  expect(within(part).queryByTestId(tid.printsTwoInch)).toBeNull();
  expect(within(part).queryByTestId(tid.printsChoice("mode"))).toBeNull();
});

it("writes nothing while there is a problem", async () => {
  const { bridge, part } = await open();
  bridge.handlers.prints_preview = (options) => printsPreview(options);
  const lacks = () => within(part).queryByTestId(tid.printsLacks)?.textContent;
  expect(lacks()).toBe(words.lacks.target);
  fireEvent.click(within(part).getByTestId(tid.printsPick));
  const write = within(part).getByTestId<HTMLButtonElement>(tid.printsWrite);
  await waitFor(() => expect(write.disabled).toBe(false));
  expect(lacks()).toBeUndefined();
  fireEvent.change(within(part).getByTestId(tid.printsTwoInch), { target: { value: "0" } });
  await within(part).findByTestId(tid.printsProblems);
  expect(write.disabled).toBe(true);
  expect(lacks()).toBe(words.lacks.problems);
});

it("prints as chosen and shows what was written, with the characters to add by hand", async () => {
  const { bridge, part } = await open();
  const done = jobOf({
    job: 8,
    kind: "prints",
    stage: "",
    done: 1,
    total: 1,
    seconds: 1,
    finished: true,
    outcome: { kind: "prints", report: REPORT },
  });
  bridge.handlers.job_show = () => done;
  fireEvent.click(within(part).getByTestId(tid.printsPick));
  const write = within(part).getByTestId<HTMLButtonElement>(tid.printsWrite);
  await waitFor(() => expect(write.disabled).toBe(false));
  fireEvent.click(write);
  const report = await within(part).findByTestId(tid.printsReport);
  expect(report.textContent).toContain(REPORT.folder);
  expect(within(report).getByTestId(tid.printsMissing).textContent).toContain("U+2C386");
  fireEvent.click(within(report).getByTestId(tid.printsOpen));
  fireEvent.click(within(report).getByTestId(tid.printsOpenFolder));
  expect(bridge.opened).toEqual([
    [8, 0],
    [8, null],
  ]);
  const sent = bridge.calls.find((call) => call.name === "prints_write")?.args;
  expect(sent).toMatchObject({ options: { ...PRINTS, round: 1 } });
});

it("keeps the numbers that the notice asks for when that is said of them", async () => {
  const { bridge, part } = await open();
  expect(within(part).getByText(words.asked("8", "0"))).toBeTruthy();
  const say = () => within(part).getByTestId<HTMLButtonElement>(tid.printsAsk);
  // Nobody said here that these are the notice's: they may be those that were printed last.
  expect(say().disabled).toBe(false);
  fireEvent.change(within(part).getByTestId(tid.printsTwoInch), { target: { value: "4" } });
  fireEvent.click(await within(part).findByTestId(tid.printsAsk));
  await within(part).findByText(words.asked("4", "0"));
  expect(say().disabled).toBe(true);
  expect(bridge.calls.find((call) => call.name === "prints_asked")?.args).toEqual({
    round: 1,
    two_inch: 4,
    one_inch: 0,
  });
});

it("keeps what was chosen for the round while another screen is open", async () => {
  const { bridge, part } = await open();
  fireEvent.click(within(part).getByText(words.keys.serial));
  fireEvent.change(within(part).getByTestId(tid.printsTwoInch), { target: { value: "4" } });
  fireEvent.click(within(part).getByTestId(tid.printsPick));
  await waitFor(() => expect(within(part).queryByTestId(tid.printsLacks)).toBeNull());
  fireEvent.click(screen.getByTestId(tid.nav("log")));
  await screen.findByTestId(tid.screen("log"));
  const before = bridge.calls.length;
  fireEvent.click(screen.getByTestId(tid.nav("delivery")));
  await waitFor(() => {
    const calls = bridge.calls.slice(before).filter((call) => call.name === "prints_preview");
    expect(calls.at(-1)?.args).toMatchObject({ key: "serial", two_inch: 4 });
  });
  expect(screen.getByTestId(tid.prints).textContent).toContain("D:\\照片");
});
