import { printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { askManager, Refused } from '../systemd/client.js';
import { completeName } from '../systemd/load-unit.js';
import type { JobKind, JobResult } from '../systemd/protocol.js';
import { matchUnits } from './match.js';
import type { Options } from './options.js';

/** What a verb does and how its failure is worded. */
const JOBS: Readonly<Record<string, { kind: JobKind; words: string }>> = {
  condrestart: { kind: 'try-restart', words: 'restart' },
  'force-reload': { kind: 'reload-or-restart', words: 'reload or restart' },
  isolate: { kind: 'isolate', words: 'start' },
  reload: { kind: 'reload', words: 'reload' },
  'reload-or-restart': { kind: 'reload-or-restart', words: 'reload or restart' },
  restart: { kind: 'restart', words: 'restart' },
  start: { kind: 'start', words: 'start' },
  stop: { kind: 'stop', words: 'stop' },
  'try-restart': { kind: 'try-restart', words: 'restart' },
};

export const jobVerbs: readonly string[] = Object.keys(JOBS);

/** The warning that the unit's files have changed since they were read. */
export function reloadWarning(unit: string): string {
  return `Warning: The unit file, source configuration file or drop-ins of ${unit} changed on disk. Run 'systemctl daemon-reload' to reload units.\n`;
}

/** start, stop, restart and their kin: one job after another; the worst exit status counts. */
export function* runJobs(sys: Sys, verb: string, options: Options): Waiting<number> {
  const { kind, words } = JOBS[verb] as { kind: JobKind; words: string };
  let status = 0;
  for (const unit of yield* matchUnits(sys, options.operands)) {
    try {
      const result = yield* askManager(sys, 'job', { kind, unit, wait: !options.has('no-block') });
      if (result.needsReload) yield* printError(sys, reloadWarning(result.unit));
      if (result.result !== 'done') {
        if (!options.has('quiet')) yield* printError(sys, failureOf(result, unit));
        status = 1;
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const hint =
        error.status === 4 ? `See system logs and 'systemctl status ${completeName(unit)}' for details.\n` : '';
      if (!options.has('quiet'))
        yield* printError(sys, `Failed to ${words} ${completeName(unit)}: ${error.message}\n${hint}`);
      status = error.status;
    }
  }
  return status;
}

const CAUSES: Readonly<Record<string, string>> = {
  'core-dump': 'a fatal signal was delivered causing the control process to dump core',
  'exit-code': 'the control process exited with error code',
  resources: 'of unavailable resources or another system error',
  signal: 'a fatal signal was delivered to the control process',
  'start-limit-hit': 'start of the service was attempted too often',
  timeout: 'a timeout was exceeded',
};

function failureOf({ unit, result, cause }: JobResult, asked: string): string {
  const see = `See "systemctl status ${unit}" and "journalctl -xeu ${unit}" for details.\n`;
  if (result === 'canceled') return `Job for ${unit} canceled.\n`;
  if (result === 'dependency') return `A dependency job for ${unit} failed. See 'journalctl -xe' for details.\n`;
  if (cause === 'start-limit-hit') {
    const advice = `To force a start use "systemctl reset-failed ${unit}"\nfollowed by "systemctl start ${asked}" again.\n`;
    return `Job for ${unit} failed because ${CAUSES['start-limit-hit']}.\n${see}${advice}`;
  }
  return `Job for ${unit} failed because ${CAUSES[cause ?? 'exit-code'] ?? 'of an unknown reason'}.\n${see}`;
}
