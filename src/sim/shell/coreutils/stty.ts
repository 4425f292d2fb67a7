import type { Program } from '../../kernel/sys.js';
import type { TerminalModes } from '../../kernel/terminal.js';
import { COOKED, RAW } from '../../kernel/terminal.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { UsageError } from './options.js';

/** The settings a terminal here has, by stty's names. */
const FLAGS: Readonly<Record<string, keyof TerminalModes>> = {
  echo: 'echo',
  icanon: 'canonical',
  isig: 'signals',
  icrnl: 'returnIsNewline',
  onlcr: 'newlineIsReturn',
  opost: 'newlineIsReturn',
};
/** Settings that are accepted and change nothing here. */
const IGNORED =
  /^-?(?:echoe|echok|echonl|echoctl|echoke|echoprt|ixon|ixoff|ixany|iexten|tostop|brkint|parmrk|istrip|inlcr|igncr|cs[5-8]|parenb|cread|clocal|hupcl|iutf8|imaxbel|ignbrk|ignpar|inpck|noflsh|flusho|extproc)$/;
const SPECIAL =
  'intr = ^C; quit = ^\\; erase = ^?; kill = ^U; eof = ^D; eol = <undef>; eol2 = <undef>; swtch = <undef>; start = ^Q; stop = ^S; susp = ^Z; rprnt = ^R; werase = ^W; lnext = ^V; discard = ^O; min = 1; time = 0;';

/** `stty`: a terminal's settings. */
export const stty: Program = command(
  {
    name: 'stty',
    usage: '[-F DEVICE | --file=DEVICE] [SETTING]...',
    summary: 'Print or change terminal characteristics.',
    inOrder: true,
    options: ['a all : all settings', 'g save : settings in a form stty reads', 'F file=DEVICE : this terminal'],
    legacy: (word) => (/^-[a-z]{2,}$/.test(word) ? { key: 'setting', value: word, as: word } : undefined),
  },
  (context) => {
    const { sys } = context;
    const device = context.value('file');
    let descriptor = 0;
    try {
      if (device !== undefined) descriptor = sys.open(device, { read: true });
    } catch (thrown) {
      return context.die(`${context.showName(device ?? '')}: ${reason(thrown)}`);
    }
    if (!sys.terminal(descriptor))
      return context.die(`${device === undefined ? quoted('standard input') : device}: Inappropriate ioctl for device`);
    const settings = [...context.options.values('setting'), ...context.operands];
    if (context.has('save')) context.print(`${saved(sys.terminalModes(descriptor))}\n`);
    else if (settings.length === 0) show(context, descriptor, context.has('all'));
    else change(context, descriptor, settings);
    return 0;
  },
);

function quoted(text: string): string {
  return `'${text}'`;
}

function change(context: Context, descriptor: number, settings: readonly string[]): void {
  const { sys } = context;
  let modes: TerminalModes = sys.terminalModes(descriptor);
  for (let at = 0; at < settings.length; at += 1) {
    const word = settings[at] as string;
    const flag = FLAGS[word.replace(/^-/, '')];
    if (word === 'size') {
      const size = sys.windowSize(descriptor);
      context.print(`${size?.rows ?? 0} ${size?.columns ?? 0}\n`);
    } else if (word === 'speed') context.print('38400\n');
    else if (word === 'sane' || word === 'cooked' || word === '-raw') modes = COOKED;
    else if (word === 'raw' || word === '-cooked') modes = { ...RAW, echo: modes.echo };
    else if (word === 'cbreak') modes = { ...modes, canonical: false };
    else if (word === '-cbreak') modes = { ...modes, canonical: true };
    else if (flag) modes = { ...modes, [flag]: !word.startsWith('-') };
    else if (
      /^(?:intr|quit|erase|kill|eof|eol|susp|start|stop|werase|lnext|rprnt|min|time|rows|cols|columns|ispeed|ospeed)$/.test(
        word,
      )
    )
      at += 1;
    else if (/^[0-9a-f]+(?::[0-9a-f]+)+$/.test(word)) modes = restored(word);
    else if (!IGNORED.test(word) && !/^\d+$/.test(word))
      throw new UsageError(`invalid argument ${context.quote(word)}`);
  }
  sys.setTerminalModes(descriptor, modes);
}

const ORDER = ['echo', 'canonical', 'signals', 'returnIsNewline', 'newlineIsReturn'] as const;

function saved(modes: TerminalModes): string {
  return ORDER.map((key) => (modes[key] ? '1' : '0')).join(':');
}

function restored(text: string): TerminalModes {
  const bits = text.split(':');
  return Object.fromEntries(ORDER.map((key, index) => [key, bits[index] !== '0'])) as unknown as TerminalModes;
}

function show(context: Context, descriptor: number, all: boolean): void {
  const modes = context.sys.terminalModes(descriptor);
  const size = context.sys.windowSize(descriptor);
  const flag = (name: string, on: boolean) => (on ? name : `-${name}`);
  if (!all) {
    context.print('speed 38400 baud; line = 0;\n');
    const changed = [
      !modes.signals && '-isig',
      !modes.canonical && '-icanon',
      !modes.returnIsNewline && '-icrnl',
      !modes.newlineIsReturn && '-onlcr',
      !modes.echo && '-echo',
    ].filter((text) => text);
    if (changed.length > 0) context.print(`${changed.join(' ')}\n`);
    return;
  }
  context.print(`speed 38400 baud; rows ${size?.rows ?? 0}; columns ${size?.columns ?? 0}; line = 0;\n`);
  context.print(
    `${SPECIAL.replace(/ susp.*/, '')}\n${SPECIAL.replace(/.* (?=susp)/, '')}\n`.replace(/(stop = \^S;)\n/, '$1\n'),
  );
  context.print('-parenb -parodd -cmspar cs8 -hupcl -cstopb cread -clocal -crtscts\n');
  context.print(
    `-ignbrk -brkint -ignpar -parmrk -inpck -istrip -inlcr -igncr ${flag('icrnl', modes.returnIsNewline)} ixon -ixoff -iuclc -ixany -imaxbel iutf8\n`,
  );
  context.print(
    `opost -olcuc -ocrnl ${flag('onlcr', modes.newlineIsReturn)} -onocr -onlret -ofill -ofdel nl0 cr0 tab0 bs0 vt0 ff0\n`,
  );
  context.print(
    `${flag('isig', modes.signals)} ${flag('icanon', modes.canonical)} iexten ${flag('echo', modes.echo)} echoe echok -echonl -noflsh -xcase -tostop -echoprt echoctl echoke -flusho -extproc\n`,
  );
}
