import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { auditLog } from '../audit/audit-log.js';
import { LogFile } from '../audit/log-file.js';
import { type AuditPolicy, readAuditPolicy } from '../audit/policy.js';
import type { AuditLog } from '../audit/trail.js';
import { ConfigurationError } from '../configuration-file.js';
import { readText, StartError } from './files.js';
import { auditWebhookProblems, truncateProblems } from './flag-problems.js';
import type { Flags } from './flags.js';

const FORMATS: readonly string[] = ['legacy', 'json'];
const MODES: readonly string[] = ['batch', 'blocking', 'blocking-strict'];

/** What does not fit in the flags of the audit log, in the server's words; without a path nobody looks at them. */
export function auditProblems(flags: Flags): string[] {
  return [...logProblems(flags), ...auditWebhookProblems(flags)];
}

function logProblems(flags: Flags): string[] {
  if (flags.text('audit-log-path') === '') return [];
  const mode = flags.text('audit-log-mode', 'blocking');
  const version = flags.text('audit-log-version', 'audit.k8s.io/v1');
  const format = flags.text('audit-log-format', 'json');
  const below = (['maxage', 'maxbackup', 'maxsize'] as const).flatMap((name) => {
    const value = flags.number(`audit-log-${name}`, 0);
    return value < 0 ? [`--audit-log-${name} ${value} can't be a negative number`] : [];
  });
  return [
    ...(MODES.includes(mode) ? [] : [`invalid audit log mode ${mode}, allowed modes are "${MODES.join(',')}"`]),
    ...(version === 'audit.k8s.io/v1' ? [] : ['invalid group version, allowed versions are ["audit.k8s.io/v1"]']),
    ...(FORMATS.includes(format)
      ? []
      : [`invalid audit log format ${format}, allowed formats are "${FORMATS.join(',')}"`]),
    ...below,
    ...truncateProblems(flags, 'log'),
  ];
}

/** The audit log that the flags ask for; undefined without a policy or without a place for it. Throws StartError. */
export function readAudit(sys: Sys, flags: Flags): { log?: AuditLog; complaint?: string } {
  const policy = readPolicy(sys, flags.text('audit-policy-file'));
  if (policy) refuseWebhook(sys, flags.text('audit-webhook-config-file'));
  const path = flags.text('audit-log-path');
  if (path === '') return {};
  const write = writerOf(sys, flags, path);
  if (!policy) return {};
  const format = flags.text('audit-log-format', 'json') as 'json' | 'legacy';
  const random = sys.random().fork('audit');
  const log = auditLog({ policy, format, random, write, now: () => sys.now() });
  const { complaint } = policy;
  return { log, ...(complaint === undefined ? {} : { complaint }) };
}

/** Events go to no other server here: the file of one has to be there, and then is refused. */
function refuseWebhook(sys: Pick<Sys, 'stat'>, path: string): void {
  if (path === '') return;
  try {
    sys.stat(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new StartError(`initializing audit webhook: stat ${path}: ${error.message.toLowerCase()}`);
  }
  throw new StartError(`initializing audit webhook: it is not part of this simulation (${path})`);
}

function readPolicy(sys: Pick<Sys, 'readFile'>, path: string): AuditPolicy | undefined {
  if (path === '') return undefined;
  const prefix = 'loading audit policy file: ';
  let text: string;
  try {
    text = readText(sys, path);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    throw new StartError(`${prefix}failed to read file path ${JSON.stringify(path)}: ${error.message}`);
  }
  try {
    return readAuditPolicy(text);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new StartError(`${prefix}${error.message}: from file ${path}`);
  }
}

/** A file, or what the server prints when the path is a dash. */
function writerOf(sys: Sys, flags: Flags, path: string): (line: string) => void {
  if (path === '-') {
    return (line) => {
      sys.thread(function* () {
        yield* sys.write(1, line);
      });
    };
  }
  const file = new LogFile(sys, path, {
    maxSizeMiB: flags.number('audit-log-maxsize', 100),
    maxAgeDays: flags.number('audit-log-maxage', 366),
    maxBackups: flags.number('audit-log-maxbackup', 100),
  });
  try {
    file.ensure();
  } catch (error) {
    if (!isErrno(error)) throw error;
    const folder = path.slice(0, path.lastIndexOf('/'));
    throw new StartError(`ensureLogFile: mkdir ${folder}: ${error.message.toLowerCase()}`);
  }
  return (line) => file.write(line);
}
