import { afterEach, expect, test, vi } from 'vitest';
import type { ScreenPorts } from '../../../src/ui/ports.js';
import { FakeSitting, fakeExams } from '../fake-exam.js';
import { FakeLesson, fakeLessons, fakeReview, lessonSession } from '../fake-learn.js';
import { FakeSession, type FakeTerminal, fakePorts } from '../fake-session.js';
import { Stage } from '../stage.js';

let open: Stage | undefined;
afterEach(async () => {
  process.emit('SIGTERM', 'SIGTERM');
  await open?.ended;
  open = undefined;
});

/** Somebody who hears what is written, line by line. */
class Listener {
  readonly stage = new Stage(200, 24);
  private from = 0;

  constructor(ports: ScreenPorts) {
    open = this.stage.open(ports, { TERM: 'xterm-256color', KUBEDRILL_SCREEN_READER: '1' });
  }

  /** All that was said so far; what is painted with is a failure. */
  get all(): string {
    const text = this.stage.written.join('');
    expect(text.replaceAll(/\x1b\[\?2004[hl]/g, '')).not.toContain('\x1b');
    return text.replaceAll(/\x1b\[\?2004[hl]/g, '').replaceAll('\r\n', '\n');
  }

  async types(keys: string, heard: string): Promise<void> {
    this.stage.type(keys);
    await this.hears(heard);
  }

  /** Waits until something new is said. */
  async hears(heard: string): Promise<void> {
    await vi.waitFor(() => expect(this.all.slice(this.from)).toContain(heard), { timeout: 5000, interval: 5 });
    this.from = this.all.indexOf(heard, this.from) + heard.length;
  }
}

const F7 = '\x1b[18~';
const F10 = '\x1b[21~';

test('a lab from the list to the report, as it is heard', async () => {
  const session = new FakeSession();
  const me = new Listener(fakePorts(session));
  await me.hears('Keys: Enter start');
  await me.types('j', 'Cluster architecture');
  await me.types('k', 'Names do not resolve');
  await me.types('\r', 'F10 finish');
  session.print('candidate@cka2107:~$ ');
  await me.hears('candidate@cka2107:~$ ');
  me.stage.type('k get po\r');
  session.print('k get po\r\nNAME   READY\r\ncart   0/1\r\ncandidate@cka2107:~$ ');
  await me.hears('cart   0/1');
  await me.types('\x1d.', 'on cka2107. 0:00 so far, of 7:00.');
  await me.types('\x1d2', '');
  await me.types('\x1dt', 'Since last night');
  await me.types('\x1dh', 'The next hint costs 1 point');
  await me.types('\r', 'Ask which server a pod uses for names.');
  await me.types('\x1b', 'candidate@cka2107:~$ ');
  await me.types(F10, 'Finish this attempt?');
  await me.types('\r', 'Really finish?');
  await me.types('\r', '4 of 6 points');
  await me.hears('n another cause');
  await me.types('s', 'scale deploy coredns');
  await me.hears('Keys:');
  expect(session.input).toBe('k get po\r/opt/course/1/cause');
  await expect(me.all.replace(/\d+ months ago/g, 'some months ago')).toMatchFileSnapshot('lab.txt');
});

test('an exam: tasks, flags, what is left, the result', async () => {
  const sitting = new FakeSitting();
  const me = new Listener(fakePorts(new FakeSession(), { exams: fakeExams(sitting) }));
  await me.hears('Keys: Enter start');
  await me.types('x', '17 tasks');
  await me.types('\r', 'Task 1, 4 % of the exam, on cka2100.');
  await vi.waitFor(() => expect(sitting.sessions.has(1)).toBe(true));
  sitting.session(1).print('candidate@base:~$ ');
  await me.hears('candidate@base:~$ ');
  await me.types('\x1b[15~', 'Flagged: 1');
  await me.types(F7, 'Task 2, 8 % of the exam, on cka2107.');
  await me.types('\x1d.', 'Task 2 of 17, on cka2107. 2:00:00 left.');
  sitting.remainingSeconds = 900;
  await me.hears('15 minutes are left.');
  await me.types('\x1b[19~', '2 of 17: 2 cka2107');
  await me.types('\x1b[A', '1 of 17: 1 cka2100');
  await me.types('\r', 'Task 1, 4 % of the exam');
  await me.hears('candidate@base:~$ ');
  await me.types(F10, 'Not opened: ');
  await me.types('\r', 'Really finish');
  await me.types('\r', 'passed with 71 %');
  await me.types('j', '2 of 17');
  expect(me.all.split('Since last night')).toHaveLength(4);
});

test('which terminal one comes to is said, and that something runs in the one to be closed', async () => {
  const session = new FakeSession();
  const me = new Listener(fakePorts(session));
  await me.hears('Keys: Enter start');
  await me.types('\r', 'F10 finish');
  session.print('first$ ');
  await me.hears('first$ ');
  await me.types('\x1dc', 'Terminal 2, on cka2107; 2 are open.');
  const second = session.terminals.all[1] as FakeTerminal;
  second.print('second$ ');
  await me.hears('second$ ');
  await me.types('\x1d\t', '\nTerminal 1, on cka2107; 2 are open.\nfirst$ ');
  await me.types('\x1d\t', '\nTerminal 2, on cka2107; 2 are open.\nsecond$ ');
  expect(me.all.split('second$ ')).toHaveLength(3);
  second.program = 'top';
  await me.types('\x1dx', 'top runs here; Ctrl-] x closes it');
});

test('whether one goes back to a moment is asked aloud', async () => {
  const session = new FakeSession();
  Object.assign(session, {
    practice: { steps: [], solutionSeen: false, moments: () => [{ seconds: 61, line: 'k get no' }] },
  });
  const me = new Listener(fakePorts(session));
  await me.hears('Keys: Enter start');
  await me.types('\r', 'F10 finish');
  await me.types('\x1dr', 'Back to which moment?');
  await me.types('\r', 'Back to before this command, at 1:01?');
});

test('a key that does nothing now leaves the next one to the terminal', async () => {
  const session = new FakeSession();
  const me = new Listener(fakePorts(session));
  await me.hears('Keys: Enter start');
  await me.types('\r', 'F10 finish');
  await me.types('\x1dn', 'Only in exams.');
  me.stage.type('k');
  await vi.waitFor(() => expect(session.input).toBe('k'));
});

test('a lesson and a review', async () => {
  const lesson = new FakeLesson();
  const session = lessonSession(lesson);
  const me = new Listener(
    fakePorts(new FakeSession(), { lessons: fakeLessons(session), review: async () => fakeReview() }),
  );
  await me.hears('Keys: Enter start');
  await me.types('l', '1 of 2: From a pod');
  await me.types('\r', 'A pod runs containers.');
  await me.types(F7, 'Run a pod rose (1)');
  lesson.holds = true;
  await me.types('\x1b[20~', 'Done. F7 goes on.');
  await me.types(F10, 'Keys: Enter open');
  await me.types('v', 'Which change starts a rollout?');
  await me.types('2', 'passed Right.');
  await me.types('\r', 'Which are verbs?');
  await me.types('1', 'taken');
});
