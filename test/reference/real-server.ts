import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { type Agent, request as ask, Agent as SecureAgent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { builtProgram, CACHE } from './built-program.js';

export { REFERENCE_VERSION } from './built-program.js';

const MODULE = fileURLToPath(new URL('./go/', import.meta.url));
/** KWOK needs other versions of the same modules. */
const KWOK_MODULE = fileURLToPath(new URL('./go/kwok/', import.meta.url));
/** The kubelet over a runtime of ours. */
const KUBELET_MODULE = fileURLToPath(new URL('./go/kubelet/', import.meta.url));
const TOKEN = 'reference-token';
/** Where a server and its etcd listen, where nothing else is said. */
const PORTS = { etcd: 23790, peer: 23800, api: 26443 };
type Ports = typeof PORTS;
const PATIENCE = 90;

/** A real kube-apiserver with its etcd, empty but for what it makes itself. */
export interface RealServer {
  readonly url: string;
  send(
    method: string,
    target: string,
    headers: Record<string, string>,
    body?: string | Uint8Array,
  ): Promise<RealAnswer>;
  /** Gives each line of an answer that does not end, such as a watch's, until it is stopped. */
  follow(target: string, hears: (line: string) => void): { stop(): void };
  /** Writes a kubeconfig for kubectl and returns its path. */
  kubeconfig(): string;
  stop(): Promise<void>;
}

export interface RealAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly warnings: readonly string[];
}

/** What differs from the plain server: more flags, and what runs beside it, each with flags of its own. */
export interface RealServerOptions {
  readonly flags?: readonly string[];
  readonly controllers?: readonly string[];
  readonly scheduler?: readonly string[];
  /** KWOK, which plays nodes and their kubelets by the stages of a file. */
  readonly kwok?: { readonly stages: readonly object[]; readonly flags: readonly string[] };
  /** A kubelet whose containers are processes of this machine. */
  readonly kubelet?: readonly string[];
  /** Where they listen, other than usual. */
  readonly ports?: Partial<Ports>;
}

