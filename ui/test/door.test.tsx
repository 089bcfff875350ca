/** The door of the workspace: shut until it is unlocked or made; the recovery code does not go away unread. */
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { useSealNow } from "../src/app/door/context";
import { Door } from "../src/app/door/Door";
import type { DoorKey, DoorState, SealProgress } from "../src/bindings/wire";
import type { DoorBridge } from "../src/bridge/bridge";
import { tid } from "../src/testids";
import { zh } from "../src/zh";
import { failure, fakeBridge } from "./fake/fakeBridge";

const PASSPHRASE = "一句没有别人知道的话";
const CODE = "TBK5-WZRR-CB0J-BSWB-G756-EMTZ-FTSN-DHXH-S95C";

let state: DoorState;
let confirmed: string[] = [];
let made: string[];
let keys: DoorKey[];
let heard: (progress: SealProgress) => void;
let refuse: boolean;
/** What its key opens is damaged. */
let broken: boolean;
/** Whether the workspace says that a keychain may open it, and whether one does. */
let kept: boolean;
let keychain: boolean;
let unkept: string;
let finish: () => void;
/** What is said beside the code of a workspace that is sealed. */
let note: string;
/** Lets a keychain that asks its person answer. */
let answer: (() => void) | null;
let slow: boolean;

const door: DoorBridge = {
  show: async () => ({ state, folder: "C:\\照审台", least: 10, kept, problem: "" }),
  async unlock(key) {
    keys.push(key);
    if (broken) {
      state = "damaged";
      throw failure("口令正确，但数据库打不开", "damaged");
    }
    if (refuse) throw failure("工作区口令不对", "workspace");
    state = "open";
    return { unkept };
  },
  async unlockHere() {
    if (slow) await new Promise<void>((resolve) => (answer = resolve));
    if (!keychain) throw failure("系统钥匙串没能打开工作区", "workspace");
    state = "open";
  },
  async make(passphrase) {
    made.push(passphrase);
    state = "open";
    return { code: passphrase === "" ? "" : CODE, note: "" };
  },
  seal: () =>
    new Promise((resolve, reject) => {
      finish = () => (refuse ? reject(failure("磁盘已满", "file")) : resolve({ code: CODE, note }));
    }),
  backups: async () => ({ backups: [], sealed: true, keepers: "locked", names: [], beside: [] }),
  look: async () => Promise.reject(failure("没有这份备份", "file")),
  restore: async () => Promise.reject(failure("没有这份备份", "file")),
  onRestoring: () => () => undefined,
  onSealing(callback) {
    heard = callback;
    return () => undefined;
  },
};

function Behind() {
  const sealNow = useSealNow();
  return (
    <button type="button" data-testid="behind" onClick={() => sealNow?.(PASSPHRASE)}>
      {sealNow ? "can" : "cannot"}
    </button>
  );
}

const show = (at: DoorState) => {
  state = at;
  const bridge = fakeBridge(1);
  Object.assign(bridge.handlers, {
    seal_code_confirm: ({ code }: { code: string }) => {
      confirmed.push(code);
      return { note: "" };
    },
  });
  render(
    <Door bridge={{ ...bridge, door }}>
      <Behind />
    </Door>,
  );
};
const type = (id: string, value: string) => fireEvent.change(screen.getByTestId(id), { target: { value } });
const press = async (id: string) => {
  await act(async () => fireEvent.click(screen.getByTestId(id)));
};
const enabled = (id: string) => !(screen.getByTestId(id) as HTMLButtonElement).disabled;

beforeEach(() => {
  confirmed = [];
  made = [];
  keys = [];
  refuse = false;
  broken = false;
  kept = false;
  keychain = false;
  unkept = "";
  note = "";
  slow = false;
  answer = null;
});

it("lets everybody through where the host has no door, and cannot seal there", () => {
  render(
    <Door bridge={fakeBridge(1)}>
      <Behind />
    </Door>,
  );
  expect(screen.getByTestId("behind").textContent).toBe("cannot");
});

it("is open for a plain workspace", async () => {
  show("open");
  expect((await screen.findByTestId("behind")).textContent).toBe("can");
});

