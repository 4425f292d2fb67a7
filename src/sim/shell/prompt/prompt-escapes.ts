import { SECOND } from '../../kernel/time.js';
import { civilTime } from '../format/civil-time.js';
import { strftime } from '../format/strftime.js';
import { zoneOf } from '../format/time-zone.js';
import type { Shell } from '../state/shell.js';

/** What surrounds parts of a prompt that take no room on the screen (`\[` and `\]`). */
export const INVISIBLE_START = '\x01';
export const INVISIBLE_END = '\x02';

/** Replaces the backslash escapes of PS1 and its kin; expansions come after. */
export function decodePrompt(shell: Shell, text: string): string {
  return text.replace(/\\(?:([0-7]{3})|D\{([^}]*)\}|([\s\S]))/g, (whole, octal, format, char) => {
    if (octal) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
    if (format !== undefined) return clock(shell, format === '' ? '%H:%M:%S' : format);
    return escapeOf(shell, char) ?? whole;
  });
}

function clock(shell: Shell, format: string): string {
  return strftime(
    format,
    civilTime(Math.floor(shell.sys.now() / SECOND), 0, zoneOf(shell.variables.get('TZ') ?? 'UTC')),
  );
}

function escapeOf(shell: Shell, char: string): string | undefined {
  const { sys } = shell;
  switch (char) {
    case 'a':
      return '\x07';
    case 'd':
      return clock(shell, '%a %b %d');
    case 'e':
      return '\x1b';
    case 'h':
      return sys.hostname().replace(/\..*/, '');
    case 'H':
      return sys.hostname();
    case 'j':
      return String(shell.jobs.jobs.length);
    case 'l':
      return sys.controllingTerminal() ? String(sys.controllingTerminal()?.number) : 'tty';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 's':
      return shell.name.replace(/^-/, '').replace(/.*\//, '');
    case 't':
      return clock(shell, '%H:%M:%S');
    case 'T':
      return clock(shell, '%I:%M:%S');
    case '@':
      return clock(shell, '%I:%M %p');
    case 'A':
      return clock(shell, '%H:%M');
    case 'u':
      return shell.userName();
    case 'v':
      return '5.2';
    case 'V':
      return '5.2.15';
    case 'w':
      return workingDirectory(shell);
    case 'W':
      return lastPart(shell);
    case '!':
      return String(shell.historyBase + shell.history.length);
    case '#':
      return String(shell.commandCount);
    case '$':
      return sys.credentials.uid === 0 ? '#' : '\\$';
    case '[':
      return INVISIBLE_START;
    case ']':
      return INVISIBLE_END;
    case '\\':
      return '\\\\';
    default:
      return undefined;
  }
}

/** The directory with the home shortened to `~`; PROMPT_DIRTRIM keeps only the last parts. */
function workingDirectory(shell: Shell): string {
  const home = shell.variables.get('HOME');
  const directory = shell.variables.get('PWD') ?? shell.sys.directory();
  const inside = home && home !== '/' && (directory === home || directory.startsWith(`${home}/`));
  const shown = inside ? `~${directory.slice(home.length)}` : directory;
  const keep = Number(shell.variables.get('PROMPT_DIRTRIM') ?? 0);
  if (!(keep > 0)) return shown;
  const parts = shown.replace(/^~?\//, '').split('/');
  if (parts.length <= keep) return shown;
  return `${shown.startsWith('~') ? '~/' : ''}.../${parts.slice(-keep).join('/')}`;
}

function lastPart(shell: Shell): string {
  const directory = shell.variables.get('PWD') ?? shell.sys.directory();
  if (directory === shell.variables.get('HOME')) return '~';
  return directory === '/' ? '/' : (directory.split('/').at(-1) as string);
}
