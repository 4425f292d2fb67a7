import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { OwnEditor } from '../../../src/cli/run/own-editor.js';
import type { OutsideAnswer } from '../../../src/clusters/sim/sim-cluster.js';
import { temporaryFolder } from '../../labs/home-folder.js';

const UNIX = process.platform !== 'win32';
const leftFolders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('kubedrill-edit-'));

/** Edits by a program of ours that runs `body` with the copy's `path`; tells the answer and where the copy was. */
async function edit(body: string, question: { path?: string; text?: string; readonly?: boolean } = {}) {
  const folder = temporaryFolder();
  const script = join(folder, 'editor.cjs');
  const noted = join(folder, 'noted');
  writeFileSync(
    script,
    `const fs = require('node:fs'), path = process.argv.at(-1);
     const mode = (file) => (fs.statSync(file).mode & 0o777).toString(8);
     const folder = require('node:path').dirname(path);
     const notes = { path, argv: process.argv.slice(2, -1), folder: mode(folder), cwd: process.cwd() };
     if (fs.existsSync(path)) Object.assign(notes, { file: mode(path), text: fs.readFileSync(path, 'utf8') });
     fs.writeFileSync(${JSON.stringify(noted)}, JSON.stringify(notes));
     ${body}`,
  );
  const editor = OwnEditor.of({ EDITOR: `"${process.execPath}" "${script}" --flag` });
  const { path = '/etc/app.yaml', text, readonly = false } = question;
  const bytes = text === undefined ? undefined : Buffer.from(text);
  const opened = vi.fn();
  const answer = (await editor?.edit({ path, bytes, readonly }, opened)) as OutsideAnswer;
  expect(opened).toHaveBeenCalledTimes(1);
  const notes = JSON.parse(readFileSync(noted, 'utf8')) as Record<
    'path' | 'folder' | 'file' | 'text' | 'cwd',
    string
  > & {
    argv: string[];
  };
  return { answer, notes, gone: !existsSync(dirname(notes.path)) };
}

describe('a copy', () => {
  test('lies in a private folder while it is edited, and what was saved is the answer', async () => {
    const { answer, notes, gone } = await edit(`fs.appendFileSync(path, 'more\\n')`, { text: 'a: 1\n' });
    expect(answer).toEqual({ kind: 'saved', bytes: new Uint8Array(Buffer.from('a: 1\nmore\n')) });
    expect(notes).toMatchObject({ argv: ['--flag'], text: 'a: 1\n' });
    if (UNIX) expect(notes).toMatchObject({ folder: '700', file: '600' });
    expect(gone).toBe(true);
  });

  test('of what nobody should change cannot be written just so', async () => {
    const { notes, gone } = await edit('', { text: 'a\n', readonly: true });
    if (UNIX) expect(notes.file).toBe('400');
    expect(gone).toBe(true);
  });

  test('of no file is no file, and none is made', async () => {
    const { answer, notes } = await edit('');
    expect(answer).toEqual({ kind: 'left' });
    expect(notes.text).toBeUndefined();
  });

  test.each([
    ['/root/pod.yaml', 'file.yaml'],
    ['values.JSON.json', 'file.json'],
    ['/etc/hosts', 'file'],
    ['/home/x/.bashrc', 'file'],
    ['/tmp/$(touch x).sh', 'file.sh'],
    ['/tmp/x.sh;touch y', 'file'],
    ['/tmp/x.tar.gz', 'file'],
    ['../../evil.lua', 'file'],
    ['-c:!id.yaml', 'file.yaml'],
  ])('of %j is called %s', async (path, name) => {
    const { notes } = await edit('', { path, text: '' });
    expect(notes.path.endsWith(join('/', name))).toBe(true);
  });
});

describe('an editor that fails', () => {
  test.each<[string, RegExp]>([
    ['process.exit(3)', /^your editor node(\.exe)? ended with status 3$/],
    ...(UNIX ? [["process.kill(process.pid, 'SIGKILL')", /was ended by SIGKILL$/] as [string, RegExp]] : []),
  ])('by %s leaves nothing behind when it has changed nothing', async (body, reason) => {
    const { answer, gone } = await edit(body, { text: 'a\n' });
    expect(answer).toEqual({ kind: 'failed', reason: expect.stringMatching(reason) });
    expect(gone).toBe(true);
  });

  test.each<[string, string | undefined, RegExp]>([
    ["fs.writeFileSync(path, 'b\\n'); process.exit(3)", 'a\n', /ended with status 3; what it left is kept as (.*)$/],
    ["fs.writeFileSync(path, 'b\\n'); process.exit(3)", undefined, /; what it left is kept as (.*)$/],
    ['fs.rmSync(path); fs.mkdirSync(path)', 'a\n', /left something that is no file; what it left is kept as (.*)$/],
    ['fs.truncateSync(path, 17 * 1024 * 1024)', 'a\n', /larger than 16777216 bytes; what it left is kept as (.*)$/],
  ])('by %s has its copy kept and named', async (body, text, reason) => {
    const { answer, notes } = await edit(body, text === undefined ? {} : { text });
    onTestFinished(() => rmSync(dirname(notes.path), { recursive: true }));
    expect(answer).toEqual({ kind: 'failed', reason: expect.stringMatching(reason) });
    expect(answer.kind === 'failed' && reason.exec(answer.reason)?.[1]).toBe(notes.path);
    expect(existsSync(notes.path)).toBe(true);
    if (body.includes('writeFile')) expect(readFileSync(notes.path, 'utf8')).toBe('b\n');
  });
});

test('an editor that is not there has failed, and leaves nothing behind', async () => {
  const before = leftFolders();
  const editor = OwnEditor.of({ EDITOR: 'no-such-editor-anywhere' });
  const opened = vi.fn();
  expect(await editor?.edit({ path: 'x', bytes: Buffer.from('a'), readonly: false }, opened)).toEqual({
    kind: 'failed',
    reason: 'your editor no-such-editor-anywhere could not be started (ENOENT)',
  });
  expect(opened).not.toHaveBeenCalled();
  expect(leftFolders().filter((name) => !before.includes(name))).toEqual([]);
});

test('without $VISUAL and $EDITOR there is none', () => {
  expect(OwnEditor.of({})).toBeUndefined();
});

describe('vim', () => {
  for (const name of ['vim', 'vi']) {
    const { stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
    // Where the person has no vim, nothing of it can be believed.
    test.skipIf(!/VIM/.test(stdout ?? ''))(`as ${name} ignores modelines, whatever its settings say`, async () => {
      const settings = join(temporaryFolder(), 'vimrc');
      writeFileSync(settings, 'set nocompatible modeline modelines=5\nautocmd!\n');
      const text = 'first\n# vim: set shiftwidth=7 :\n';
      const EDITOR = `${name} -es -u "${settings}" -c "put =&shiftwidth" -c wq`;
      const answer = await OwnEditor.of({ EDITOR })?.edit({
        path: 'x.yaml',
        bytes: Buffer.from(text),
        readonly: false,
      });
      expect(answer?.kind === 'saved' && Buffer.from(answer.bytes).toString('utf8')).toBe(`${text}8\n`);
    });
  }
});
