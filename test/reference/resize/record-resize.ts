/** `node scripts/run.mjs test/reference/resize/record-resize.ts`: asks a real kube-apiserver for other resources of pods. */
import { setTimeout as after } from 'node:timers/promises';
import { play } from '../by-hand/sequence.js';
import { REFERENCE_VERSION, startRealServer } from '../real-server.js';
import { type Recorded, readAnswer, writeRecording } from '../recording.js';
import { SEEDS } from '../seed.js';
import { RESIZE_SEQUENCES } from './steps.js';

/** Plug-ins see nodes and limits a moment later. */
const SETTLING_MS = 1000;

const server = await startRealServer();
try {
  const answers: Recorded[] = [];
  for (const sequence of RESIZE_SEQUENCES) {
    const game = play(sequence);
    for (let next = game.next(); ; ) {
      if (next.done) {
        answers.push(...next.value);
        break;
      }
      const { request, text } = next.value;
      const headers = { ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...request.headers };
      const answer = await server.send(request.method, request.target, headers, text);
      const isSetUp = request.id.includes(': set up');
      if (isSetUp && answer.status >= 300) console.error(`${request.id}: ${answer.text}`);
      if (/set up: (?:node|limits)/.test(request.id)) await after(SETTLING_MS);
      next = game.next({ status: answer.status, body: readAnswer(answer.text), warnings: answer.warnings.join(', ') });
    }
  }
  writeRecording('resize', SEEDS, `kube-apiserver ${REFERENCE_VERSION}`, answers);
  console.error(`resize: ${answers.length} answers`);
} finally {
  await server.stop();
}
