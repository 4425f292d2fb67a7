import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMachine, type Machine, type MachineInput } from '../../src/sim/index.js';

const SECOND = 1_000_000;
const EPOCH = Date.UTC(2026, 0, 15) * 1000;
/** Booting a cluster takes seconds on a busy computer. */
const PATIENCE = 120_000;

const type = (text: string): MachineInput => ({ kind: 'type', terminal: 1, bytes: Buffer.from(text) });

/** A learner's minute, an administrator's request among the keys: instants after the hand-over, in microseconds. */
const INPUTS: readonly (readonly [at: number, input: MachineInput])[] = [
  [0, { kind: 'open-terminal', terminal: 1, host: 'controlplane', user: 'candidate', columns: 100, rows: 30 }],
  [2 * SECOND, type('kubectl create deployment web --image=nginx:1.27 --replicas=2\r')],
  [3 * SECOND, type('while :; do :; done\r')],
  [5 * SECOND, type('\x03')],
  [
    6 * SECOND,
    {
      kind: 'request',
      id: 1,
      administrator: true,
      request: { method: 'GET', target: '/api/v1/pods', headers: { accept: 'application/json' } },
    },
  ],
  [6.5 * SECOND, type('for i in 1 2 3; do sleep 1; echo $RANDOM; done | sort\r')],
  [11 * SECOND, type('kubectl get pods -o wide; kubectl delete deploy web\r')],
];
const END = 20 * SECOND;

function machine(seed: string): Machine {
  return createMachine({ world: { base: 'three-node' }, seed, salt: '', epoch: EPOCH, timing: 'brisk' });
}

/** Lives the minute, time passing in the given portions between inputs; what came out and the hash of all that happened. */
function live(seed: string, portions: readonly number[]): { hash: string; output: string; crashes: number } {
  const subject = machine(seed);
  const start = subject.now();
  const queue = [...portions];
  const advanceTo = (instant: number): void => {
    while (subject.now() < instant) subject.advance(Math.min(queue.shift() ?? END, instant - subject.now()));
  };
  for (const [at, input] of INPUTS) {
    advanceTo(start + at);
    subject.input(input);
  }
  advanceTo(start + END);
  const output = subject
    .takeEvents()
    .map((event) => (event.kind === 'output' ? Buffer.from(event.bytes).toString() : ''))
    .join('');
  return { hash: subject.traceHash(), output, crashes: subject.crashes().length };
}

describe('one seed and one journal', () => {
  it(
    'give one life, however its time is portioned',
    () => {
      const whole = live('7', []);
      expect(whole.crashes).toBe(0);
      expect(whole.output).toContain('deployment.apps/web created');
      expect(whole.output).toContain('^C');
      expect(whole.output).toContain('deployment.apps "web" deleted');
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: SECOND }), { minLength: 20, maxLength: 200 }), (portions) => {
          expect(live('7', portions)).toEqual(whole);
        }),
        { numRuns: 2 },
      );
    },
    PATIENCE,
  );

  it(
    'differ from another seed',
    () => {
      const [one, other] = [machine('1'), machine('2')];
      expect(one.traceHash()).not.toBe(other.traceHash());
      expect(one.file('controlplane', '/etc/kubernetes/pki/ca.crt')?.content).not.toEqual(
        other.file('controlplane', '/etc/kubernetes/pki/ca.crt')?.content,
      );
    },
    PATIENCE,
  );
});
