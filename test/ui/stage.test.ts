import { afterEach, describe, expect, test, vi } from 'vitest';
import { CATALOGUE, FakeSession, fakePorts, UNFINISHED } from './fake-session.js';
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

describe('a person', () => {
  test('starts a lab, types, finishes, reads the report, goes on with another cause', async () => {
    const session = new FakeSession();
    const ports = fakePorts(session);
    const screen = stage().open(ports);
    await screen.shows('fix-coredns');
    screen.type('\r');
    await screen.shows('Since last night');
    screen.type('k get po\r');
    expect(session.input).toBe('k get po\r');
    screen.type('\x1b[21~');
    await screen.shows('Finish this attempt?');
    screen.type('\r');
    await screen.shows('Really finish?');
    screen.type('\r');
    await screen.shows('4 of 6 points · 8:12 of 7:00');
    await screen.shows('found      pod/cart-7d8f9c6b5-x2v9p');
    screen.type('s');
    await screen.shows('scale deploy coredns');
    screen.type('n');
    await screen.shows('Since last night');
    expect(ports.calls.filter((call) => call !== 'prepare')).toEqual([
      'start cka/fix-coredns any seed',
      'start cka/fix-coredns any seed',
    ]);
    expect(session.left).toBe(true);
  });

  test('finds a lab by typing in the search box', async () => {
    const ports = fakePorts(new FakeSession());
    const screen = stage().open(ports);
    await screen.shows('fix-coredns');
    screen.type('/');
    await screen.shows('Enter done');
    screen.type('drain');
    await screen.shows(/\/ drain/);
    await vi.waitFor(() => expect(screen.text()).not.toContain('fix-coredns'));
    screen.type('\r');
    await screen.shows('Enter start');
    screen.type('\r');
    await screen.shows('Since last night');
    expect(ports.calls).toContain('start cka/drain-a-node any seed');
  });

  test('is offered what was left unfinished, now and later', async () => {
    let unfinished = UNFINISHED;
    const ports = fakePorts(new FakeSession(), {
      catalogue: () => ({ ...CATALOGUE, unfinished }),
      discard: (id) => {
        unfinished = unfinished.filter((attempt) => attempt.id !== id);
      },
    });
    const screen = stage().open(ports);
    await screen.shows(/▸ Names do not resolve.*seed 7/);
    screen.type('\x1b');
    await screen.shows('r go on with');
    screen.type('r');
    await screen.shows('Go on with one of these?');
    screen.type('d');
    await screen.shows('Go on with “Take a node out of service”?');
    screen.type('\r');
    await screen.shows('Since last night');
    expect(ports.calls.filter((call) => call !== 'prepare')).toEqual(['resume a1']);
  });

  test('is told the notes of the start first, and then offered what was left unfinished', async () => {
    const catalogue = () => ({ ...CATALOGUE, unfinished: UNFINISHED });
    const ports = fakePorts(new FakeSession(), { catalogue, notices: ['A lab could not be read.'] });
    const screen = stage().open(ports);
    await screen.shows('A lab could not be read.');
    screen.type('\x1b');
    await screen.shows('Go on with one of these?');
    screen.type('\x1b');
    await screen.shows('r go on with');
  });

  test('chooses the older of two unfinished attempts', async () => {
    const ports = fakePorts(new FakeSession(), { catalogue: () => ({ ...CATALOGUE, unfinished: UNFINISHED }) });
    const screen = stage().open(ports);
    await screen.shows('Go on with one of these?');
    screen.type('j\r');
    await screen.shows('Since last night');
    expect(ports.calls).toContain('resume a1');
  });

  test('drops the last unfinished attempt, and is at the catalogue', async () => {
    let unfinished = UNFINISHED.slice(0, 1);
    const ports = fakePorts(new FakeSession(), {
      catalogue: () => ({ ...CATALOGUE, unfinished }),
      discard: () => {
        unfinished = [];
      },
    });
    const screen = stage().open(ports);
    await screen.shows('Go on with “Names do not resolve”?');
    screen.type('d');
    await screen.shows('% mastered');
    expect(screen.text()).not.toContain('r go on with');
  });

  test('drops one on a real cluster only when told twice, and hears where what it made is', async () => {
    let unfinished = UNFINISHED.slice(0, 1).map((one) => ({ ...one, cluster: 'context=mine' }));
    const ports = fakePorts(new FakeSession(), {
      catalogue: () => ({ ...CATALOGUE, unfinished }),
      discard: () => {
        unfinished = [];
      },
    });
    const screen = stage().open(ports);
    await screen.shows('Go on with “Names do not resolve”?');
    screen.type('d');
    await screen.shows('Drop “Names do not resolve”?');
    expect(unfinished).toHaveLength(1);
    screen.type('d');
    await screen.shows('`kubedrill cluster delete context=mine` takes it away;');
    screen.type('\r');
    await screen.shows('% mastered');
    expect(unfinished).toEqual([]);
  });

  test('types ahead while a lab is opened', async () => {
    const session = new FakeSession();
    let arrive: (arrived: FakeSession) => void = () => {};
    const started = new Promise<FakeSession>((resolve) => {
      arrive = resolve;
    });
    const screen = stage().open(fakePorts(session, { start: () => started }));
    await screen.shows('fix-coredns');
    screen.type('\r');
    await screen.shows('Ctrl-C quit');
    screen.type('k get q');
    screen.type('\x1b[12~\x1d');
    screen.type('\x1b[200~uota\x1b[201~\r');
    arrive(session);
    await screen.shows('Since last night');
    expect(session.input).toBe('k get quota\r');
  });

  test('learns that a certification hides what is searched for', async () => {
    const screen = stage().open(fakePorts(new FakeSession()));
    await screen.shows('fix-coredns');
    screen.type('cc/etcd');
    await screen.shows('Nothing in CKAD is called “etcd”, but 1 lab in the others.');
    screen.type('\t');
    await screen.shows('back-up-etcd');
  });

  test('takes hints until there are no more', async () => {
    const session = new FakeSession();
    const screen = await atLab(session);
    screen.type('\x1dh');
    await screen.shows('Hints: 0 of 2 taken');
    screen.type('\r\r');
    await screen.shows('There is no further hint.');
    screen.type('\r');
    screen.type('\x1b');
    await screen.shows('Since last night');
    expect(screen.written.join('')).not.toContain('Not now');
    expect(session.input).toBe('');
  });

  test('is told why a lab cannot be opened', async () => {
    const ports = fakePorts(new FakeSession(), {
      start: () => Promise.reject(new Error('the world has no such host')),
    });
    const screen = stage().open(ports);
    await screen.shows('fix-coredns');
    screen.type('\r');
    await screen.shows('the world has no such host');
    screen.type('\r');
    await screen.shows('fix-coredns');
  });

  test('types a value by its number, at the prompt', async () => {
    const session = new FakeSession();
    const screen = await atLab(session);
    screen.type('\x1d2');
    expect(session.input).toBe('/opt/course/1/cause');
  });

  test('is offered a rebuilt cluster when it does not answer', async () => {
    const session = new FakeSession();
    const ports = fakePorts(session);
    const screen = stage().open(ports);
    await screen.shows('fix-coredns');
    screen.type('\r');
    await screen.shows('Since last night');
    session.silent = 2500;
    await screen.shows('has not answered');
    session.silent = 0;
    screen.type('\r');
    await vi.waitFor(() => expect(ports.calls).toContain('rebuild'));
    await screen.shows('Since last night');
  });
});