it("stays shut for a wrong passphrase and opens for the right one", async () => {
  show("locked");
  await screen.findByTestId(tid.doorPassphrase);
  expect(enabled(tid.doorOpen)).toBe(false);
  refuse = true;
  type(tid.doorPassphrase, PASSPHRASE);
  await press(tid.doorOpen);
  expect(screen.getByTestId(tid.failure).textContent).toContain("口令不对");
  expect(screen.queryByTestId("behind")).toBeNull();
  refuse = false;
  expect(enabled(tid.doorOpen)).toBe(false);
  type(tid.doorPassphrase, PASSPHRASE);
  await press(tid.doorOpen);
  await screen.findByTestId("behind");
  expect(keys.at(-1)).toEqual({ passphrase: PASSPHRASE, recovery: "", next: "", keep: false });
});

it("wants a new passphrase with a recovery code", async () => {
  show("locked");
  await screen.findByTestId(tid.doorPassphrase);
  await press(tid.doorOther);
  type(tid.doorRecovery, CODE);
  expect(enabled(tid.doorOpen)).toBe(false);
  type(tid.doorNext, PASSPHRASE);
  type(tid.doorAgain, `${PASSPHRASE}！`);
  expect(enabled(tid.doorOpen)).toBe(false);
  type(tid.doorAgain, PASSPHRASE);
  await press(tid.doorOpen);
  expect(keys).toEqual([{ passphrase: "", recovery: CODE, next: PASSPHRASE, keep: false }]);
});

it("asks at the first start, and makes a plain workspace only when told so", async () => {
  show("new");
  await screen.findByTestId(tid.doorPlain);
  expect(enabled(tid.doorSealed)).toBe(false);
  await press(tid.doorPlain);
  await screen.findByTestId("behind");
  expect(made).toEqual([""]);
});

it("shows the recovery code until its last group is typed back", async () => {
  show("new");
  await screen.findByTestId(tid.doorNext);
  type(tid.doorNext, "太短");
  type(tid.doorAgain, "太短");
  expect(enabled(tid.doorSealed)).toBe(false);
  type(tid.doorNext, PASSPHRASE);
  type(tid.doorAgain, PASSPHRASE);
  await press(tid.doorSealed);
  expect((await screen.findByTestId(tid.recoveryCode)).textContent).toBe(CODE.replaceAll("-", ""));
  expect(made).toEqual([PASSPHRASE]);
  for (const wrong of ["", "S95", "TBK5"]) {
    type(tid.recoveryLast, wrong);
    expect(enabled(tid.recoveryDone)).toBe(false);
  }
  expect(screen.queryByTestId("behind")).toBeNull();
  type(tid.recoveryLast, " s95c ");
  expect(confirmed).toEqual([]);
  await press(tid.recoveryDone);
  await screen.findByTestId("behind");
  expect(confirmed).toEqual([CODE]);
});

it("takes the screens away while it seals, tells how far it is, and shows the code", async () => {
  show("open");
  await screen.findByTestId("behind");
  await press("behind");
  expect(screen.queryByTestId("behind")).toBeNull();
  act(() => heard({ done: 3, of: 12 }));
  expect(screen.getByTestId(tid.door).textContent).toContain(zh.seal.sealing("3", "12"));
  await act(async () => finish());
  await screen.findByTestId(tid.recoveryCode);
});

it("opens again when nothing came of sealing, and says why", async () => {
  show("open");
  await screen.findByTestId("behind");
  await press("behind");
  refuse = true;
  await act(async () => finish());
  expect(screen.getByTestId(tid.failure).textContent).toContain("磁盘已满");
  expect(screen.getByTestId(tid.door).textContent).toContain(zh.seal.failedTitle);
  fireEvent.click(screen.getByText(zh.app.reload));
  await waitFor(() => screen.getByTestId("behind"));
});

it("shows the code also of a workspace that is sealed and does not open again, and then the door", async () => {
  show("open");
  await screen.findByTestId("behind");
  await press("behind");
  state = "locked";
  await act(async () => finish());
  expect((await screen.findByTestId(tid.recoveryCode)).textContent).toBe(CODE.replaceAll("-", ""));
  type(tid.recoveryLast, "S95C");
  await press(tid.recoveryDone);
  await screen.findByTestId(tid.doorPassphrase);
  expect(screen.queryByTestId("behind")).toBeNull();
});

it("asks the keychain first where it may open it, and for the passphrase when it does not", async () => {
  kept = true;
  keychain = true;
  show("locked");
  await screen.findByTestId("behind");
  expect(keys).toEqual([]);
});

