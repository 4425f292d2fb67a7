import { afterEach, describe, expect, test, vi } from 'vitest';
import { FakeSitting, fakeExams } from './fake-exam.js';
import { FakeSession, type FakeTerminal, fakePorts } from './fake-session.js';
import { Stage } from './stage.js';

const PROMPT = '\r\ncandidate@cka2107:~$ ';
let open: Stage[] = [];

afterEach(async () => {
  for (const made of open) {
    process.emit('SIGTERM', 'SIGTERM');
    await made.ended;
  }
  open = [];
});

function stage(columns = 100, rows = 30): Stage {
  const made = new Stage(columns, rows);
  open.push(made);
  return made;
}

async function atLab(session: FakeSession, columns?: number, rows?: number): Promise<Stage> {
  const made = stage(columns, rows).open(fakePorts(session));
  await made.shows('kubedrill');
  made.type('\r');
  await made.shows(/Since last night/);
  session.print(PROMPT);
  await made.shows('candidate@cka2107');
  return made;
}

const terminal = ({ terminals }: FakeSession, number: number): FakeTerminal => {
  const found = terminals.all.find((one) => one.number === number);
  if (!found) throw new Error(`there is no terminal ${number}`);
  return found;
};

describe('several terminals', () => {
  test('are opened, gone through and closed, each with what it shows', async () => {
    const session = new FakeSession();
    const screen = await atLab(session);
    session.print('k get po -w\r\ncart-0   Running\r\n');
    await screen.shows('cart-0');
    // What comes with the key is for the new one already.
    screen.type('\x1dcls\r');
    expect(session.input).toBe('');
    expect(terminal(session, 2).input).toBe('ls\r');
    await screen.shows(/── 1 cka2107: k get po -w {2}\[2 cka2107\] ─/);
    expect(screen.text()).not.toContain('cart-0');
    terminal(session, 2).print(`${PROMPT}second`);
    await screen.shows('second');
    session.print('cart-1   Running\r\n');
    await screen.shows('k get po -w • ');
    screen.type('\x1d\t');
    await screen.shows(/\[1 cka2107\] {2}2 cka2107 ─/);
    await screen.shows('cart-1');
    expect(screen.text()).not.toContain('second');
    terminal(session, 2).print('\r\nroot@node-1:~# ');
    await screen.shows('2 node-1 •');
    screen.type('\x1d\x1b[Zwhoami');
    await screen.shows('[2 node-1]');
    expect(terminal(session, 2).input).toBe('ls\rwhoami');
    screen.type('\x1dx');
    await screen.shows('cart-1');
    expect(screen.text()).not.toContain('[1');
    screen.type('k');
    expect(session.input).toBe('k');
  });

  test('one in which a program runs is closed by whoever says so twice; the last one stays', async () => {
    const session = new FakeSession();
    const screen = await atLab(session, 60, 20);
    screen.type('\x1dx');
    await screen.shows('The last terminal stays.');
    screen.type('\x1b');
    await screen.shows('candidate@cka2107');
    screen.type('\x1d\t');
    await screen.shows('There is only this terminal.');
    screen.type('\x1b');
    await screen.shows('candidate@cka2107');
    screen.type('\x1dc');
    await screen.shows('[2 cka2107]');
    terminal(session, 2).program = 'watch';
    screen.type('\x1dx');
    await screen.shows('watch runs here; Ctrl-] x closes it');
    expect(session.terminals.all).toHaveLength(2);
    // Whoever types wants to stay.
    screen.type('q');
    await vi.waitFor(() => expect(screen.text()).not.toContain('watch runs'));
    screen.type('\x1dx');
    await screen.shows('watch runs here');
    screen.type('\x1dx');
    await vi.waitFor(() => expect(session.terminals.all).toHaveLength(1));
    await vi.waitFor(() => expect(screen.text()).not.toContain('2 cka2107'));
  });

  test('are as many as there can be, and it is said', async () => {
    const session = new FakeSession();
    const screen = await atLab(session);
    screen.type('\x1dc\x1dc');
    await screen.shows('[3 cka2107]');
    screen.type('\x1dc');
    await screen.shows('More terminals there cannot be');
  });

  test('are each of the size of the room in which they are seen', async () => {
    const session = new FakeSession();
    const screen = await atLab(session);
    screen.type('\x1dc');
    await screen.shows('[2 cka2107]');
    const [before] = terminal(session, 2).sizes.slice(-1);
    expect(before).toBe(session.sizes.at(-1));
    screen.resize(150, 40);
    // Beside the task the strip takes a row of its own.
    await vi.waitFor(() => expect(terminal(session, 2).sizes.at(-1)).toBe('90×37'));
    expect(session.sizes.at(-1)).toBe(before);
    screen.type('\x1d\t');
    await vi.waitFor(() => expect(session.sizes.at(-1)).toBe('90×37'));
    terminal(session, 2).print('\r\nbye\r\n');
    session.terminals.close(terminal(session, 2));
    await vi.waitFor(() => expect(session.sizes.at(-1)).toBe('90×38'));
  });

  test('a search looks in the one in front, and ends where another one comes to the front', async () => {
    const session = new FakeSession();
    const screen = await atLab(session);
    session.print('needle\r\n');
    screen.type('\x1dc');
    await screen.shows('[2 cka2107]');
    screen.type('\x1d/needle');
    await screen.shows('/needle▏ not found');
    screen.type('\x1b');
    await vi.waitFor(() => expect(screen.text()).not.toContain('/needle'));
    screen.type('\x1d\t');
    await screen.shows('[1 cka2107]');
    screen.type('\x1d/needle');
    await screen.shows('/needle▏ 1 of 1');
    screen.type('\x1d\t');
    await screen.shows('[2 cka2107]');
    await vi.waitFor(() => expect(screen.text()).not.toContain('/needle'));
    screen.type('ls');
    expect(terminal(session, 2).input).toBe('ls');
  });
});

test('each task of an exam has its own terminals', async () => {
  const sitting = new FakeSitting();
  const screen = stage().open(fakePorts(new FakeSession(), { exams: fakeExams(sitting) }));
  await screen.shows('x CKA mock exam');
  screen.type('x');
  await screen.shows('66 % passes');
  screen.type('\r');
  await screen.shows('[1] 2 3');
  await vi.waitFor(() => expect(sitting.calls).toContain('open 1'));
  await vi.waitFor(() => {
    sitting.session(1).print('\r\ncandidate@base:~$ ');
    expect(screen.text()).toContain('candidate@base');
  });
  screen.type('\x1dc');
  await screen.shows('1 base  [2 cka2107]');
  screen.type('\x1b[18~');
  await screen.shows('[2] 3 4');
  await vi.waitFor(() => expect(screen.text()).not.toContain('1 base'));
  screen.type('first');
  await vi.waitFor(() => expect(sitting.session(2).input).toBe('first'));
  // What happens behind is not said of the task in front.
  sitting.session(1).print('\r\nroot@cka2100:~# ');
  screen.type('\x1b[17~');
  await screen.shows('[1] 2· 3');
  await screen.shows('1 cka2100 •  [2 cka2107]');
  screen.type('second');
  await vi.waitFor(() => expect(terminal(sitting.session(1), 2).input).toBe('second'));
});
