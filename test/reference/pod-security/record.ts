/** Asks a real kube-apiserver what Pod Security says of pods, namespaces and workloads, and what its audit log is told. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { play, type Sequence } from '../by-hand/sequence.js';
import { REFERENCE_VERSION, type RealAnswer, type RealServer, startRealServer } from '../real-server.js';
import { readAnswer } from '../recording.js';
import { countedLines, namespaceSteps, type Row, rowOf, variantRequests } from './rows.js';
import { CONFIGURATION, CONFIGURED_SEQUENCES, PLAIN_SEQUENCES } from './sequences.js';

const JSON_BODY = { 'content-type': 'application/json' };
/** How long a write takes to the server's own cache of namespaces and pods, with room. */
const CACHE_LAG_MS = 60;
const POLICY = 'apiVersion: audit.k8s.io/v1\nkind: Policy\nomitStages: [RequestReceived]\nrules: [{level: Metadata}]\n';

const folder = mkdtempSync(join(tmpdir(), 'kubedrill-pod-security-'));
const at = (name: string) => join(folder, name);
writeFileSync(at('policy.yaml'), POLICY);
writeFileSync(at('configuration.yaml'), CONFIGURATION);
const AUDIT = [`--audit-policy-file=${at('policy.yaml')}`, `--audit-log-path=${at('audit.log')}`];

interface Asked extends Row {
  readonly auditId: string;
}

const rows = [
  ...(await record(AUDIT, async (server) => [
    ...(await askVariants(server)),
    ...(await playAll(server, PLAIN_SEQUENCES)),
    await counted(server, 'counted plain'),
  ])),
  ...(await record([...AUDIT, `--admission-control-config-file=${at('configuration.yaml')}`], async (server) => [
    ...(await playAll(server, CONFIGURED_SEQUENCES)),
    await counted(server, 'counted configured'),
  ])),
];
const lines = [{ server: `kube-apiserver ${REFERENCE_VERSION}` }, ...rows].map((row) => JSON.stringify(row));
writeFileSync(new URL('../recorded/pod-security.jsonl', import.meta.url), `${lines.join('\n')}\n`);
rmSync(folder, { recursive: true });

async function record(flags: readonly string[], ask: (server: RealServer) => Promise<Asked[]>): Promise<Row[]> {
  const server = await startRealServer({ flags });
  try {
    return withAudit(await ask(server));
  } finally {
    await server.stop();
  }
}

/** What the server counted. */
async function counted(server: RealServer, id: string): Promise<Asked> {
  const { text } = await server.send('GET', '/metrics', {});
  return { id, status: 200, counted: countedLines(text), auditId: '' };
}

/** Adds what the audit log has been told of each request. */
function withAudit(asked: readonly Asked[]): Row[] {
  const events = readFileSync(at('audit.log'), 'utf8').trim().split('\n');
  const annotations = new Map<string, Record<string, string>>();
  for (const line of events) {
    const { auditID, annotations: told = {} } = JSON.parse(line) as {
      auditID: string;
      annotations?: Record<string, string>;
    };
    annotations.set(auditID, told);
  }
  return asked.map(({ auditId, ...row }) => {
    const told = Object.entries(annotations.get(auditId) ?? {}).filter(([key]) => key.startsWith('pod-security'));
    return told.length === 0 ? row : { ...row, audit: Object.fromEntries(told.sort()) };
  });
}

async function askVariants(server: RealServer): Promise<Asked[]> {
  for (const { path, body } of namespaceSteps()) await server.send('POST', path, JSON_BODY, JSON.stringify(body));
  await after(CACHE_LAG_MS);
  const asked: Asked[] = [];
  for (const { id, path, body } of variantRequests()) {
    asked.push(written(id, await server.send('POST', path, JSON_BODY, JSON.stringify(body))));
  }
  return asked;
}

function written(id: string, answer: RealAnswer): Asked {
  const row = rowOf(id, answer.status, readAnswer(answer.text), answer.warnings.join(', '));
  return { ...row, auditId: String(answer.headers['audit-id']) };
}

async function playAll(server: RealServer, sequences: readonly Sequence[]): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const sequence of sequences) {
    const game = play(sequence);
    for (let next = game.next(); !next.done; ) {
      const { request, text } = next.value;
      await after(CACHE_LAG_MS);
      const headers = { ...(text === undefined ? {} : JSON_BODY), ...request.headers };
      const answer = await server.send(request.method, request.target, headers, text);
      if (!request.id.includes(': set up')) asked.push(written(request.id, answer));
      next = game.next({ status: answer.status, body: readAnswer(answer.text), warnings: answer.warnings.join(', ') });
    }
  }
  return asked;
}