describe('the terminal in the pane', () => {
  test('shows what programs print, colours and wide characters included', async () => {
    const session = new FakeSession();
    const screen = await atLab(session);
    session.print('\r\n\x1b[31mred\x1b[0m 漢字|e\u0301|\x1b[7mreverse\x1b[0m\r\n');
    await screen.shows('red 漢字|e\u0301|reverse');
    expect(screen.written.join('')).toContain('\x1b[31m');
  });

  test('without colours prints none', async () => {
    const session = new FakeSession();
    const screen = stage().open(fakePorts(session), { TERM: 'xterm', NO_COLOR: '1' });
    await screen.shows('fix-coredns');
    screen.type('\r');
    await screen.shows('Since last night');
    session.print('\x1b[31mred\x1b[0m \x1b[48;5;200mpink\x1b[0m');
    await screen.shows('red pink');
    expect(screen.written.join('')).not.toMatch(/\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9\d)m/);
  });

  test('a flood keeps keys alive and the frame within the window', async () => {
    const session = new FakeSession();
    const screen = await atLab(session, 80, 24);
    for (let times = 0; times < 100; times += 1) session.print('a'.repeat(50_000) + 'y\r\n'.repeat(1000));
    const before = performance.now();
    screen.type('\x03');
    expect(session.input).toBe('\x03');
    session.print('\r\nstopped$ ');
    await screen.shows('stopped');
    expect(performance.now() - before).toBeLessThan(5000);
    expect(screen.screen()).toHaveLength(24);
    expect(screen.screen()[23]).toContain('F1 keys');
  });

  test('ten megabytes pasted arrive whole', async () => {
    const session = new FakeSession();
    const screen = await atLab(session);
    const pasted = 'x'.repeat(10_000_000);
    screen.type('\x1b[200~');
    for (let at = 0; at < pasted.length; at += 65_536) screen.type(pasted.slice(at, at + 65_536));
    screen.type('\x1b[201~');
    expect(session.input.length).toBe(pasted.length);
  });

  test('a resize is told to the session and loses nothing that was typed', async () => {
    const session = new FakeSession();
    const screen = await atLab(session);
    for (const [columns, rows] of [
      [80, 24],
      [20, 5],
      [120, 40],
      [60, 20],
    ] as const) {
      screen.type('a');
      screen.resize(columns, rows);
      screen.type('b');
    }
    expect(session.input).toBe('abababab');
    expect(session.sizes.slice(-4)).toEqual(['80×13', '20×3', '120×31', '60×11']);
    await screen.shows('candidate@cka2107');
  });
});

