/** The frame around every screen: header, navigation of the round, strips. Holds no data of its own. */
import {
  AimOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BarChartOutlined,
  CheckSquareOutlined,
  ControlOutlined,
  ExportOutlined,
  EyeOutlined,
  FileTextOutlined,
  ImportOutlined,
  LockOutlined,
  MessageOutlined,
  PayCircleOutlined,
  PictureOutlined,
  QuestionCircleOutlined,
  SafetyOutlined,
  TableOutlined,
  TeamOutlined,
  UsergroupAddOutlined,
  UserOutlined,
} from "@ant-design/icons";
import { Alert, Button } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { RoleNote } from "../components/RoleNote";
import { tid } from "../testids";
import { zh } from "../zh";
import { type Screen, useApp } from "./context";
import { ErasedScreen, isGone } from "./ErasedScreen";
import { JobStrip } from "./JobStrip";
import { useMay } from "./may";
import { ReviewerStrip } from "./ReviewerStrip";
import { ScreenKeys } from "./ScreenKeys";
import { ACTS, READS, workOf } from "./screenRoles";
import { ToneButton } from "./ToneButton";
import { TourGuide } from "./TourGuide";
import type { Tone } from "./theme";
import { UnconfirmedCode } from "./UnconfirmedCode";
import { useHeldKeys } from "./useHeldKeys";
import { useNoSelectAll } from "./useNoSelectAll";
import { ZoomChoice } from "./ZoomChoice";

const ENTRIES: [Screen, ReactNode][] = [
  ["roster", <ImportOutlined key="roster" />],
  ["students", <TeamOutlined key="students" />],
  ["scope", <AimOutlined key="scope" />],
  ["photos", <PictureOutlined key="photos" />],
  ["desk", <EyeOutlined key="desk" />],
  ["grid", <TableOutlined key="grid" />],
  ["bulk", <SafetyOutlined key="bulk" />],
  ["second", <AuditOutlined key="second" />],
  ["notices", <MessageOutlined key="notices" />],
  ["fees", <PayCircleOutlined key="fees" />],
  ["standard", <ControlOutlined key="standard" />],
  ["delivery", <ExportOutlined key="delivery" />],
  ["reconcile", <CheckSquareOutlined key="reconcile" />],
  ["statistics", <BarChartOutlined key="statistics" />],
  ["log", <FileTextOutlined key="log" />],
];

/** Screens of a round: one that has ended says so on each of them. */
const SAYS_ENDED: readonly Screen[] = [
  "desk",
  "grid",
  "statistics",
  "log",
  "roster",
  "students",
  "scope",
  "photos",
  "bulk",
  "second",
  "notices",
  "fees",
  "standard",
  "delivery",
  "reconcile",
];

interface Props {
  tone: Tone;
  onTone: () => void;
  asked: number;
  asking: boolean;
  onAsked: () => void;
  notice: string | null;
  children: ReactNode;
}

interface EntryProps {
  screen: Screen;
  icon: ReactNode;
  badge?: number;
}

/** More would stick out of its entry; the screen itself says how many. */
const BADGE_MOST = 9999;
const badgeText = (n: number) => (n > BADGE_MOST ? `${BADGE_MOST}+` : String(n));

function NavEntry({ screen, icon, badge }: EntryProps) {
  const { place, go } = useApp();
  const reads = READS[screen];
  const may = useMay();
  const why = reads ? may(reads) : null;
  const here = place.screen === screen;
  const round = screen === "rounds" ? null : place.round;
  return (
    <button
      type="button"
      className={here ? "nav-entry nav-here" : "nav-entry"}
      data-testid={tid.nav(screen)}
      aria-current={here ? "page" : undefined}
      title={why ?? undefined}
      disabled={why !== null}
      onClick={() => go({ screen, round })}
    >
      {icon}
      <span className="nav-text">{zh.nav[screen]}</span>
      {badge ? <span className="nav-badge">{badgeText(badge)}</span> : null}
    </button>
  );
}

/** Whether the window has no room for words beside the icons of the navigation: small, or everything made larger. */
function useNarrowWindow(): boolean {
  const [narrow, setNarrow] = useState(false);
  useEffect(() => {
    const asked = window.matchMedia("(max-width: 1000px)");
    const read = () => setNarrow(asked.matches);
    read();
    asked.addEventListener("change", read);
    return () => asked.removeEventListener("change", read);
  }, []);
  return narrow;
}

