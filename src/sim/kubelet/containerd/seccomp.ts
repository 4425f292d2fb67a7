import { isJsonObject } from '../../api/object.js';
import type { SecurityProfile } from '../../api/types/cri.js';
import { CriError } from '../../client/cri-client.js';
import { decodeText } from '../../kernel/bytes.js';
import type { Capability } from '../../kernel/capabilities.js';
import { type ErrnoCode, isErrno } from '../../kernel/errno.js';
import type { SeccompFilter, Sys } from '../../kernel/sys.js';
import { goErrno } from '../go-errno.js';

/** Calls that the default profile lets through only to who may administer the system. */
const ADMINISTRATIVE: ReadonlySet<string> = new Set(['mount', 'setns', 'umount2', 'unshare']);
const LETS_THROUGH: ReadonlySet<string> = new Set(['SCMP_ACT_ALLOW', 'SCMP_ACT_LOG', 'SCMP_ACT_TRACE']);
const KILLS: ReadonlySet<string> = new Set(['SCMP_ACT_KILL', 'SCMP_ACT_KILL_PROCESS', 'SCMP_ACT_KILL_THREAD']);
/** Numbers of errors that profiles name; others are told as EPERM. */
const ERRORS: Readonly<Record<number, ErrnoCode>> = { 1: 'EPERM', 2: 'ENOENT', 13: 'EACCES', 22: 'EINVAL' };

/**
 * What a container's system calls are sifted by: nothing where it is unconfined, containerd's default profile, or a
 * profile of the node. Throws `CriError` for one that cannot be read.
 */
export function seccompFilter(
  sys: Sys,
  profile: SecurityProfile,
  bounding: ReadonlySet<Capability> | undefined,
): SeccompFilter | undefined {
  switch (profile.type) {
    case 'Unconfined':
      return undefined;
    case 'RuntimeDefault': {
      const administers = bounding === undefined || bounding.has('SYS_ADMIN');
      return (call) => (ADMINISTRATIVE.has(call) && !administers ? 'EPERM' : undefined);
    }
    case 'Localhost':
      return filterOf(readProfile(sys, profile.path));
  }
}

function readProfile(sys: Sys, path: string): Record<string, unknown> {
  const failed = (why: string) => new CriError(`failed to create containerd container: ${why}`);
  let text: string;
  try {
    text = decodeText(sys.readFile(path));
  } catch (error) {
    if (!isErrno(error)) throw error;
    const verb = error.code === 'EISDIR' ? 'read' : 'open';
    throw failed(`cannot load seccomp profile ${JSON.stringify(path)}: ${verb} ${path}: ${goErrno(error)}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const why = text.trim() === '' ? 'unexpected end of JSON input' : syntaxError(text);
    throw failed(`decoding seccomp profile failed ${JSON.stringify(path)}: ${why}`);
  }
  return isJsonObject(value) ? value : {};
}

/** Go's words for a text that does not even begin like JSON. */
function syntaxError(text: string): string {
  const first = text.trim().charAt(0);
  return /[[{"\d-]/.test(first)
    ? 'unexpected end of JSON input'
    : `invalid character '${first}' looking for beginning of value`;
}

function filterOf(profile: Record<string, unknown>): SeccompFilter {
  const rules = new Map<string, ReturnType<SeccompFilter>>();
  const defaultVerdict = verdictOf(profile['defaultAction'], profile['defaultErrnoRet']);
  for (const rule of Array.isArray(profile['syscalls']) ? profile['syscalls'].filter(isJsonObject) : []) {
    const verdict = verdictOf(rule['action'], rule['errnoRet']);
    // A rule with conditions on arguments counts for some calls only, and there are no arguments here.
    if (Array.isArray(rule['args']) && rule['args'].length > 0) continue;
    for (const name of Array.isArray(rule['names']) ? rule['names'] : []) rules.set(String(name), verdict);
  }
  return (call) => {
    for (const name of spellings(call)) if (rules.has(name)) return rules.get(name);
    return defaultVerdict;
  };
}

/** Names under which a profile may mean a call: programs make one of several that do the same. */
function spellings(call: string): string[] {
  const plain = call.replace(/(?:at2?|2)$/, '');
  return [call, plain, `${plain}at`].filter((name, index, all) => all.indexOf(name) === index);
}

function verdictOf(action: unknown, errno: unknown): ReturnType<SeccompFilter> {
  if (typeof action !== 'string' || LETS_THROUGH.has(action)) return undefined;
  if (KILLS.has(action)) return 'kill';
  return typeof errno === 'number' ? (ERRORS[errno] ?? 'EPERM') : 'EPERM';
}
