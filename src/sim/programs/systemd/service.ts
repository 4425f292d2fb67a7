import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { ExitStatus, Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { catalogOf } from './catalog.js';
import type { Child, Children } from './children.js';
import type { Commands } from './commands.js';
import { processesOf } from './control-group.js';
import type { ExecLine } from './exec-line.js';
import { parseExecLine } from './exec-line.js';
import { exitView, isClean, restarts, resultOf, wordsOf } from './exit-words.js';
import { killUnit } from './kill-unit.js';
import type { LogWriter } from './log-writer.js';
import type { Result } from './protocol.js';
import { limitReached } from './start-limit.js';
import { formatSpan } from './time-span.js';
import type { Unit } from './unit.js';

const START_TIMEOUT: Micros = 90 * SECOND;
const RESTART_DELAY: Micros = SECOND / 10;

/** What running services needs. */
export interface ServiceParts {
  readonly sys: Sys;
  readonly children: Children;
  readonly commands: Commands;
  readonly log: LogWriter;
}

/** Starts, watches and stops services: systemd.service(5). */
export class Services {
  private readonly sys: Sys;
  private readonly children: Children;
  private readonly commands: Commands;
  private readonly log: LogWriter;

  constructor({ sys, children, commands, log }: ServiceParts) {
    this.sys = sys;
    this.children = children;
    this.commands = commands;
    this.log = log;
  }

  /** Starts a service that is not running. Ends with whether it came up. */
  *start(unit: Unit): Waiting<boolean> {
    unit.stopRequested = false;
    if (limitReached(unit, this.sys, this.log)) return this.startFailed(unit, 'start-limit-hit');
    this.begin(unit);
    const missing = this.commands.missingEnvironmentFile(unit);
    if (missing !== undefined) {
      const reason = 'Failed to load environment files: No such file or directory';
      this.log.manager(`${unit.name}: ${reason}`, { unit: unit.name, priority: 4 });
      this.log.manager(`${unit.name}: Failed to run 'start' task: No such file or directory`, {
        unit: unit.name,
        priority: 4,
      });
      return this.startFailed(unit, 'resources');
    }
    this.makeRuntimeDirectory(unit);
    if (isSlow(unit))
      this.log.manager(`Starting ${unit.title}...`, { unit: unit.name, catalog: catalogOf('starting', unit.name) });
    const before = yield* this.runAll(unit, 'ExecStartPre', 'start-pre');
    if (before !== 'success') return yield* this.giveUp(unit, before);
    const outcome = yield* this.startMain(unit);
    if (outcome !== 'success') return yield* this.giveUp(unit, outcome);
    const after = yield* this.runAll(unit, 'ExecStartPost', 'start-post');
    if (after !== 'success') return yield* this.giveUp(unit, after);
    if (unit.stopRequested) return false;
    this.log.manager(`${unit.type === 'oneshot' ? 'Finished' : 'Started'} ${unit.title}.`, {
      unit: unit.name,
      catalog: catalogOf('started', unit.name),
    });
    return true;
  }

  /** Stops a service and all its processes. */
  *stop(unit: Unit): Waiting<void> {
    unit.life += 1;
    unit.stopRequested = true;
    const waiting = unit.sub === 'auto-restart';
    if (waiting || unit.active === 'inactive' || unit.active === 'failed') {
      if (waiting) {
        unit.become('inactive', 'dead', this.sys.now());
        this.log.manager(`Stopped ${unit.title}.`, { unit: unit.name, catalog: catalogOf('stopped', unit.name) });
      }
      return;
    }
    this.log.manager(`Stopping ${unit.title}...`, { unit: unit.name, catalog: catalogOf('stopping', unit.name) });
    unit.become('deactivating', 'stop', this.sys.now());
    yield* this.runAll(unit, 'ExecStop', 'stop');
    const result = yield* killUnit(unit, this.sys, this.log);
    this.finish(unit, result);
    this.log.manager(`Stopped ${unit.title}.`, { unit: unit.name, catalog: catalogOf('stopped', unit.name) });
    this.logConsumed(unit);
  }

  /** Runs ExecReload. */
  *reload(unit: Unit): Waiting<boolean> {
    this.log.manager(`Reloading ${unit.title}...`, { unit: unit.name });
    const outcome = yield* this.runAll(unit, 'ExecReload', 'reload');
    unit.become('active', 'running', this.sys.now());
    if (outcome === 'success') this.log.manager(`Reloaded ${unit.title}.`, { unit: unit.name });
    else this.log.manager(`Reload failed for ${unit.title}.`, { unit: unit.name, priority: 3 });
    return outcome === 'success';
  }

  private begin(unit: Unit): void {
    unit.life += 1;
    unit.ready = false;
    unit.result = 'success';
    unit.exits = [];
    unit.mainExit = undefined;
    unit.mainPid = undefined;
    unit.cpuEnded = 0;
    if (processesOf(this.sys, unit).length === 0) unit.sessions.clear();
    unit.invocation = Buffer.from(
      this.sys.random().fork(`${unit.name}/${unit.life}/${this.sys.now()}`).bytes(16),
    ).toString('hex');
    unit.become('activating', 'start', this.sys.now());
  }

  private makeRuntimeDirectory(unit: Unit): void {
    const { settings } = unit.loaded;
    const mode = Number.parseInt(settings.get('Service', 'RuntimeDirectoryMode') ?? '0755', 8);
    for (const name of settings.words('Service', 'RuntimeDirectory')) {
      try {
        this.sys.makeDirectory(`/run/${name}`, mode);
      } catch (error) {
        if (!isErrno(error)) throw error;
      }
    }
  }

  private *startMain(unit: Unit): Waiting<Result> {
    const commands = commandsOf(unit, 'ExecStart');
    const until =
      this.sys.now() + unit.span('TimeoutStartSec', unit.type === 'oneshot' ? Number.POSITIVE_INFINITY : START_TIMEOUT);
    if (unit.type === 'oneshot') return yield* this.runOneshot(unit, commands, until);
    const [line] = commands;
    if (!line) return 'resources';
    const child = this.commands.start(unit, line);
    if (unit.type === 'forking') return yield* this.runForking(unit, line, child, until);
    unit.mainPid = child.pid;
    unit.become('activating', 'start', this.sys.now());
    const { life } = unit;
    if (unit.type === 'notify') {
      const outcome = yield* this.awaitReady(unit, line, child, until);
      if (outcome !== 'success') return outcome;
    }
    unit.become('active', 'running', this.sys.now());
    this.sys.thread(() => this.supervise(unit, life, line, child));
    return 'success';
  }

  private *runOneshot(unit: Unit, commands: readonly ExecLine[], until: Micros): Waiting<Result> {
    for (const line of commands) {
      const child = this.commands.start(unit, line);
      unit.mainPid = child.pid;
      const status = yield* this.children.ended(child, until, unit.changed, () => unit.stopRequested);
      if (status === undefined) return 'timeout';
      this.note(unit, line, 'ExecStart', child, status);
      if (!isClean(unit, status) && !line.ignoreFailure) {
        this.logMainExit(unit, status);
        return resultOf(status);
      }
    }
    unit.mainPid = undefined;
    const remain = unit.loaded.settings.flag('Service', 'RemainAfterExit', false);
    if (remain) unit.become('active', 'exited', this.sys.now());
    else unit.become('inactive', 'dead', this.sys.now());
    if (!remain) this.log.manager(`${unit.name}: Deactivated successfully.`, { unit: unit.name });
    return 'success';
  }

  private *runForking(unit: Unit, line: ExecLine, child: Child, until: Micros): Waiting<Result> {
    const status = yield* this.children.ended(child, until, unit.changed, () => unit.stopRequested);
    if (status === undefined) return 'timeout';
    this.note(unit, line, 'ExecStart', child, status);
    if (!isClean(unit, status)) {
      this.log.manager(`${unit.name}: Control process exited, ${wordsOf(child.pid, status)}`, {
        unit: unit.name,
        priority: 5,
      });
      return resultOf(status);
    }
    unit.mainPid = this.pidFile(unit) ?? processesOf(this.sys, unit)[0]?.pid;
    unit.become('active', unit.mainPid === undefined ? 'exited' : 'running', this.sys.now());
    return 'success';
  }

  private pidFile(unit: Unit): number | undefined {
    const path = unit.loaded.settings.get('Service', 'PIDFile');
    if (path === undefined) return undefined;
    try {
      const pid = Number(decodeText(this.sys.readFile(path.startsWith('/') ? path : `/run/${path}`)).trim());
      return Number.isInteger(pid) && pid > 1 ? pid : undefined;
    } catch (error) {
      if (isErrno(error)) return undefined;
      throw error;
    }
  }

  private *awaitReady(unit: Unit, line: ExecLine, child: Child, until: Micros): Waiting<Result> {
    const status = yield* this.children.ended(child, until, unit.changed, () => unit.ready || unit.stopRequested);
    if (status) {
      this.note(unit, line, 'ExecStart', child, status);
      this.logMainExit(unit, status);
      return isClean(unit, status) ? 'exit-code' : resultOf(status);
    }
    if (unit.ready) return 'success';
    if (unit.stopRequested) return 'timeout';
    this.log.manager(`${unit.name}: start operation timed out. Terminating.`, { unit: unit.name, priority: 4 });
    return 'timeout';
  }

  /** Watches the main process of a running service; on its end the unit fails, ends or is started again. */
  private *supervise(unit: Unit, life: number, line: ExecLine, child: Child): Waiting<void> {
    const status = yield* this.children.ended(child);
    if (!status) return;
    this.note(unit, line, 'ExecStart', child, status);
    if (unit.life !== life) return;
    const clean = isClean(unit, status);
    if (!clean) this.logMainExit(unit, status);
    unit.mainPid = undefined;
    unit.become('deactivating', 'stop-sigterm', this.sys.now());
    yield* this.runAll(unit, 'ExecStopPost', 'stop-post');
    yield* killUnit(unit, this.sys, this.log);
    if (unit.life !== life) return;
    const result = clean ? 'success' : resultOf(status);
    this.finish(unit, result);
    this.logConsumed(unit);
    if (restarts(unit, status, clean)) yield* this.restartLater(unit, life);
  }

  private *restartLater(unit: Unit, life: number): Waiting<void> {
    const delay = unit.span('RestartSec', RESTART_DELAY);
    const { result } = unit;
    unit.become('activating', 'auto-restart', this.sys.now());
    const until = this.sys.now() + delay;
    while (this.sys.now() < until && unit.life === life) yield { queues: [unit.changed], until };
    if (unit.life !== life) return;
    unit.restarts += 1;
    this.log.manager(`${unit.name}: Scheduled restart job, restart counter is at ${unit.restarts}.`, {
      unit: unit.name,
    });
    unit.result = result;
    yield* this.start(unit);
  }

  private startFailed(unit: Unit, result: Result): boolean {
    unit.result = result === 'start-limit-hit' && unit.result !== 'success' ? unit.result : result;
    unit.become('failed', 'failed', this.sys.now());
    this.log.manager(`${unit.name}: Failed with result '${unit.result}'.`, { unit: unit.name, priority: 4 });
    this.log.manager(`Failed to start ${unit.title}.`, {
      unit: unit.name,
      priority: 3,
      catalog: catalogOf('failed', unit.name),
    });
    return false;
  }

  /** A start that did not come to its end: what runs is ended, and perhaps it is tried again. */
  private *giveUp(unit: Unit, result: Result): Waiting<boolean> {
    const { life } = unit;
    if (unit.stopRequested) return false;
    yield* killUnit(unit, this.sys, this.log);
    if (unit.life !== life) return false;
    unit.mainPid = undefined;
    this.startFailed(unit, result);
    if (['always', 'on-failure'].includes(unit.loaded.settings.get('Service', 'Restart') ?? 'no')) {
      this.sys.thread(() => this.restartLater(unit, life));
    }
    return false;
  }

  private finish(unit: Unit, result: Result): void {
    unit.result = result;
    unit.mainPid = undefined;
    const failed = result !== 'success';
    unit.become(failed ? 'failed' : 'inactive', failed ? 'failed' : 'dead', this.sys.now());
    if (failed)
      this.log.manager(`${unit.name}: Failed with result '${result}'.`, {
        unit: unit.name,
        priority: 4,
        catalog: catalogOf('result', unit.name, result),
      });
    else
      this.log.manager(`${unit.name}: Deactivated successfully.`, {
        unit: unit.name,
        catalog: catalogOf('result', unit.name),
      });
  }

  private *runAll(unit: Unit, setting: string, sub: string): Waiting<Result> {
    const until = this.sys.now() + unit.span('TimeoutStartSec', START_TIMEOUT);
    for (const line of commandsOf(unit, setting)) {
      if (unit.active === 'activating' || unit.active === 'deactivating') unit.become(unit.active, sub, this.sys.now());
      const child = this.commands.start(unit, line);
      const status = yield* this.children.ended(child, until);
      if (!status) return 'timeout';
      this.note(unit, line, setting, child, status);
      if (isClean(unit, status) || line.ignoreFailure) continue;
      this.log.manager(`${unit.name}: Control process exited, ${wordsOf(child.pid, status)}`, {
        unit: unit.name,
        priority: 5,
      });
      return resultOf(status);
    }
    return 'success';
  }

  private note(unit: Unit, line: ExecLine, setting: string, child: Child, status: ExitStatus): void {
    const view = exitView(child.pid, setting, line.text, status);
    unit.exits = [...unit.exits.filter((other) => other.setting !== setting || other.text !== line.text), view];
    if (setting === 'ExecStart') unit.mainExit = view;
    unit.cpuEnded += child.cpu;
  }

  private logMainExit(unit: Unit, status: ExitStatus): void {
    const { code, status: words } = exitView(0, '', '', status);
    this.log.manager(`${unit.name}: Main process exited, code=${code}, status=${words}`, {
      unit: unit.name,
      priority: 5,
      catalog: catalogOf('exited', unit.name, `'${code}' and its exit status is ${words.split('/')[0]}`),
    });
  }

  private logConsumed(unit: Unit): void {
    if (unit.cpuEnded >= SECOND) {
      this.log.manager(`${unit.name}: Consumed ${formatSpan(unit.cpuEnded)} CPU time.`, { unit: unit.name });
    }
  }
}

/** The commands of a setting, in order. */
function commandsOf(unit: Unit, setting: string): ExecLine[] {
  return unit.loaded.settings.list('Service', setting).flatMap((line) => parseExecLine(line) ?? []);
}

/** Whether starting takes a time worth its own line in the log. */
function isSlow(unit: Unit): boolean {
  const { settings } = unit.loaded;
  return ['notify', 'oneshot', 'forking'].includes(unit.type) || settings.list('Service', 'ExecStartPre').length > 0;
}
