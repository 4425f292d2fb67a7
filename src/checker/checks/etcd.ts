import type { Verdict } from '../condition.js';
import { map, orVariant, path, strings, text } from '../schema/words.js';
import type { CheckContext, CheckKind } from '../subject.js';

interface EtcdSubject {
  readonly etcd: {
    readonly host: string;
    /** A snapshot's path on the host. */
    readonly snapshot: string;
    /** Keys that must be in it. */
    readonly keys?: readonly string[];
    /** How many keys at least. */
    readonly keys_min?: number;
  };
}

/** A snapshot of etcd: that it is whole, and what is in it. */
export const etcd: CheckKind<EtcdSubject> = {
  field: 'etcd',
  schema: map(
    {
      host: text('The host it is on, by its base name.', { examples: ['controlplane', 'node01'] }),
      snapshot: path,
      keys: strings('The keys that must be in it.'),
      keys_min: orVariant({ type: 'integer', minimum: 1, description: 'How many keys must be in it at least.' }),
    },
    ['host', 'snapshot'],
    'A snapshot of etcd in a file on a host.',
  ),
  needs: () => ['hosts', 'etcd'],
  async judge({ etcd: subject }, context) {
    const { cluster } = context;
    const host = context.host(subject.host);
    const status = await cluster.run(host, 'root', ['etcdutl', 'snapshot', 'status', subject.snapshot, '-w', 'json']);
    if (status.code !== 0)
      return { passed: false, expected: `a whole snapshot in ${subject.snapshot}`, found: reason(status.stderr) };
    const { totalKey = 0 } = JSON.parse(status.stdout) as { totalKey?: number };
    if (subject.keys_min !== undefined && totalKey < subject.keys_min) {
      return { passed: false, expected: `at least ${subject.keys_min} keys`, found: `${totalKey} keys` };
    }
    return subject.keys
      ? holdsKeys(subject.keys, subject.snapshot, host, context)
      : { passed: true, expected: 'a whole snapshot', found: `${totalKey} keys` };
  },
};

/** Looks for keys in the snapshot's own bytes: each is stored as it is spelled. */
async function holdsKeys(
  keys: readonly string[],
  path: string,
  host: string,
  { cluster }: CheckContext,
): Promise<Verdict> {
  const file = await cluster.file(host, path);
  const bytes = Buffer.from(file?.content ?? []);
  const missing = keys.filter((key) => !bytes.includes(key));
  const expected = `holds ${keys.join(', ')}`;
  return {
    passed: missing.length === 0,
    expected,
    found: missing.length === 0 ? 'they are in it' : `${missing.join(', ')} not in it`,
  };
}

function reason(stderr: string): string {
  return stderr.trim().split('\n').at(-1) || 'it cannot be read';
}
