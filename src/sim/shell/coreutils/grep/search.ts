import type { Waiting } from '../../../kernel/wait.js';
import type { Context } from '../command.js';
import { reason } from '../command.js';
import type { GrepOptions } from './arguments.js';
import { searchFile } from './search-file.js';

/** Searches all targets and gives grep's exit status: 0 found, 1 not found, 2 something went wrong. */
export function* searchTargets(context: Context, options: GrepOptions): Waiting<number> {
  const run = new Run(context, options);
  for (const target of options.targets) {
    yield* run.target(target, true);
    if (run.done) break;
  }
  if (run.found && options.quiet) return 0;
  return context.status === 2 ? 2 : run.found ? 0 : 1;
}

class Run {
  found = false;
  done = false;

  constructor(
    private readonly context: Context,
    private readonly options: GrepOptions,
  ) {}

  *target(name: string, given: boolean): Waiting<void> {
    const { context, options } = this;
    const { sys } = context;
    if (name === '-') {
      yield* this.file(0, options.label);
      return;
    }
    try {
      const stat = given || options.recursive === 'follow' ? sys.stat(name) : sys.lstat(name);
      if (stat.type === 'symlink') return;
      if (stat.type === 'directory') {
        yield* this.directory(name, given);
        return;
      }
      if (!given && stat.type !== 'file') return;
      if (!options.includes(name)) return;
      const descriptor = sys.open(name, { read: true });
      try {
        yield* this.file(descriptor, name);
      } finally {
        sys.close(descriptor);
      }
    } catch (thrown) {
      this.complain(name, reason(thrown));
    }
  }

  private *file(descriptor: number, name: string): Waiting<void> {
    const result = yield* searchFile(this.context, this.options, descriptor, name);
    if (this.options.list === 'without' ? !result : result) this.found = true;
    if (result && this.options.quiet) this.done = true;
    yield* this.context.relieve();
  }

  private *directory(name: string, given: boolean): Waiting<void> {
    const { context, options } = this;
    if (options.recursive === 'no') {
      if (options.directories !== 'skip') this.complainDirectory(name);
      return;
    }
    if (!(given && name === '.') && !options.entersDirectory(name.replace(/\/+$/, ''))) return;
    const entries = context.sys.readDirectory(name).map((entry) => entry.name);
    const bare = given && name === '.' && context.operands.length <= 1 && !context.operands.includes('.');
    for (const entry of entries) {
      yield* this.target(bare ? entry : `${name.replace(/\/+$/, '')}/${entry}`, false);
      if (this.done) return;
    }
  }

  private complainDirectory(name: string): void {
    if (this.options.silent) this.context.status = 2;
    else this.context.fail(`${name}: Is a directory`, 2);
  }

  private complain(name: string, words: string): void {
    this.context.status = 2;
    if (!this.options.silent) this.context.warn(`${name}: ${words}`);
  }
}
