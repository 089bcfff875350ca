/** The bridge of the browser: token, address, failures. And the dialogs of the window. */
import { afterEach, expect, it, vi } from "vitest";
import { asFailure } from "../src/bridge/bridge";
import { httpBridge, takeSession, takeToken } from "../src/bridge/http";
import { tauriBridge } from "../src/bridge/tauri";
import { zh } from "../src/zh";

afterEach(() => {
  vi.unstubAllGlobals();
  window.history.replaceState(null, "", "/");
});

it.each(["/#token=abc", "/#?token=abc", "/?token=abc"])(
  "takes the token out of %s and keeps it for the tab",
  (address) => {
    window.history.replaceState(null, "", address);
    expect(takeToken(window.location, sessionStorage)).toBe("abc");
    expect(window.location.href).not.toContain("abc");
    expect(takeToken(window.location, sessionStorage)).toBe("abc");
  },
);

it("posts the arguments with the token and gives the answer back", async () => {
  const fetched = vi.fn(
    async (_address: string, _request: RequestInit) => new Response(JSON.stringify({ job: 3 })),
  );
  vi.stubGlobal("fetch", fetched);
  await expect(httpBridge("t").call("checks_run", { round: 1 })).resolves.toEqual({ job: 3 });
  const [address, request] = fetched.mock.calls[0] ?? [];
  expect(address).toBe("/api/checks_run");
  expect(request?.headers).toMatchObject({ "x-zhaoshen-token": "t" });
  expect(request?.body).toBe('{"round":1}');
});

it("rejects with the station's own failure", async () => {
  const failure = { code: "conflict", message: "别人刚刚改过", detail: "d" };
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(failure), { status: 409 }));
  await expect(httpBridge("t").call("round_show", { round: 1 })).rejects.toEqual(failure);
});

it("turns a dead server and a senseless answer into failures", async () => {
  vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("refused")));
  await expect(httpBridge("t").call("round_show", { round: 1 })).rejects.toMatchObject({
    code: "internal",
    message: zh.failure.unreachable,
  });
  vi.stubGlobal("fetch", async () => new Response("<html>", { status: 500 }));
  await expect(httpBridge("t").call("round_show", { round: 1 })).rejects.toMatchObject({
    message: zh.failure.host,
  });
});

it("addresses photos by hash, token and session", () => {
  expect(httpBridge("a b").photoUrl("preview", "ff00")).toBe("/photo/preview/ff00?token=a%20b");
  expect(httpBridge("a b", "0c").photoUrl("thumb", "ff00")).toBe("/photo/thumb/ff00?token=a%20b&session=0c");
});

it("makes a failure of anything that was thrown", () => {
  expect(asFailure({ code: "file", message: "m" }, "f")).toEqual({ code: "file", message: "m", detail: "" });
  expect(asFailure({ code: "else", message: "m" }, "f").message).toBe("f");
  expect(asFailure(new Error("boom"), "f")).toEqual({
    code: "internal",
    message: "f",
    detail: "Error: boom",
  });
  expect(asFailure(null, "f").code).toBe("internal");
});

it("sends its session and whom the page shows, and hears when another sits there", async () => {
  const word = takeSession(sessionStorage);
  expect(word).toMatch(/^[0-9a-f]{32}$/);
  expect(takeSession(sessionStorage)).toBe(word);
  const fetched = vi.fn(async (_address: string, _request: RequestInit) => new Response("{}"));
  vi.stubGlobal("fetch", fetched);
  const bridge = httpBridge("t", word);
  const heard = vi.fn();
  const stop = bridge.onSeat(heard);
  await bridge.call("round_show", { round: 1 });
  bridge.shows(7);
  await bridge.call("round_show", { round: 1 });
  const sent = fetched.mock.calls.map(([, request]) => request.headers as Record<string, string>);
  expect(sent[0]).toMatchObject({ "x-zhaoshen-session": word });
  expect(sent[0]).not.toHaveProperty("x-zhaoshen-person");
  expect(sent[1]).toMatchObject({ "x-zhaoshen-session": word, "x-zhaoshen-person": "7" });
  expect(heard).not.toHaveBeenCalled();
  for (const code of ["signed_out", "conflict"]) {
    vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ code, message: "m" }), { status: 403 }));
    await expect(bridge.call("round_show", { round: 1 })).rejects.toMatchObject({ code });
  }
  expect(heard).toHaveBeenCalledTimes(2);
  stop();
  await expect(bridge.call("round_show", { round: 1 })).rejects.toMatchObject({ code: "conflict" });
  expect(heard).toHaveBeenCalledTimes(2);
});

it("opens one dialog at a time, whichever button asks, and the next once it has ended", async () => {
  const answers: [(paths: string[]) => void, (thrown: unknown) => void][] = [];
  const invoke = vi.fn(
    (command: string, _args: unknown) =>
      new Promise<unknown>((answer, fail) => {
        if (command === "pick") answers.push([answer, fail]);
      }),
  );
  vi.stubGlobal("__TAURI_INTERNALS__", { invoke });
  const bridge = tauriBridge();
  const opened = () => invoke.mock.calls.filter(([command]) => command === "pick").length;
  const first = bridge.pick("roster");
  expect(await bridge.pick("roster")).toBeNull();
  expect(await bridge.pick("delivery_folder")).toBeNull();
  expect(opened()).toBe(1);
  answers[0]?.[0](["/名单.xlsx"]);
  expect(await first).toEqual(["/名单.xlsx"]);
  const failing = bridge.pick("photos_zip");
  expect(opened()).toBe(2);
  answers[1]?.[1]({ code: "internal", message: "没有打开", detail: "" });
  await expect(failing).rejects.toMatchObject({ message: "没有打开" });
  void bridge.pick("roster");
  expect(opened()).toBe(3);
});