/** Builds kube-apiserver and etcd where they are not built yet, some minutes the first time, and starts them. */
export async function startRealServer(options: RealServerOptions = {}): Promise<RealServer> {
  serverPrograms(options);
  const folder = mkdtempSync(join(tmpdir(), 'kubedrill-reference-'));
  const ports = { ...PORTS, ...options.ports };
  const { api: port } = ports;
  const children = [startEtcd(folder, ports), startApiServer(folder, options.flags ?? [], ports)];
  const agent = new SecureAgent({ keepAlive: true, rejectUnauthorized: false });
  const send: RealServer['send'] = async (method, target, headers, body) => {
    const once = () => exchange({ agent, port }, method, target, headers, body);
    // The server closes a connection that refused a body; whoever was about to use it again asks anew.
    return await once().catch((error: { code?: string }) =>
      error.code === 'ECONNRESET' ? once() : Promise.reject(error),
    );
  };
  const stop = async () => {
    agent.destroy();
    for (const child of children.reverse()) await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  await ready(send).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  children.push(...startBeside(folder, options, port));
  const follow: RealServer['follow'] = (target, hears) => followLines({ agent, port }, target, hears);
  return { url: `https://127.0.0.1:${port}`, send, follow, kubeconfig: () => writeKubeconfig(folder, port), stop };
}

/** Builds what a server of these options runs, where it is not built yet. */
export function serverPrograms(options: RealServerOptions): void {
  builtProgram('etcd', 'go.etcd.io/etcd/server/v3', MODULE);
  builtProgram('kube-apiserver', 'k8s.io/kubernetes/cmd/kube-apiserver', MODULE);
  if (options.controllers)
    builtProgram('kube-controller-manager', 'k8s.io/kubernetes/cmd/kube-controller-manager', MODULE);
  if (options.scheduler) builtProgram('kube-scheduler', 'k8s.io/kubernetes/cmd/kube-scheduler', MODULE);
  if (options.kwok) builtProgram('kwok', 'sigs.k8s.io/kwok/cmd/kwok', KWOK_MODULE);
  if (options.kubelet) builtProgram('kubelet', '.', KUBELET_MODULE);
}

function startEtcd(folder: string, ports: Ports): ChildProcess {
  const client = `http://127.0.0.1:${ports.etcd}`;
  const peer = `http://127.0.0.1:${ports.peer}`;
  // What is written is thrown away with the folder: nobody waits for the disk.
  const flags = [
    '--unsafe-no-fsync',
    '--data-dir',
    join(folder, 'etcd'),
    '--listen-client-urls',
    client,
    '--advertise-client-urls',
    client,
  ];
  flags.push('--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `default=${peer}`);
  return start('etcd', flags, folder);
}

function startBeside(folder: string, options: RealServerOptions, port: number): ChildProcess[] {
  const { controllers, scheduler, kwok, kubelet } = options;
  const kubeconfig = `--kubeconfig=${writeKubeconfig(folder, port)}`;
  const alone = [kubeconfig, '--leader-elect=false', '--secure-port=0'];
  const children: ChildProcess[] = [];
  if (controllers) children.push(start('kube-controller-manager', [...alone, ...controllers], folder));
  if (scheduler) children.push(start('kube-scheduler', [...alone, ...scheduler], folder));
  if (kwok) {
    const stages = join(folder, 'stages.yaml');
    writeFileSync(stages, kwok.stages.map((stage) => JSON.stringify(stage)).join('\n---\n'));
    children.push(start('kwok', [kubeconfig, `--config=${stages}`, ...kwok.flags], folder));
  }
  if (kubelet) children.push(start('kubelet', [kubeconfig, ...kubelet], folder));
  return children;
}

function startApiServer(folder: string, flags: readonly string[], ports: Ports): ChildProcess {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = join(folder, 'sa.key');
  writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const tokens = join(folder, 'tokens.csv');
  writeFileSync(tokens, `${TOKEN},admin,admin,system:masters\n`);
  return start(
    'kube-apiserver',
    [
      `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
      `--cert-dir=${join(folder, 'certificates')}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${ports.api}`,
      '--service-cluster-ip-range=10.96.0.0/12',
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      `--service-account-key-file=${key}`,
      `--service-account-signing-key-file=${key}`,
      `--token-auth-file=${tokens}`,
      ...(flags.some((flag) => flag.startsWith('--authorization-mode=')) ? [] : ['--authorization-mode=RBAC']),
      '--allow-privileged=true',
      ...flags,
    ],
    folder,
  );
}

function start(program: string, flags: readonly string[], folder: string): ChildProcess {
  const log = openSync(join(folder, `${program}.log`), 'w');
  const child = spawn(join(CACHE, program), [...flags], { stdio: ['ignore', log, log] });
  closeSync(log);
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await Promise.race([gone, after(5000)]);
  child.kill('SIGKILL');
}

async function ready(send: RealServer['send']): Promise<void> {
  for (let second = 0; second < PATIENCE; second += 1) {
    const answer = await send('GET', '/readyz', {}).catch(() => undefined);
    if (answer?.status === 200) return;
    await after(1000);
  }
  throw new Error(`kube-apiserver was not ready after ${PATIENCE} s`);
}

/** Which server is asked, and by which connections. */
interface Reached {
  readonly agent: Agent;
  readonly port: number;
}

function exchange(
  reached: Reached,
  method: string,
  target: string,
  headers: Record<string, string>,
  body?: string | Uint8Array,
): Promise<RealAnswer> {
  return new Promise((done, failed) => {
    const options = { ...reached, method, path: target, host: '127.0.0.1' };
    // A DELETE's body has to be announced, or it is taken for the next request.
    const length = body === undefined ? {} : { 'content-length': `${Buffer.byteLength(body)}` };
    const sent = ask(
      { ...options, headers: { authorization: `Bearer ${TOKEN}`, ...length, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', failed);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const warnings = [response.headersDistinct['warning'] ?? []].flat();
          done({ status: response.statusCode ?? 0, headers: response.headers, text, warnings });
        });
      },
    );
    sent.on('error', failed);
    sent.end(body);
  });
}

function followLines(reached: Reached, target: string, hears: (line: string) => void): { stop(): void } {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const sent = ask({ ...reached, path: target, host: '127.0.0.1', headers }, (response) => {
    let rest = '';
    response.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() as string;
      for (const line of lines) hears(line);
    });
    response.on('error', () => {});
  });
  // What is stopped ends with an error, too.
  sent.on('error', () => {});
  sent.end();
  return { stop: () => sent.destroy() };
}

function writeKubeconfig(folder: string, port: number): string {
  const path = join(folder, 'kubeconfig');
  const cluster = { server: `https://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'reference', cluster }],
    users: [{ name: 'admin', user: { token: TOKEN } }],
    contexts: [{ name: 'reference', context: { cluster: 'reference', user: 'admin', namespace: 'default' } }],
    'current-context': 'reference',
  };
  writeFileSync(path, JSON.stringify(config), { mode: 0o600 });
  return path;
}
