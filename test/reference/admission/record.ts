/**
 * Records what a real kube-apiserver answers while policies and webhooks are at work:
 * `node scripts/run.mjs test/reference/admission/record.ts [admission|connections]`.
 */
import { createServer, type Server } from 'node:https';
import { setTimeout as after } from 'node:timers/promises';
import { Authority } from '../../../src/sim/client/pki/authority.js';
import { answerReview } from '../../../src/sim/images/admission-webhook/answer.js';
import { readRules } from '../../../src/sim/images/admission-webhook/rules.js';
import { REFERENCE_VERSION, type RealServer, startRealServer } from '../real-server.js';
import { readAnswer } from '../recording.js';
import { type Case, PORTS } from './case.js';
import { CASES as ALL, setUpOf } from './cases.js';
import { CONNECTIONS } from './connections.js';
import { type Chapter, type Recorded, requestOf, shortened, writeAdmission } from './recorded.js';

const chapter: Chapter = process.argv[2] === 'connections' ? 'connections' : 'admission';
const CASES = chapter === 'connections' ? CONNECTIONS : ALL;
/** A server looks for new policies once a second. */
const SETTLE_MS = 6000;
const AT_ONCE = 12;
const AUTHORITY = new Authority('recording', 'hooks', { commonName: 'hooks' }, Date.now() * 1000);

/** Answers reviews by the rules of their case, and notes them. */
function startHooks(asked: Map<string, unknown[]>): Server {
  const leaf = AUTHORITY.issue({
    name: 'hooks',
    subject: { commonName: 'hooks' },
    usages: ['server'],
    addresses: ['127.0.0.1'],
  });
  const server = createServer({ cert: leaf.certificate(), key: leaf.privateKey() }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const review: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      const path = new URL(request.url ?? '/', 'https://hooks').pathname;
      const one = CASES.find(({ name }) => path.startsWith(`/${name}/`));
      if (one) asked.set(one.name, [...(asked.get(one.name) ?? []), review]);
      const answer = answerReview(readRules(one?.rules ?? []), path, review);
      setTimeout(() => {
        response.writeHead(answer?.status ?? 400, { 'content-type': answer?.contentType ?? 'text/plain' });
        response.end(answer?.body ?? '');
      }, answer?.delayMillis ?? 0);
    });
  });
  return server.listen(PORTS.hook, '127.0.0.1');
}

/** A configuration with the authority that the webhooks' certificate is of. */
function trusting(object: object): object {
  const { webhooks } = object as { webhooks?: { clientConfig: object }[] };
  if (!webhooks) return object;
  const caBundle = Buffer.from(AUTHORITY.self.certificate()).toString('base64');
  return { ...object, webhooks: webhooks.map((one) => ({ ...one, clientConfig: { ...one.clientConfig, caBundle } })) };
}

async function ask(server: RealServer, one: Case, asked: Map<string, unknown[]>): Promise<Recorded[]> {
  const answers: Recorded[] = [];
  for (const given of one.requests) {
    const request = requestOf(one, given);
    asked.delete(one.name);
    const { method, target, headers } = request;
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const answer = await server.send(method, target, headers ?? {}, body);
    const warnings = answer.warnings.join(', ');
    answers.push(shortened(request, answer.status, readAnswer(answer.text), warnings, asked.get(one.name) ?? []));
  }
  return answers;
}

/** Cases keep to namespaces of their own, so that several can be played at once. */
async function askAll(server: RealServer, asked: Map<string, unknown[]>): Promise<Recorded[]> {
  const answers = new Map<Case, Recorded[]>();
  const left = [...CASES];
  const work = async () => {
    for (let one = left.shift(); one; one = left.shift()) answers.set(one, await ask(server, one, asked));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return CASES.flatMap((one) => answers.get(one) ?? []);
}

const asked = new Map<string, unknown[]>();
const hooks = startHooks(asked);
const server = await startRealServer();
try {
  for (const { collection, object } of setUpOf(CASES)) {
    const body = JSON.stringify(trusting(object));
    const answer = await server.send('POST', collection, { 'content-type': 'application/json' }, body);
    if (answer.status >= 300) console.error(`${collection}: ${answer.text}`);
  }
  await after(SETTLE_MS);
  const answers = await askAll(server, asked);
  writeAdmission(chapter, `kube-apiserver ${REFERENCE_VERSION}`, answers);
  console.error(`${answers.length} answers of ${CASES.length} cases`);
} finally {
  hooks.close();
  hooks.closeAllConnections();
  await server.stop();
}
