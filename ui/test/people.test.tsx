/** Signing in, locking, who may do what, and a number shown in full. */
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { App } from "../src/app/App";
import { AppContext, type AppContextValue, type Screen } from "../src/app/context";
import type { RoleSet } from "../src/bindings/wire";
import { IdNumber } from "../src/components/IdNumber";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { type FakeBridge, failure, fakeBridge } from "./fake/fakeBridge";
import { ALL, office, PIN } from "./fake/seatBridge";

const REVIEWER: RoleSet = { reviewer: true, lead: false, keeper: false };
const KEEPER: RoleSet = { reviewer: false, lead: false, keeper: true };

function open(place: Screen, roles: RoleSet | null, change: (bridge: FakeBridge) => void = () => undefined) {
  const bridge = fakeBridge(3);
  if (roles) office(bridge, roles);
  change(bridge);
  render(<App bridge={bridge} start={{ screen: place, round: 1 }} />);
  return bridge;
}
const args = (bridge: FakeBridge, name: string) =>
  bridge.calls.filter((call) => call.name === name).map((call) => call.args);
const type = (testid: string, value: string) =>
  fireEvent.change(screen.getByTestId(testid), { target: { value } });
const button = (testid: string) => screen.getByTestId<HTMLButtonElement>(testid);

afterEach(() => vi.useRealTimers());

it("asks for a PIN before anything of a round is drawn, and says when it is wrong", async () => {
  const bridge = open("desk", ALL, (fake) => {
    fake.seat = { ...fake.seat, state: "signed_out", person: null };
  });
  await screen.findByTestId(tid.signIn);
  expect(screen.queryByTestId(tid.app)).toBeNull();
  expect(args(bridge, "queue_open")).toEqual([]);
  expect(bridge.person).toBeNull();
  // Who left cannot be chosen.
  expect(screen.queryByTestId(tid.signInPerson(3))).toBeNull();
  expect(button(tid.signInGo).disabled).toBe(true);
  fireEvent.click(screen.getByTestId(tid.signInPerson(2)));
  type(tid.signInPin, "000111");
  fireEvent.click(screen.getByTestId(tid.signInGo));
  expect((await screen.findByTestId(tid.failure)).textContent).toContain("口令不正确");
  expect(screen.getByTestId<HTMLInputElement>(tid.signInPin).value).toBe("");
  type(tid.signInPin, PIN);
  fireEvent.click(screen.getByTestId(tid.signInGo));
  await screen.findByTestId(tid.app);
  expect(screen.getByTestId(tid.reviewerName).textContent).toContain("李老师");
  expect(bridge.person).toBe(2);
  expect(args(bridge, "sign_in").at(-1)).toEqual({ person: 2, pin: PIN });
});

it("gives the PIN the keys once a name was clicked or entered, and leaves them to the arrows", async () => {
  open("desk", ALL, (fake) => {
    fake.seat = { ...fake.seat, state: "signed_out", person: null };
  });
  await screen.findByTestId(tid.signIn);
  const pin = screen.getByTestId<HTMLInputElement>(tid.signInPin);
  const names = screen.getAllByRole<HTMLInputElement>("radio");
  const [first, second] = names;
  if (!first || !second) throw new Error("no names");
  fireEvent.click(second, { detail: 1 });
  // As WebKit does: the name that was clicked takes the focus after the click.
  second.focus();
  await waitFor(() => expect(document.activeElement).toBe(pin));
  first.focus();
  fireEvent.click(first, { detail: 0 });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(document.activeElement).toBe(first);
  second.focus();
  fireEvent.keyDown(second, { key: "Enter" });
  await waitFor(() => expect(document.activeElement).toBe(pin));
  expect(second.checked).toBe(true);
});

it("locks the window, and another goes on as another", async () => {
  const bridge = open("students", ALL);
  fireEvent.click(await screen.findByTestId(tid.lock));
  await screen.findByTestId(tid.signIn);
  expect(screen.queryByTestId(tid.screen("students"))).toBeNull();
  expect(screen.getByText(zh.people.locked)).toBeTruthy();
  fireEvent.click(screen.getByTestId(tid.signInPerson(2)));
  type(tid.signInPin, PIN);
  fireEvent.click(screen.getByTestId(tid.signInGo));
  await screen.findByTestId(tid.screen("students"));
  expect(bridge.person).toBe(2);
});

