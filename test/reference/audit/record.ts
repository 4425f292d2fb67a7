/** Records the lines that a real kube-apiserver writes into its audit log. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { play } from '../by-hand/sequence.js';
import { REFERENCE_VERSION, startRealServer } from '../real-server.js';
import { readAnswer } from '../recording.js';
import { auditIdOf, type Event, maskedEvent } from './rows.js';
import { AUDITED, POLICY } from './steps.js';

const folder = mkdtempSync(join(tmpdir(), 'kubedrill-audit-'));
const log = join(folder, 'audit.log');
writeFileSync(join(folder, 'policy.yaml'), POLICY);
const server = await startRealServer({
  flags: [`--audit-policy-file=${join(folder, 'policy.yaml')}`, `--audit-log-path=${log}`],
});
const ids: string[] = [];
try {
  const game = play(AUDITED);
  for (let next = game.next(); !next.done; ) {
    const { request, text } = next.value;
    const id = auditIdOf(request.id);
    ids.push(request.id);
    const type = text === undefined ? {} : { 'content-type': 'application/json' };
    const headers = { ...type, ...request.headers, 'audit-id': id };
    await after(30);
    const answer = await server.send(request.method, request.target, headers, text);
    next = game.next({ status: answer.status, body: readAnswer(answer.text), warnings: '' });
  }
  await after(300);
} finally {
  await server.stop();
}
const events = readFileSync(log, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Event);
const rows = ids.map((id) => ({
  id,
  events: events.filter(({ auditID }) => auditID === auditIdOf(id)).map((event) => maskedEvent(event)),
}));
const lines = [{ server: `kube-apiserver ${REFERENCE_VERSION}` }, ...rows].map((row) => JSON.stringify(row));
writeFileSync(new URL('../recorded/audit.jsonl', import.meta.url), `${lines.join('\n')}\n`);
rmSync(folder, { recursive: true });
