import type { Cluster } from '../../clusters/port.js';
import { UndecidedError } from '../objects.js';
import { lastLine } from '../words.js';

/** A key that etcd holds. */
export interface EtcdEntry {
  readonly key: string;
  readonly value: Buffer;
}

const PKI = '/etc/kubernetes/pki/etcd';
const CONNECT = [
  '--endpoints=https://127.0.0.1:2379',
  `--cacert=${PKI}/ca.crt`,
  `--cert=${PKI}/server.crt`,
  `--key=${PKI}/server.key`,
];

/** What the running etcd of a host holds under a key, or a prefix. Throws `UndecidedError` where it does not answer. */
export async function entriesOf(
  cluster: Cluster,
  host: string,
  key: string,
  prefix: boolean,
): Promise<readonly EtcdEntry[]> {
  const argv = ['etcdctl', ...CONNECT, 'get', key, ...(prefix ? ['--prefix'] : []), '-w', 'json'];
  const { code, stdout, stderr } = await cluster.run(host, 'root', argv);
  if (code !== 0)
    throw new UndecidedError(`etcd on ${host} does not answer: ${lastLine(stderr) || `exit code ${code}`}`);
  const { kvs = [] } = JSON.parse(stdout) as { kvs?: readonly { readonly key: string; readonly value?: string }[] };
  return kvs.map((entry) => ({
    key: Buffer.from(entry.key, 'base64').toString('utf8'),
    value: Buffer.from(entry.value ?? '', 'base64'),
  }));
}

/** What of a value can be read: how it is encrypted, or its text. */
export function readable(value: Buffer): string {
  return encryptionOf(value) ?? value.toString('latin1');
}

/** `aescbc:v1:key1` of what the API server encrypted with it; undefined of what lies there as it is. */
export function encryptionOf(value: Buffer): string | undefined {
  return /^k8s:enc:([a-z]+:v[0-9]+:[^:]+):/.exec(value.subarray(0, 200).toString('latin1'))?.[1];
}
