import { ClusterError } from '../port.js';
import { findProgram } from './find-program.js';
import { runProgram } from './run-program.js';

/** The person's kubectl. */
export interface Kubectl {
  readonly path: string;
  readonly version: Version;
}

/** A version of Kubernetes: `v1.36.0` is minor 36. */
export interface Version {
  readonly text: string;
  readonly minor: number;
}

/** Exec by WebSocket, and labs about kinds of today, need no older one. */
const OLDEST_MINOR = 30;
const TIMEOUT_SECONDS = 20;
const WHERE = 'https://kubernetes.io/docs/tasks/tools/';
/** Minor versions between which kubectl and a cluster work together. */
const SKEW = 1;

/**
 * Finds kubectl: what KUBEDRILL_KUBECTL names, or the one in PATH. Throws `ClusterError` with how to get one when it is
 * missing, cannot be started, or is too old.
 */
export async function findKubectl(
  variables: Readonly<Record<string, string | undefined>>,
  timeoutSeconds = TIMEOUT_SECONDS,
): Promise<Kubectl> {
  const named = variables['KUBEDRILL_KUBECTL'];
  const found = findProgram(named || 'kubectl', variables);
  if (found.path === undefined) throw new ClusterError(notThere(named, found.reason));
  const { code, stdout, stderr } = await runProgram(found.path, ['version', '--client', '--output=json'], {
    variables,
    timeoutSeconds,
  });
  const version = code === 0 ? readVersion(stdout, 'clientVersion') : undefined;
  if (!version) {
    const said =
      code === 124
        ? `it did not answer within ${timeoutSeconds} seconds`
        : firstLine(stderr) || firstLine(stdout) || `status ${code}`;
    throw new ClusterError(`${found.path} does not tell its version: ${said}. Install kubectl anew: ${WHERE}`);
  }
  if (version.minor < OLDEST_MINOR)
    throw new ClusterError(
      `${found.path} is ${version.text}, which is too old: kubectl v1.${OLDEST_MINOR} or newer is needed. Get it from ${WHERE}`,
    );
  return { path: found.path, version };
}

/** What the person should know when kubectl and a cluster are too far apart; undefined when they are not. */
export function skewNote({ version }: Kubectl, server: Version): string | undefined {
  if (Math.abs(version.minor - server.minor) <= SKEW) return undefined;
  return `kubectl is ${version.text} and the cluster ${server.text}: more than one minor version apart, some commands may not work as the task expects`;
}

/** Reads a version out of JSON of `kubectl version`, or of the API server's `/version`. */
export function readVersion(text: string, field?: string): Version | undefined {
  try {
    const value = JSON.parse(text) as Record<string, unknown> | null;
    const told = (field ? value?.[field] : value) as { gitVersion?: unknown } | null | undefined;
    const version = String(told?.gitVersion ?? '');
    const minor = /^v1\.(\d+)\b/.exec(version)?.[1];
    return minor === undefined ? undefined : { text: version, minor: Number(minor) };
  } catch {
    return undefined;
  }
}

function notThere(named: string | undefined, reason: 'missing' | 'not-executable'): string {
  const blocked = reason === 'not-executable';
  if (named)
    return blocked
      ? `${named}, which KUBEDRILL_KUBECTL names, cannot be executed. Make it executable (chmod +x), or name another one.`
      : `There is no program ${named}, which KUBEDRILL_KUBECTL names. Put that right, or unset it to use the one in PATH.`;
  return blocked
    ? `The kubectl in PATH cannot be executed. Make it executable (chmod +x), or install it anew: ${WHERE}`
    : `kubectl is needed and was not found in PATH. Install it (${WHERE}), or name one by KUBEDRILL_KUBECTL.`;
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
