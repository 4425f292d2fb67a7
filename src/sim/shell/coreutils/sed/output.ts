import type { Waiting } from '../../../kernel/wait.js';
import { textToBytes } from '../../format/byte-text.js';
import { baseName } from '../basename.js';
import type { Context } from '../command.js';
import { reason } from '../command.js';
import { directoryName } from '../dirname.js';

/** Where sed writes: standard output, the file of -i, and the files of `w`. A line without newline gets one before the next. */
export class SedOutput {
  private readonly files = new Map<string, { descriptor: number; text: string; open: boolean }>();
  private inPlace: { name: string; temporary: string; descriptor: number; text: string } | undefined;
  private open = false;

  constructor(
    private readonly context: Context,
    private readonly end: string,
  ) {}

  /** Prints a line; `terminated` false leaves its newline to whoever prints next. */
  line(text: string, terminated = true): void {
    this.raw(text + (terminated ? this.end : ''));
    this.open = !terminated;
  }

  /** Prints text that has its newlines. */
  raw(text: string): void {
    const data = this.open ? this.end + text : text;
    this.open = false;
    if (this.inPlace) this.inPlace.text += data;
    else this.context.print(data);
  }

  /** Opens a file of `w`, emptied. */
  openFile(name: string): void {
    if (name === '/dev/stdout' || name === '/dev/stderr' || this.files.has(name)) return;
    try {
      const descriptor = this.context.sys.open(name, { write: true, create: true, truncate: true });
      this.files.set(name, { descriptor, text: '', open: false });
    } catch (thrown) {
      this.context.die(`couldn't open file ${name}: ${reason(thrown)}`, 4);
    }
  }

  toFile(name: string, text: string): void {
    const file = this.files.get(name);
    if (file) file.text += text + this.end;
    else if (name === '/dev/stdout') this.line(text);
    else this.context.output.add(2, text + this.end);
  }

  /** Begins to change a file in place. False, after a message, when that cannot be. */
  begin(name: string): boolean {
    const { sys } = this.context;
    const stat = sys.stat(name);
    if (stat.type !== 'file') {
      this.context.fail(`couldn't edit ${name}: not a regular file`, 4);
      return false;
    }
    const random = sys.random();
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
    const temporary = `${directoryName(name)}/sed${Array.from({ length: 6 }, () => letters[random.below(letters.length)]).join('')}`;
    try {
      const descriptor = sys.open(temporary, { write: true, create: true, exclusive: true }, 0o600);
      this.inPlace = { name, temporary, descriptor, text: '' };
    } catch (thrown) {
      this.context.die(`couldn't open temporary file ${temporary}: ${reason(thrown)}`, 4);
    }
    return true;
  }

  /** Puts the changed file into its place, the old one kept when there is a suffix. */
  *commit(suffix: string): Waiting<void> {
    const current = this.inPlace;
    if (!current) return;
    const { sys } = this.context;
    this.inPlace = undefined;
    this.open = false;
    const stat = sys.stat(current.name);
    yield* sys.write(current.descriptor, textToBytes(current.text));
    sys.close(current.descriptor);
    sys.changeMode(current.temporary, stat.mode);
    if (sys.credentials.uid === 0) sys.changeOwner(current.temporary, stat.uid, stat.gid);
    if (suffix !== '') sys.rename(current.name, backupName(current.name, suffix));
    sys.rename(current.temporary, current.name);
  }

  *flush(force = false): Waiting<void> {
    for (const file of this.files.values()) {
      if (file.text === '') continue;
      const { text } = file;
      file.text = '';
      yield* this.context.sys.write(file.descriptor, textToBytes(text));
    }
    if (force) yield* this.context.flush();
    else yield* this.context.relieve();
  }
}

function backupName(name: string, suffix: string): string {
  if (!suffix.includes('*')) return `${name}${suffix}`;
  const base = suffix.replaceAll('*', baseName(name));
  return base.includes('/') ? base : `${directoryName(name)}/${base}`;
}