test('F4 changes the picture each time, and comes round', async () => {
  const screen = await atLab(new FakeSession(), 100, 30);
  const hasTask = (): boolean => screen.text().includes('Since last night');
  screen.type('\x1bOS');
  await vi.waitFor(() => expect(hasTask()).toBe(false));
  screen.type('\x1bOS');
  await vi.waitFor(() => expect(hasTask()).toBe(true));
});

describe('twenty columns by five rows', () => {
  test('says what is missing, and everything works', async () => {
    const session = new FakeSession();
    const screen = await atLab(session, 20, 5);
    await screen.shows('small: 60×20');
    expect(screen.screen()).toHaveLength(5);
    screen.type('ls');
    expect(session.input).toBe('ls');
    screen.type('\x1b[12~');
    await screen.shows('Since last night');
    screen.type('\x1b');
    await screen.shows('candidate@cka2107');
  });
});

test('nothing flickers: a second on the clock repaints the clock and nothing else', async () => {
  const session = new FakeSession();
  const screen = await atLab(session);
  await screen.shows('0:00 of 7:00');
  screen.written.length = 0;
  session.elapsedSeconds = 1;
  await screen.shows('0:01 of 7:00');
  const column = 100 - '1 of 7:00 '.length + 1;
  expect(uncoloured(screen.written)).toBe(update(1, column, '1 of 7:00'));
});

test('a character that is typed repaints its cell and the cursor', async () => {
  const session = new FakeSession();
  const screen = await atLab(session);
  screen.written.length = 0;
  session.print('k');
  await screen.shows('candidate@cka2107:~$ k');
  const row = screen.screen().findIndex((line) => line.startsWith('candidate')) + 1;
  expect(uncoloured(screen.written)).toBe(update(row, 'candidate@cka2107:~$ '.length + 1, 'k '));
});

/** What is written when the end of one row is another one. */
function update(row: number, column: number, text: string): string {
  return `\x1b[?2026h\x1b[?7l\x1b[${row};${column}H${text}\x1b[K\x1b[?7h\x1b[?2026l`;
}

function uncoloured(written: readonly string[]): string {
  return written.join('').replace(/\x1b\[[0-9;]*m/g, '');
}

test('quitting leaves the terminal as it was', async () => {
  const screen = stage().open(fakePorts(new FakeSession()));
  await screen.shows('fix-coredns');
  expect(screen.keyboard.raw).toBe(true);
  screen.type('q');
  expect(await screen.ended).toBe(0);
  open = [];
  expect(screen.keyboard.raw).toBe(false);
  expect(screen.written.at(-1)).toBe('\x1b[0m\x1b[?2004l\x1b[?25h\x1b[?1049l');
});

test('a signal ends the screens, gives the terminal back and keeps the attempt', async () => {
  const session = new FakeSession();
  const screen = await atLab(session);
  process.emit('SIGTERM', 'SIGTERM');
  expect(await screen.ended).toBe(143);
  open = [];
  expect(screen.written.at(-1)).toContain('\x1b[?1049l');
  expect(session.left).toBe(false);
});

test('an attempt that breaks in the middle of typing is not left by what was typed for its terminal', async () => {
  const session = new FakeSession();
  const screen = await atLab(session);
  screen.type('k get po');
  session.fail('no space left on device');
  screen.type('\r');
  await screen.shows('This attempt cannot go on');
  screen.type('\r');
  await screen.shows('no space left on device');
  expect(session.left).toBeUndefined();
  await vi.waitFor(
    () => {
      screen.type('\r');
      expect(session.left).toBe(false);
    },
    { timeout: 5000, interval: 100 },
  );
  await screen.shows('fix-coredns');
});
