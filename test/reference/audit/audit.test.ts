import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { auditLog } from '../../../src/sim/apiserver/audit/audit-log.js';
import { readAuditPolicy } from '../../../src/sim/apiserver/audit/policy.js';
import { createRandom } from '../../../src/sim/kernel/random.js';
import { play } from '../by-hand/sequence.js';
import { answered, ourServer } from '../our-server.js';
import { auditIdOf, type Event, maskedEvent, type Row } from './rows.js';
import { AUDITED, POLICY } from './steps.js';

const [head, ...lines] = readFileSync(new URL('../recorded/audit.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const recorded = lines.map((line) => JSON.parse(line) as Row);

/** What differs for reasons that are not the log's. */
const GENERATION = 'binding notes the generation of the condition, where the real server has a pod without one';
const ELSEWHERE: Readonly<Record<string, string>> = {
  'by hand audit: put it': 'the difference that a refused change of a pod shows',
  'by hand audit: a friend with words': GENERATION,
  'by hand audit: through a proxy': GENERATION,
  'by hand audit: a long agent': GENERATION,
  'by hand audit: delete the pod': GENERATION,
};

/** All events that our server writes for the steps, by the ids of their requests. */
function ours(): ReadonlyMap<string, Event[]> {
  const events = new Map<string, Event[]>();
  const write = (line: string) => {
    const event = JSON.parse(line) as Event;
    const id = event['auditID'] as string;
    events.set(id, [...(events.get(id) ?? []), maskedEvent(event) as Event]);
  };
  const policy = readAuditPolicy(POLICY);
  const clock = { now: 0 };
  const audit = auditLog({ policy, format: 'json', now: () => clock.now, random: createRandom('audit'), write });
  const server = ourServer({ audit });
  const game = play(AUDITED);
  for (let next = game.next(); !next.done; ) {
    const { request, text } = next.value;
    const headers = { ...request.headers, 'audit-id': auditIdOf(request.id) };
    next = game.next(answered(server, { ...request, headers }, text));
  }
  return events;
}

describe(`the audit log as ${(JSON.parse(head as string) as { server: string }).server} writes it`, () => {
  const written = ours();
  test.each(recorded)('$id', ({ id, events }) => {
    const real = events.map((event) => JSON.stringify(event));
    const own = (written.get(auditIdOf(id)) ?? []).map((event) => JSON.stringify(event));
    if (id in ELSEWHERE) expect(own).not.toEqual(real);
    else expect(own).toEqual(real);
  });
});
