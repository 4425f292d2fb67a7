import { PassThrough } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { type PlainOpening, plainOpening } from '../../../src/cli/real/plain-opening.js';

let opening: PlainOpening;
let said = '';
afterEach(() => opening.close());

/** Opens where nobody can be asked, or where somebody types an answer. */
function opens(yes?: boolean, { typed }: { readonly typed?: string } = {}): void {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  if (typed !== undefined) Object.assign(stdin, { isTTY: true }).end(typed);
  said = '';
  stderr.on('data', (piece: Buffer) => {
    said += piece.toString();
  });
  const io = { stdin, stdout, stderr, environment: {} } as unknown as Parameters<typeof plainOpening>[0];
  opening = plainOpening(io, yes);
}

test('steps are lines without numbers, which would begin anew with each part', () => {
  opens();
  opening.how.onStep({ says: 'reaching the cluster', number: 2, of: 4 });
  expect(said).toBe('Reaching the cluster (0 s)\n');
});

test('what an earlier attempt left keeps nobody from beginning another, and it is told how it is deleted', async () => {
  opens();
  expect(await opening.how.confirm('An earlier attempt left namespace shop. Delete that now?', 'stray')).toBe(false);
  expect(said).toBe(
    'An earlier attempt left namespace shop. Delete that now?\nNobody can be asked here, so it stays. The same command with --yes deletes it.\n',
  );
  opens(true);
  expect(await opening.how.confirm('Delete that now?', 'stray')).toBe(true);
  expect(said).toBe('Delete that now? Yes, by --yes.\n');
  expect(await opening.how.confirm('Delete your work?', 'own-work')).toBe(false);
  expect(said).toContain('Delete your work?\nIt stays: only at a terminal, and without --yes, is that asked.\n');
});

test('what is not agreed to beforehand is not done', async () => {
  opens();
  await expect(opening.how.confirm('It runs what is not ours. Go on?')).rejects.toThrow(
    'It runs what is not ours. Go on?\nNobody can be asked here, so nothing was changed. --yes says yes to it.',
  );
});

test.each([
  ['y\n', true],
  ['\n', false],
  ['', false],
])('somebody at a terminal is asked once, and not where output goes: %j', async (typed, agrees) => {
  opens(undefined, { typed });
  expect(await opening.how.confirm('It runs what is not ours. Go on?')).toBe(agrees);
  expect(said.match(/Go on\?/g)).toHaveLength(1);
});
