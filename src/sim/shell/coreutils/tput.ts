import type { Program } from '../../kernel/sys.js';
import type { Context } from './command.js';
import { command } from './command.js';

/** Capabilities of xterm and its kin that scripts ask for. */
const TEXTS: Readonly<Record<string, string>> = {
  bel: '\x07',
  blink: '\x1b[5m',
  bold: '\x1b[1m',
  civis: '\x1b[?25l',
  clear: '\x1b[H\x1b[2J\x1b[3J',
  cnorm: '\x1b[?12l\x1b[?25h',
  cr: '\r',
  cub1: '\b',
  cud1: '\n',
  cuf1: '\x1b[C',
  cuu1: '\x1b[A',
  dim: '\x1b[2m',
  ed: '\x1b[J',
  el: '\x1b[K',
  el1: '\x1b[1K',
  home: '\x1b[H',
  invis: '\x1b[8m',
  op: '\x1b[39;49m',
  rc: '\x1b8',
  rev: '\x1b[7m',
  ritm: '\x1b[23m',
  rmcup: '\x1b[?1049l\x1b[23;0;0t',
  rmso: '\x1b[27m',
  rmul: '\x1b[24m',
  sc: '\x1b7',
  sgr0: '\x1b(B\x1b[m',
  sitm: '\x1b[3m',
  smcup: '\x1b[?1049h\x1b[22;0;0t',
  smso: '\x1b[7m',
  smul: '\x1b[4m',
};

/** `tput`: what the terminal can do. */
export const tput: Program = command(
  {
    name: 'tput',
    usage: '[options] capability [parameters...]',
    summary: 'Print terminal capabilities.',
    misuse: 2,
    inOrder: true,
    bare: true,
    options: ['T=TERM : this terminal', 'S : (ignored)', 'V : the version', 'x : keep what has scrolled away'],
  },
  (context) => {
    const term = context.value('T') ?? context.sys.environment.get('TERM') ?? '';
    const [capability, ...parameters] = context.operands;
    if (capability === undefined) {
      context.output.add(2, 'usage: tput [options] [command]\n');
      return 2;
    }
    if (term === '') {
      context.output.add(2, `tput: No value for $TERM and no -T specified\n`);
      return 2;
    }
    const text = value(context, capability, parameters.map(Number), term);
    if (text === undefined) return context.die(`unknown terminfo capability '${capability}'`, 4);
    context.print(text);
    return 0;
  },
);

function value(context: Context, capability: string, parameters: readonly number[], term: string): string | undefined {
  const size = [1, 2, 0]
    .map((descriptor) => (context.sys.terminal(descriptor) ? context.sys.windowSize(descriptor) : undefined))
    .find((found) => found);
  const [first = 0, second = 0] = parameters;
  switch (capability) {
    case 'cols':
      return `${size?.columns ?? (Number(context.sys.environment.get('COLUMNS')) || 80)}\n`;
    case 'lines':
      return `${size?.rows ?? (Number(context.sys.environment.get('LINES')) || 24)}\n`;
    case 'colors':
      return `${term.includes('256color') ? 256 : term === 'dumb' ? -1 : 8}\n`;
    case 'longname':
      return `${term} terminal emulator`;
    case 'cup':
      return `\x1b[${first + 1};${second + 1}H`;
    case 'setaf':
      return first < 8 ? `\x1b[3${first}m` : first < 16 ? `\x1b[9${first - 8}m` : `\x1b[38;5;${first}m`;
    case 'setab':
      return first < 8 ? `\x1b[4${first}m` : first < 16 ? `\x1b[10${first - 8}m` : `\x1b[48;5;${first}m`;
    case 'cuu':
    case 'cud':
    case 'cuf':
    case 'cub':
      return `\x1b[${first}${'ABCD'['udfb'.indexOf(capability[2] as string)]}`;
    case 'reset':
    case 'init':
      return '\x1b[!p\x1b[?3;4l\x1b[4l\x1b>';
    default:
      return TEXTS[capability];
  }
}
