/** The help screen over the station in memory. */
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { App } from "../src/app/App";
import type { HelpPage } from "../src/bindings/wire";
import { tid } from "../src/testids";
import { fakeBridge } from "./fake/fakeBridge";

const eyes: HelpPage = {
  code: "GEO-02",
  title: "眼睛位置",
  family: "构图",
  machine: {
    checks: "查眼睛。",
    measured: "量瞳孔。",
    cannot_tell: "没有人脸。",
    false_alarms: "没有。",
    allowances: [{ profile: "99号", limits: ["应在 200–300 px"], outside: "不合格", clause: "99号 四2" }],
  },
  person: null,
  advice: ["请重新拍摄。"],
};
const ears: HelpPage = {
  code: "FACE-05",
  title: "双耳外露",
  family: "人工检查",
  machine: null,
  person: { confirms: "双耳外露", look: "看耳朵。", exception: "先天原因。" },
  advice: [],
};

it("asks for the limits of the round that is open", async () => {
  const bridge = fakeBridge();
  bridge.handlers.help_list = () => [eyes];
  render(<App bridge={bridge} start={{ screen: "help", round: 1, code: "GEO-02" }} />);
  await screen.findByTestId(tid.helpPage("GEO-02"));
  expect(bridge.calls.find((call) => call.name === "help_list")?.args).toEqual({ round: 1 });
});

it("lists the rules, finds one, shows its page and leads back", async () => {
  const bridge = fakeBridge();
  bridge.handlers.help_list = () => [eyes, ears];
  render(
    <App
      bridge={bridge}
      start={{ screen: "help", round: null, code: "GEO-02", from: { screen: "rounds", round: null } }}
    />,
  );
  const page = await screen.findByTestId(tid.helpPage("GEO-02"));
  expect(page.textContent).toContain("应在 200–300 px");
  fireEvent.change(screen.getByTestId(tid.helpSearch), { target: { value: "face" } });
  expect(screen.queryByTestId(tid.helpEntry("GEO-02"))).toBeNull();
  fireEvent.click(screen.getByTestId(tid.helpEntry("FACE-05")));
  expect((await screen.findByTestId(tid.helpPage("FACE-05"))).textContent).toContain("看耳朵。");
  fireEvent.click(screen.getByTestId(tid.helpBack));
  expect(await screen.findByTestId(tid.screen("rounds"))).toBeTruthy();
});
