import { parseDuration } from '../../api/duration.js';
import { klogLine } from '../../client/klog.js';
import { KubeconfigError } from '../../client/kubeconfig/types.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { MINUTE, type Micros, SECOND } from '../../kernel/time.js';
import { abacAuthorizer } from '../authorization/abac.js';
import type { Authorizer } from '../authorization/authorizer.js';
import { readAuthorizationConfiguration } from '../authorization/configuration.js';
import type { AuthorizerEntry, WebhookEntry } from '../authorization/configuration-types.js';
import { authorizersOf } from '../authorization/modes.js';
import { compileCondition } from '../authorization/webhook/conditions.js';
import type { ReviewVersion } from '../authorization/webhook/review.js';
import { type WebhookSettings, webhookAuthorizer } from '../authorization/webhook/webhook.js';
import { ConfigurationError } from '../configuration-file.js';
import type { Remote } from '../outgoing/remote.js';
import { ASKING_TIMEOUT } from '../outgoing/remote-call.js';
import { readText, StartError } from './files.js';
import type { Flags } from './flags.js';
import { readRemote } from './remote.js';

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
  let text: string;
  try {
    text = readText(sys, path);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    return { modes: [], problems: [error.message] };
  }
  const { modes, problems } = readAuthorizationConfiguration(text, (file) => fileProblem(sys, file));
  return { modes, problems };
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

/** The authorizers of the modes, with the files that those need. Throws StartError. */
export function readAuthorizers(sys: Sys, flags: Flags, modes: readonly string[]): Authorizer[] {
  const entries = readEntries(sys, flags);
  try {
    return authorizersOf(modes, (mode, index) => {
      if (mode === 'ABAC') return readAbac(sys, flags);
      if (mode !== 'Webhook') return undefined;
      const settings = entries ? settingsOf(sys, entries[index]?.webhook ?? {}) : settingsOfFlags(sys, flags);
      return webhookAuthorizer(settings, index);
    });
  } catch (error) {
    if (!(error instanceof StartError || error instanceof KubeconfigError || error instanceof ConfigurationError)) {
      throw error;
    }
    throw new StartError(`invalid authorization config: ${error.message}`);
  }
}

function readEntries(sys: Sys, flags: Flags): readonly AuthorizerEntry[] | undefined {
  const path = flags.text(CONFIG);
  return path === '' ? undefined : readAuthorizationConfiguration(readText(sys, path), () => undefined).entries;
}

function readAbac(sys: Sys, flags: Flags): Authorizer {
  const path = flags.text(POLICY);
  return abacAuthorizer(readText(sys, path), path);
}

const VERSIONS: readonly string[] = ['v1', 'v1beta1'];

function settingsOfFlags(sys: Sys, flags: Flags): WebhookSettings {
  const remote = readHook(sys, flags.text(WEBHOOK));
  const version = flags.text('authorization-webhook-version', 'v1beta1');
  if (!VERSIONS.includes(version)) {
    const supported = VERSIONS.map((one) => JSON.stringify(one)).join(', ');
    const given = JSON.stringify(version);
    throw new StartError(`unsupported webhook authorizer version ${given}, supported versions are ${supported}`);
  }
  return {
    remote,
    version: version as ReviewVersion,
    authorizedTtl: flags.duration('authorization-webhook-cache-authorized-ttl', 5 * MINUTE),
    unauthorizedTtl: flags.duration('authorization-webhook-cache-unauthorized-ttl', 30 * SECOND),
    timeout: ASKING_TIMEOUT,
    onError: 'no-opinion',
    conditions: [],
    failed: complaints(sys),
  };
}

function settingsOf(sys: Sys, entry: WebhookEntry): WebhookSettings {
  const { cacheAuthorizedRequests, cacheUnauthorizedRequests, connectionInfo, matchConditions } = entry;
  const span = (text: string | undefined, otherwise: Micros) => (text ? parseDuration(text) : 0) || otherwise;
  return {
    remote: readHook(sys, connectionInfo?.kubeConfigFile ?? ''),
    version: (entry.subjectAccessReviewVersion ?? 'v1') as ReviewVersion,
    authorizedTtl: cacheAuthorizedRequests === false ? 0 : span(entry.authorizedTTL, 5 * MINUTE),
    unauthorizedTtl: cacheUnauthorizedRequests === false ? 0 : span(entry.unauthorizedTTL, 30 * SECOND),
    timeout: span(entry.timeout, ASKING_TIMEOUT),
    onError: entry.failurePolicy === 'Deny' ? 'deny' : 'no-opinion',
    conditions: (matchConditions ?? []).map(({ expression = '' }) => compileCondition(expression)),
    failed: complaints(sys),
  };
}

/** The server of a webhook's kubeconfig, whose file has to be there. */
function readHook(sys: Sys, path: string): Remote {
  try {
    readText(sys, path);
  } catch (error) {
    const { cause } = error as Error;
    if (isErrno(cause, 'ENOENT')) throw new StartError(`stat ${path}: ${cause.message.toLowerCase()}`);
    throw error;
  }
  return readRemote(sys, path);
}

/** Writes into the server's log why a webhook has not answered. */
function complaints(sys: Sys): (message: string) => void {
  return (message) => {
    sys.thread(function* () {
      yield* sys.write(2, klogLine(sys, 'E', 'webhook.go:266', message));
    });
  };
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
