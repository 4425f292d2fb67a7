import type { Program, Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { CHUNK_BYTES } from './io.js';
import { parseSize } from './numbers.js';
import { UsageError } from './options.js';

const BLOCK_BYTES = 512;
const NUMBERS = ['bs', 'cbs', 'count', 'ibs', 'obs', 'oseek', 'seek', 'iseek', 'skip'];
const WORDS = ['conv', 'if', 'iflag', 'of', 'oflag', 'status'];

interface Job {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly blockBytes: number;
  readonly count: number | undefined;
  readonly skip: number;
  readonly seek: number;
  readonly truncates: boolean;
  readonly status: string;
}

/** `dd`: copies a file in blocks. */
export const dd: Program = command(
  {
    name: 'dd',
    usage: '[OPERAND]...',
    summary: 'Copy a file, converting and formatting according to the operands.',
    options: [],
  },
  function* (context) {
    const job = jobOf(context);
    const { sys } = context;
    const input = job.from === undefined ? 0 : open(context, job.from, { read: true });
    const create = { write: true, create: true, truncate: job.truncates && job.seek === 0 };
    const output = job.to === undefined ? 1 : open(context, job.to, create);
    if (job.skip > 0) yield* skipBlocks(context, input, job);
    if (job.seek > 0) seekTo(sys, output, job);
    if (job.blockBytes > CHUNK_BYTES) sys.holdMemory(job.blockBytes);
    const started = sys.now();
    const tally = { whole: 0, part: 0, bytes: 0 };
    for (let block = 0; job.count === undefined || block < job.count; block += 1) {
      const bytes = yield* sys.read(input, job.blockBytes);
      if (bytes.length === 0) break;
      try {
        yield* sys.write(output, bytes);
      } catch (thrown) {
        context.fail(`error writing ${context.quote(job.to ?? 'standard output')}: ${reason(thrown)}`);
        break;
      }
      tally.bytes += bytes.length;
      if (bytes.length === job.blockBytes) tally.whole += 1;
      else tally.part += 1;
    }
    if (job.status === 'none') return undefined;
    const records = `${tally.whole}+${tally.part} records`;
    context.output.add(2, `${records} in\n${records} out\n`);
    if (job.status !== 'noxfer')
      context.output.add(2, transferred(context, tally.bytes, (sys.now() - started) / SECOND));
    return undefined;
  },
);

function jobOf(context: Context): Job {
  const values = new Map<string, string>();
  for (const operand of context.operands) {
    const [, name = '', value = ''] = /^(\w+)=(.*)$/s.exec(operand) ?? [];
    if (!NUMBERS.includes(name) && !WORDS.includes(name))
      throw new UsageError(`unrecognized operand ${context.quote(operand)}`);
    values.set(name, value);
  }
  const count = (name: string): number | undefined => {
    const text = values.get(name);
    if (text === undefined) return undefined;
    const parts = text.split('x').map((part) => parseSize(part, 'cwbkKmMGTPEZY'));
    if (parts.some((part) => part === undefined)) return context.die(`invalid number: ${context.quote(text)}`);
    return parts.reduce<number>((product, part) => product * (part ?? 0), 1);
  };
  const blockBytes = count('bs') ?? count('ibs') ?? BLOCK_BYTES;
  if (blockBytes === 0) return context.die(`invalid number: ${context.quote(values.get('bs') ?? '0')}`);
  return {
    from: values.get('if'),
    to: values.get('of'),
    blockBytes,
    count: count('count'),
    skip: count('skip') ?? count('iseek') ?? 0,
    seek: count('seek') ?? count('oseek') ?? 0,
    truncates: !(values.get('conv') ?? '').split(',').includes('notrunc'),
    status: values.get('status') ?? '',
  };
}

function open(context: Context, path: string, flags: { read?: boolean; write?: boolean; create?: boolean }): number {
  try {
    return context.sys.open(path, flags, 0o666);
  } catch (thrown) {
    const failed = context.isApplet ? `can't open '${path}'` : `failed to open ${context.quoteName(path)}`;
    return context.die(`${failed}: ${reason(thrown)}`);
  }
}

function seekTo(sys: Sys, output: number, { seek, blockBytes, truncates, to }: Job): void {
  const file = sys.openFile(output);
  if (truncates && to !== undefined && file.kind === 'file') file.truncate(seek * blockBytes);
  file.seek(seek * blockBytes, 'set');
}

function* skipBlocks({ sys }: Context, input: number, { skip, blockBytes }: Job): Waiting<void> {
  for (let block = 0; block < skip; block += 1) if ((yield* sys.read(input, blockBytes)).length === 0) return;
}

function transferred(context: Context, bytes: number, seconds: number): string {
  const rate = bytes / Math.max(seconds, 1e-6);
  if (context.isApplet)
    return `${bytes} bytes (${short(bytes, 1024, '', 'KMGTP')}B) copied, ${seconds.toFixed(6)} seconds, ${short(rate, 1024, '', 'KMGTP')}B/s\n`;
  const decimal = short(bytes, 1000, ' ', 'kMGTP');
  const binary = short(bytes, 1024, ' ', 'KMGTP');
  const sizes = bytes < 1000 ? '' : bytes < 1024 ? ` (${decimal}B)` : ` (${decimal}B, ${binary}iB)`;
  const speed = `${short(rate, 1000, ' ', 'kMGTP')}B/s`;
  return `${bytes} bytes${sizes} copied, ${Number(seconds.toPrecision(6))} s, ${speed}\n`;
}

/** A number with one decimal below ten, and a letter for its power. */
function short(value: number, base: number, space: string, letters: string): string {
  let rest = value;
  let power = -1;
  while (rest >= base && power < letters.length - 1) {
    rest /= base;
    power += 1;
  }
  const text =
    power >= 0 && rest < 10
      ? rest.toFixed(1)
      : Math.round(rest).toFixed(power >= 0 && base === 1024 && space === '' ? 1 : 0);
  return `${text}${space}${letters[power] ?? ''}`;
}
