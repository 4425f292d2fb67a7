import { afterEach, expect, test } from 'vitest';
import type { MomentView } from '../../src/ui/practice-ports.js';
import { FakeSession, fakePorts, GRADED } from './fake-session.js';
import { Stage } from './stage.js';

const MOMENTS: readonly MomentView[] = [
  { seconds: 125, line: 'k drain cka1' },
  { seconds: 61, line: 'k get nodes' },
  { seconds: 0, line: undefined },
];

/** A session of practice that notes what is asked of it. */
class PracticeSession extends FakeSession {
  readonly asked: string[] = [];
  readonly practice = {
    steps: [
      { text: 'k drain cka1', bytes: Buffer.from('k drain cka1\r') },
      { text: 'k uncordon cka1', bytes: Buffer.from('k uncordon cka1\r') },
    ],
    solutionSeen: false,
    look: async () => {
      this.asked.push(this.running ? 'look while time passes' : 'look');
      return GRADED.report;
    },
    moments: () => MOMENTS,
    reset: async ({ line }: MomentView) => {
      this.asked.push(`reset ${line ?? 'start'}`);
      return new PracticeSession();
    },
  };

  override noteSolution(): void {
    this.asked.push('solution');
  }
}

let stage: Stage;

afterEach(async () => {
  stage.type('\x1d');
  stage.type('q');
  stage.type('q');
  await stage.ended;
});

async function atLab(): Promise<{ session: PracticeSession; ports: ReturnType<typeof fakePorts> }> {
  const session = new PracticeSession();
  const ports = fakePorts(session);
  stage = new Stage(100, 30).open(ports);
  await stage.shows('kubedrill');
  stage.type('\r');
  await stage.shows('F10 finish');
  return { session, ports };
}

test('the checks are looked at on a copy while time stands still, and the attempt goes on', async () => {
  const { session } = await atLab();
  stage.type('\x1dg');
  await stage.shows(/Checks now: 4 of 6 points[\s\S]*found {6}pod\/cart/);
  // What is expected here is the answer that the task asks for.
  expect(stage.text()).not.toContain('deployment/coredns');
  expect(session.asked).toEqual(['look']);
  expect(session.running).toBe(false);
  stage.type('g');
  await stage.shows('g look again');
  stage.type('\x1b');
  await stage.shows('F10 finish');
  expect(session.running).toBe(true);
  expect(session.left).toBeUndefined();
});

test('a moment is gone back to once that was asked', async () => {
  const { session } = await atLab();
  stage.type('\x1dr');
  await stage.shows(/▸ k drain cka1 +2:05[\s\S]*k get nodes +1:01[\s\S]*the start +0:00/);
  stage.type('j');
  stage.type('\r');
  await stage.shows(/Back to before this command, at 1:01\?/);
  stage.type('\x1b');
  await stage.shows(/▸ k get nodes/);
  stage.type('\r');
  await stage.shows('Back to before');
  expect(session.asked).toEqual([]);
  stage.type('\r');
  await stage.shows('F10 finish');
  expect(session.asked).toEqual(['reset k get nodes']);
});

test('the solution is shown once that was asked, and typed step by step', async () => {
  const { session } = await atLab();
  stage.type('\x1ds');
  await stage.shows('See the solution?');
  stage.type('n');
  await stage.shows('F10 finish');
  expect(session.asked).toEqual([]);
  stage.type('\x1dy');
  await stage.shows('See the solution?');
  stage.type('\r');
  await stage.shows(/Solution · 0 of 2 typed[\s\S]*→ k drain cka1/);
  expect(session.asked).toEqual(['solution']);
  stage.type('\x1dy');
  await stage.shows(/Solution · 1 of 2 typed[\s\S]*✓ k drain cka1[\s\S]*→ k uncordon cka1/);
  expect(session.input).toBe('k drain cka1\r');
  stage.type('\x1ds');
  await stage.shows('Since last night the pods');
  stage.type('\x1ds');
  await stage.shows('Solution · 1 of 2 typed');
  expect(session.asked).toEqual(['solution']);
});

test('another cause is asked for where something was typed', async () => {
  const { session, ports } = await atLab();
  stage.type('\x1da');
  await stage.shows('Another cause?');
  stage.type('\r');
  await stage.shows('F10 finish');
  expect(session.left).toBe(true);
  expect(ports.calls.filter((call) => call.startsWith('start'))).toEqual([
    expect.stringMatching(/^start .* any seed$/),
    'start cka/fix-coredns any seed',
  ]);
});