it("says that the keychain opened nothing, and takes the passphrase", async () => {
  kept = true;
  show("locked");
  await screen.findByTestId(tid.doorPassphrase);
  expect(screen.getByTestId(tid.failure).textContent).toContain("系统钥匙串");
  type(tid.doorPassphrase, PASSPHRASE);
  await press(tid.doorOpen);
  await screen.findByTestId("behind");
});

it("lets nobody wait for a keychain that does not answer", async () => {
  kept = true;
  slow = true;
  show("locked");
  await screen.findByTestId(tid.doorKeychain);
  await press(tid.doorByHand);
  type(tid.doorPassphrase, PASSPHRASE);
  // What it says in the end is nobody's concern any more.
  await act(async () => answer?.());
  expect(screen.queryByTestId(tid.failure)).toBeNull();
  expect(screen.getByTestId<HTMLInputElement>(tid.doorPassphrase).value).toBe(PASSPHRASE);
  await press(tid.doorOpen);
  await screen.findByTestId("behind");
});

it("goes in when the keychain answers after all", async () => {
  kept = true;
  slow = true;
  keychain = true;
  show("locked");
  await screen.findByTestId(tid.doorKeychain);
  await press(tid.doorByHand);
  await act(async () => answer?.());
  await screen.findByTestId("behind");
});

it("says beside the code what is still in the way of a sealed workspace", async () => {
  note = "旧文件没能移开";
  show("open");
  await screen.findByTestId("behind");
  await press("behind");
  await act(async () => finish());
  expect((await screen.findByTestId(tid.recoveryCode)).textContent).toBe(CODE.replaceAll("-", ""));
  expect(screen.getByTestId(tid.recoveryNote).textContent).toContain(note);
});

it("keeps the passphrase when asked to, and tells when the keychain did not", async () => {
  unkept = "系统钥匙串没有记下口令";
  show("locked");
  await screen.findByTestId(tid.doorPassphrase);
  await press(tid.doorKeep);
  expect(screen.getByText(zh.seal.keepNote)).toBeTruthy();
  type(tid.doorPassphrase, PASSPHRASE);
  await press(tid.doorOpen);
  expect(keys.at(-1)?.keep).toBe(true);
  expect((await screen.findByTestId(tid.doorUnkept)).textContent).toBe(unkept);
  expect(screen.queryByTestId("behind")).toBeNull();
  await press(tid.doorGoOn);
  await screen.findByTestId("behind");
});

it("goes from one passphrase box to the next by one press of Tab", async () => {
  show("new");
  const next = await screen.findByTestId(tid.doorNext);
  const eyes = document.querySelectorAll(".ant-input-password-icon");
  expect(eyes.length).toBe(2);
  for (const eye of eyes) expect(eye.getAttribute("tabindex")).toBe("-1");
  expect(
    next.compareDocumentPosition(screen.getByTestId(tid.doorAgain)) & Node.DOCUMENT_POSITION_FOLLOWING,
  ).toBeTruthy();
});

it("says what keeping it means before it is ticked, where it stays", async () => {
  show("locked");
  const said = await screen.findByText(zh.seal.keepNote);
  expect(said.style.visibility).toBe("");
  await press(tid.doorKeep);
  expect(screen.getByText(zh.seal.keepNote)).toBe(said);
});

it("goes where backups are restored when what the right passphrase opens is damaged", async () => {
  broken = true;
  show("locked");
  await screen.findByTestId(tid.doorPassphrase);
  type(tid.doorPassphrase, PASSPHRASE);
  await press(tid.doorOpen);
  await screen.findByTestId(tid.rescueProblem);
  expect(screen.queryByTestId(tid.doorPassphrase)).toBeNull();
});

it("restores a backup in a file at the first start, and goes back to making a workspace", async () => {
  show("new");
  await screen.findByTestId(tid.doorRescue);
  await press(tid.doorRescue);
  await screen.findByTestId(tid.rescueFile);
  expect(screen.queryByTestId(tid.rescueProblem)).toBeNull();
  expect(screen.queryByTestId(tid.rescueTable)).toBeNull();
  fireEvent.click(screen.getByText(zh.rescue.back));
  await screen.findByTestId(tid.doorPlain);
});
