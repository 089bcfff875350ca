/** The photos of a round that wait for a student, and the folder that is watched, in memory. */
import type { StudentHit, WatchView } from "../../src/bindings/wire";
import type { Handlers } from "./fakeBridge";

/** `hit` is a student as a search finds them, by their seed. */
export function photosHandlers(hit: (seed: number) => StudentHit): Handlers {
  let watch: WatchView = {
    folder: "",
    on: false,
    ended: false,
    paused: false,
    came_in: 0,
    last_at: "",
    last: null,
    refused: 0,
    unended: 0,
    lines: [],
    problem: "",
  };
  return {
    watch_show: () => ({ ...watch }),
    watch_set: ({ folder, on }) => {
      watch = { ...watch, folder, on, paused: false };
      return { ...watch };
    },
    pile_list: () => ({
      ambiguous: [
        {
          submission: 901,
          photo: "9".repeat(64),
          file_name: "王思远.jpg",
          detail: "姓名“王思远”对应 2 人",
          candidates: [hit(3), hit(15)],
        },
      ],
      not_on_roster: [
        {
          submission: 902,
          photo: "8".repeat(64),
          file_name: "2021级/220199999999.jpg",
          detail: "学号 220199999999 不在名单中",
          candidates: [],
        },
      ],
      unknown: [
        {
          submission: 903,
          photo: "7".repeat(64),
          file_name: "微信图片_20261120091233.jpg",
          detail: "文件名中没有学号、证件号码或姓名",
          candidates: [],
        },
      ],
      shared: [],
      excluded: [],
      dismissed: [],
      proposals: [],
    }),
  };
}
