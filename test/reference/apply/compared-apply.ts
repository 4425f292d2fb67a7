import { isDeepStrictEqual } from 'node:util';
import { ourServer } from '../our-server.js';
import { type Recorded, readRecording } from '../recording.js';
import { SEEDS } from '../seed.js';
import { APPLY_SET_UP, type Asked, allAsked, type RawAnswer, recordedOf } from './recording-apply.js';

const AUTHORIZATION = { authorization: 'Bearer reference-token' };
const JSON_BODY = { 'content-type': 'application/json' };
const [UTF8, BYTES] = [new TextDecoder(), new TextEncoder()];

/** One request of a sequence, what the real server said and what ours says. */
export interface ApplyComparison {
  readonly asked: Asked;
  readonly real: Recorded;
  readonly ours: Recorded;
  readonly equal: boolean;
}

/** Sends every sequence to our server. */
export function compareApplies(seeds = SEEDS): ApplyComparison[] {
  const server = ourServer();
  const send = (method: string, target: string, headers: Readonly<Record<string, string>>, text: string): RawAnswer => {
    try {
      const body = text === '' ? {} : { body: BYTES.encode(text) };
      const answer = server.request({ method, target, headers: { ...AUTHORIZATION, ...headers }, ...body });
      const said =
        answer.object === undefined ? UTF8.decode(answer.body ?? new Uint8Array()) : JSON.stringify(answer.object);
      return { status: answer.status, text: said, warnings: answer.headers['warning'] ?? '' };
    } catch (error) {
      return { status: -1, text: `${(error as Error).stack}`.split('\n').slice(0, 4).join(' '), warnings: '' };
    }
  };
  for (const { collection, object } of APPLY_SET_UP) send('POST', collection, JSON_BODY, JSON.stringify(object));
  const asked = allAsked(seeds);
  const answers = asked.map(({ request }) => send(request.method, request.target, request.headers ?? {}, request.text));
  const { answers: real } = readRecording('apply', seeds);
  return recordedOf(asked, answers).map((ours, index) => {
    const recorded = real.get(ours.id);
    if (recorded === undefined) throw new Error(`${ours.id} is not recorded: npm run reference -- apply`);
    const equal = isDeepStrictEqual(recorded, JSON.parse(JSON.stringify(ours)));
    return { asked: asked[index] as Asked, real: recorded, ours, equal };
  });
}
