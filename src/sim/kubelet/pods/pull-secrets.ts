import { createHash } from 'node:crypto';
import { goJson } from '../../api/go-text.js';
import { isJsonObject } from '../../api/object.js';
import { StatusError } from '../../api/status.js';
import type { CriAuth } from '../../api/types/cri.js';
import type { Pod } from '../../api/types/pod.js';
import { isErrno } from '../../kernel/errno.js';
import { TlsError } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';

/** A name and password for images whose name begins in some way, and the secret that holds them. */
export interface PullCredential extends CriAuth {
  readonly secret: SecretCoordinates;
  /** Of what is in the secret, so that the node remembers what pulled an image without remembering the password. */
  readonly hash: string;
}

/** Where a pull secret is. */
export interface SecretCoordinates {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
}

interface Entry {
  readonly place: string;
  readonly credential: PullCredential;
}

/**
 * The credentials that a pod's imagePullSecrets hold for an image (credentialprovider's keyring): those for the longest
 * names first. Secrets that cannot be read are told in an event. Throws `Error` for one that holds nonsense.
 */
export function* pullCredentials(context: KubeletContext, pod: Pod, repository: string): Waiting<PullCredential[]> {
  const entries: Entry[] = [];
  const failed: string[] = [];
  const namespace = pod.metadata.namespace ?? '';
  for (const { name } of pod.spec.imagePullSecrets ?? []) {
    if (!name) continue;
    try {
      const secret = yield* context.objects.secret(namespace, name);
      const coordinates = { uid: secret.metadata.uid ?? '', namespace, name };
      entries.push(...entriesOf(secret.type ?? '', secret.data ?? {}, coordinates));
    } catch (error) {
      if (!(error instanceof StatusError) && !isErrno(error) && !(error instanceof TlsError)) throw error;
      failed.push(name);
    }
  }
  if (failed.length > 0) {
    const message = `Unable to retrieve some image pull secrets (${failed.join(', ')}); attempting to pull the image may not succeed.`;
    context.recorder.event(pod, 'Warning', 'FailedToRetrieveImagePullSecret', message);
  }
  return lookUp(entries, repository);
}

function entriesOf(type: string, data: Readonly<Record<string, string>>, secret: SecretCoordinates): Entry[] {
  const forms = { 'kubernetes.io/dockerconfigjson': '.dockerconfigjson', 'kubernetes.io/dockercfg': '.dockercfg' };
  const key = forms[type as keyof typeof forms];
  const encoded = key === undefined ? undefined : data[key];
  if (!encoded) return [];
  const whole: unknown = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
  const auths = key === '.dockercfg' ? whole : isJsonObject(whole) ? whole['auths'] : undefined;
  if (!isJsonObject(auths)) return [];
  return Object.entries(auths).flatMap(([location, entry]) => {
    const place = placeOf(location);
    if (place === undefined || !isJsonObject(entry)) return [];
    const { username, password } = nameAndPassword(entry);
    const email = text(entry['email']);
    const shown = {
      ...(username === '' ? {} : { username }),
      ...(password === '' ? {} : { password }),
      ...(email === '' ? {} : { email }),
    };
    const hash = createHash('sha256').update(goJson(shown)).digest('hex');
    return [{ place, credential: { username, password, secret, hash } }];
  });
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `auth` holds both, and counts before them. */
function nameAndPassword(entry: Readonly<Record<string, unknown>>): CriAuth {
  const auth = text(entry['auth']);
  if (auth === '') return { username: text(entry['username']), password: text(entry['password']) };
  const decoded = Buffer.from(auth, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 0) throw new Error('unable to parse auth field, must be formatted as base64(username:password)');
  return { username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

/** Host and path that a key of a docker configuration stands for; `/v1/` and `/v2/` say nothing. */
function placeOf(location: string): string | undefined {
  const [, host, path = ''] = /^(?:https?:\/\/)?([^/]+)(\/.*)?$/.exec(location) ?? [];
  if (host === undefined) return undefined;
  const effective = path.replace(/^\/v[12]\//, '/');
  return effective === '' || effective === '/' ? host : host + effective;
}

const HUB = 'index.docker.io';

function lookUp(entries: readonly Entry[], repository: string): PullCredential[] {
  const sorted = entries.toSorted((one, other) => (one.place < other.place ? 1 : one.place > other.place ? -1 : 0));
  const matching = sorted.filter(({ place }) => matches(place, repository));
  const used = matching.length > 0 || !repository.startsWith('docker.io/') ? matching : sorted.filter(isForHub);
  return used.map(({ credential }) => credential);
}

function isForHub({ place }: Entry): boolean {
  return place === HUB;
}

/** The host's parts may have wildcards; the path is a beginning (credentialprovider URLsMatch). */
function matches(place: string, repository: string): boolean {
  const [glob, target] = [split(place), split(repository)];
  if (glob.port !== target.port || glob.parts.length !== target.parts.length) return false;
  if (!target.path.startsWith(glob.path)) return false;
  return glob.parts.every((part, index) => wildcard(part).test(target.parts[index] ?? ''));
}

function split(name: string): { parts: string[]; port: string; path: string } {
  const slash = name.indexOf('/');
  const [host, path] = slash < 0 ? [name, ''] : [name.slice(0, slash), name.slice(slash)];
  const [domain = '', port = ''] = host.split(':');
  return { parts: domain.split('.'), port, path };
}

function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\*/g, '.*').replace(/\?/g, '.')}$`);
}
