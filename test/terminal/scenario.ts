import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, vi } from 'vitest';
import { Person, type Start } from './person.js';
import { buildProgram, program, type Ran, runBuilt } from './program.js';

const MINUTES = 60_000;

const pty = await import('@lydell/node-pty').catch(() => undefined);

/** What a scenario is played with. */
export interface Stage {
  /** The folder in which the program keeps everything; gone afterwards. */
  readonly home: string;
  /** What the program is started with. */
  readonly environment: NodeJS.ProcessEnv;
  /** Sits down at a terminal and starts the program with these arguments. */
  person(...argv: readonly string[]): Person;
  /** The same in a terminal of another size or with other surroundings, or with another command. */
  personAt(start: Partial<Start>, ...argv: readonly string[]): Person;
  /** Runs the program without a terminal. */
  ran(...argv: readonly string[]): Ran;
  /** Waits for something that no screen shows. */
  until(wanted: string, is: () => boolean): Promise<void>;
}

/** A test in real terminals; it ends what it started. */
export function scenario(name: string, play: (stage: Stage) => Promise<void>): void {
  test(name, { timeout: 8 * MINUTES }, async (context) => {
    if (!pty) return context.skip('@lydell/node-pty cannot be loaded here, and nothing else makes a terminal');
    const { spawn } = pty;
    await buildProgram();
    const home = mkdtempSync(join(tmpdir(), 'kubedrill-terminal-'));
    const { CI: _, NO_COLOR: _no, FORCE_COLOR: _force, ...rest } = process.env;
    const environment = { ...rest, KUBEDRILL_HOME: home, TERM: 'xterm-256color' };
    const people: Person[] = [];
    const personAt = (start: Partial<Start>, ...argv: readonly string[]): Person => {
      const made = new Person(spawn, { command: [process.execPath, program, ...argv], environment, ...start });
      people.push(made);
      return made;
    };
    try {
      await play({
        home,
        environment,
        personAt,
        person: (...argv) => personAt({}, ...argv),
        ran: (...argv) => runBuilt(environment, ...argv),
        until: (wanted, is) =>
          vi
            .waitUntil(is, { timeout: 2 * MINUTES, interval: 20 })
            .catch(() => {
              throw new Error(`never came: ${wanted}`);
            })
            .then(() => {}),
      });
    } finally {
      await Promise.all(people.map((one) => one.kills()));
      rmSync(home, { recursive: true, force: true });
    }
  });
}
