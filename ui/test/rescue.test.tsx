/** A workspace that opens for nobody: its backups are listed, looked at and restored in its place, and nothing before that. */
import { act, fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { Door } from "../src/app/door/Door";
import type { BackupCard, DoorKeepers, DoorRestore, DoorState, SealProgress } from "../src/bindings/wire";
import type { DoorBridge } from "../src/bridge/bridge";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { failure, fakeBridge } from "./fake/fakeBridge";

const PROBLEM = "工作区数据库已损坏，请从备份恢复";
const CAUTION = "这份备份里没有人设登录口令";
const ASIDE = "C:\\照审台-打不开-2026-11-30";

const card = (name: string, caution = ""): BackupCard => ({
  name,
  at: `${name} 09:00:00`,
  why: "每日",
  rounds: 1,
  students: 52,
  photos: 12,
  missing: 0,
  damaged: 0,
  log_rows: 9,
  mebibytes: 3.25,
  caution,
});

let state: DoorState;
let sealed: boolean;
let missing: number;
let asked: DoorRestore[];
let refuse: boolean;
let heard: (progress: SealProgress) => void;
let finish: () => void;
/** Gives the list of backups, where it is waited for. */
let list: Promise<void>;
/** The keeper's PIN, where one is asked for. */
let pin: string;
/** What is known of the keepers before anything is typed. */
let keepers: DoorKeepers;
let names: string[];
/** What lies there of earlier tries. */
let beside: string[];
/** Whether nobody can read who is keeper. */
let unread: boolean;

const NOTHING = { pin: "", workspace: "", unread: false };

const door: DoorBridge = {
  show: async () => ({ state, folder: "C:\\照审台", least: 10, kept: false, problem: PROBLEM }),
  unlock: () => Promise.reject(failure("没有打开", "workspace")),
  unlockHere: () => Promise.reject(failure("没有打开", "workspace")),
  make: () => Promise.reject(failure("没有建立", "workspace")),
  seal: () => Promise.reject(failure("没有加密", "workspace")),
  onSealing: () => () => undefined,
  async backups() {
    await list;
    return { backups: [card("2026-11-29"), card("2026-11-20", CAUTION)], sealed, keepers, names, beside };
  },
  async look({ passphrase }) {
    if (passphrase !== "k7mqp") throw failure("口令不对", "file");
    return card("照审台备份.zip", CAUTION);
  },
  restore: (args) =>
    new Promise((resolve, reject) => {
      asked.push(args);
      if (args.pin !== pin) {
        const code = args.pin === "" ? "signed_out" : "not_allowed";
        return reject(failure("恢复要由保管员确认", code));
      }
      if (unread && !args.unread) return reject(failure("读不出谁是保管员", "conflict"));
      finish = () => {
        if (refuse) return reject(failure("这份备份已损坏", "file"));
        state = "open";
        const report = {
          folder: "C:\\照审台",
          rounds: 1,
          students: 52,
          photos: 11,
          missing,
          log_rows: 9,
          sealed,
        };
        resolve({ report, aside: ASIDE });
      };
    }),
  onRestoring(callback) {
    heard = callback;
    return () => undefined;
  },
};

const show = () => {
  const bridge = fakeBridge(1);
  bridge.pick = async () => ["E:\\照审台备份.zip"];
  return render(
    <Door bridge={{ ...bridge, door }}>
      <span data-testid="behind" />
    </Door>,
  );
};
const press = async (id: string) => {
  await act(async () => fireEvent.click(screen.getByTestId(id)));
};
const type = (id: string, value: string) => fireEvent.change(screen.getByTestId(id), { target: { value } });
const text = (id: string) => screen.getByTestId(id).textContent;

beforeEach(() => {
  state = "damaged";
  list = Promise.resolve();
  sealed = false;
  missing = 0;
  asked = [];
  refuse = false;
  pin = "";
  keepers = "nobody";
  names = [];
  beside = [];
  unread = false;
});

it("says what lies beside of earlier tries, and nothing where nothing does", async () => {
  const { unmount } = show();
  await screen.findByTestId(tid.rescueTable);
  expect(screen.queryByTestId(tid.rescueBeside)).toBeNull();
  unmount();
  beside = ["C:\\照审台工作区-恢复自2026-11-29"];
  show();
  expect((await screen.findByTestId(tid.rescueBeside)).textContent).toContain(beside[0]);
});

it("says why it does not open, lists the backups, and restores one after saying what that means", async () => {
  show();
  await screen.findByTestId(tid.rescueTable);
  expect(text(tid.rescueProblem)).toBe(PROBLEM);
  expect(text(tid.rescueTable)).toContain("2026-11-29 09:00:00");
  await press(tid.rescueChoose("2026-11-29"));
  expect(asked).toEqual([]);
  for (const said of [zh.rescue.lost, zh.rescue.people, zh.rescue.aside]) {
    expect(text(tid.rescueConfirm)).toContain(said);
  }
  expect(screen.queryByTestId(tid.rescueCaution)).toBeNull();
  await press(tid.rescueRestore);
  expect(asked).toEqual([{ name: "2026-11-29", file: "", passphrase: "", ...NOTHING }]);
  act(() => heard({ done: 3, of: 12 }));
  expect(text(tid.door)).toContain(zh.rescue.progress("3", "12"));
  missing = 1;
  await act(async () => finish());
  expect(text(tid.rescueDone)).toContain(ASIDE);
  expect(text(tid.rescueDone)).toContain(zh.rescue.missing("1"));
  expect(screen.queryByTestId("behind")).toBeNull();
  await press(tid.rescueOpen);
  await screen.findByTestId("behind");
});

it("says before restoring that nobody has a PIN in it, and keeps what was chosen when it fails", async () => {
  show();
  await screen.findByTestId(tid.rescueTable);
  await press(tid.rescueChoose("2026-11-20"));
  expect(text(tid.rescueCaution)).toBe(CAUTION);
  refuse = true;
  await press(tid.rescueRestore);
  await act(async () => finish());
  expect(text(tid.failure)).toContain("这份备份已损坏");
  expect(text(tid.rescueConfirm)).toContain("2026-11-20");
  fireEvent.click(screen.getByText(zh.rescue.back));
  await screen.findByTestId(tid.rescueTable);
});

it("asks for a keeper's PIN beforehand, by names, and again after a wrong one", async () => {
  pin = "739154";
  keepers = "named";
  names = ["王老师", "李老师"];
  show();
  await screen.findByTestId(tid.rescueTable);
  await press(tid.rescueChoose("2026-11-29"));
  expect(text(tid.rescueConfirm)).toContain(zh.rescue.pin(names));
  expect(screen.queryByTestId(tid.failure)).toBeNull();
  expect(screen.getByTestId<HTMLButtonElement>(tid.rescueRestore).disabled).toBe(true);
  type(tid.rescuePin, "000000");
  await press(tid.rescueRestore);
  expect(text(tid.failure)).toContain("恢复要由保管员确认");
  expect(screen.getByTestId<HTMLInputElement>(tid.rescuePin).value).toBe("");
  expect(screen.getByTestId<HTMLButtonElement>(tid.rescueRestore).disabled).toBe(true);
  type(tid.rescuePin, pin);
  await press(tid.rescueRestore);
  expect(asked.map((one) => one.pin)).toEqual(["000000", pin]);
  await act(async () => finish());
  expect(screen.getByTestId(tid.rescueDone)).toBeTruthy();
});

it("asks for a keeper's PIN of a sealed workspace where there may be one, and insists where there is", async () => {
  pin = "739154";
  keepers = "locked";
  sealed = true;
  show();
  await screen.findByTestId(tid.rescueTable);
  await press(tid.rescueChoose("2026-11-29"));
  expect(text(tid.rescueConfirm)).toContain(zh.rescue.pinIfAny);
  expect(screen.queryByTestId(tid.rescueOwnKey)).toBeNull();
  type(tid.rescuePassphrase, "一句没有别人知道的话");
  await press(tid.rescueRestore);
  expect(screen.getByTestId<HTMLButtonElement>(tid.rescueRestore).disabled).toBe(true);
  type(tid.rescuePin, pin);
  // What was typed before need not be typed again.
  await press(tid.rescueRestore);
  expect(asked.at(-1)).toMatchObject({ passphrase: "一句没有别人知道的话", pin });
});

it("asks for the key of the sealed workspace whose place a file takes", async () => {
  keepers = "locked";
  sealed = true;
  show();
  await screen.findByTestId(tid.rescueFile);
  await press(tid.rescueFile);
  type(tid.rescueFilePassphrase, "k7mqp");
  await press(tid.rescueLook);
  expect(text(tid.rescueConfirm)).toContain(zh.rescue.ownKey);
  expect(screen.getByTestId<HTMLButtonElement>(tid.rescueRestore).disabled).toBe(true);
  type(tid.rescueOwnKey, "一句没有别人知道的话");
  await press(tid.rescueRestore);
  expect(asked.at(-1)).toMatchObject({ passphrase: "k7mqp", workspace: "一句没有别人知道的话", pin: "" });
});

it("says that nobody can be asked, and restores only once that is confirmed", async () => {
  keepers = "unread";
  unread = true;
  show();
  await screen.findByTestId(tid.rescueTable);
  await press(tid.rescueChoose("2026-11-29"));
  expect(text(tid.rescueConfirm)).toContain(zh.rescue.unread);
  expect(screen.queryByTestId(tid.rescuePin)).toBeNull();
  expect(screen.getByTestId<HTMLButtonElement>(tid.rescueRestore).disabled).toBe(true);
  await press(tid.rescueUnread);
  await press(tid.rescueRestore);
  expect(asked.at(-1)?.unread).toBe(true);
  await act(async () => finish());
  expect(screen.getByTestId(tid.rescueDone)).toBeTruthy();
});

it("asks for that confirmation too where it turns out only afterwards", async () => {
  unread = true;
  show();
  await screen.findByTestId(tid.rescueTable);
  await press(tid.rescueChoose("2026-11-29"));
  await press(tid.rescueRestore);
  expect(text(tid.failure)).toContain("读不出谁是保管员");
  expect(screen.getByTestId<HTMLButtonElement>(tid.rescueRestore).disabled).toBe(true);
  await press(tid.rescueUnread);
  expect(screen.getByTestId<HTMLButtonElement>(tid.rescueRestore).disabled).toBe(false);
});

it("asks for the passphrase of a sealed workspace", async () => {
  sealed = true;
  show();
  await screen.findByTestId(tid.rescueTable);
  await press(tid.rescueChoose("2026-11-29"));
  expect(screen.getByTestId<HTMLButtonElement>(tid.rescueRestore).disabled).toBe(true);
  type(tid.rescuePassphrase, "一句没有别人知道的话");
  await press(tid.rescueRestore);
  expect(asked).toEqual([{ name: "2026-11-29", file: "", passphrase: "一句没有别人知道的话", ...NOTHING }]);
});

it("looks into a file by its passphrase before it restores of it", async () => {
  show();
  await screen.findByTestId(tid.rescueFile);
  await press(tid.rescueFile);
  type(tid.rescueFilePassphrase, "wrong");
  await press(tid.rescueLook);
  expect(text(tid.failure)).toContain("口令不对");
  type(tid.rescueFilePassphrase, " k7mqp ");
  await press(tid.rescueLook);
  expect(text(tid.rescueConfirm)).toContain("E:\\照审台备份.zip");
  expect(text(tid.rescueCaution)).toBe(CAUTION);
  await press(tid.rescueRestore);
  expect(asked).toEqual([{ name: "", file: "E:\\照审台备份.zip", passphrase: "k7mqp", ...NOTHING }]);
});

it("offers nothing to press before it knows the backups, which would move it from under the pointer", async () => {
  let known: () => void = () => undefined;
  list = new Promise((resolve) => (known = resolve));
  show();
  await screen.findByTestId(tid.rescueProblem);
  for (const id of [tid.rescueFile, tid.rescueAgain]) expect(screen.queryByTestId(id)).toBeNull();
  await act(async () => known());
  for (const id of [tid.rescueTable, tid.rescueFile, tid.rescueAgain]) await screen.findByTestId(id);
});

it("tries again to open it, which may have been mended", async () => {
  show();
  await screen.findByTestId(tid.rescueAgain);
  state = "open";
  await press(tid.rescueAgain);
  await screen.findByTestId("behind");
});
