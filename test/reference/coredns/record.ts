/**
 * Records what a real CoreDNS answers to bind's dig, and with which words it refuses a Corefile:
 * `node scripts/run.mjs test/reference/coredns/record.ts [WORDS]`. Go builds it; dig comes from bind9-dnsutils.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CASES, type CorednsCase, PORT } from './cases.js';
import { masked, type Recorded } from './masked.js';

const SOURCE = resolve('test/reference/go/coredns');
const BINARY = resolve('node_modules/.cache/kubedrill-reference/coredns');

if (!existsSync(BINARY)) {
  mkdirSync(resolve(BINARY, '..'), { recursive: true });
  const built = spawnSync('go', ['build', '-o', BINARY, '.'], { cwd: SOURCE, stdio: 'inherit' });
  if (built.status !== 0) process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), 'kubedrill-coredns-'));
const only = process.argv[2];
const lines: string[] = [];
for (const one of CASES) {
  if (only !== undefined && !one.id.includes(only)) continue;
  const recorded = await played(one);
  lines.push(JSON.stringify(recorded));
  if (only !== undefined) console.log(JSON.stringify(recorded, undefined, 1));
}
if (only === undefined) {
  const version = spawnSync(BINARY, ['-version'], { encoding: 'utf8' }).stdout.split('\n')[0];
  const dig = spawnSync('dig', ['-v'], { encoding: 'utf8' }).stderr.trim();
  const head = JSON.stringify({ server: version, client: dig });
  writeFileSync(new URL('../recorded/coredns.jsonl', import.meta.url), `${head}\n${lines.join('\n')}\n`);
}
rmSync(folder, { recursive: true, force: true });

async function played({ id, corefile, files = {}, ask = [] }: CorednsCase): Promise<Recorded> {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const path = join(folder, 'Corefile');
  writeFileSync(path, corefile.replaceAll('DIR', folder));
  const child = spawn(BINARY, ['-conf', path], { stdio: ['ignore', 'pipe', 'pipe'] });
  const told = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (told.out += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (told.err += chunk.toString('utf8')));
  const ended = await startedOrEnded(child, told);
  for (const name of Object.keys(files)) if (ended) rmSync(join(folder, name));
  if (ended) return { id, refused: masked(told.err, folder) };
  const before = told.out.length;
  const answers = ask.map((words) => {
    const args = ['@127.0.0.1', '-p', `${PORT}`, ...words.split(' ')];
    const { stdout, stderr } = spawnSync('dig', args, { encoding: 'utf8' });
    return masked(stdout + stderr, folder);
  });
  await pause(150);
  child.kill('SIGKILL');
  await new Promise((done) => child.on('exit', done));
  for (const name of Object.keys(files)) rmSync(join(folder, name));
  const log = masked(told.out.slice(before), folder)
    .split('\n')
    .filter((line) => line !== '' && !line.includes('HINFO'));
  return { id, answers, log };
}

/** True when it ended before it said that it serves. */
async function startedOrEnded(child: ChildProcess, told: { out: string }): Promise<boolean> {
  for (let turn = 0; turn < 200; turn += 1) {
    if (child.exitCode !== null) return true;
    if (told.out.includes('linux/')) return false;
    await pause(25);
  }
  throw new Error('CoreDNS neither serves nor ends');
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
