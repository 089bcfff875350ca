/** Every text of the screens, in one place. What commands answer (messages, titles of rules) comes from Rust. */

import { backup } from "./backup";
import { bulk, filter, grid } from "./choose";
import { closing } from "./closing";
import { delivery, log } from "./delivery";
import { desk } from "./desk";
import { ending } from "./ending";
import { fees } from "./fees";
import { help } from "./help";
import { keys } from "./keys";
import { notices } from "./notices";
import { people } from "./people";
import { photos } from "./photos";
import { prints } from "./prints";
import { reconcile } from "./reconcile";
import { rescue } from "./rescue";
import { roster, students } from "./roster";
import { rounds } from "./rounds";
import { scope } from "./scope";
import { seal } from "./seal";
import { second } from "./second";
import { app, drop, failure, job, nav, path, reviewer, table, time } from "./shell";
import { standard } from "./standard";
import { statistics } from "./statistics";
import { tour } from "./tour";
import { decision, decisionShape, severity, severityShape } from "./words";

export const zh = {
  app,
  closing,
  reviewer,
  nav,
  help,
  keys,
  failure,
  time,
  path,
  table,
  rounds,
  roster,
  students,
  scope,
  photos,
  people,
  job,
  filter,
  grid,
  bulk,
  seal,
  second,
  severity,
  severityShape,
  decision,
  decisionShape,
  desk,
  delivery,
  prints,
  reconcile,
  ending,
  log,
  backup,
  rescue,
  standard,
  notices,
  fees,
  statistics,
  tour,
  drop,
} as const;
