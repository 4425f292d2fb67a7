import type { FileStat } from '../../../kernel/files.js';
import type { Sys } from '../../../kernel/sys.js';
import { SECOND } from '../../../kernel/time.js';
import { strftime } from '../../format/strftime.js';
import { Accounts } from '../accounts.js';
import { civilMicros, zoneOfProcess } from '../clock.js';
import { modeString } from '../modes.js';
import { humanSize } from '../numbers.js';
import type { Entry } from './entry.js';
import { diskKibibytes } from './entry.js';
import type { Names } from './names.js';
import type { Settings } from './settings.js';

/** Half a mean Gregorian year: what is older, or in the future, is shown with its year. */
const RECENT = (31_556_952 / 2) * SECOND;

/** Lines of `ls -l`. */
export function longLines(sys: Sys, entries: readonly Entry[], settings: Settings, names: Names): string[] {
  const accounts = new Accounts(sys);
  const columns = entries.map((entry) => fieldsOf(sys, entry, settings, accounts));
  const widths = (columns[0] ?? []).map((_, index) =>
    Math.max(0, ...columns.map((fields) => (fields[index] as Field).text.length)),
  );
  return entries.map((entry, index) => {
    const fields = (columns[index] as Field[]).map(({ text, left }, at) =>
      left ? text.padEnd(widths[at] as number) : text.padStart(widths[at] as number),
    );
    return `${fields.join(' ')} ${names.show(entry).text}${names.arrow(entry)}`;
  });
}

interface Field {
  readonly text: string;
  readonly left?: boolean;
}

function fieldsOf(sys: Sys, entry: Entry, settings: Settings, accounts: Accounts): Field[] {
  const { stat } = entry;
  const fields: Field[] = [];
  if (settings.inode) fields.push({ text: stat ? String(stat.inode) : '?' });
  if (settings.blocks) fields.push({ text: stat ? blocksText(stat, settings) : '?' });
  fields.push(
    { text: stat ? modeString(stat.type, stat.mode) : '-?????????', left: true },
    { text: stat ? String(stat.links) : '?' },
  );
  if (settings.owner) fields.push(account(stat?.uid, settings.numeric, (uid) => accounts.userName(uid)));
  if (settings.group) fields.push(account(stat?.gid, settings.numeric, (gid) => accounts.groupName(gid)));
  fields.push({ text: sizeText(stat, settings) }, { text: stat ? timeText(sys, stat, settings) : '?', left: false });
  return fields;
}

function account(id: number | undefined, numeric: boolean, name: (id: number) => string): Field {
  if (id === undefined) return { text: '?', left: true };
  return numeric ? { text: String(id), left: true } : { text: name(id), left: true };
}

function sizeText(stat: FileStat | undefined, settings: Settings): string {
  if (!stat) return '?';
  if (stat.type === 'block-device') return LOOP_NUMBERS;
  if (stat.type === 'character-device') return DEVICE_NUMBERS;
  return settings.human ? humanSize(stat.size, settings.human) : String(stat.size);
}

/** File trees keep no device numbers; all their devices are of the memory driver's kind. */
const DEVICE_NUMBERS = '1, 3';
/** Block devices are loop devices, of which nobody counts how many there are. */
const LOOP_NUMBERS = '7, 0';

/** Blocks of 1024 bytes, as `-s` and `total` count them. */
export function blocksText(stat: FileStat, settings: Settings): string {
  const size = diskKibibytes(stat);
  return settings.human ? humanSize(size * 1024, settings.human) : String(size);
}

function timeText(sys: Sys, stat: FileStat, settings: Settings): string {
  const instant = stat[settings.time];
  const now = sys.now();
  const recent = instant <= now && instant > now - RECENT;
  return strftime(timeFormat(settings.timeStyle, recent), civilMicros(instant, zoneOfProcess(sys)));
}

function timeFormat(style: string, recent: boolean): string {
  if (style.startsWith('+')) {
    const [old = '', fresh = old] = style.slice(1).split('\n');
    return recent ? fresh : old;
  }
  if (style === 'full-iso') return '%Y-%m-%d %H:%M:%S.%N %z';
  if (style === 'long-iso') return '%Y-%m-%d %H:%M';
  if (style === 'iso') return recent ? '%m-%d %H:%M' : '%Y-%m-%d ';
  return recent ? '%b %e %H:%M' : '%b %e  %Y';
}