it("shows the sign-in page as soon as an answer says that nobody sits here", async () => {
  const bridge = open("students", ALL);
  await screen.findByTestId(tid.screen("students"));
  bridge.seat = { ...bridge.seat, state: "signed_out" };
  act(() => bridge.seatChanged());
  await screen.findByTestId(tid.signIn);
  expect(bridge.person).toBeNull();
});

it("locks after the idle time, which work puts off", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const bridge = open("rounds", ALL);
  await screen.findByTestId(tid.lock);
  await act(() => vi.advanceTimersByTimeAsync(10 * 60_000));
  fireEvent.keyDown(window, { code: "KeyA" });
  await act(() => vi.advanceTimersByTimeAsync(10 * 60_000));
  expect(args(bridge, "seat_lock")).toEqual([]);
  expect(args(bridge, "seat_awake")).toEqual([{}]);
  await act(() => vi.advanceTimersByTimeAsync(6 * 60_000));
  expect(args(bridge, "seat_lock")).toEqual([{}]);
  expect(screen.getByTestId(tid.signIn)).toBeTruthy();
});

it("never locks who is alone without a PIN, and says plainly that there is none", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const bridge = open("people", null);
  const page = await screen.findByTestId(tid.screen("people"));
  expect(page.textContent).toContain(zh.people.noPin);
  expect(screen.queryByTestId(tid.lock)).toBeNull();
  await act(() => vi.advanceTimersByTimeAsync(60 * 60_000));
  expect(args(bridge, "seat_lock")).toEqual([]);
});

it("takes a first name with or without a PIN", async () => {
  const bridge = open("delivery", null, (fake) => {
    fake.reviewer = "";
  });
  fireEvent.click(await screen.findByTestId(tid.reviewerName));
  type(tid.reviewerInput, "王老师");
  fireEvent.click(screen.getByTestId(tid.reviewerSave));
  await waitFor(() => expect(screen.getByTestId(tid.reviewerName).textContent).toContain("王老师"));
  expect(args(bridge, "pin_change")).toEqual([]);
  expect(screen.queryByTestId(tid.lock)).toBeNull();
});

it("asks once more about a first name without a Chinese character: keys meant for a photo are none", async () => {
  const bridge = open("delivery", null, (fake) => {
    fake.reviewer = "";
  });
  fireEvent.click(await screen.findByTestId(tid.reviewerName));
  type(tid.reviewerInput, "fd1");
  fireEvent.click(screen.getByTestId(tid.reviewerSave));
  expect((await screen.findByTestId(tid.reviewerDoubt)).textContent).toBe(zh.reviewer.doubt("fd1"));
  expect(args(bridge, "reviewer_set")).toEqual([]);
  type(tid.reviewerInput, "John Smith");
  expect(screen.queryByTestId(tid.reviewerDoubt)).toBeNull();
  for (let press = 0; press < 2; press += 1) fireEvent.click(screen.getByTestId(tid.reviewerSave));
  await waitFor(() => expect(args(bridge, "reviewer_set")).toEqual([{ name: "John Smith", pin: "" }]));
});

it("sends the PIN with the first name", async () => {
  const bridge = open("delivery", null, (fake) => {
    fake.reviewer = "";
  });
  fireEvent.click(await screen.findByTestId(tid.reviewerName));
  type(tid.reviewerInput, "王老师");
  type(tid.reviewerPin, PIN);
  fireEvent.click(screen.getByTestId(tid.reviewerSave));
  await screen.findByTestId(tid.lock);
  expect(args(bridge, "reviewer_set")).toEqual([{ name: "王老师", pin: PIN }]);
});

it("keeps asking for a name whose PIN was refused", async () => {
  const bridge = open("delivery", null, (fake) => {
    fake.reviewer = "";
  });
  fireEvent.click(await screen.findByTestId(tid.reviewerName));
  type(tid.reviewerInput, "王老师");
  // What a PIN must be is said before one is refused.
  const rule = screen.getByTestId(tid.reviewerPin).getAttribute("aria-describedby") ?? "";
  expect(document.getElementById(rule)?.textContent).toContain("6 至 64 个字符");
  type(tid.reviewerPin, "12");
  fireEvent.click(screen.getByTestId(tid.reviewerSave));
  expect((await screen.findByTestId(tid.failure)).textContent).toContain("口令要 6 至 64 个字符");
  expect(bridge.reviewer).toBe("");
  expect(screen.getByTestId<HTMLInputElement>(tid.reviewerInput).value).toBe("王老师");
  type(tid.reviewerPin, PIN);
  fireEvent.click(screen.getByTestId(tid.reviewerSave));
  await screen.findByTestId(tid.lock);
  expect(bridge.reviewer).toBe("王老师");
});

