/** Sequences as a real kube-apiserver answers them. */
import { setTimeout as after } from 'node:timers/promises';
import { play, type Sent, type Sequence } from '../by-hand/sequence.js';
import { REFERENCE_VERSION, startRealServer } from '../real-server.js';
import { type Chapter, type Recorded, readAnswer, writeRecording } from '../recording.js';
import { SEEDS } from '../seed.js';

/** What some sequences need beside being sent. */
export interface RecordingOptions {
  /** Milliseconds to wait after a request. */
  settling?(request: Sent['request']): number;
  /** The text of a body as this server must be sent it. */
  text?(text: string): string;
}

type RealServer = Awaited<ReturnType<typeof startRealServer>>;

/** Starts a real server, plays the sequences on it and writes what it answered. */
export async function recordSequences(
  chapter: Chapter,
  sequences: readonly Sequence[],
  options: RecordingOptions = {},
): Promise<void> {
  const server = await startRealServer();
  try {
    const answers: Recorded[] = [];
    for (const sequence of sequences) answers.push(...(await playReal(server, sequence, options)));
    writeRecording(chapter, SEEDS, `kube-apiserver ${REFERENCE_VERSION}`, answers);
    console.error(`${chapter}: ${answers.length} answers`);
  } finally {
    await server.stop();
  }
}

async function playReal(server: RealServer, sequence: Sequence, options: RecordingOptions): Promise<Recorded[]> {
  const game = play(sequence);
  for (let next = game.next(); ; ) {
    if (next.done) return next.value;
    const { request, text } = next.value;
    const headers = { ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...request.headers };
    const sent = text === undefined || !options.text ? text : options.text(text);
    const answer = await server
      .send(request.method, request.target, headers, sent)
      .catch((error: { code?: string }) => {
        // A handler that panics ends the connection.
        if (error.code !== 'ECONNRESET') throw error;
        return { status: 0, headers: {}, text: 'the server closed the connection', warnings: [] };
      });
    if (request.id.includes(': set up') && answer.status >= 300) console.error(`${request.id}: ${answer.text}`);
    const wait = options.settling?.(request) ?? 0;
    if (wait > 0) await after(wait);
    next = game.next({ status: answer.status, body: readAnswer(answer.text), warnings: answer.warnings.join(', ') });
  }
}
