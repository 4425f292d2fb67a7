import type { Message } from '../../kernel/network.js';
import { signalByName } from '../../kernel/signals.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import { processesOf } from './control-group.js';
import * as install from './install.js';
import type { Journal } from './journal.js';
import { send } from './kill-unit.js';
import { completeName } from './load-unit.js';
import type { LogWriter } from './log-writer.js';
import type { Manager } from './manager.js';
import { JobRefused } from './manager.js';
import type { JobResult, JournalCalls, ManagerCalls, Refusal } from './protocol.js';
import { unitView } from './view.js';

/** What the sockets of pid 1 serve from. */
export interface CallParts {
  readonly sys: Sys;
  readonly manager: Manager;
  readonly log: LogWriter;
  readonly booted: number;
  power(action: ManagerCalls['power']['ask']['action'], at: number | undefined): void;
  isStopping(): boolean;
}

/** What everybody may ask; the rest is for root. */
const OPEN: ReadonlySet<string> = new Set(['unit', 'units', 'unit-files', 'is-enabled', 'get-default', 'state']);
const INTERACTIVE = { message: 'Interactive authentication required.', status: 4 };

type Calls = {
  [K in keyof ManagerCalls]: (ask: ManagerCalls[K]['ask'], pid: number) => Waiting<ManagerCalls[K]['answer']>;
};

/** Answers one question to the manager. */
export function* serveManager(parts: CallParts, calls: Calls, message: Message): Waiting<Message> {
  if (message.kind !== 'local') return refuse({ message: 'Bad message', status: 1 });
  const { uid, pid, question } = message.payload as { uid: number; pid: number; question: never };
  if (uid !== 0 && !OPEN.has(message.operation)) return refuse(INTERACTIVE);
  const call = calls[message.operation as keyof ManagerCalls];
  if (!call) return refuse({ message: 'Unknown operation', status: 1 });
  try {
    const payload = yield* (call as (ask: never, pid: number) => Waiting<unknown>)(question, pid);
    return { kind: 'local-response', payload };
  } catch (error) {
    if (error instanceof JobRefused) return refuse(error);
    if (error instanceof install.NoUnitFile) return refuse({ message: error.message, status: 1 });
    throw error;
  } finally {
    parts.sys.charge(50);
  }
}

function refuse({ message, status }: Refusal): Message {
  return { kind: 'local-response', error: message, payload: { message, status } satisfies Refusal };
}

/** The manager's answers, by operation. */
export function managerCalls(parts: CallParts): Calls {
  const { sys, manager, log } = parts;
  const names = (units: readonly string[]) => units.map(completeName);
  return {
    *job({ kind, unit, wait }) {
      return yield* runJob(parts, kind, unit, wait);
    },
    *unit({ unit }) {
      return unitView(sys, manager.get(completeName(unit)));
    },
    *units({ all }) {
      const units = [...manager.units.values()].filter(
        ({ active, loaded }) => all || (active !== 'inactive' && loaded.state !== 'not-found'),
      );
      return units.map((unit) => unitView(sys, unit));
    },
    *'unit-files'() {
      return install.unitFiles(sys);
    },
    *enable({ units }) {
      const changed = install.enableUnits(sys, names(units));
      manager.reload();
      return changed;
    },
    *disable({ units }) {
      const changed = install.disableUnits(sys, names(units));
      manager.reload();
      return changed;
    },
    *mask({ units }) {
      const changed = install.maskUnits(sys, names(units));
      if ('conflict' in changed) throw new JobRefused(`File '${changed.conflict}' already exists.`, 1);
      manager.reload();
      return changed;
    },
    *unmask({ units }) {
      const changed = install.unmaskUnits(sys, names(units));
      manager.reload();
      return changed;
    },
    *'is-enabled'({ unit }) {
      return install.unitFileState(sys, completeName(unit));
    },
    *'daemon-reload'(_, pid) {
      log.manager(`Reloading requested from client PID ${pid} ('systemctl')...`);
      log.manager('Reloading...');
      const before = sys.now();
      sys.charge(80_000);
      manager.reload();
      log.manager(`Reloading finished in ${Math.round((sys.now() - before) / 1000)} ms.`);
      return null;
    },
    *'reset-failed'({ unit }) {
      for (const each of unit === undefined ? manager.units.values() : [manager.get(completeName(unit))]) {
        each.starts = [];
        each.restarts = 0;
        if (each.active === 'failed') each.become('inactive', 'dead', sys.now());
        each.result = 'success';
      }
      return null;
    },
    *kill({ unit, signal }) {
      const name = completeName(unit);
      const found = manager.get(name);
      if (found.loaded.state === 'not-found') throw new JobRefused(`Unit ${name} not loaded.`, 1);
      const processes = processesOf(sys, found);
      if (processes.length === 0) throw new JobRefused('No main or control processes to kill', 1);
      for (const { pid } of processes) send(sys, pid, signalByName(signal) ?? 'TERM');
      return null;
    },
    *'get-default'() {
      return install.getDefault(sys);
    },
    *'set-default'({ unit }) {
      return install.setDefault(sys, unit);
    },
    *power({ action, at }) {
      parts.power(action, at);
      return null;
    },
    *state() {
      const units = [...manager.units.values()];
      const failed = units.filter(({ active }) => active === 'failed').length;
      const starting = units.some(({ active, sub }) => active === 'activating' && sub !== 'auto-restart');
      const state = parts.isStopping() ? 'stopping' : starting ? 'starting' : failed > 0 ? 'degraded' : 'running';
      return { state, units: units.length, failed, booted: parts.booted } as const;
    },
  };
}

/** Runs a job in pid 1 itself, so that it goes on when whoever asked for it is gone. */
function* runJob(
  { sys, manager }: CallParts,
  kind: ManagerCalls['job']['ask']['kind'],
  unit: string,
  wait: boolean,
): Waiting<JobResult> {
  const finished = new WaitQueue();
  let outcome: { result: JobResult } | { error: unknown } | undefined;
  const needsReload = unitView(sys, manager.get(completeName(unit))).needsReload;
  sys.thread(function* () {
    try {
      outcome = { result: yield* manager.job(kind, unit) };
    } catch (error) {
      if (!(error instanceof JobRefused)) throw error;
      outcome = { error };
    }
    finished.wakeAll();
  });
  if (!wait) return { unit: completeName(unit), result: 'done', needsReload };
  while (outcome === undefined) yield finished;
  if ('error' in outcome) throw outcome.error;
  return { ...outcome.result, needsReload };
}

/** Answers one question to the journal. */
export function* serveJournal(journal: Journal, log: LogWriter, message: Message): Waiting<Message> {
  if (message.kind !== 'local') return refuse({ message: 'Bad message', status: 1 });
  const { question } = message.payload as { question: never };
  if (message.operation === 'append') {
    log.syslog(question as JournalCalls['append']['ask']);
    return { kind: 'local-response', payload: null };
  }
  const { after, wait } = question as JournalCalls['read']['ask'];
  while (wait && journal.last <= after) yield journal.appended;
  return { kind: 'local-response', payload: { entries: journal.after(after), boot: log.boot } };
}
