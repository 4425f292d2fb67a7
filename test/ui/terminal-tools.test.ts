import { afterEach, describe, expect, test, vi } from 'vitest';
import { FakeSession, fakePorts } from './fake-session.js';
import { Stage } from './stage.js';

let open: Stage[] = [];

function stage(columns = 100, rows = 30): Stage {
  const made = new Stage(columns, rows);
  open.push(made);
  return made;
}

async function atLab(session: FakeSession, columns?: number, rows?: number): Promise<Stage> {
  const made = stage(columns, rows).open(fakePorts(session));
  await made.shows('kubedrill');
  made.type('\r');
  await made.shows(/Since last night|small: 60/);
  session.print('candidate@cka2107:~$ ');
  await made.shows('candidate@cka2107');
  return made;
}

afterEach(async () => {
  for (const made of open) {
    process.emit('SIGTERM', 'SIGTERM');
    await made.ended;
  }
  open = [];
});

describe('the mouse', () => {
  const on = '\x1b[?1000h\x1b[?1006h';
  const off = '\x1b[?1006l\x1b[?1000l';
  const lines = (count: number): string => Array.from({ length: count }, (_, row) => `\r\nline ${row}`).join('');
  const switches = (screen: Stage): string[] => screen.written.filter((text) => text === on || text === off);

  test('is asked for while a terminal is seen, and given back for what lies over it, by leader m, and at the end', async () => {
    const screen = stage().open(fakePorts(new FakeSession()));
    await screen.shows('fix-coredns');
    expect(switches(screen)).toEqual([]);
    screen.type('\r');
    await screen.shows('Since last night');
    await vi.waitFor(() => expect(switches(screen)).toEqual([on]));
    screen.type('\x1bOP');
    await vi.waitFor(() => expect(switches(screen)).toEqual([on, off]));
    screen.type('\x1b');
    await vi.waitFor(() => expect(switches(screen)).toEqual([on, off, on]));
    screen.type('\x1dm');
    await vi.waitFor(() => expect(switches(screen)).toEqual([on, off, on, off]));
    screen.type('\x1dm');
    await vi.waitFor(() => expect(switches(screen)).toEqual([on, off, on, off, on]));
    process.emit('SIGTERM', 'SIGTERM');
    await screen.ended;
    open = [];
    expect(screen.written.at(-1)?.startsWith(off)).toBe(true);
  });

  test('is left to the person’s terminal where a program asked for it', async () => {
    const session = new FakeSession();
    const screen = await atLab(session);
    session.print('\x1b[?1000h');
    await vi.waitFor(() => expect(switches(screen)).toEqual([on, off]));
    session.print('\x1b[?1000l');
    await vi.waitFor(() => expect(switches(screen)).toEqual([on, off, on]));
  });

  test('its wheel scrolls back; the next key is at the prompt again', async () => {
    const session = new FakeSession();
    const screen = await atLab(session);
    session.print(lines(80));
    await screen.shows('line 79');
    screen.type('\x1b[<64;10;25M\x1b[<64;10;25M');
    await screen.shows('── 6 rows back');
    expect(screen.text()).not.toContain('line 79');
    screen.type('\x1b[<65;10;25M');
    await screen.shows('── 3 rows back');
    expect(session.input).toBe('');
    screen.type('x');
    await screen.shows('line 79');
    expect(session.input).toBe('x');
  });

  test('its wheel scrolls the task where it is turned over that', async () => {
    const screen = await atLab(new FakeSession(), 60, 20);
    await screen.shows('Since last night');
    screen.type('\x1b[<65;10;3M');
    await vi.waitFor(() => expect(screen.text()).not.toContain('Since last night'));
    screen.type('\x1b[<64;10;3M');
    await screen.shows('Since last night');
  });

  test('its wheel is arrows to a program that has the whole screen', async () => {
    const session = new FakeSession();
    const screen = await atLab(session);
    session.print('\x1b[?1049h\x1b[2J\x1b[Han editor');
    await screen.shows('an editor');
    screen.type('\x1b[<65;10;25M');
    expect(session.input).toBe('\x1b[B\x1b[B\x1b[B');
  });

  test('who drags is told once how text is selected; a click says nothing', async () => {
    const screen = await atLab(new FakeSession());
    screen.type('\x1b[<0;10;25M\x1b[<0;10;25m');
    screen.type('\x1b[<0;10;25M\x1b[<0;30;25m');
    await screen.shows('hold Shift while you drag');
    screen.type('\x1b');
    await screen.shows('Since last night');
  });
});

test('what the terminal has shown is searched', async () => {
  const session = new FakeSession();
  const screen = await atLab(session);
  session.print(Array.from({ length: 80 }, (_, row) => `\r\nline ${row}`).join(''));
  await screen.shows('line 79');
  screen.type('\x1d/line 1');
  await screen.shows(/\/line 1▏ 1 of 11 {2}Enter next/);
  await screen.shows('line 19');
  screen.type('\r');
  await screen.shows(/\/line 1 2 of 11 {2}n next/);
  screen.type('nN');
  await screen.shows('/line 1 2 of 11');
  screen.type('/zebra');
  await screen.shows('/zebra▏ not found');
  screen.type('\x7f\x7f\x7f\x7f\x7f2');
  await screen.shows('/2▏ 1 of ');
  screen.type('\x1b');
  await screen.shows(/^ F1 keys/m);
  await screen.shows('line 79');
  expect(session.input).toBe('');
  screen.type('ls');
  expect(session.input).toBe('ls');
});
