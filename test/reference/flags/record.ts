/** Records with which words a real kube-apiserver refuses flags, and the files that they name, when it starts. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { REFERENCE_VERSION } from '../real-server.js';
import { FLAG_CASES, type FlagCase } from './cases.js';

const CACHE = resolve('node_modules/.cache/kubedrill-reference');
const FOLDER = '/etc/kubernetes/start';
/** Ports of its own, so that it may run beside another recording. */
const PORTS = { etcd: 24990, peer: 24991, api: 27499 };
const ENOUGH =
  /"command failed" err="(?:[^"\\]|\\.)*"\n|"command failed" err=<\n(?:\t.*\n)* >|^F\d{4} .*\n|Serving securely/m;

const folder = mkdtempSync(join(tmpdir(), 'kubedrill-flags-'));
const key = join(folder, 'sa.key');
spawnSync('openssl', ['genrsa', '-out', key, '2048']);
const etcd = startEtcd();
const only = process.argv[2];
const recorded: string[] = [];
for (const one of FLAG_CASES) {
  if (only !== undefined && !one.id.includes(only)) continue;
  const line = JSON.stringify({ id: one.id, error: await refusal(one) });
  recorded.push(line);
  if (only !== undefined) console.log(line);
}
etcd.kill('SIGKILL');
if (only === undefined) {
  const head = JSON.stringify({ server: `kube-apiserver ${REFERENCE_VERSION}` });
  writeFileSync(new URL('../recorded/flags.jsonl', import.meta.url), `${head}\n${recorded.join('\n')}\n`);
}
rmSync(folder, { recursive: true, force: true });

function startEtcd(): ChildProcess {
  const [client, peer] = [PORTS.etcd, PORTS.peer].map((port) => `http://127.0.0.1:${port}`) as [string, string];
  const flags = ['--data-dir', join(folder, 'etcd'), '--listen-client-urls', client, '--advertise-client-urls', client];
  flags.push('--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `default=${peer}`);
  return spawn(join(CACHE, 'etcd'), flags, { stdio: 'ignore' });
}

/** What follows `"command failed" err=`, the fatal line, or what cobra says; null where the server starts. */
async function refusal({ flags, files = {} }: FlagCase): Promise<string | null> {
  const own = join(folder, 'files');
  rmSync(own, { recursive: true, force: true });
  mkdirSync(own);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(own, name), text);
  const usual = {
    'etcd-servers': `http://127.0.0.1:${PORTS.etcd}`,
    'cert-dir': join(folder, 'certificates'),
    'bind-address': '127.0.0.1',
    'secure-port': `${PORTS.api}`,
    'service-cluster-ip-range': '10.96.0.0/12',
    'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
    'service-account-key-file': key,
    'service-account-signing-key-file': key,
  };
  const given = flags.map((flag) => flag.replaceAll('FOLDER', own));
  const rest = Object.entries(usual).filter(([name]) => !given.some((flag) => flag.startsWith(`--${name}=`)));
  const told = await started([...rest.map(([name, value]) => `--${name}=${value}`), ...given]);
  const failed = /"command failed" err=("(?:[^"\\]|\\.)*")/.exec(told)?.[1];
  const lines = /"command failed" err=<\n((?:\t.*\n)*) >/.exec(told)?.[1]?.replace(/^\t/gm, '').slice(0, -1);
  const fatal = /^F\d{4} \S+ +\d+ (\S+?:\d+\] .*)$/m.exec(told)?.[1];
  const usage = /^Error: (.*)$/m.exec(told)?.[1];
  const words = failed === undefined ? (lines ?? fatal ?? usage) : (JSON.parse(failed) as string);
  return words?.replaceAll(own, FOLDER).replaceAll(folder, '/tmp') ?? null;
}

/** What a server says until it fails or serves. */
function started(flags: readonly string[]): Promise<string> {
  const child = spawn(join(CACHE, 'kube-apiserver'), flags, { stdio: ['ignore', 'ignore', 'pipe'] });
  return new Promise((done) => {
    let told = '';
    child.stderr.on('data', (chunk: Buffer) => {
      told += chunk.toString('utf8');
      if (ENOUGH.test(told)) child.kill('SIGKILL');
    });
    child.on('exit', () => done(told));
  });
}
