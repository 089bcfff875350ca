/** Who sits at the fake station: signing in, locking, people. The PIN of everybody is 739154. */
import type { AppStatus, PeopleView, RoleSet, RoundCard, SeatView } from "../../src/bindings/wire";
import { type FakeBridge, failure, type Handlers } from "./fakeBridge";

export const PIN = "739154";
export const ALL: RoleSet = { reviewer: true, lead: true, keeper: true };

/** Three people, each with one role more than the one before; 张老师 sits here. */
export function office(bridge: FakeBridge, roles: RoleSet = ALL): void {
  bridge.people = [
    { person: 1, name: "张老师", roles, has_pin: true, wrong: 0, disabled: false, signed: true },
    {
      person: 2,
      name: "李老师",
      roles: { reviewer: true, lead: false, keeper: false },
      has_pin: true,
      wrong: 2,
      disabled: false,
      signed: false,
    },
    {
      person: 3,
      name: "赵老师",
      roles: { reviewer: false, lead: true, keeper: false },
      has_pin: true,
      wrong: 0,
      disabled: true,
      signed: true,
    },
  ];
  bridge.seat = { roles, has_pin: true, idle_minutes: 15 };
}

export function seatHandlers(of: () => FakeBridge, round: () => RoundCard): Partial<Handlers> {
  const seat = (): SeatView => {
    const bridge = of();
    const names = bridge.people.filter((row) => !row.disabled);
    return {
      state: bridge.reviewer === "" ? "unclaimed" : "seated",
      person: bridge.reviewer === "" ? null : 1,
      roles: ALL,
      has_pin: false,
      people: names.length > 0 ? names : [{ person: 1, name: bridge.reviewer }],
      idle_minutes: 15,
      ...bridge.seat,
    };
  };
  const status = (): AppStatus => {
    const now = seat();
    return {
      version: "0.1.0",
      workspace: "C:\\照审台\\2026",
      sealed: of().sealed,
      code_unconfirmed: false,
      kept_here: of().keptHere,
      least_passphrase: 10,
      reviewer: now.state === "seated" ? of().reviewer : "",
      seat: now,
      alarm: "",
      rounds: [round()],
    };
  };
  const view = (): PeopleView => {
    const bridge = of();
    if (bridge.people.length === 0) {
      const alone = { person: 1, name: bridge.reviewer, roles: ALL, wrong: 0, disabled: false, signed: true };
      bridge.people = [{ ...alone, has_pin: seat().has_pin }];
    }
    return { people: bridge.people, idle_minutes: seat().idle_minutes };
  };
  const change = (person: number, changes: Partial<FakeBridge["people"][number]>): PeopleView => {
    const bridge = of();
    bridge.people = view().people.map((row) => (row.person === person ? { ...row, ...changes } : row));
    return view();
  };
  return {
    app_status: status,
    reviewer_set: ({ name, pin }) => {
      if (pin !== "" && pin.length < 6) throw failure("口令要 6 至 64 个字符", "refused");
      of().reviewer = name;
      if (pin !== "") of().seat = { ...of().seat, has_pin: true };
      return status();
    },
    sign_in: ({ person, pin }) => {
      const bridge = of();
      const row = bridge.people.find((known) => known.person === person);
      if (!row || pin !== PIN) throw failure("口令不正确，请重新输入", "refused");
      bridge.reviewer = row.name;
      bridge.seat = { ...bridge.seat, state: "seated", person, roles: row.roles };
      return status();
    },
    seat_lock: () => {
      of().seat = { ...of().seat, state: "signed_out" };
      return status();
    },
    seat_awake: seat,
    pin_change: ({ new: pin }) => {
      of().seat = { ...of().seat, has_pin: pin !== "" };
      change(1, { has_pin: pin !== "" });
      return status();
    },
    people_list: view,
    person_add: ({ name, roles }) => {
      const bridge = of();
      const person = view().people.length + 1;
      bridge.people = [
        ...bridge.people,
        { person, name, roles, has_pin: true, wrong: 0, disabled: false, signed: false },
      ];
      return view();
    },
    person_rename: ({ person, name }) => change(person, { name }),
    person_roles: ({ person, roles }) => change(person, { roles }),
    person_disable: ({ person, disabled }) => change(person, { disabled }),
    person_pin: ({ person }) => change(person, { wrong: 0 }),
    idle_set: ({ minutes }) => {
      of().seat = { ...of().seat, idle_minutes: minutes };
      return view();
    },
    number_reveal: () => ({ number: "11010519491231002X", seconds: 20 }),
  };
}
