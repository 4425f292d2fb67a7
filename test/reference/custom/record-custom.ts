/** `node scripts/run.mjs test/reference/custom/record-custom.ts`: asks a real kube-apiserver what is asked of custom kinds. */
import { setTimeout as after } from 'node:timers/promises';
import { play } from '../by-hand/sequence.js';
import { REFERENCE_VERSION, startRealServer } from '../real-server.js';
import { type Recorded, readAnswer, writeRecording } from '../recording.js';
import { SEEDS } from '../seed.js';
import { CUSTOM_SEQUENCES } from './sequences.js';

/** A kind that is new lets its first objects wait two seconds, and documents are told a moment later. */
const SETTLING_MS = 3_500;
const DELETING_MS = 6_500;

const server = await startRealServer();
try {
  const answers: Recorded[] = [];
  for (const sequence of CUSTOM_SEQUENCES) {
    const game = play(sequence);
    for (let next = game.next(); ; ) {
      if (next.done) {
        answers.push(...next.value);
        break;
      }
      const { request, text } = next.value;
      const headers = { ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...request.headers };
      const answer = await server
        .send(request.method, request.target, headers, text)
        .catch((error: { code?: string }) => {
          // A handler that panics ends the connection.
          if (error.code !== 'ECONNRESET') throw error;
          return { status: 0, headers: {}, text: 'the server closed the connection', warnings: [] };
        });
      const isWrite = request.method !== 'GET' && !request.target.includes('dryRun');
      if (isWrite && request.target.includes('customresourcedefinitions')) await after(SETTLING_MS);
      if (request.id.endsWith('let go')) await after(DELETING_MS);
      next = game.next({ status: answer.status, body: readAnswer(answer.text), warnings: answer.warnings.join(', ') });
    }
  }
  writeRecording('custom', SEEDS, `kube-apiserver ${REFERENCE_VERSION}`, answers);
  console.log(`custom: ${answers.length} answers`);
} finally {
  await server.stop();
}