it("lets who was alone add another only after setting a PIN", async () => {
  const bridge = open("people", null);
  await screen.findByTestId(tid.people);
  await screen.findByTestId(tid.personAdd);
  expect(screen.getByTestId<HTMLInputElement>(tid.personName).disabled).toBe(true);
  expect(screen.getByTestId(tid.people).textContent).toContain(zh.people.ownFirst);
  type(tid.ownPinNew, PIN);
  type(tid.ownPinAgain, "739155");
  expect(button(tid.ownPinSave).disabled).toBe(true);
  type(tid.ownPinAgain, PIN);
  fireEvent.click(screen.getByTestId(tid.ownPinSave));
  await waitFor(() => expect(screen.getByTestId<HTMLInputElement>(tid.personName).disabled).toBe(false));
  expect(screen.queryByTestId(tid.personLacks)).toBeNull();
  const lacks = () => screen.getByTestId(tid.personLacks).textContent;
  type(tid.personName, "钱老师");
  expect(lacks()).toBe(zh.people.addLacks([zh.people.firstPin]));
  fireEvent.click(screen.getByTestId(tid.personRole("reviewer")));
  expect(lacks()).toBe(zh.people.addLacks([zh.people.aRole, zh.people.firstPin]));
  type(tid.personPin, "864209");
  expect([lacks(), button(tid.personAdd).disabled]).toEqual([zh.people.addLacks([zh.people.aRole]), true]);
  fireEvent.click(screen.getByTestId(tid.personRole("reviewer")));
  expect(screen.queryByTestId(tid.personLacks)).toBeNull();
  fireEvent.click(screen.getByTestId(tid.personAdd));
  await waitFor(() =>
    expect(args(bridge, "person_add")).toEqual([{ name: "钱老师", roles: REVIEWER, pin: "864209" }]),
  );
  expect((await screen.findByTestId(tid.personHas(2, "reviewer"))).textContent).toBeDefined();
});

it("changes roles and PINs, disables and sets the idle time", async () => {
  const bridge = open("people", ALL);
  const table = await screen.findByTestId(tid.people);
  await waitFor(() => expect(table.textContent).toContain(zh.people.wrong(2)));
  fireEvent.click(screen.getByTestId(tid.personHas(2, "lead")));
  await waitFor(() =>
    expect(args(bridge, "person_roles")).toEqual([
      { person: 2, roles: { reviewer: true, lead: true, keeper: false } },
    ]),
  );
  fireEvent.click(screen.getByTestId(tid.personReset(2)));
  type(tid.personResetPin, "864209");
  fireEvent.click(screen.getByTestId(tid.personResetSave));
  await waitFor(() => expect(args(bridge, "person_pin")).toEqual([{ person: 2, pin: "864209" }]));
  expect((screen.getByTestId(tid.personLeave(1)) as HTMLButtonElement).disabled).toBe(true);
  fireEvent.click(screen.getByTestId(tid.personLeave(2)));
  fireEvent.click(screen.getByTestId(tid.personLeave(3)));
  await waitFor(() =>
    expect(args(bridge, "person_disable")).toEqual([
      { person: 2, disabled: true },
      { person: 3, disabled: false },
    ]),
  );
  // One's own PIN is not reset here.
  expect(screen.queryByTestId(tid.personReset(1))).toBeNull();
  fireEvent.change(screen.getByTestId(tid.idleMinutes), { target: { value: "5" } });
  fireEvent.click(screen.getByTestId(tid.idleSave));
  await waitFor(() => expect(args(bridge, "idle_set")).toEqual([{ minutes: 5 }]));
});

it("mends a name", async () => {
  const bridge = open("people", ALL);
  fireEvent.click(await screen.findByTestId(tid.personRename(2)));
  expect(button(tid.personRenameSave).disabled).toBe(true);
  type(tid.personRenameName, "李明 ");
  fireEvent.click(screen.getByTestId(tid.personRenameSave));
  await waitFor(() => expect(args(bridge, "person_rename")).toEqual([{ person: 2, name: "李明" }]));
  await waitFor(() => expect(screen.queryByTestId(tid.personRenameName)).toBeNull());
});

