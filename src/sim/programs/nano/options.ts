import { getopt, OptionError, type OptionSpec } from '../../kernel/libc/getopt.js';

/** Switches that are on or off, by their long names, and their letters; `~/.nanorc` has the same names. */
const SWITCHES: Readonly<Record<string, string>> = {
  afterends: 'y',
  autoindent: 'i',
  backup: 'B',
  constantshow: 'c',
  cutfromcursor: 'k',
  emptyline: 'e',
  historylog: 'H',
  ignorercfiles: 'I',
  linenumbers: 'l',
  mouse: 'm',
  nohelp: 'x',
  noread: 'n',
  nowrap: 'w',
  positionlog: 'P',
  preserve: 'p',
  quickblank: 'U',
  rawsequences: 'K',
  rebinddelete: 'd',
  saveonexit: 't',
  showcursor: 'g',
  smarthome: 'A',
  stateflags: '%',
  tabstospaces: 'E',
  trimblanks: 'M',
  unix: 'u',
  view: 'v',
  zap: 'Z',
};
/** Options that nano has and that are not here: refused as by a nano that was built without them. */
const SPECS: readonly OptionSpec[] = [
  ...Object.entries(SWITCHES).map(([long, short]) => ({ long, short })),
  { long: 'help', short: 'h' },
  { long: 'version', short: 'V' },
  { long: 'fill', short: 'r', argument: 'required' },
  { long: 'rcfile', short: 'f', argument: 'required' },
  { long: 'tabsize', short: 'T', argument: 'required' },
];

/** Where a file is opened: line and column from 1, or what is looked for. */
export interface StartPlace {
  readonly line?: number;
  readonly column?: number;
  readonly text?: string;
}

/** What a command line of nano asks for. */
export interface NanoArguments {
  readonly shows: 'help' | 'version' | undefined;
  readonly switches: ReadonlySet<string>;
  readonly tabsize: number | undefined;
  readonly fill: number | undefined;
  readonly rcfile: string | undefined;
  readonly files: readonly { readonly name: string; readonly start: StartPlace }[];
}

/** A command line that nano refuses, with all it says then. */
export class RefusedArguments extends Error {}

function number(name: 'tab' | 'fill', text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const valid = /^\s*[+-]?\d+$/.test(text) && (name === 'fill' || Number(text) > 0);
  if (!valid) throw new RefusedArguments(`Requested ${name} size "${text}" is invalid\n`);
  return Number(text);
}

/** `+LINE,COLUMN` or `+/text`; undefined for what is a file's name. */
function startPlace(arg: string): StartPlace | undefined {
  const found = /^\+(?:([/?])([\s\S]+)|(\d*)(?:[,.:](\d+))?)$/.exec(arg);
  if (!found) return undefined;
  const [, , text, line, column] = found;
  return {
    ...(text === undefined ? {} : { text }),
    ...(line ? { line: Number(line) } : {}),
    ...(column ? { column: Number(column) } : {}),
  };
}

/** Reads a command line. Throws RefusedArguments. */
export function readArguments(args: readonly string[]): NanoArguments {
  let parsed: ReturnType<typeof getopt>;
  try {
    parsed = getopt(args, SPECS);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    throw new RefusedArguments(`nano: ${error.message}\nType 'nano -h' for a list of available options.\n`);
  }
  const { options, operands } = parsed;
  const value = (name: string) => options.findLast((option) => option.name === name)?.value;
  const files: { name: string; start: StartPlace }[] = [];
  let start: StartPlace = {};
  for (const operand of operands) {
    const place = startPlace(operand);
    if (place) start = place;
    else {
      files.push({ name: operand, start });
      start = {};
    }
  }
  const has = (name: string) => options.some((option) => option.name === name);
  return {
    shows: has('help') ? 'help' : has('version') ? 'version' : undefined,
    switches: new Set(options.map(({ name }) => name).filter((name) => name in SWITCHES)),
    tabsize: number('tab', value('tabsize')),
    fill: number('fill', value('fill')),
    rcfile: value('rcfile'),
    files,
  };
}

/** Whether `set NAME` in a settings file is a switch that is known here. */
export const isSwitch = (name: string): boolean => name in SWITCHES;
