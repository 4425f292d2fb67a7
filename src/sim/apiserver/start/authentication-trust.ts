/** The ConfigMap from which other API servers learn whom to trust (kube-apiserver's cluster_authentication_trust_controller). */
import { deepEqual, type KubeObject } from '../../api/object.js';
import { StatusError } from '../../api/status.js';
import { writePem } from '../../client/pki/pem.js';
import { type ParsedCertificate, readCertificates } from '../../client/tls/certificates.js';
import { MINUTE, type Micros } from '../../kernel/time.js';
import { type Waiting, WaitQueue } from '../../kernel/wait.js';
import type { Store } from '../../store/store.js';
import type { ServerParts } from '../parts.js';
import { EtcdError } from '../storage/etcd-access.js';
import { findObject } from '../storage/get.js';
import { createAsServer, updateAsServer } from './system-request.js';

const NAMESPACE = 'kube-system';
const NAME = 'extension-apiserver-authentication';
const KEY = `/registry/configmaps/${NAMESPACE}/${NAME}`;
const ROUND = MINUTE;
/** A certificate is told of until it has been over for so long. */
const SLACK = 5 * MINUTE;

const CLIENT_CA = 'client-ca-file';
const PROXY_CA = 'requestheader-client-ca-file';
/** Lists that are told together with the authority of proxies, called like the flags they come from. */
const TRUST_LISTS = [
  'requestheader-username-headers',
  'requestheader-uid-headers',
  'requestheader-group-headers',
  'requestheader-extra-headers-prefix',
  'requestheader-allowed-names',
] as const;

/** Whom a server trusts to be somebody, or to speak for others: its flags of these names. */
export interface AuthenticationTrust {
  readonly authorities: Readonly<Record<typeof CLIENT_CA | typeof PROXY_CA, string>>;
  readonly lists: Readonly<Record<(typeof TRUST_LISTS)[number], readonly string[]>>;
}

/**
 * Writes what this server trusts beside what others wrote: at once, when the object is made or deleted by somebody, and
 * every minute. What is no part of it goes; as long as somebody's part cannot be read, it stays as it is.
 */
export function* keepAuthenticationTrust(server: ServerParts, trust: AuthenticationTrust): Waiting<void> {
  // Draws of its own: nobody else's names depend on this object.
  const parts = { ...server, random: server.random.fork(NAME) };
  const changed = new WaitQueue();
  let isChanged = false;
  let followed: Store | undefined;
  for (;;) {
    const { current } = parts.etcd;
    if (current && current !== followed) {
      followed = current;
      current.watch(KEY, 0, (changes) => {
        if (!changes.some(({ key, entry, previous }) => key === KEY && !(entry && previous))) return;
        isChanged = true;
        changed.wakeAll();
      });
    }
    isChanged = false;
    try {
      yield* writeTrust(parts, trust);
    } catch (error) {
      if (!(error instanceof EtcdError) && !(error instanceof StatusError)) throw error;
    }
    if (!isChanged) yield { queues: [changed], until: parts.now() + ROUND };
  }
}

function* writeTrust(parts: ServerParts, trust: AuthenticationTrust): Waiting<void> {
  const kind = parts.kinds.kind('v1', 'ConfigMap');
  if (!kind) return;
  const found = findObject(yield* parts.etcd.store('read'), kind, NAMESPACE, NAME);
  const before = (found?.['data'] ?? {}) as Readonly<Record<string, string>>;
  const data = combinedTrust(before, trust, parts.now());
  if (data === undefined || deepEqual(data, before)) return;
  const metadata = { name: NAME, namespace: NAMESPACE };
  if (!found) yield* createAsServer(parts, kind, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
  else yield* updateAsServer(parts, kind, { ...found, metadata: { ...found.metadata }, data } as KubeObject);
}

/** What the object should hold, given what it holds; undefined when that cannot be read. */
export function combinedTrust(
  before: Readonly<Record<string, string>>,
  { authorities, lists }: AuthenticationTrust,
  now: Micros,
): Record<string, string> | undefined {
  const all = new Map<string, string[]>();
  for (const name of TRUST_LISTS) {
    const told = readList(before[name]);
    if (!told) return undefined;
    all.set(name, [...new Set([...told, ...lists[name]])]);
  }
  const data: Record<string, string> = {};
  for (const name of [CLIENT_CA, PROXY_CA] as const) {
    const told = readCertificates(before[name] ?? '');
    if (told.length === 0 && before[name]) return undefined;
    const bundle = writtenAnew([...told, ...readCertificates(authorities[name])], now);
    if (bundle !== '') data[name] = bundle;
  }
  if (data[PROXY_CA] === undefined) return data;
  for (const [name, values] of all) {
    if (name !== 'requestheader-uid-headers' || values.length > 0) data[name] = JSON.stringify(values);
  }
  return data;
}

function readList(text: string | undefined): readonly string[] | undefined {
  if (text === undefined || text === '') return [];
  try {
    const value: unknown = JSON.parse(text);
    if (value === null) return [];
    return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Each certificate once, without those that are long over. */
function writtenAnew(certificates: readonly ParsedCertificate[], now: Micros): string {
  const written = certificates
    .filter(({ notAfter }) => notAfter > now - SLACK)
    .map(({ raw }) => writePem('CERTIFICATE', raw));
  return [...new Set(written)].join('');
}
