import { isErrno } from '../../kernel/errno.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { OptionError } from '../../kernel/libc/getopt.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { askManager, Refused } from '../systemd/client.js';
import { edit } from './edit.js';
import { defaultTarget, installVerb } from './install-verbs.js';
import { jobVerbs, runJobs } from './jobs.js';
import { listDependencies, listUnitFiles, listUnits } from './list.js';
import { matchUnits } from './match.js';
import type { Options } from './options.js';
import { parseOptions } from './options.js';
import { power, powerByName, shutdown } from './power.js';
import { cat, isEnabled, isState, show, status } from './show.js';

interface Verb {
  readonly run: (sys: Sys, options: Options) => Waiting<number>;
  /** How many operands it takes at least and at most. */
  readonly least?: number;
  readonly most?: number;
}

function* simple(sys: Sys, words: string, action: () => Waiting<unknown>): Waiting<number> {
  try {
    yield* action();
    return 0;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    yield* printError(sys, `Failed to ${words}: ${error.message}\n`);
    return error.status;
  }
}

function* resetFailed(sys: Sys, options: Options): Waiting<number> {
  const units = options.operands.length === 0 ? [undefined] : yield* matchUnits(sys, options.operands);
  let worst = 0;
  for (const unit of units) {
    const words = unit === undefined ? 'reset failed state' : `reset failed state of unit ${unit}`;
    worst = (yield* simple(sys, words, () => askManager(sys, 'reset-failed', { unit }))) || worst;
  }
  return worst;
}

function* kill(sys: Sys, options: Options): Waiting<number> {
  const signal = (options.value('signal') ?? 'TERM').replace(/^SIG/, '');
  let worst = 0;
  for (const unit of yield* matchUnits(sys, options.operands)) {
    worst = (yield* simple(sys, `kill unit ${unit}`, () => askManager(sys, 'kill', { unit, signal }))) || worst;
  }
  return worst;
}

function* isSystemRunning(sys: Sys, options: Options): Waiting<number> {
  const { state } = yield* askManager(sys, 'state', {});
  if (!options.has('quiet')) yield* print(sys, `${state}\n`);
  return state === 'running' ? 0 : 1;
}

const VERBS: Readonly<Record<string, Verb>> = {
  cat: { run: cat, least: 1 },
  'daemon-reexec': { run: (sys) => simple(sys, 'reload daemon', () => askManager(sys, 'daemon-reload', {})), most: 0 },
  'daemon-reload': { run: (sys) => simple(sys, 'reload daemon', () => askManager(sys, 'daemon-reload', {})), most: 0 },
  disable: { run: (sys, options) => installVerb(sys, 'disable', options), least: 1 },
  edit: { run: edit, least: 1 },
  enable: { run: (sys, options) => installVerb(sys, 'enable', options), least: 1 },
  'get-default': { run: (sys, options) => defaultTarget(sys, options, false), most: 0 },
  halt: { run: (sys) => power(sys, 'halt'), most: 0 },
  'is-active': { run: (sys, options) => isState(sys, options, ['active', 'reloading']), least: 1 },
  'is-enabled': { run: isEnabled, least: 1 },
  'is-failed': { run: (sys, options) => isState(sys, options, ['failed']), least: 1 },
  'is-system-running': { run: isSystemRunning, most: 0 },
  kill: { run: kill, least: 1 },
  'list-dependencies': { run: listDependencies },
  'list-unit-files': { run: listUnitFiles },
  'list-units': { run: listUnits },
  mask: { run: (sys, options) => installVerb(sys, 'mask', options), least: 1 },
  poweroff: { run: (sys) => power(sys, 'poweroff'), most: 0 },
  reboot: { run: (sys) => power(sys, 'reboot') },
  reenable: { run: (sys, options) => installVerb(sys, 'reenable', options), least: 1 },
  'reset-failed': { run: resetFailed },
  'set-default': { run: (sys, options) => defaultTarget(sys, options, true), least: 1, most: 1 },
  show: { run: show },
  status: { run: status },
  unmask: { run: (sys, options) => installVerb(sys, 'unmask', options), least: 1 },
  ...Object.fromEntries(
    jobVerbs.map((verb) => [verb, { run: (sys: Sys, options: Options) => runJobs(sys, verb, options), least: 1 }]),
  ),
};

const NO_SYSTEMD = `System has not been booted with systemd as init system (PID 1). Can't operate.
Failed to connect to bus: Host is down
`;

const HELP = `systemctl [OPTIONS...] COMMAND ...

Query or send control commands to the system manager.

Commands:
${Object.keys(VERBS)
  .map((name) => `  ${name}\n`)
  .join('')}`;

function* dispatch(sys: Sys): Waiting<number> {
  const options = parseOptions(sys.args.slice(1));
  if (options.has('help')) {
    yield* print(sys, HELP);
    return 0;
  }
  if (options.has('version')) {
    yield* print(sys, 'systemd 255 (255.4-1ubuntu8.10)\n');
    return 0;
  }
  const name = options.verb ?? 'list-units';
  const verb = VERBS[name];
  if (!verb) {
    yield* printError(sys, `Unknown command verb ${name}.\n`);
    return 1;
  }
  if (options.operands.length < (verb.least ?? 0)) {
    yield* printError(sys, 'Too few arguments.\n');
    return 1;
  }
  if (verb.most !== undefined && options.operands.length > verb.most) {
    yield* printError(sys, 'Too many arguments.\n');
    return 1;
  }
  return yield* verb.run(sys, options);
}

function* run(sys: Sys): Waiting<number> {
  const called = sys.args[0]?.split('/').at(-1) ?? 'systemctl';
  try {
    if (called === 'shutdown') return yield* shutdown(sys);
    const action = powerByName(called);
    if (action) return yield* power(sys, action);
    return yield* dispatch(sys);
  } catch (error) {
    if (error instanceof OptionError) {
      yield* printError(sys, `systemctl: ${error.message}\n`);
      return 1;
    }
    if (isErrno(error, 'ENOENT', 'ECONNREFUSED', 'EACCES')) {
      yield* printError(sys, NO_SYSTEMD);
      return 1;
    }
    // The machine goes down while we wait for its answer.
    if (isErrno(error, 'ECONNRESET')) return 1;
    throw error;
  }
}

/** systemctl, and the commands that switch the machine off, which are the same program. */
export const systemctl: InstalledProgram = {
  name: 'systemctl',
  paths: ['/usr/bin/systemctl', '/usr/sbin/halt', '/usr/sbin/poweroff', '/usr/sbin/reboot', '/usr/sbin/shutdown'],
  run,
};
