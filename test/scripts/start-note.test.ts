import { expect, test } from 'vitest';

interface Stream {
  readonly isTTY: boolean;
  write(text: string): boolean;
}

// A script in JavaScript has no types.
const { startNote } = (await import('../../scripts/tooling/start-note.mjs' as string)) as {
  startNote(streams: { stdout: Stream; stderr: Stream }): { say(text: string): void; end(): void };
};
const ERASE = '\r\x1b[K';

function streams(isTTY: boolean) {
  const written: string[] = [];
  const stream = (name: string): Stream => ({ isTTY, write: (text) => written.push(`${name} ${text}`) > 0 });
  return { stdout: stream('out'), stderr: stream('err'), written };
}

test('on a terminal each text takes the place of the one before, and goes when something else is shown', () => {
  const { stdout, stderr, written } = streams(true);
  const note = startNote({ stdout, stderr });
  note.say('Building');
  note.say('Starting');
  stdout.write('a screen');
  stdout.write('another');
  stderr.write('a word');
  note.end();
  expect(written).toEqual([
    'err Building',
    `err ${ERASE}`,
    'err Starting',
    `err ${ERASE}`,
    'out a screen',
    'out another',
    'err a word',
  ]);
});

test('an error takes it away too, and so does the end', () => {
  for (const finish of ['write', 'end'] as const) {
    const { stdout, stderr, written } = streams(true);
    const note = startNote({ stdout, stderr });
    note.say('Starting');
    if (finish === 'write') stderr.write('broken');
    else note.end();
    expect(written).toEqual(['err Starting', `err ${ERASE}`, ...(finish === 'write' ? ['err broken'] : [])]);
  }
});

test('in a log it is a line that stays', () => {
  const { stdout, stderr, written } = streams(false);
  const note = startNote({ stdout, stderr });
  note.say('Building');
  stdout.write('a screen');
  note.end();
  expect(written).toEqual(['err Building\n', 'out a screen']);
});
