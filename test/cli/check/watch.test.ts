import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../labs/home-folder.js';
import { buildProgram, program } from '../../terminal/program.js';

const TIMEOUT = 120_000;

/** A lab that is proven in no time: nothing runs in its world. */
const LAB = `apiVersion: kubedrill.dev/v1
kind: Lab
metadata: {name: write-it, title: Write it down}
spec:
  certification: cka
  domain: Troubleshooting
  difficulty: 1
  minutes: 2
  world: {base: empty, steps: []}
  task: |
    1. Write \`done\` to \`{{answers}}/note\`.
  checks:
    - {id: note, serves: 1, points: 1, says: It is written, because: It was asked for., file: {host: controlplane, path: "{{answers}}/note", content: [{contains: done}]}}
  hints: [Use echo., Redirect it., Write it to that file.]
  solution:
    - script: echo done > {{answers}}/note
  mistakes:
    - {says: writes another word, script: "echo more > {{answers}}/note", fails: [note]}
  explains: A file says what is in it.
  reads: [https://kubernetes.io/docs/home/]
`;

beforeAll(buildProgram, TIMEOUT);

/** The program watching a lab's file, and its output piece by piece. */
class Watching {
  readonly file = join(temporaryFolder(), 'write-it.yaml');
  private readonly child: ChildProcessWithoutNullStreams;
  private output = '';
  private seen = 0;
  private heard = (): void => {};

  constructor() {
    writeFileSync(this.file, LAB);
    const env = { ...process.env, KUBEDRILL_HOME: temporaryFolder(), FORCE_COLOR: '0' };
    this.child = spawn(process.execPath, [program, 'check', '--watch', this.file], { env });
    onTestFinished(() => void this.child.kill('SIGKILL'));
    this.child.stdout.on('data', (chunk: Buffer) => {
      this.output += chunk.toString('utf8');
      this.heard();
    });
  }

  /** What it tells next, up to the line that says that it watches, without times. */
  async report(): Promise<string> {
    for (;;) {
      const end = /^watching.*\n/m.exec(this.output.slice(this.seen));
      if (end) {
        const text = this.output.slice(this.seen, this.seen + end.index);
        this.seen += end.index + end[0].length;
        return text.replaceAll(this.file, 'FILE');
      }
      await new Promise<void>((resolve) => {
        this.heard = resolve;
      });
    }
  }

  /** Saves the file by writing it, or as editors do by putting another in its place. */
  save(text: string, way: 'write' | 'rename' = 'write'): void {
    if (way === 'write') return writeFileSync(this.file, text);
    writeFileSync(`${this.file}.new`, text);
    renameSync(`${this.file}.new`, this.file);
  }

  /** Presses Ctrl-C and waits for the exit code. */
  async interrupt(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGINT');
    return ended;
  }
}

test('what is saved is proven again, what did not change is remembered', { timeout: TIMEOUT }, async () => {
  const watching = new Watching();
  expect(await watching.report()).toContain('✓ cka/write-it: 8 of 8 cases hold\n');

  watching.save(LAB.replace('echo more', 'echo not done'), 'rename');
  const failed = await watching.report();
  expect(failed).toContain('✗ cka/write-it: 7 of 8 cases hold (7 proven before)\n    mistake: writes another word\n');
  expect(failed).toContain('found      everything passes\n');

  watching.save(`${LAB}: [`);
  const unread = await watching.report();
  expect(unread).toMatch(/^✗ FILE:\d+: .*\[not-yaml\]\n/);
  expect(unread).toContain('✗ cka/write-it: 7 of 8 cases hold (7 proven before), before it was saved\n');

  watching.save(LAB, 'rename');
  expect(await watching.report()).toContain('✓ cka/write-it: 8 of 8 cases hold (all proven before)\n');
  expect(await watching.interrupt()).toBe(0);
});
