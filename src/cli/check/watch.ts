import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { harmlessPainted } from '../../clusters/plain-text.js';
import { type Catalogue, contentFolder } from '../../labs/content/find.js';
import { isInside } from '../../labs/content/read-text.js';
import type { Proving } from '../../labs/proof/prove.js';
import { endProof, openProver, prepareProof, startProof } from '../../labs/proof/prover.js';
import { type Lint, labsOfFiles } from '../content.js';
import { type CommandIo, say } from '../io.js';
import { watchFiles } from '../watch-files.js';
import { ProofProgress } from './proof-progress.js';
import { holds, type WatchedFile, watchReport } from './watch-report.js';

interface WatchOptions {
  readonly io: CommandIo;
  /** Folders of labs: nothing outside of the one in which a lab lies is read for it. */
  readonly folders: readonly string[];
  readonly lint: Lint;
  readonly fresh: boolean;
}

const HOME = '\x1b[H';
const ERASE_TO_LINE_END = '\x1b[K';
const ERASE_BELOW = '\x1b[J';

/**
 * Proves labs, and again what changed whenever one of their files is saved, until somebody presses Ctrl-C. Resolves to the
 * exit code: 0 when everything was as it must be at the end. Rejects when a proof could not be played.
 */
export async function watchLabs(catalogue: Catalogue, options: WatchOptions): Promise<number> {
  const prover = openProver(options.io.environment, options);
  const watch = new LabWatch(catalogue, options, prover);
  const stop = watchFiles(watch.paths.filter(isOrdinary), (changed) => watch.saved(changed));
  const { stdout } = options.io;
  // What the terminal shows is moved out of sight rather than drawn over.
  if (stdout.isTTY) stdout.write('\n'.repeat(stdout.rows));
  try {
    watch.prove(watch.paths);
    await Promise.race([interrupted(), watch.broken]);
    return watch.end();
  } finally {
    stop();
    await prover.players.end();
  }
}

/** The files, what is known of each, and the proof that is under way. */
class LabWatch {
  /** Rejects when a proof could not be played. */
  readonly broken: Promise<never>;
  private readonly files = new Map<string, WatchedFile>();
  private readonly options: WatchOptions;
  private readonly prover: ReturnType<typeof openProver>;
  private breaks: (error: unknown) => void = () => {};
  private round = new AbortController();
  private progress: ProofProgress | undefined;

  constructor({ labs, problems }: Catalogue, options: WatchOptions, prover: ReturnType<typeof openProver>) {
    this.options = options;
    this.prover = prover;
    this.broken = new Promise((_, reject) => {
      this.breaks = reject;
    });
    for (const file of new Set([...labs, ...problems].map((one) => one.file))) {
      const path = pathOf(file);
      const lab = labs.find((one) => one.file === file);
      const its = problems.filter((one) => one.file === file);
      this.files.set(path, { path, lab, problems: its, failing: [], open: lab !== undefined });
    }
  }

  get paths(): string[] {
    return [...this.files.keys()];
  }

  /** Files were saved: what can be read is proven, what is wrong with the others is shown at once. */
  saved(paths: readonly string[]): void {
    for (const path of paths) {
      const known = this.files.get(path);
      if (known) this.files.set(path, { ...known, ...this.read(path), failing: [] });
    }
    this.prove(paths);
  }

  /** Begins to prove whatever has yet to be; a proof that is under way is given up. `paths` are those to tell of. */
  prove(paths: readonly string[]): void {
    this.round.abort();
    this.round = new AbortController();
    this.progress?.end();
    this.playRound(paths, this.round.signal).catch(this.breaks);
  }

  /** Gives up what is under way, and resolves to the exit code. */
  end(): number {
    this.round.abort();
    this.progress?.end();
    const { io } = this.options;
    // What the terminal shows for Ctrl-C stands in a line of its own.
    if (io.stdout.isTTY) io.stdout.write('\n');
    for (const { lab } of this.files.values()) if (lab) this.prover.memory?.save(lab.id);
    return [...this.files.values()].every(holds) ? 0 : 1;
  }

