import { expect, test } from 'vitest';
import type { Event } from '../../../src/sim/api/types/event.js';
import { EventCorrelator } from '../../../src/sim/client/event-correlator.js';
import { SECOND } from '../../../src/sim/kernel/time.js';

let sequence = 0;
function event(message: string, reason = 'Failed'): Event {
  sequence += 1;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `p.${sequence}`, namespace: 'default' },
    involvedObject: { kind: 'Pod', namespace: 'default', name: 'p', uid: 'u' },
    reason,
    message,
    source: { component: 'kubelet', host: 'n' },
    firstTimestamp: `t${sequence}`,
    lastTimestamp: `t${sequence}`,
    count: 1,
    type: 'Warning',
  };
}

test('the same event again is counted up under its first name', () => {
  const correlator = new EventCorrelator();
  const first = event('pull failed');
  expect(correlator.correlate(first, 0)).toEqual({ kind: 'create', event: first });
  expect(correlator.correlate(event('pull failed'), SECOND)).toMatchObject({
    kind: 'count',
    name: first.metadata.name,
    event: { count: 2, firstTimestamp: first.firstTimestamp },
  });
  expect(correlator.correlate(event('pull failed', 'Other'), SECOND)).toMatchObject({ kind: 'create' });
});

test('the tenth that differs in its message is combined', () => {
  const correlator = new EventCorrelator();
  for (let index = 0; index < 9; index += 1) correlator.correlate(event(`message ${index}`), index);
  expect(correlator.correlate(event('message 9'), 9)).toMatchObject({
    kind: 'create',
    event: { message: '(combined from similar events): message 9' },
  });
  expect(correlator.correlate(event('message 10'), 10)).toMatchObject({
    kind: 'count',
    event: { count: 2, message: '(combined from similar events): message 10' },
  });
});

test('one source may say 25 things of an object at once, then one in five minutes', () => {
  const correlator = new EventCorrelator();
  const passed = (count: number, at: number) =>
    Array.from({ length: count }, () => correlator.correlate(event('again'), at)).filter(Boolean).length;
  expect(passed(40, 0)).toBe(25);
  expect(passed(5, 300 * SECOND)).toBe(1);
});
