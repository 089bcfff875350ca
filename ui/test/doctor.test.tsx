/** The doctor in the help screen, over the station in memory. */
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import type { DoctorFinding } from "../src/bindings/wire";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { fakeBridge } from "./fake/fakeBridge";

const finding = (code: string, state: DoctorFinding["state"], remedy: string): DoctorFinding => ({
  code,
  area: code === "photos" ? "workspace" : "machine",
  state,
  title: code,
  text: `${code} 的情形`,
  remedy,
});

function helped() {
  const bridge = fakeBridge();
  bridge.handlers.help_list = () => [];
  return bridge;
}

it("tells what is wrong and how to mend it", async () => {
  const bridge = helped();
  bridge.handlers.doctor_run = () => ({
    version: "0.1.0",
    at: "2026-11-29 10:00:00",
    sound: false,
    findings: [finding("fonts", "good", ""), finding("photos", "bad", "恢复最近的备份")],
  });
  render(<App bridge={bridge} start={{ screen: "help", round: null }} />);
  fireEvent.click(await screen.findByTestId(tid.helpEntry("doctor")));
  fireEvent.click(await screen.findByTestId(tid.doctorRun));
  const bad = await screen.findByTestId(tid.doctorFinding("photos"));
  expect(bad.textContent).toContain("恢复最近的备份");
  expect(bad.textContent).toContain("要处理");
  expect(screen.getByTestId(tid.doctorFinding("fonts")).textContent).toContain("正常");
});

it("says where the package was written, and why it was not", async () => {
  const bridge = helped();
  bridge.handlers.diagnostics_save = ({ folder }) => ({ path: `${folder}/照审台诊断包.zip` });
  let written = () => {};
  const save = bridge.handlers.diagnostics_save;
  bridge.handlers.diagnostics_save = async (asked) => {
    await new Promise<void>((resolve) => {
      written = resolve;
    });
    return save(asked);
  };
  render(<App bridge={bridge} start={{ screen: "help", round: null }} />);
  fireEvent.click(await screen.findByTestId(tid.helpEntry("diagnostics")));
  fireEvent.click(await screen.findByTestId(tid.doctorPackage));
  expect(await screen.findByText(zh.help.diagnostics.saving)).toBeTruthy();
  expect(screen.getByTestId<HTMLButtonElement>(tid.doctorPackage).disabled).toBe(true);
  written();
  expect((await screen.findByTestId(tid.doctorSaved)).textContent).toContain("照审台诊断包.zip");
  fireEvent.click(screen.getByTestId(tid.doctorOpen));
  expect(bridge.opened).toEqual([[null, "diagnostics"]]);
  bridge.handlers.diagnostics_save = () => {
    throw { code: "refused", message: "不能写入工作区", detail: "" };
  };
  fireEvent.click(screen.getByTestId(tid.doctorPackage));
  expect((await screen.findAllByText("不能写入工作区")).length).toBeGreaterThan(0);
});

it("has pages of its own in the list, and tells the version and where the data lie", async () => {
  const bridge = helped();
  render(<App bridge={bridge} start={{ screen: "help", round: null }} />);
  const start = await screen.findByTestId(tid.helpStart);
  expect(start.textContent).not.toContain(zh.help.doctor.run);
  fireEvent.click(screen.getByTestId(tid.helpEntry("about")));
  const about = await screen.findByTestId(tid.helpPage("about"));
  const { version, workspace } = await bridge.call("app_status", {});
  for (const told of [zh.app.name, version, workspace]) expect(about.textContent).toContain(told);
  expect(screen.getByTestId(tid.helpEntry("about")).getAttribute("aria-current")).toBe("page");
  fireEvent.change(screen.getByTestId(tid.helpSearch), { target: { value: "诊断" } });
  expect(screen.queryByTestId(tid.helpEntry("about"))).toBeNull();
  expect(screen.getByTestId(tid.helpEntry("diagnostics"))).toBeTruthy();
});