export function Shell({ tone, onTone, asked, asking, onAsked, notice, children }: Props) {
  const { bridge, status, place, go, lock, askReviewer, notify } = useApp();
  const may = useMay();
  const reads = READS[place.screen];
  // Who may not look at all is told that, and no more.
  const acts = reads && may(reads) !== null ? undefined : ACTS[place.screen];
  const unclaimed = status.seat.state === "unclaimed";
  const round = status.rounds.find((card) => card.round === place.round);
  useHeldKeys();
  useNoSelectAll();
  const narrow = useNarrowWindow() || place.screen === "desk";
  return (
    <div className={narrow ? "shell shell-narrow" : "shell"} data-testid={tid.app}>
      <header className="topbar">
        <span className="brand">{zh.app.name}</span>
        {round ? <span className="topbar-round">{round.name}</span> : null}
        {round ? <span className="topbar-profile">{round.profile_title}</span> : null}
        <span className="grow" />
        <button
          type="button"
          className="topbar-button topbar-name"
          data-testid={tid.reviewerName}
          title={unclaimed ? undefined : zh.people.own(status.seat.roles)}
          onClick={() => (unclaimed ? askReviewer() : go({ screen: "people", round: place.round }))}
        >
          <UserOutlined /> {status.reviewer || zh.app.reviewerUnset}
        </button>
        {status.seat.state === "seated" && status.seat.has_pin ? (
          <button
            type="button"
            className="topbar-button"
            data-testid={tid.lock}
            title={zh.people.lockHint}
            onClick={() => void lock()}
          >
            <LockOutlined /> {zh.people.lock}
          </button>
        ) : null}
        <ZoomChoice bridge={bridge} />
        <ToneButton tone={tone} onTone={onTone} />
      </header>
      <nav className="nav" aria-label={zh.nav.label}>
        <NavEntry screen="rounds" icon={<AppstoreOutlined />} />
        {place.round !== null ? <hr /> : null}
        {place.round !== null
          ? ENTRIES.map(([screen, icon]) => (
              <NavEntry
                key={screen}
                screen={screen}
                icon={icon}
                badge={
                  // What a round that has ended left open is nobody's work any more.
                  (round?.closed || round?.erased
                    ? 0
                    : screen === "desk"
                      ? round?.pending
                      : screen === "photos"
                        ? round?.in_piles
                        : 0) ?? 0
                }
              />
            ))
          : null}
        <span className="grow" />
        <NavEntry screen="people" icon={<UsergroupAddOutlined />} />
        <NavEntry screen="help" icon={<QuestionCircleOutlined />} />
        <span className="nav-foot" title={zh.app.workspace(status.workspace)}>
          {zh.app.version(status.version)}
        </span>
      </nav>
      <main className="main">
        {status.alarm ? (
          <Alert className="alarm" data-testid={tid.alarm} type="error" showIcon title={status.alarm} />
        ) : null}
        <UnconfirmedCode />
        {asking ? <ReviewerStrip asked={asked} onClose={onAsked} /> : null}
        {notice ? (
          <div className="notice" role="status" data-testid={tid.notice}>
            <span>{notice}</span>
            <Button size="small" data-testid={tid.noticeClose} onClick={() => notify("")}>
              {zh.job.close}
            </Button>
          </div>
        ) : null}
        {round?.erased ? (
          <Alert
            className="alarm"
            data-testid={tid.erasedNote}
            type="info"
            showIcon
            title={zh.app.erasedRound}
            action={
              <Button
                size="small"
                onClick={() => go({ screen: "reconcile", round: round.round, queue: "ending" })}
              >
                {zh.app.erasedGo}
              </Button>
            }
          />
        ) : null}
        {round?.closed && !round.erased && SAYS_ENDED.includes(place.screen) ? (
          <Alert
            className="alarm"
            data-testid={tid.endedNote}
            type="info"
            showIcon
            title={zh.app.endedRound}
            action={
              place.screen === "reconcile" ? null : (
                <Button
                  size="small"
                  onClick={() => go({ screen: "reconcile", round: round.round, queue: "ending" })}
                >
                  {zh.app.endedGo}
                </Button>
              )
            }
          />
        ) : null}
        <JobStrip />
        <TourGuide />
        <ScreenKeys />
        {acts ? <RoleNote command={acts} {...workOf(place.screen)} /> : null}
        {round?.erased && isGone(place.screen) ? <ErasedScreen screen={place.screen} /> : children}
      </main>
    </div>
  );
}
