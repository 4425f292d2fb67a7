import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { Authorizer } from '../authorization/authorizer.js';
import { readAuthorizationConfiguration } from '../authorization/configuration.js';
import { authorizersOf } from '../authorization/modes.js';
import { readText, StartError } from './files.js';
import type { Flags } from './flags.js';

const CONFIG = 'authorization-config';
const MODE = 'authorization-mode';
const POLICY = 'authorization-policy-file';
const WEBHOOK = 'authorization-webhook-config-file';
const MODES = ['AlwaysAllow', 'AlwaysDeny', 'ABAC', 'Webhook', 'RBAC', 'Node'];
/** Flags that say what a configuration file says too; the policy file is not among them. */
const LEGACY: readonly string[] = [
  MODE,
  WEBHOOK,
  'authorization-webhook-version',
  'authorization-webhook-cache-authorized-ttl',
  'authorization-webhook-cache-unauthorized-ttl',
];

/** The modes that flags or the file of --authorization-config ask for, and what does not fit, in the server's words. */
export function readModes(sys: Pick<Sys, 'readFile'>, flags: Flags): { modes: string[]; problems: string[] } {
  const path = flags.text(CONFIG);
  if (path === '') {
    const given = flags.list(MODE);
    const modes = given.length > 0 ? given : ['AlwaysAllow'];
    return { modes, problems: modeProblems(flags, modes) };
  }
  if (LEGACY.some((flag) => flags.has(flag))) {
    const why = `can not be specified when --${MODE} or --authorization-webhook-* flags are defined`;
    return { modes: [], problems: [`--${CONFIG} ${why}`] };
  }
  const text = opened(sys, path);
  if (text instanceof StartError) return { modes: [], problems: [text.message] };
  return readAuthorizationConfiguration(text, (file) => fileProblem(sys, file));
}

function modeProblems(flags: Flags, modes: readonly string[]): string[] {
  const policy = flags.text(POLICY);
  const webhook = flags.text(WEBHOOK);
  const problems = modes.flatMap((mode) => {
    if (!MODES.includes(mode)) return [`authorization-mode ${JSON.stringify(mode)} is not a valid mode`];
    if (mode === 'ABAC' && policy === '') return ["authorization-mode ABAC's authorization policy file not passed"];
    if (mode === 'Webhook' && webhook === '')
      return ["authorization-mode Webhook's authorization config file not passed"];
    return [];
  });
  if (policy !== '' && !modes.includes('ABAC')) problems.push(`cannot specify --${POLICY} without mode ABAC`);
  if (webhook !== '' && !modes.includes('Webhook')) problems.push(`cannot specify --${WEBHOOK} without mode Webhook`);
  if (new Set(modes).size < modes.length) {
    const all = modes.map((mode) => JSON.stringify(mode)).join(' ');
    problems.push(`authorization-mode [${all}] has mode specified more than once`);
  }
  return problems;
}

/** The authorizers of the modes, when the files that those need are there. Throws StartError. */
export function readAuthorizers(sys: Pick<Sys, 'readFile'>, flags: Flags, modes: readonly string[]): Authorizer[] {
  const prefix = 'invalid authorization config: ';
  for (const mode of modes) {
    if (mode === 'ABAC') {
      const policy = opened(sys, flags.text(POLICY));
      if (policy instanceof StartError) throw new StartError(`${prefix}${policy.message}`);
    }
    if (mode === 'Webhook' && flags.has(WEBHOOK)) {
      const kubeconfig = opened(sys, flags.text(WEBHOOK));
      if (kubeconfig instanceof StartError) {
        throw new StartError(`${prefix}${kubeconfig.message.replace(/^open (.*: no such file)/, 'stat $1')}`);
      }
    }
  }
  return authorizersOf(modes);
}

/** A file's text, or why there is none: a folder can be opened, and not be read. */
function opened(sys: Pick<Sys, 'readFile'>, path: string): string | StartError {
  try {
    return readText(sys, path);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    const { cause } = error;
    return isErrno(cause) && cause.code === 'EISDIR' ? new StartError(error.message.replace('open', 'read')) : error;
  }
}

/** The server only asks whether the file is there; what it may not read it finds out later. */
function fileProblem(sys: Pick<Sys, 'readFile'>, path: string): string | undefined {
  try {
    sys.readFile(path);
    return undefined;
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (error.code === 'EISDIR') return 'must be a regular file';
    return error.code === 'EACCES' ? undefined : `error loading file: stat ${path}: ${error.message.toLowerCase()}`;
  }
}
