import { type Condition, conditionFields, judge, lintCondition, type Verdict } from '../condition.js';
import { type EtcdEntry, encryptionOf, entriesOf, readable } from '../etcd/live.js';
import { holdsKey, readSnapshot, type Snapshot } from '../etcd/snapshot.js';
import { list, map, orVariant, path, strings, text } from '../schema/words.js';
import type { CheckContext, CheckKind, Report } from '../subject.js';

interface EtcdSubject {
  readonly etcd: {
    readonly host: string;
    /** A snapshot's path on the host; the running etcd when left out. */
    readonly snapshot?: string;
    /** Keys that must be in it. */
    readonly keys?: readonly string[];
    readonly keys_absent?: readonly string[];
    /** How many keys at least. */
    readonly keys_min?: number;
    readonly revision_min?: number;
    readonly values?: readonly (Condition & { readonly key: string })[];
    readonly encrypted?: { readonly prefix: string; readonly with?: string };
    readonly plain?: { readonly prefix: string };
  };
}

/** A snapshot of etcd, that it is whole and what is in it; or the running one. */
export const etcd: CheckKind<EtcdSubject> = {
  field: 'etcd',
  schema: map(
    {
      host: text('The host it is on, by its base name.', { examples: ['controlplane', 'node01'] }),
      snapshot: path,
      keys: strings('The keys that must be in it.'),
      keys_absent: strings('The keys that must not be in it.'),
      keys_min: orVariant({ type: 'integer', minimum: 1, description: 'How many keys must be in it at least.' }),
      revision_min: orVariant({
        type: 'integer',
        minimum: 1,
        description: 'The least revision the snapshot must have.',
      }),
      values: list(
        map(
          { key: text('The key in etcd, whole.'), ...conditionFields },
          ['key'],
          'What a key of the running etcd holds.',
        ),
        'What keys of the running etcd hold, as texts; of an encrypted one how, such as aescbc:v1:key1.',
      ),
      encrypted: map(
        {
          prefix: text('Where they are, such as /registry/secrets/.'),
          with: text('What with, such as aescbc:v1:key1 or just aescbc; anything when left out.'),
        },
        ['prefix'],
        'All keys below a prefix of the running etcd are encrypted at rest; there must be one.',
      ),
      plain: map(
        { prefix: text('Where they are, such as /registry/secrets/.') },
        ['prefix'],
        'No key below a prefix of the running etcd is encrypted; there must be one.',
      ),
    },
    ['host'],
    'A snapshot of etcd, or the running one when there is no snapshot.',
  ),
  needs: () => ['etcd', 'nodes-root'],
  lint,
  async judge({ etcd: subject }, context) {
    return subject.snapshot === undefined
      ? ofRunning(subject, context)
      : ofSnapshot(subject, subject.snapshot, context);
  },
};

async function ofSnapshot(subject: EtcdSubject['etcd'], file: string, context: CheckContext): Promise<Verdict> {
  const snapshot = await readSnapshot(context.host(subject.host), file, context);
  if (typeof snapshot === 'string') return { passed: false, expected: `a whole snapshot in ${file}`, found: snapshot };
  const { keys_min: keysMin, revision_min: revisionMin } = subject;
  if (keysMin !== undefined && snapshot.keys < keysMin)
    return { passed: false, expected: `at least ${keysMin} keys`, found: `${snapshot.keys} keys` };
  if (revisionMin !== undefined && snapshot.revision < revisionMin)
    return { passed: false, expected: `revision ${revisionMin} at least`, found: `revision ${snapshot.revision}` };
  return (
    keysIn(subject, (key) => holdsKey(snapshot.bytes, key)) ?? {
      passed: true,
      expected: 'a whole snapshot',
      found: size(snapshot),
    }
  );
}

function size({ keys }: Snapshot): string {
  return `${keys} keys`;
}

