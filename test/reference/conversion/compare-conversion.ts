/** Our answers beside the real ones, with converters that answer as those of the recording did. */
import { withDeadline } from '../../../src/sim/apiserver/outgoing/deadline.js';
import type { OutgoingAccess } from '../../../src/sim/apiserver/outgoing/outgoing-access.js';
import { dialError } from '../../../src/sim/client/go-errors.js';
import { decodeText, encodeText } from '../../../src/sim/kernel/bytes.js';
import { MILLISECOND } from '../../../src/sim/kernel/time.js';
import type { TestServer } from '../../sim/apiserver/harness.js';
import { ourServer } from '../our-server.js';
import { type Comparison, compareSequences } from '../sequences/compare.js';
import { answerHook, PORTS } from './hooks.js';
import { CONVERSION_SEQUENCES } from './steps.js';

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
export function compareConversion(): Comparison[] {
  return compareSequences(hooked(), 'conversion', CONVERSION_SEQUENCES);
}
