/** `node scripts/run.mjs test/reference/conversion/record-conversion.ts`: asks a real kube-apiserver whose kinds a webhook converts. */
import { createServer, type Server } from 'node:https';
import { setTimeout as after } from 'node:timers/promises';
import { Authority } from '../../../src/sim/client/pki/authority.js';
import { play } from '../by-hand/sequence.js';
import { REFERENCE_VERSION, startRealServer } from '../real-server.js';
import { type Recorded, readAnswer, writeRecording } from '../recording.js';
import { SEEDS } from '../seed.js';
import { answerHook, PORTS } from './hooks.js';
import { CONVERSION_SEQUENCES } from './steps.js';

/** A kind that is new lets its first objects wait. */
const SETTLING_MS = 5000;
const AUTHORITY = new Authority('recording', 'hooks', { commonName: 'hooks' }, Date.now() * 1000);

function startHooks(): Server {
  const subject = { commonName: 'hooks' };
  const leaf = AUTHORITY.issue({ name: 'hooks', subject, usages: ['server'], addresses: ['127.0.0.1'] });
  const server = createServer({ cert: leaf.certificate(), key: leaf.privateKey() }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const review: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      const answer = answerHook(new URL(request.url ?? '/', 'https://hooks').pathname, review);
      setTimeout(() => {
        response.writeHead(answer?.status ?? 400, { 'content-type': answer?.contentType ?? 'text/plain' });
        response.end(answer?.body ?? '');
      }, answer?.delayMillis ?? 0);
    });
  });
  return server.listen(PORTS.hook, '127.0.0.1');
}

/** A definition with the authority that the converter's certificate is of. */
function trusting(text: string): string {
  const caBundle = Buffer.from(AUTHORITY.self.certificate()).toString('base64');
  return text.replace('"clientConfig":{', `"clientConfig":{"caBundle":"${caBundle}",`);
}

const hooks = startHooks();
const server = await startRealServer();
try {
  const answers: Recorded[] = [];
  for (const sequence of CONVERSION_SEQUENCES) {
    const game = play(sequence);
    for (let next = game.next(); ; ) {
      if (next.done) {
        answers.push(...next.value);
        break;
      }
      const { request, text } = next.value;
      const headers = { ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...request.headers };
      const began = Date.now();
      const answer = await server.send(request.method, request.target, headers, text && trusting(text));
      if (Date.now() - began > 3000) console.error(`${request.id}: ${(Date.now() - began) / 1000} s`);
      if (request.id.includes('set up') && answer.status >= 300) console.error(`${request.id}: ${answer.text}`);
      if (request.id.endsWith('set up: address')) await after(SETTLING_MS);
      next = game.next({ status: answer.status, body: readAnswer(answer.text), warnings: answer.warnings.join(', ') });
    }
    if (sequence.name === 'conversion-set-up') await after(SETTLING_MS);
  }
  writeRecording('conversion', SEEDS, `kube-apiserver ${REFERENCE_VERSION}`, answers);
  console.error(`conversion: ${answers.length} answers`);
} finally {
  hooks.close();
  hooks.closeAllConnections();
  await server.stop();
}
