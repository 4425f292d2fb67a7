/** Records with which words a real kube-apiserver refuses wrong files when it starts. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { REFERENCE_VERSION } from '../real-server.js';
import { START_CASES, type StartCase } from './cases.js';

const CACHE = resolve('node_modules/.cache/kubedrill-reference');
const FOLDER = '/etc/kubernetes/start';
/** Ports of its own, so that it may run beside another recording. */
const PORTS = { etcd: 23990, peer: 23991, api: 26499 };
const ENOUGH =
  /"command failed" err="(?:[^"\\]|\\.)*"\n|"command failed" err=<\n(?:\t.*\n)* >|^F\d{4} .*\n|Serving securely/m;

const folder = mkdtempSync(join(tmpdir(), 'kubedrill-start-'));
const key = join(folder, 'sa.key');
spawnSync('openssl', ['genrsa', '-out', key, '2048']);
const etcd = startEtcd();
const recorded: string[] = [];
for (const one of START_CASES) recorded.push(JSON.stringify({ id: one.id, error: await refusal(one) }));
etcd.kill('SIGKILL');
writeFileSync(
  new URL('../recorded/starts.jsonl', import.meta.url),
  `${JSON.stringify({ server: `kube-apiserver ${REFERENCE_VERSION}` })}\n${recorded.join('\n')}\n`,
);
rmSync(folder, { recursive: true, force: true });

function startEtcd(): ChildProcess {
  const [client, peer] = [PORTS.etcd, PORTS.peer].map((port) => `http://127.0.0.1:${port}`) as [string, string];
  const flags = ['--data-dir', join(folder, 'etcd'), '--listen-client-urls', client, '--advertise-client-urls', client];
  flags.push('--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `default=${peer}`);
  return spawn(join(CACHE, 'etcd'), flags, { stdio: 'ignore' });
}

/** What follows `"command failed" err=`, or the fatal line; null where the server starts. */
async function refusal({ flag, files, more = [] }: StartCase): Promise<string | null> {
  const own = join(folder, 'files');
  rmSync(own, { recursive: true, force: true });
  mkdirSync(own);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(own, name), text.replaceAll('FOLDER', own));
  const told = await started([
    `--etcd-servers=http://127.0.0.1:${PORTS.etcd}`,
    `--cert-dir=${join(folder, 'certificates')}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${PORTS.api}`,
    '--service-cluster-ip-range=10.96.0.0/12',
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    `--${flag}=${join(own, Object.keys(files)[0] ?? 'nowhere.yaml')}`,
    ...more,
  ]);
  const failed = /"command failed" err=("(?:[^"\\]|\\.)*")/.exec(told)?.[1];
  const lines = /"command failed" err=<\n((?:\t.*\n)*) >/.exec(told)?.[1]?.replace(/^\t/gm, '').slice(0, -1);
  const fatal = /^F\d{4} \S+ +\d+ (\S+?:\d+\] .*)$/m.exec(told)?.[1];
  const words = failed === undefined ? (lines ?? fatal) : (JSON.parse(failed) as string);
  return words?.replaceAll(own, FOLDER) ?? null;
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
