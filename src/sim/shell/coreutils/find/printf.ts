import type { Micros } from '../../../kernel/time.js';
import { SECOND } from '../../../kernel/time.js';
import { readEscape } from '../../format/escapes.js';
import { strftime } from '../../format/strftime.js';
import { civilMicros, zoneOfProcess } from '../clock.js';
import { directoryName } from '../dirname.js';
import { diskKibibytes } from '../ls/entry.js';
import { modeString } from '../modes.js';
import { look } from '../paths.js';
import type { Candidate } from './expression.js';
import type { FindState } from './state.js';

const TYPE_LETTERS = {
  file: 'f',
  directory: 'd',
  symlink: 'l',
  'block-device': 'b',
  'character-device': 'c',
  fifo: 'p',
  socket: 's',
} as const;

/** Compiles the format of -printf. */
export function printfFormatter(state: FindState, format: string): (file: Candidate) => string {
  return (file) => {
    let result = '';
    for (let at = 0; at < format.length; ) {
      const rest = format.slice(at);
      const directive = /^%([-0#+ ]*)(\d*)(?:\.(\d+))?([ACTB].|[a-zA-Z%])/.exec(rest);
      if (directive) {
        const [whole, flags = '', width, precision, letter = ''] = directive;
        const value = letter === '%' ? '%' : fieldOf(state, file, letter);
        const text = precision === undefined ? value : value.slice(0, Number(precision));
        result += flags.includes('-')
          ? text.padEnd(Number(width))
          : text.padStart(Number(width), flags.includes('0') ? '0' : ' ');
        at += whole.length;
      } else if (rest.startsWith('\\')) {
        const read = readEscape(format, at, { dialect: 'coreutils', where: 'argument' });
        result += read.text;
        at = read.next;
        if (read.stop) return result;
      } else {
        result += format[at];
        at += 1;
      }
    }
    return result;
  };
}

function fieldOf(state: FindState, file: Candidate, letter: string): string {
  const { stat } = file;
  const { sys } = state.context;
  switch (letter) {
    case 'p':
      return file.path;
    case 'P':
      return file.path === file.start ? '' : file.path.slice(file.start.length).replace(/^\//, '');
    case 'f':
      return file.name;
    case 'h':
      return file.path.includes('/') ? directoryName(file.path) : '.';
    case 'H':
      return file.start;
    case 'd':
      return String(file.depth);
    case 's':
      return String(stat.size);
    case 'k':
      return String(diskKibibytes(stat));
    case 'b':
      return String(diskKibibytes(stat) * 2);
    case 'm':
      return stat.mode.toString(8);
    case 'M':
      return modeString(stat.type, stat.mode);
    case 'u':
      return state.accounts.userName(stat.uid);
    case 'U':
      return String(stat.uid);
    case 'g':
      return state.accounts.groupName(stat.gid);
    case 'G':
      return String(stat.gid);
    case 'i':
      return String(stat.inode);
    case 'n':
      return String(stat.links);
    case 'D':
      return String(stat.device);
    case 'y':
      return TYPE_LETTERS[stat.type];
    case 'Y':
      return TYPE_LETTERS[look(sys, file.path)?.type ?? 'symlink'];
    case 'l':
      return stat.type === 'symlink' ? sys.readLink(file.path) : '';
    case 't':
      return clock(state, stat.modified, 'c');
    case 'a':
      return clock(state, stat.accessed, 'c');
    case 'c':
      return clock(state, stat.changed, 'c');
    default:
      return timeOf(state, file, letter);
  }
}

function timeOf(state: FindState, file: Candidate, letter: string): string {
  const field = ({ A: 'accessed', C: 'changed', T: 'modified' } as const)[letter[0] as 'A'];
  return field && letter.length === 2 ? clock(state, file.stat[field], letter[1] as string) : `%${letter}`;
}

/** find adds ten digits of fraction to seconds. */
function clock(state: FindState, instant: Micros, kind: string): string {
  const time = civilMicros(instant, zoneOfProcess(state.context.sys));
  const fraction = `.${String(time.nanosecond).padStart(9, '0')}0`;
  if (kind === '@') return `${Math.floor(instant / SECOND)}${fraction}`;
  if (kind === 'c') return strftime(`%a %b %e %H:%M:%S${fraction} %Y`, time);
  if (kind === '+') return strftime(`%Y-%m-%d+%H:%M:%S${fraction}`, time);
  if (kind === 'S') return strftime(`%S${fraction}`, time);
  if (kind === 'T' || kind === 'X') return strftime(`%H:%M:%S${fraction}`, time);
  return strftime(`%${kind}`, time);
}
