/**
 * Records what a real kube-apiserver makes of objects within limits and quotas, and of its smaller plug-ins:
 * `node scripts/run.mjs test/reference/limits/record.ts`.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { REFERENCE_VERSION, type RealServer, startRealServer } from '../real-server.js';
import { type Row, rowOf } from './answer.js';
import { CONFIGURATION, OFF, ON, type SceneRequest } from './scene.js';
import { scenes } from './scenes.js';
import { sharedObjects } from './special-scenes.js';

/** How long a write takes to the plug-ins' own caches, with room. */
const CACHE_LAG_MS = 150;

const folder = mkdtempSync(join(tmpdir(), 'kubedrill-limits-'));
const configuration = join(folder, 'configuration.json');
writeFileSync(configuration, JSON.stringify(CONFIGURATION));
const off = `--disable-admission-plugins=${OFF.join(',')}`;
const rows = [
  ...(await record('plain', [off])),
  ...(await record('extended', [
    off,
    `--enable-admission-plugins=${ON.join(',')}`,
    `--admission-control-config-file=${configuration}`,
  ])),
];
const lines = [{ server: `kube-apiserver ${REFERENCE_VERSION}` }, ...rows].map((row) => JSON.stringify(row));
writeFileSync(new URL('../recorded/limits.jsonl', import.meta.url), `${lines.join('\n')}\n`);
rmSync(folder, { recursive: true });

async function record(which: 'plain' | 'extended', flags: readonly string[]): Promise<Row[]> {
  const server = await startRealServer({ flags });
  try {
    const mine = scenes().filter((scene) => scene.server === which);
    for (const request of [...sharedObjects(), ...mine.flatMap(({ before }) => before)]) await setUp(server, request);
    await after(CACHE_LAG_MS);
    const asked: Row[] = [];
    for (const request of mine.flatMap(({ requests }) => requests)) asked.push(await ask(server, request));
    return asked;
  } finally {
    await server.stop();
  }
}

async function setUp(server: RealServer, request: SceneRequest): Promise<void> {
  const { status, body } = await ask(server, request);
  if (status >= 300) console.error(`${request.id}: ${status} ${JSON.stringify(body)}`);
}

async function ask(server: RealServer, request: SceneRequest): Promise<Row> {
  const headers = request.body === undefined ? {} : { 'content-type': 'application/json' };
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const { status, text, warnings } = await server.send(request.method, request.target, headers, body);
  return rowOf(request, status, JSON.parse(text), warnings.join(', '));
}
