/**
 * Records what a real kube-apiserver says to requests about rights, and the roles and bindings it makes itself:
 * `node scripts/run.mjs test/reference/authorization/record.ts`.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { REFERENCE_VERSION, startRealServer } from '../real-server.js';
import { answerOf } from './answers.js';
import { FIXTURES } from './fixtures.js';
import { questions } from './questions.js';
import { ADMIN_TOKEN, TOKENS } from './subjects.js';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const POLICY = ['clusterroles', 'clusterrolebindings', 'roles', 'rolebindings'];

const tokens = join(mkdtempSync(join(tmpdir(), 'kubedrill-tokens-')), 'tokens.csv');
writeFileSync(tokens, TOKENS);
const server = await startRealServer({
  flags: ['--authorization-mode=Node,RBAC', `--token-auth-file=${tokens}`],
  controllers: ['--controllers=clusterrole-aggregation'],
});
try {
  await aggregated();
  await recordPolicy();
  await recordAnswers();
} finally {
  await server.stop();
}

async function send(method: string, target: string, headers: Readonly<Record<string, string>>, body?: unknown) {
  const lines = Object.entries(headers).map(([name, value]) => [
    name,
    value.includes('\n') ? value.split('\n') : value,
  ]);
  const all = Object.fromEntries([...lines, ...(body === undefined ? [] : [['content-type', contentType(method)]])]);
  const answer = await server.send(method, target, all, body === undefined ? undefined : JSON.stringify(body));
  return { status: answer.status, body: readBody(answer.text) };
}

function contentType(method: string): string {
  return method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
}

function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The controller gathers the rules of the roles for people after a moment. */
async function aggregated(): Promise<void> {
  for (let second = 0; second < 60; second += 1) {
    const { body } = await send('GET', `${RBAC}/clusterroles/admin`, { authorization: `Bearer ${ADMIN_TOKEN}` });
    if (((body as { rules?: unknown[] }).rules?.length ?? 0) > 20) return;
    await after(1000);
  }
  throw new Error('the role admin was never gathered');
}

async function recordPolicy(): Promise<void> {
  const lines: unknown[] = [{ server: `kube-apiserver ${REFERENCE_VERSION}, its roles and bindings after the start` }];
  for (const plural of POLICY) {
    const { body } = await send('GET', `${RBAC}/${plural}`, { authorization: `Bearer ${ADMIN_TOKEN}` });
    for (const item of (body as { items: { metadata: Record<string, unknown> }[] }).items) {
      for (const field of ['uid', 'resourceVersion', 'creationTimestamp', 'managedFields']) delete item.metadata[field];
      lines.push({ plural, ...item });
    }
  }
  write('policy', lines);
}

async function recordAnswers(): Promise<void> {
  for (const { collection, object } of FIXTURES) {
    const { status, body } = await send('POST', collection, { authorization: `Bearer ${ADMIN_TOKEN}` }, object);
    if (status >= 300 && status !== 409) throw new Error(`${object.metadata.name}: ${status} ${JSON.stringify(body)}`);
  }
  await after(3000);
  const lines: unknown[] = [{ server: `kube-apiserver ${REFERENCE_VERSION}, --authorization-mode=Node,RBAC` }];
  for (const { id, method, target, headers, body } of questions()) {
    const answer = await send(method, target, headers, body);
    lines.push(answerOf(id, answer.status, answer.body));
  }
  write('answers', lines);
  console.log(`${lines.length - 1} answers`);
}

function write(name: string, lines: readonly unknown[]): void {
  const to = new URL(`./recorded/${name}.jsonl`, import.meta.url);
  writeFileSync(to, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
}
