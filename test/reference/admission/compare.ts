import { isDeepStrictEqual } from 'node:util';
import { withDeadline } from '../../../src/sim/apiserver/outgoing/deadline.js';
import type { OutgoingAccess } from '../../../src/sim/apiserver/outgoing/outgoing-access.js';
import { dialError } from '../../../src/sim/client/go-errors.js';
import { answerReview } from '../../../src/sim/images/admission-webhook/answer.js';
import { readRules } from '../../../src/sim/images/admission-webhook/rules.js';
import { decodeText, encodeText } from '../../../src/sim/kernel/bytes.js';
import { MILLISECOND } from '../../../src/sim/kernel/time.js';
import type { TestServer } from '../../sim/apiserver/harness.js';
import { answered, ourServer } from '../our-server.js';
import { type Case, PORTS } from './case.js';
import { setUpOf } from './cases.js';
import { type Chapter, type Recorded, readAdmission, requestOf, shortened } from './recorded.js';

interface Compared {
  readonly real: Recorded;
  readonly ours: Recorded;
  readonly equal: boolean;
}

/** Our server, whose webhooks are answered by the rules of the cases, as those of the recording were. */
function hooked(cases: readonly Case[], asked: unknown[]): TestServer {
  const outgoing: OutgoingAccess = {
    request: (call) =>
      withDeadline(
        (function* () {
          const url = new URL(call.url);
          if (url.port === String(PORTS.nobody)) throw dialError('ECONNREFUSED', url.host);
          const review: unknown = JSON.parse(decodeText(call.body ?? new Uint8Array()));
          asked.push(review);
          const one = cases.find(({ name }) => url.pathname.startsWith(`/${name}/`));
          const answer = answerReview(readRules(one?.rules ?? []), url.pathname, review);
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

/** Plays cases on our server and compares with what was recorded. */
export function compareCases(cases: readonly Case[], chapter: Chapter = 'admission'): Compared[] {
  const { answers } = readAdmission(chapter);
  const asked: unknown[] = [];
  const server = hooked(cases, asked);
  for (const { collection, object } of setUpOf(cases)) {
    const request = { id: 'set up', kind: '', method: 'POST', target: collection, headers: {} };
    answered(server, request as Parameters<typeof answered>[1], JSON.stringify(object));
  }
  return cases.flatMap((one) =>
    one.requests.flatMap((given): Compared[] => {
      const request = requestOf(one, given);
      const real = answers.get(request.id);
      if (!real) return [];
      asked.length = 0;
      const text = request.body === undefined ? undefined : JSON.stringify(request.body);
      const { status, body, warnings } = answered(server, request, text);
      const ours = shortened(request, status, body, warnings, JSON.parse(JSON.stringify(asked)) as unknown[]);
      return [{ real, ours, equal: isDeepStrictEqual(real, JSON.parse(JSON.stringify(ours))) }];
    }),
  );
}