  private async playRound(paths: readonly string[], signal: AbortSignal): Promise<void> {
    const started = performance.now();
    const prover = { ...this.prover, signal };
    const open = [...this.files.values()].filter((file) => file.open);
    if (open.length === 0) return this.report(paths);
    const provings = await Promise.all(
      open.map(async ({ path, lab }) => ({ path, lab, proving: lab && (await startProof(lab, prover)) })),
    );
    if (signal.aborted) return;
    this.follow(provings, paths, signal);
    for (const { path, lab, proving } of provings) {
      if (!lab || !proving) continue;
      const result = await endProof(proving, prover);
      if (signal.aborted) return;
      this.note(path, { proven: { lab, result }, failing: [], open: false });
    }
    this.progress?.end();
    this.report(paths, performance.now() - started);
    await this.prepare(paths, signal);
  }

  /** Has progress shown, and each failure as it is found. */
  private follow(
    provings: readonly { readonly path: string; readonly proving: Proving | undefined }[],
    paths: readonly string[],
    signal: AbortSignal,
  ): void {
    const { stderr, stdout } = this.options.io;
    const cases = provings.reduce((sum, { proving }) => sum + (proving?.cases.length ?? 0), 0);
    const progress = new ProofProgress(stderr, provings.length, cases);
    this.progress = progress;
    for (const { path, proving } of provings) {
      for (const { decided } of proving?.cases ?? []) {
        const told = ({ failure }: Awaited<typeof decided>): void => {
          if (signal.aborted) return;
          progress.caseDecided(proving?.lab ?? '');
          const { failing = [], open = false } = this.files.get(path) ?? {};
          if (!failure || !open) return;
          this.note(path, { failing: [...failing, failure] });
          if (stdout.isTTY) progress.above(() => this.report(paths));
        };
        decided.then(told, () => {});
      }
    }
  }

  /** Makes machines for what is probably changed next: the lab that was just saved, or the only one. */
  private async prepare(paths: readonly string[], signal: AbortSignal): Promise<void> {
    const [path, ...others] = paths;
    const lab = path === undefined ? undefined : this.files.get(path)?.lab;
    if (lab && others.length === 0) await prepareProof(lab, { ...this.prover, signal });
  }

  private note(path: string, news: Partial<WatchedFile>): void {
    const known = this.files.get(path);
    if (known) this.files.set(path, { ...known, ...news });
  }

  private read(path: string): Pick<WatchedFile, 'lab' | 'problems' | 'open'> {
    const { io, lint, folders } = this.options;
    const folder = folders.find((one) => isInside(one, path));
    const { labs, problems } = labsOfFiles(new Map([[path, folder ?? path]]), io, lint);
    return { lab: labs[0], problems, open: labs.length > 0 };
  }

  /** On a terminal all files, in the place of what it showed; elsewhere those that were saved. */
  private report(paths: readonly string[], milliseconds?: number): void {
    const { io } = this.options;
    const files = [...this.files.values()].filter(({ path }) => io.stdout.isTTY || paths.includes(path));
    const took = milliseconds === undefined ? '' : ` · ${(milliseconds / 1000).toFixed(1)} s`;
    const count = this.files.size === 1 ? '1 file' : `${this.files.size} files`;
    const lines = [...watchReport(files), `watching ${count}${took} · Ctrl-C ends`];
    if (io.stdout.isTTY) io.stdout.write(redrawn(lines));
    else for (const line of lines) say(io, line);
  }
}

/** What puts lines in the place of all that a terminal shows, without its being empty in between. */
function redrawn(lines: readonly string[]): string {
  return `${HOME}${lines.map((line) => `${harmlessPainted(line)}${ERASE_TO_LINE_END}\n`).join('')}${ERASE_BELOW}`;
}

/** Where a lab's file lies; those of the program's own content are named from its folder on. */
function pathOf(file: string): string {
  return existsSync(file) ? file : join(dirname(contentFolder()), file);
}

/** A pipe is waited for by whoever looks at it. */
function isOrdinary(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
