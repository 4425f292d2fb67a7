/** Records how a real kube-apiserver has images judged: `node scripts/run.mjs test/reference/image-policy/record.ts`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { Authority } from '../../../src/sim/client/pki/authority.js';
import { answerReview } from '../../../src/sim/images/admission-webhook/answer.js';
import { readRules } from '../../../src/sim/images/admission-webhook/rules.js';
import { masked } from '../masked.js';
import { REFERENCE_VERSION, type RealServer, startRealServer } from '../real-server.js';
import { readAnswer } from '../recording.js';
import type { ReferenceRequest } from '../requests.js';
import {
  configuration,
  FOLDER,
  kept,
  kubeconfig,
  ownAnnotations,
  PORTS,
  type Row,
  RULES,
  SCENES,
  type Scene,
  SET_UP,
} from './steps.js';

/** The audit log is written in batches. */
const LOG_MS = 1500;
const folder = mkdtempSync(join(tmpdir(), 'kubedrill-images-'));
const authority = new Authority('recording', 'judge', { commonName: 'judge' }, Date.now() * 1000);
const reviews: unknown[] = [];

function startJudge(): Server {
  const subject = { commonName: 'judge' };
  const leaf = authority.issue({ name: 'judge', subject, usages: ['server'], addresses: ['127.0.0.1'] });
  const server = createServer({ cert: leaf.certificate(), key: leaf.privateKey() }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const review: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      reviews.push({ target: request.url, review });
      const answer = answerReview(readRules(RULES), request.url ?? '/', review);
      setTimeout(() => {
        response.writeHead(answer?.status ?? 400, { 'content-type': answer?.contentType ?? 'text/plain' });
        response.end(answer?.body ?? '');
      }, answer?.delayMillis ?? 0);
    });
  });
  return server.listen(PORTS.judge, '127.0.0.1');
}

async function send(server: RealServer, { method, target, headers, body }: ReferenceRequest, id: string) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return await server.send(method, target, { ...headers, 'audit-id': id }, text);
}

async function record(scene: Scene): Promise<Row[]> {
  const log = join(folder, 'audit.log');
  rmSync(log, { force: true });
  writeFileSync(join(folder, 'config.yaml'), configuration(scene).replaceAll(FOLDER, folder));
  writeFileSync(join(folder, 'kubeconfig'), kubeconfig(scene, authority.self.certificate()));
  writeFileSync(join(folder, 'policy.yaml'), 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: Metadata}]\n');
  const server = await startRealServer({
    flags: [
      '--enable-admission-plugins=ImagePolicyWebhook',
      `--admission-control-config-file=${join(folder, 'config.yaml')}`,
      `--audit-policy-file=${join(folder, 'policy.yaml')}`,
      `--audit-log-path=${log}`,
    ],
  });
  try {
    for (const request of SET_UP) await send(server, request, 'set-up');
    await after(1500);
    const rows: Row[] = [];
    for (const [index, request] of scene.steps.entries()) {
      reviews.length = 0;
      const answer = await send(server, request, `step-${index}`);
      const { status, body } = masked(request, answer.status, kept(readAnswer(answer.text)));
      rows.push({ id: `${scene.name}: ${request.id}`, status, body, reviews: [...reviews], annotations: {} });
    }
    await after(LOG_MS);
    const events = readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Event);
    return rows.map((row, index) => {
      const event = events.find(({ auditID, stage }) => auditID === `step-${index}` && stage === 'ResponseComplete');
      return { ...row, annotations: ownAnnotations(event?.annotations) };
    });
  } finally {
    await server.stop();
  }
}

interface Event {
  readonly auditID: string;
  readonly stage: string;
  readonly annotations?: Record<string, string>;
}

const judge = startJudge();
const rows: Row[] = [];
for (const scene of SCENES) rows.push(...(await record(scene)));
judge.close();
judge.closeAllConnections();
rmSync(folder, { recursive: true, force: true });
const head = { server: `kube-apiserver ${REFERENCE_VERSION}` };
const lines = [head, ...rows].map((row) => JSON.stringify(row).replaceAll(folder, FOLDER));
writeFileSync(new URL('../recorded/image-policy.jsonl', import.meta.url), `${lines.join('\n')}\n`);
