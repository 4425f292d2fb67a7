import { describe, expect, test, vi } from 'vitest';
import { clockText } from '../../src/ui/screens/words.js';
import { atExam, examStages, prints, sitting, stage } from './exam-stage.js';
import { STANDING } from './fake-exam.js';
import { CATALOGUE } from './fake-session.js';

const F5 = '\x1b[15~';
const F6 = '\x1b[17~';
const F7 = '\x1b[18~';
const F8 = '\x1b[19~';
const F9 = '\x1b[20~';
const F10 = '\x1b[21~';

examStages();

describe('a candidate', () => {
  test('reads the rules, chooses how interruptions count, and begins', async () => {
    const screen = stage();
    await screen.shows('x CKA mock exam');
    screen.type('x');
    await screen.shows('The clock stands still');
    await screen.shows('kubernetes.io/docs');
    screen.type('ic');
    await screen.shows('The clock runs on');
    await screen.shows('minutes you are over your plan');
    screen.type('\r');
    await screen.shows('task 1 of 17 · 4 %');
    await vi.waitFor(() => expect(sitting.calls).toContain('begin count coach'));
  });

  test('has a clock whose tick repaints nothing else, over the notepad too', async () => {
    const screen = await atExam();
    for (const [keys, seconds] of [
      ['', 7132],
      [F9, 7011],
    ] as const) {
      screen.type(keys);
      await screen.shows(keys === '' ? 'F1 keys' : 'Notes: kept');
      sitting.remainingSeconds = seconds + 1;
      await screen.shows(clockText(seconds + 1));
      screen.written.length = 0;
      sitting.remainingSeconds = seconds;
      await screen.shows(clockText(seconds));
      // The last digit, and the blank behind it.
      expect(screen.written.join('').replace(/\x1b\[[?0-9;]*[a-zA-Z]/g, '')).toBe(String(seconds % 10));
    }
  });

  test('searches a terminal; in another task the search is over', async () => {
    const screen = await atExam();
    await prints(screen, 1, 'candidate@base:~$ one ');
    screen.type('\x1d/one');
    await screen.shows('/one▏ 1 of ');
    screen.type(`\r${F7}`);
    await screen.shows(/^ F1 keys/m);
    await prints(screen, 2, 'candidate@base:~$ two ');
    screen.type(`ls${F6}`);
    expect(sitting.session(2).input).toBe('ls');
    await screen.shows('one');
    screen.type('ls');
    expect(sitting.session(1).input).toBe('ls');
  });

  test('goes from task to task, each with its own terminal', async () => {
    const screen = await atExam();
    await prints(screen, 1, 'candidate@base:~$ one ');
    screen.type('ssh cka2100\r');
    expect(sitting.session(1).input).toBe('ssh cka2100\r');
    screen.type(F7);
    await screen.shows('1· [2] 3');
    await screen.shows('ssh cka2107');
    expect(screen.text()).not.toContain('candidate@base:~$ one');
    await prints(screen, 2, 'candidate@base:~$ two ');
    screen.type(F6);
    await screen.shows('[1] 2· 3');
    await screen.shows('candidate@base:~$ one');
    screen.type(F6);
    await screen.shows('[17]');
    await screen.shows('ssh cka2212');
  });

  test('flags, jumps by number, and sees what is not done', async () => {
    const screen = await atExam();
    screen.type(F5);
    await screen.shows('[1⚑] 2');
    screen.type(F8);
    await screen.shows('Jump to a task');
    await screen.shows(/▸ {2}1 .*in front {2}· opened|in front {2}⚑ flagged/);
    screen.type('1');
    screen.type('2');
    await screen.shows('1⚑ 2 3 4 5 6 7 8 9 10 11 [12]');
    screen.type(`${F8}4`);
    await screen.shows('[4]');
    screen.type(`${F8}1\r`);
    await screen.shows('[1⚑] 2');
    screen.type(F5);
    await screen.shows('[1] 2');
    expect(sitting.calls.filter((call) => call.startsWith('flag'))).toEqual(['flag 1 true', 'flag 1 false']);
  });

  test('writes notes, which are kept', async () => {
    const screen = await atExam();
    screen.type(F9);
    await screen.shows('kept with the exam');
    screen.type('Wort');
    screen.type('\x1b[D\x1b[D\x7fü\x1b[F\rtwo');
    screen.type('\x1b[200~ three\r\nfour\x1b[201~');
    await screen.shows(/Würt\n two three\n four/);
    screen.type('\x1b');
    await screen.shows('[1] 2');
    await vi.waitFor(() => expect(sitting.calls).toContain(`notes ${JSON.stringify('Würt\ntwo three\nfour')}`));
    expect(sitting.session(1).input).toBe('');
    screen.type(F9);
    await screen.shows('two three');
  });

  test('finishes after being asked twice, reads the result, and does again what failed', async () => {
    const screen = await atExam();
    screen.type(`${F5}${F10}`);
    await screen.shows('Not opened: 2, 3, 4');
    await screen.shows('Flagged: 1');
    screen.type('\r');
    await screen.shows('Really finish the exam?');
    screen.type('\r');
    await screen.shows('Passed with 71 %; 66 % passes');
    expect(sitting.calls.slice(-2)).toEqual(['finish finished', 'leave']);
    screen.type('jjj\r');
    await screen.shows('4  Names do not resolve');
    await screen.shows('found      pod/cart');
    screen.type('s');
    await screen.shows('scale deploy coredns');
    screen.type('\x1b');
    await screen.shows('found      pod/cart');
    screen.type('\x1b');
    await screen.shows('Passed with 71 %');
    screen.type('r');
    await screen.shows('Since last night');
    screen.type(F10);
    await screen.shows('Finish this attempt?');
    screen.type('\r\r');
    await screen.shows('4 of 6 points');
    screen.type('q');
    await screen.shows(/4 {2}Names do not resolve · again 4\/6/);
    screen.type('q');
    await screen.shows('fix-coredns');
  });

  test('has no hints, and no points or names of labs to see', async () => {
    const screen = await atExam();
    screen.type('\x1dh');
    await screen.shows('An exam has no hints.');
    screen.type('\x1b');
    await screen.shows('[1] 2');
    expect(screen.text()).not.toMatch(/Names do not resolve|points/);
    screen.type('\x1b[11~');
    await screen.shows('shows these keys');
    expect(screen.text()).not.toMatch(/fix-coredns|points ·/);
  });

  test('opens the sites that are allowed', async () => {
    const screen = await atExam();
    screen.type('\x1dw');
    await screen.shows('https://helm.sh/docs');
    expect(screen.written.join('')).toContain('\x1b]8;;https://helm.sh/docs\x1b\\');
  });

  test('goes on with what was ended before by nothing but its grade', async () => {
    const exam = { id: 'e1', lab: 'cka/mock', title: 'CKA mock exam', seed: '7', started: new Date().toISOString() };
    const unfinished = [{ ...exam, exam: { secondsLeft: 0 } }];
    sitting.standing = { ...STANDING, ended: 'finished' };
    const screen = stage({ catalogue: () => ({ ...CATALOGUE, unfinished }) });
    await screen.shows('Go on with “CKA mock exam”?');
    await screen.shows('exam · seed 7 · to be graded');
    screen.type('\r');
    await screen.shows('Passed with 71 %');
    expect(sitting.calls).toContain('finish finished');
    expect(sitting.calls.filter((call) => call.startsWith('open'))).toEqual([]);
  });

  test('leaves, and goes on later', async () => {
    const exam = { id: 'e1', lab: 'cka/mock', title: 'CKA mock exam', seed: '7', started: new Date().toISOString() };
    const unfinished = [{ ...exam, exam: { secondsLeft: 4360 } }];
    sitting.standing = { ...STANDING, notes: 'kept' };
    const screen = stage({ catalogue: () => ({ ...CATALOGUE, unfinished }) });
    await screen.shows('Go on with “CKA mock exam”?');
    await screen.shows('exam · seed 7 · 1:12:40 left');
    screen.type('\r');
    await screen.shows('1· 2· 3⚑ [4] 5 6⚑');
    expect(sitting.calls).toContain('resume e1');
    screen.type(F9);
    await screen.shows('kept');
    screen.type(`\x1b${F10}`);
    await screen.shows('Finish the exam?');
    screen.type('l');
    await screen.shows('r go on with');
    expect(sitting.calls.at(-1)).toBe('leave');
    expect(sitting.calls).not.toContain('finish finished');
  });

  test('is dropped only by whoever says so twice', async () => {
    const exam = { id: 'e1', lab: 'cka/mock', title: 'CKA mock exam', seed: '7', started: new Date().toISOString() };
    let unfinished = [{ ...exam, exam: { secondsLeft: 4360 } }];
    const screen = stage({ catalogue: () => ({ ...CATALOGUE, unfinished }) });
    await screen.shows('Go on with “CKA mock exam”?');
    for (const keeps of ['\r', '\x1b']) {
      screen.type('d');
      await screen.shows('Drop “CKA mock exam”?');
      expect(sitting.calls).toEqual([]);
      screen.type(keeps);
      await screen.shows('Go on with “CKA mock exam”?');
    }
    screen.type('d');
    await screen.shows('d again drops it');
    unfinished = [];
    screen.type('d');
    await screen.shows('% mastered');
    expect(sitting.calls).toEqual(['discard e1']);
  });
});

test('who looks for tools at base is told once where they are', async () => {
  const screen = await atExam();
  const look = async (number: number): Promise<void> => {
    await prints(screen, number, '\r\ncandidate@base:~$ k get po');
    screen.type('\r');
  };
  await look(1);
  await screen.shows('base has no tools; they are on cka2100.');
  screen.type(F7);
  await screen.shows('ssh cka2107');
  expect(screen.text()).not.toContain('base has no tools');
  await look(2);
  await prints(screen, 2, 'command not found');
  expect(screen.text()).not.toContain('base has no tools');
});

describe('the time', () => {
  test('is told at 30, 15 and 5 minutes, until a key is pressed', async () => {
    const screen = await atExam();
    sitting.remainingSeconds = 1801;
    await screen.shows('30:01');
    sitting.remainingSeconds = 1800;
    await screen.shows('30 minutes are left.');
    sitting.remainingSeconds = 299;
    await screen.shows('5 minutes are left.');
    expect(screen.text()).not.toContain('15 minutes are left.');
  });

  test('is over: that is said, and the exam graded', async () => {
    let graded: () => void = () => {};
    const finish = sitting.finish.bind(sitting);
    sitting.finish = async (ending, onStep) => {
      const result = await finish(ending, onStep);
      await new Promise<void>((resolve) => {
        graded = resolve;
      });
      return result;
    };
    const screen = await atExam();
    screen.type(F8);
    sitting.remainingSeconds = 0;
    await screen.shows('The time is over. Your exam is being graded');
    await screen.shows('task 1 of 17');
    graded();
    await screen.shows('Passed with 71 %');
    expect(sitting.calls.filter((call) => call.startsWith('finish'))).toEqual(['finish time']);
  });

  test('is over while notes are written: the last of them are kept before the end', async () => {
    const screen = await atExam();
    screen.type(F9);
    await screen.shows('kept with the exam');
    screen.type('4: the cause is');
    sitting.end();
    await screen.shows('Passed with 71 %');
    expect(sitting.calls.filter((call) => /^(notes|over|finish)/.test(call))).toEqual([
      'notes "4: the cause is"',
      'over',
      'finish time',
    ]);
  });

  test('passes without anything else being drawn', async () => {
    const screen = await atExam();
    await prints(screen, 1, 'candidate@base:~$ ');
    sitting.remainingSeconds = 7100;
    await screen.shows('1:58:20');
    screen.written.length = 0;
    sitting.remainingSeconds = 7099;
    await screen.shows('1:58:19');
    expect(screen.written.join('').match(/\x1b\[\d+(?=;\d+H)/g)).toEqual(['\x1b[1']);
  });
});

test('what cannot be written down is said, until it can', async () => {
  const screen = await atExam();
  sitting.trouble('no space left on device');
  await screen.shows('Not written down: no space left on device');
  sitting.trouble(undefined);
  await vi.waitFor(() => expect(screen.text()).not.toContain('Not written'));
});

test('quitting keeps the exam and its notes', async () => {
  const screen = await atExam(80, 24);
  screen.type(`${F9}note`);
  await screen.shows('note');
  process.emit('SIGTERM', 'SIGTERM');
  expect(await screen.ended).toBe(143);
  expect(sitting.calls.slice(-2)).toEqual(['notes "note"', 'leave']);
});

test('where grading takes long, how far it is, what is done and for how long is told', async () => {
  let done: () => void = () => {};
  const finish = sitting.finish.bind(sitting);
  sitting.finish = async (ending, onStep) => {
    onStep(5, { number: 1, of: 2 });
    onStep(5, { number: 1, of: 2, says: 'letting it come to rest' });
    onStep(2, { number: 2, of: 2, says: 'looking at it' });
    await new Promise<void>((resolve) => {
      done = resolve;
    });
    return finish(ending, () => {});
  };
  const screen = await atExam(80, 24);
  sitting.remainingSeconds = 0;
  await screen.shows('… task 2 of 17: looking at it');
  expect(screen.text()).toContain('✓ task 5 of 17: letting it come to rest');
  expect(screen.text().match(/task 5 of 17/g)).toHaveLength(1);
  expect(screen.text()).toContain('step 2 of 2, 0:0');
  done();
  await screen.shows('Passed with 71 %');
});

test('quitting while the exam is graded tells no failure', async () => {
  let leave: () => void = () => {};
  sitting.finish = () =>
    new Promise((_, reject) => {
      leave = () => reject(new Error('the exam was left'));
    });
  sitting.leave = async () => {
    sitting.calls.push('leave');
    leave();
  };
  const screen = await atExam(80, 24);
  sitting.remainingSeconds = 0;
  await screen.shows('Your exam is being graded');
  process.emit('SIGTERM', 'SIGTERM');
  expect(await screen.ended).toBe(143);
  expect(screen.written.join('')).not.toContain('Grading failed');
  expect(sitting.calls.filter((call) => call === 'leave')).toEqual(['leave']);
});

test('without exams the key x does nothing', async () => {
  const screen = stage({ exams: undefined, catalogue: () => ({ ...CATALOGUE, exams: [] }) });
  await screen.shows('fix-coredns');
  screen.type('x');
  await screen.shows('There is no exam.');
});
