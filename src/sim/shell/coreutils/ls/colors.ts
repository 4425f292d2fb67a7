import type { FileStat } from '../../../kernel/files.js';
import type { Entry } from './entry.js';

const DEFAULTS: Readonly<Record<string, string>> = {
  rs: '0',
  di: '01;34',
  ln: '01;36',
  pi: '33',
  so: '01;35',
  bd: '01;33',
  cd: '01;33',
  ex: '01;32',
  su: '37;41',
  sg: '30;43',
  st: '37;44',
  ow: '34;42',
  tw: '30;42',
};

const KNOWN_TERMINALS =
  /^(?:Eterm|ansi|.*color.*|con\d+x\d+.*|cons25|console|cygwin|.*direct.*|dtterm|gnome|hurd|jfbterm|konsole|kterm|linux(?:-c)?|mlterm|putty|rxvt.*|screen.*|st|terminology|tmux.*|vt100|xterm.*)$/;

/** Whether colours make sense: they are set by hand, or the terminal is known to have them. */
export function colorsUsable(variable: string | undefined, terminal: string | undefined): boolean {
  return (variable ?? '') !== '' || KNOWN_TERMINALS.test(terminal ?? '');
}

/** The colours of LS_COLORS, or ls's own. */
export class Colors {
  private readonly types = new Map(Object.entries(DEFAULTS));
  private readonly suffixes: [string, string][] = [];
  private started = false;

  constructor(variable: string | undefined) {
    for (const part of (variable ?? '').split(':')) {
      const [key = '', value] = part.split('=');
      if (value === undefined) continue;
      if (key.startsWith('*')) this.suffixes.push([key.slice(1), value]);
      else this.types.set(key, value);
    }
  }

  /** A file's name in its colour. */
  paint(entry: Entry, name: string, stat: FileStat | undefined = entry.stat): string {
    const code = this.codeOf(entry, stat);
    if (!code) return name;
    const first = this.started ? '' : '\x1b[0m';
    this.started = true;
    return `${first}\x1b[${code}m${name}\x1b[0m`;
  }

  private codeOf(entry: Entry, stat: FileStat | undefined): string | undefined {
    if (!stat) return this.types.get('mi') ?? this.types.get('or');
    switch (stat.type) {
      case 'directory':
        return this.directoryCode(stat.mode);
      case 'symlink':
        return this.linkCode(entry);
      case 'fifo':
        return this.types.get('pi');
      case 'socket':
        return this.types.get('so');
      case 'block-device':
        return this.types.get('bd');
      case 'character-device':
        return this.types.get('cd');
      default:
        return this.fileCode(entry.name, stat.mode);
    }
  }

  private directoryCode(mode: number): string | undefined {
    const sticky = (mode & 0o1000) !== 0;
    const open = (mode & 0o002) !== 0;
    return this.types.get(sticky && open ? 'tw' : open ? 'ow' : sticky ? 'st' : 'di');
  }

  private linkCode(entry: Entry): string | undefined {
    if (!entry.target && this.types.get('or')) return this.types.get('or');
    const code = this.types.get('ln');
    return code === 'target' && entry.target ? this.codeOf(entry, entry.target) : code;
  }

  private fileCode(name: string, mode: number): string | undefined {
    if (mode & 0o4000) return this.types.get('su');
    if (mode & 0o2000) return this.types.get('sg');
    if (mode & 0o111) return this.types.get('ex');
    return (
      this.suffixes.findLast(([suffix]) => name.toLowerCase().endsWith(suffix.toLowerCase()))?.[1] ??
      this.types.get('fi')
    );
  }
}