/** Undefined where no keys are asked for. */
function keysIn(
  { keys = [], keys_absent: absent = [] }: EtcdSubject['etcd'],
  holds: (key: string) => boolean,
): Verdict | undefined {
  if (keys.length + absent.length === 0) return undefined;
  const missing = keys.filter((key) => !holds(key));
  const present = absent.filter(holds);
  const expected = [keys.length > 0 && `holds ${keys.join(', ')}`, absent.length > 0 && `not ${absent.join(', ')}`];
  const found = [
    missing.length > 0 && `${missing.join(', ')} not in it`,
    present.length > 0 && `${present.join(', ')} in it`,
  ];
  const passed = missing.length + present.length === 0;
  return {
    passed,
    expected: expected.filter(Boolean).join(', '),
    found: found.filter(Boolean).join('; ') || (keys.length > 0 ? 'they are in it' : 'they are not in it'),
  };
}

async function ofRunning(subject: EtcdSubject['etcd'], context: CheckContext): Promise<Verdict> {
  const read = (key: string, prefix = false): Promise<readonly EtcdEntry[]> =>
    entriesOf(context.cluster, context.host(subject.host), key, prefix);
  const held = new Set<string>();
  for (const key of [...(subject.keys ?? []), ...(subject.keys_absent ?? [])])
    if ((await read(key)).length > 0) held.add(key);
  const verdicts: Verdict[] = [];
  const keys = keysIn(subject, (key) => held.has(key));
  if (keys) verdicts.push(keys);
  for (const condition of subject.values ?? []) {
    const [entry] = await read(condition.key);
    const verdict = judge(entry && readable(entry.value), condition);
    verdicts.push({
      ...verdict,
      expected: `${condition.key} ${verdict.expected}`,
      found: `${condition.key} ${verdict.found}`,
    });
  }
  const { encrypted, plain } = subject;
  if (encrypted) verdicts.push(atRest(await read(encrypted.prefix, true), encrypted.prefix, encrypted.with ?? ''));
  if (plain) verdicts.push(atRest(await read(plain.prefix, true), plain.prefix, undefined));
  return (
    verdicts.find(({ passed }) => !passed) ??
    verdicts.at(-1) ?? { passed: true, expected: 'etcd answers', found: 'it does' }
  );
}

/** All entries are encrypted with something; with nothing when that is undefined. */
function atRest(entries: readonly EtcdEntry[], prefix: string, how: string | undefined): Verdict {
  const expected =
    how === undefined ? `nothing encrypted below ${prefix}` : `all below ${prefix} encrypted${how && ` with ${how}`}`;
  if (entries.length === 0) return { passed: false, expected, found: `no key below ${prefix}` };
  const wrong = entries.find(({ value }) => !fits(encryptionOf(value), how));
  if (!wrong) return { passed: true, expected, found: `${entries.length} of ${entries.length} so` };
  return { passed: false, expected, found: `${wrong.key} is ${encryptionOf(wrong.value) ?? 'not encrypted'}` };
}

/** `aescbc` means all of its keys. */
function fits(encryption: string | undefined, how: string | undefined): boolean {
  if (encryption === undefined || how === undefined) return encryption === how;
  return how === '' || encryption === how || encryption.startsWith(`${how}:`);
}

function lint({ etcd: subject }: EtcdSubject, at: string, report: Report): void {
  const where = `${at}/etcd`;
  const [own, other] = [
    ['keys_min', 'revision_min'],
    ['values', 'encrypted', 'plain'],
  ] as const;
  for (const name of subject.snapshot === undefined ? own : other)
    if (name in subject)
      report(
        `${where}/${name}`,
        subject.snapshot === undefined ? 'belongs to snapshot' : 'belongs to the running etcd, not to a snapshot',
      );
  for (const [index, condition] of (subject.values ?? []).entries())
    lintCondition(condition, `${where}/values/${index}`, report);
  if (subject.snapshot === undefined && ![...other, 'keys', 'keys_absent'].some((name) => name in subject))
    report(where, 'says nothing of etcd: snapshot, keys, keys_absent, values, encrypted or plain');
}