it("offers no other name to who signed with the old one, and says why", async () => {
  open("people", ALL);
  const signed = (await screen.findByTestId(tid.personRename(1))) as HTMLButtonElement;
  expect([signed.disabled, signed.title]).toEqual([true, zh.people.renameSigned]);
  expect(button(tid.personRename(2)).disabled).toBe(false);
});

it("says why the last keeper stays one", async () => {
  const bridge = open("people", ALL);
  const said = "至少要有一名在用的保管员：请先把保管员角色交给别人";
  bridge.handlers.person_roles = () => {
    throw failure(said, "refused");
  };
  fireEvent.click(await screen.findByTestId(tid.personHas(1, "keeper")));
  expect((await screen.findByTestId(tid.failure)).textContent).toContain(said);
});

it("keeps the list of people from who is no keeper, and exporting from who is no lead", async () => {
  const bridge = open("people", REVIEWER);
  await screen.findByTestId(tid.peopleAside);
  expect(args(bridge, "people_list")).toEqual([]);
  fireEvent.click(screen.getByTestId(tid.nav("delivery")));
  const write = await screen.findByTestId(tid.deliveryWrite);
  expect(write.closest("fieldset")?.disabled).toBe(true);
  expect(screen.getByTestId(tid.notAllowed).textContent).toBe("这项由负责人办理");
});

it("leads a keeper into no screen with students", async () => {
  const bridge = open("desk", KEEPER);
  expect((await screen.findByTestId(tid.notAllowed)).textContent).toBe("这项由审核员或负责人办理");
  expect(args(bridge, "queue_open")).toEqual([]);
  const entry = button(tid.nav("students"));
  expect([entry.disabled, entry.title]).toEqual([true, "这项由审核员或负责人办理"]);
  expect(button(tid.nav("log")).disabled).toBe(false);
});

it("shows a number in full to a lead, for some seconds", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const bridge = open("students", ALL);
  const show = await screen.findAllByText(zh.people.reveal);
  expect(document.body.textContent).not.toContain("11010519491231002X");
  if (show[0]) fireEvent.click(show[0]);
  await waitFor(() => expect(document.body.textContent).toContain("11010519491231002X"));
  expect(args(bridge, "number_reveal")).toHaveLength(1);
  await act(() => vi.advanceTimersByTimeAsync(21_000));
  expect(document.body.textContent).not.toContain("11010519491231002X");
});

it("shows the number of nobody else when another student comes into the row", async () => {
  const bridge = fakeBridge(3);
  office(bridge, ALL);
  const status = await bridge.call("app_status", {});
  const row = (student: number) => (
    <AppContext.Provider value={{ bridge, status, notify: () => undefined } as unknown as AppContextValue}>
      <IdNumber student={student} masked={`110***${student}`} />
    </AppContext.Provider>
  );
  const { rerender } = render(row(1));
  fireEvent.click(screen.getByTestId(tid.reveal(1)));
  await waitFor(() => expect(document.body.textContent).toContain("11010519491231002X"));
  rerender(row(2));
  expect(document.body.textContent).toBe(`110***2${zh.people.reveal}`);
});

it("offers no number in full to a reviewer", async () => {
  open("students", REVIEWER);
  await screen.findByTestId(tid.screen("students"));
  await waitFor(() => expect(document.body.textContent).toContain("***"));
  expect(screen.queryByText(zh.people.reveal)).toBeNull();
});

it("tells whoever signs in next whose decision on which photo was refused", async () => {
  const bridge = open("desk", ALL);
  await waitFor(() => expect(screen.getByTestId(tid.desk).dataset.painted).toBe("true"));
  let refuse: () => void = () => undefined;
  bridge.handlers.submission_decide = () =>
    new Promise((_, reject) => {
      refuse = () => reject(failure("请先登录", "signed_out"));
    });
  fireEvent.keyDown(document.body, { code: "KeyF" });
  await waitFor(() => expect(args(bridge, "submission_decide")).toHaveLength(1));
  bridge.seat = { ...bridge.seat, state: "signed_out" };
  act(() => bridge.seatChanged());
  await screen.findByTestId(tid.signIn);
  refuse();
  fireEvent.click(screen.getByTestId(tid.signInPerson(2)));
  type(tid.signInPin, PIN);
  fireEvent.click(screen.getByTestId(tid.signInGo));
  const told = await screen.findByText(/没有保存成功/);
  const item = bridge.items.get(1);
  expect(told.textContent).toContain(`张老师审的 ${item?.student_no} ${item?.name}`);
});
