/** Our answers beside the real ones, with converters that answer as those of the recording did. */
import { isDeepStrictEqual } from 'node:util';
import { withDeadline } from '../../../src/sim/apiserver/outgoing/deadline.js';
import type { OutgoingAccess } from '../../../src/sim/apiserver/outgoing/outgoing-access.js';
import { dialError } from '../../../src/sim/client/go-errors.js';
import { decodeText, encodeText } from '../../../src/sim/kernel/bytes.js';
import { MILLISECOND } from '../../../src/sim/kernel/time.js';
import type { TestServer } from '../../sim/apiserver/harness.js';
import { inOneOrder } from '../custom/compare-custom.js';
import { ourServer, playOurs } from '../our-server.js';
import { type Recorded, readRecording } from '../recording.js';
import { answerHook, PORTS } from './hooks.js';
import { CONVERSION_SEQUENCES } from './steps.js';

/** One request, what the real server said and what ours says. */
export interface Compared {
  readonly id: string;
  readonly real: Recorded;
  readonly ours: Recorded;
  readonly equal: boolean;
}

function hooked(): TestServer {
  const outgoing: OutgoingAccess = {
    request: (call) =>
      withDeadline(
        (function* () {
          const url = new URL(call.url);
          if (url.port === String(PORTS.nobody)) throw dialError('ECONNREFUSED', url.host);
          const review: unknown = JSON.parse(decodeText(call.body ?? new Uint8Array()));
          const answer = answerHook(url.pathname, review);
          const until = server.clock + (answer?.delayMillis ?? 0) * MILLISECOND;
          while (server.clock < until) yield { until };
          const headers = { 'content-type': answer?.contentType ?? 'text/plain' };
          return { status: answer?.status ?? 400, headers, body: encodeText(answer?.body ?? '') };
        })(),
        () => server.clock,
        call.deadline,
      ),
  };
  const server: TestServer = ourServer({ outgoing });
  return server;
}

/** Asks our server everything that was asked of the real one. */
export function compareConversion(): Compared[] {
  const server = hooked();
  const { answers } = readRecording('conversion');
  return CONVERSION_SEQUENCES.flatMap((sequence) =>
    playOurs(server, sequence).map(({ id, ...answer }) => {
      const recorded = answers.get(id);
      if (recorded === undefined) throw new Error(`${id} is not recorded: record-conversion.ts makes it`);
      const real = inOneOrder(recorded);
      const ours = inOneOrder(JSON.parse(JSON.stringify({ id, ...answer })) as Recorded);
      return { id, real, ours, equal: isDeepStrictEqual(real, ours) };
    }),
  );
}
