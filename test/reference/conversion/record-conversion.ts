/** `node scripts/run.mjs test/reference/conversion/record-conversion.ts`: asks a real kube-apiserver whose kinds a webhook converts. */
import { createServer, type Server } from 'node:https';
import { Authority } from '../../../src/sim/client/pki/authority.js';
import { recordSequences } from '../sequences/record.js';
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

/** The last request of the sequence that makes the kind. */
const LAST_OF_SET_UP = CONVERSION_SEQUENCES.find(({ name }) => name === 'conversion-set-up')?.steps.at(-1)?.does;

const hooks = startHooks();
try {
  await recordSequences('conversion', CONVERSION_SEQUENCES, {
    text: trusting,
    settling: ({ id }) =>
      id.endsWith('set up: address') || id === `by hand conversion-set-up: ${LAST_OF_SET_UP}` ? SETTLING_MS : 0,
  });
} finally {
  hooks.close();
  hooks.closeAllConnections();
}
