/** What a command line of vi asks for. */
export interface ViArguments {
  readonly files: readonly string[];
  readonly readonly: boolean;
  /** `-c` and `+` commands, to be run when the first file is read. */
  readonly commands: readonly string[];
  /** The settings file of `-u`; `NONE` for none. */
  readonly settings: string | undefined;
  readonly readsInput: boolean;
  readonly shows: 'version' | 'help' | undefined;
}

/** An option nobody knows. */
export class UnknownOption {
  readonly option: string;

  constructor(option: string) {
    this.option = option;
  }
}

const WITH_VALUE = new Set(['-c', '-u', '-U', '-T', '-t', '-s', '-S', '-i', '--cmd']);
const FLAGS = /^-[RbnNelvyZEdMmAHFXCLroOpf]+\d*$/;

/** Reads a command line. Throws UnknownOption. */
export function readArguments(args: readonly string[]): ViArguments {
  const files: string[] = [];
  const commands: string[] = [];
  let settings: string | undefined;
  let readonly = /(?:^|\/)r?view$/.test(args[0] ?? '');
  let readsInput = false;
  let shows: ViArguments['shows'];
  for (let at = 1; at < args.length; at += 1) {
    const arg = args[at] as string;
    if (arg === '--') {
      files.push(...args.slice(at + 1));
      break;
    }
    if (arg === '-') readsInput = true;
    else if (arg.startsWith('+')) commands.push(arg === '+' ? '$' : arg.slice(1));
    else if (WITH_VALUE.has(arg)) {
      at += 1;
      const value = args[at] ?? '';
      if (arg === '-c') commands.push(value);
      else if (arg === '-u') settings = value;
    } else if (arg === '--version' || arg === '--help' || arg === '-h')
      shows = arg === '--version' ? 'version' : 'help';
    else if (arg === '--noplugin' || arg === '--clean' || arg === '--not-a-term') continue;
    else if (FLAGS.test(arg)) readonly ||= /[RM]/.test(arg);
    else if (arg.startsWith('-')) throw new UnknownOption(arg);
    else files.push(arg);
  }
  return { files, readonly, commands, settings, readsInput, shows };
}

/** Commands that only say where to begin, or how it should look. */
const BEGINNING = /^(?:\d+|\$|[/?].*|set?\b.*)$/;

/** Whether somebody sits there and edits: not where commands do the work, or the text is read from a pipe. */
export function isEditedByHand({ commands, settings, readsInput }: ViArguments): boolean {
  return !readsInput && settings === undefined && commands.every((command) => BEGINNING.test(command));
}
