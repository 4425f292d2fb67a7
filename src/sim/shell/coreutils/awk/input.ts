import type { Waiting } from '../../../kernel/wait.js';
import { textToBytes } from '../../format/byte-text.js';
import type { Context } from '../command.js';
import { reason } from '../command.js';
import { rawText } from '../io.js';
import type { Evaluator } from './evaluate.js';
import { unescapeString } from './lexer.js';
import { RecordReader } from './streams.js';
import { fromInput, toNumber, toText } from './values.js';

/** The records of the files in ARGV, with the assignments among them. */
export class AwkInput {
  private reader: RecordReader | undefined;
  private index = 1;
  private usedFile = false;
  /** Input from a terminal or pipe is answered at once. */
  readonly buffered: boolean;

  constructor(private readonly context: Context) {
    this.buffered = false;
  }

  /** The next record; undefined after the last. */
  *next(run: Evaluator): Waiting<string | undefined> {
    for (;;) {
      if (!this.reader && !this.open(run)) return undefined;
      const record = yield* this.read(run);
      if (record !== undefined) {
        run.countRecord(true);
        return record;
      }
      this.skipFile();
    }
  }

  /** Goes on with the next file. */
  skipFile(): void {
    if (this.reader && this.reader.descriptor !== 0) this.context.sys.close(this.reader.descriptor);
    this.reader = undefined;
  }

  private *read(run: Evaluator): Waiting<string | undefined> {
    try {
      return yield* (this.reader as RecordReader).next(run.text('RS'));
    } catch (thrown) {
      return this.context.die(`read error (${reason(thrown)})`, 2);
    }
  }

  private open(run: Evaluator): boolean {
    const count = toNumber(run.variables.global('ARGC').scalar);
    while (this.index < count) {
      const name = toText(run.variables.array('ARGV').get(String(this.index)), '%.6g');
      this.index += 1;
      const assignment = /^([A-Za-z_]\w*)=(.*)$/s.exec(name);
      if (assignment) setVariable(run, assignment[1] as string, assignment[2] as string);
      else if (name !== '') {
        this.openFile(run, name);
        return true;
      }
    }
    if (this.usedFile) return false;
    this.usedFile = true;
    this.reader = new RecordReader(this.context, 0);
    return true;
  }

  private openFile(run: Evaluator, name: string): void {
    this.usedFile = true;
    run.variables.global('FILENAME').scalar = name;
    run.variables.global('FNR').scalar = 0;
    if (name === '-') {
      this.reader = new RecordReader(this.context, 0);
      return;
    }
    try {
      this.reader = new RecordReader(
        this.context,
        this.context.sys.open(Buffer.from(name, 'latin1').toString('utf8'), { read: true }),
      );
    } catch (thrown) {
      this.context.die(`cannot open ${name} (${reason(thrown)})`, 2);
    }
  }
}

/** `-v name=value` and `name=value` among the operands. */
export function setVariable(run: Evaluator, name: string, value: string): void {
  const text = fromInput(unescapeString(value));
  if (name === 'NF') run.record.resize(toNumber(text));
  else run.variables.global(name).scalar = text;
}

/** ARGV, ARGC and ENVIRON. */
export function setSurroundings(run: Evaluator, args: readonly string[]): void {
  const raw = (text: string) => rawText(textToBytes(text));
  const argv = run.variables.array('ARGV');
  for (const [index, word] of args.entries()) argv.set(String(index), fromInput(raw(word)));
  run.variables.global('ARGC').scalar = args.length;
  const environ = run.variables.array('ENVIRON');
  for (const [name, value] of run.context.sys.environment) environ.set(raw(name), fromInput(raw(value)));
}
