import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kubeApiserver } from '../../../src/sim/apiserver/kube-apiserver.js';
import { selfSigned } from '../../../src/sim/client/pki/authority.js';
import { decodeText, encodeText } from '../../../src/sim/kernel/bytes.js';
import { Errno } from '../../../src/sim/kernel/errno.js';
import type { FileStat } from '../../../src/sim/kernel/files.js';
import { createRandom } from '../../../src/sim/kernel/random.js';
import type { Sys } from '../../../src/sim/kernel/sys.js';
import { FLAG_CASES, type FlagCase } from './cases.js';
import { UNLIKE } from './differences.js';

const FOLDER = '/etc/kubernetes/start';
const [head, ...lines] = readFileSync(new URL('../recorded/flags.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const recorded = new Map(
  lines.map((line) => JSON.parse(line) as { id: string; error: string | null }).map(({ id, error }) => [id, error]),
);
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const KEY = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;

const OWN = selfSigned('flags', { name: 'serving', subject: { commonName: 'serving' }, usages: ['server'] }, 0);
const SERVING = { certificate: OWN.certificate(), key: OWN.privateKey() };

/** Thrown when the server gets as far as to call etcd: it has found nothing wrong by then. */
class Reached extends Error {}

/** A machine that has the case's files, one key, and nobody to talk to. */
function machine(args: readonly string[], files: Readonly<Record<string, string>>, told: string[]): Sys {
  const find = (path: string): string | undefined => {
    if (path === FOLDER) throw new Errno('EISDIR');
    if (path === '/sa.key') return KEY;
    if (path === '/tls.crt') return SERVING.certificate;
    if (path === '/tls.key') return SERVING.key;
    return path.startsWith(`${FOLDER}/`) ? files[path.slice(FOLDER.length + 1)] : undefined;
  };
  const sys: Partial<Sys> = {
    args,
    pid: 1,
    readFile: (path) => {
      const text = find(path);
      if (text === undefined) throw new Errno('ENOENT');
      return encodeText(text);
    },
    stat: (path) => {
      if (find(path) === undefined) throw new Errno('ENOENT');
      return {} as FileStat;
    },
    *write(_fd, data) {
      told.push(typeof data === 'string' ? data : decodeText(data));
    },
    environment: new Map(),
    directory: () => '/',
    network: () => ({ addresses: () => ['10.0.0.1'] }) as unknown as ReturnType<Sys['network']>,
    random: () => createRandom('start'),
    now: () => 0,
    *connect() {
      throw new Reached();
    },
    *sleep() {
      throw new Reached();
    },
  };
  return sys as Sys;
}

/** What our server says of the case's flags; null where it goes on to etcd. */
function ours({ flags, files = {} }: FlagCase): string | null {
  const given = flags.map((flag) => flag.replaceAll('FOLDER', FOLDER));
  const usual = {
    'etcd-servers': 'http://10.0.0.2:2379',
    'bind-address': '127.0.0.1',
    'secure-port': '6443',
    'service-cluster-ip-range': '10.96.0.0/12',
    'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
    'service-account-key-file': '/sa.key',
    'service-account-signing-key-file': '/sa.key',
  };
  const tls: Record<string, string> = given.some((flag) => /^--tls-(cert|private)/.test(flag))
    ? {}
    : { 'tls-cert-file': '/tls.crt', 'tls-private-key-file': '/tls.key' };
  const rest = Object.entries({ ...usual, ...tls }).filter(
    ([name]) => !given.some((flag) => flag.startsWith(`--${name}=`)),
  );
  const args = ['kube-apiserver', ...rest.map(([name, value]) => `--${name}=${value}`), ...given];
  const told: string[] = [];
  const run = kubeApiserver(machine(args, files, told));
  try {
    for (let step = run.next(); !step.done; step = run.next());
  } catch (error) {
    if (error instanceof Reached) return null;
    throw error;
  }
  const text = told.join('');
  if (text.includes('etcd: attempt')) return null;
  const failed = /"command failed" err=("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  const several = /"command failed" err=<\n((?:\t.*\n)*) >/.exec(text)?.[1]?.replace(/^\t/gm, '').slice(0, -1);
  const fatal = /^F\d{4} \S+ +\d+ (\S+?:\d+\] .*)$/m.exec(text)?.[1];
  const usage = /^Error: (.*)$/m.exec(text)?.[1];
  return failed === undefined ? (several ?? fatal ?? usage ?? null) : (JSON.parse(failed) as string);
}

test(`flags that ${(JSON.parse(head as string) as { server: string }).server} starts with, or does not`, () => {
  expect([...recorded.keys()]).toEqual(FLAG_CASES.map(({ id }) => id));
});

test.each(FLAG_CASES)('$id', (one) => {
  const said = ours(one);
  const excuse = UNLIKE[one.id];
  if (excuse === undefined) expect(said).toBe(recorded.get(one.id));
  else expect(said, `no longer unlike: ${excuse}`).not.toBe(recorded.get(one.id));
});
