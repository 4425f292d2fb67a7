import type { OptionDescription, Settings } from './options.js';
import { findLongOption, findOption } from './options.js';

/** What a command line asks for beside settings. */
export interface Line {
  readonly files: readonly string[];
  /** Commands that are typed before the person's, each with whether it is for every file. */
  readonly commands: readonly { readonly text: string; readonly always: boolean }[];
  readonly special: 'help' | 'version' | undefined;
  /** What less says of options it does not understand, before it goes on without them. */
  readonly problems: readonly string[];
}

/** An option whose value is missing at the end: less says so and ends. */
export class LineError extends Error {}

/** What is said of an option that is then left out, with the rest of its argument. */
class OptionProblem extends Error {}

interface Reading {
  readonly settings: Settings;
  readonly commands: { text: string; always: boolean }[];
  special: 'help' | 'version' | undefined;
  readonly problems: string[];
}

/**
 * Reads `LESS` and the arguments into the settings. An option takes its text from what follows its letter (in the
 * variable up to a dollar sign) or from the next argument. Throws LineError.
 */
export function readLine(settings: Settings, variable: string, args: readonly string[]): Line {
  const reading: Reading = { settings, commands: [], special: undefined, problems: [] };
  const ofVariable = variable.trim();
  if (ofVariable !== '')
    readOptions(
      reading,
      ofVariable.startsWith('-') || ofVariable.startsWith('+') ? ofVariable : `-${ofVariable}`,
      [],
      true,
    );
  const files: string[] = [];
  const left = [...args];
  for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
    if (arg === '--') {
      files.push(...left);
      break;
    }
    if (arg.length > 1 && /^[-+]/.test(arg)) readOptions(reading, arg, left, false);
    else if (arg === '+') reading.commands.length = 0;
    else files.push(arg);
  }
  return { files, commands: reading.commands, special: reading.special, problems: reading.problems };
}

function readOptions(reading: Reading, text: string, left: string[], variable: boolean): void {
  try {
    readEach(reading, text, left, variable);
  } catch (error) {
    if (!(error instanceof OptionProblem)) throw error;
    reading.problems.push(error.message);
  }
}

function readEach(reading: Reading, text: string, left: string[], variable: boolean): void {
  let rest = text;
  while (rest !== '') {
    rest = rest.replace(/^[\s$]+/, '');
    if (rest.startsWith('+')) {
      const end = variable && rest.includes('$') ? rest.indexOf('$') : rest.length;
      const command = rest.slice(1, end);
      const always = command.startsWith('+');
      reading.commands.push({ text: always ? command.slice(1) : command, always });
      rest = rest.slice(end);
    } else if (rest.startsWith('--')) rest = longOption(reading, rest.slice(2), left, variable);
    else if (rest.startsWith('-')) rest = rest.slice(1);
    else if (rest !== '') rest = shortOption(reading, rest, left, variable);
  }
}

function longOption(reading: Reading, text: string, left: string[], variable: boolean): string {
  const name = /^[!+-]?([A-Za-z-]*)/.exec(text)?.[1] ?? '';
  const found = findLongOption(name);
  if (found === 'ambiguous') throw new OptionProblem(`${name} is an ambiguous abbreviation ("less --help" for help)`);
  if (!found) throw new OptionProblem(`There is no ${name} option ("less --help" for help)`);
  const rest = text.slice(text.indexOf(name) + name.length);
  const spelled = `--${found.capital ? found.option.name.toUpperCase() : found.option.name}`;
  if (found.option.kind === 'text' || found.option.kind === 'number') {
    const value = rest.replace(/^[= ]/, '');
    return takeValue(reading, found.option, spelled, value, left, variable);
  }
  setPlain(reading, found.option, found.capital);
  return rest;
}

function shortOption(reading: Reading, text: string, left: string[], variable: boolean): string {
  const letter = text.charAt(0);
  if (/\d/.test(letter)) {
    const digits = /^\d+/.exec(text)?.[0] ?? '';
    reading.settings.setNumber('z', Number(digits));
    return text.slice(digits.length);
  }
  const found = findOption(letter);
  if (!found) throw new OptionProblem(`There is no -${letter} option ("less --help" for help)`);
  const { option, capital } = found;
  const rest = text.slice(1);
  if (option.kind === 'text' || option.kind === 'number') {
    return takeValue(reading, option, `-${letter}`, rest, left, variable);
  }
  if (/^[+]/.test(rest) && option.kind !== 'none') {
    reading.settings.setNumber(option.letter, option.initial ?? 0);
    return rest.slice(1);
  }
  setPlain(reading, option, capital);
  return rest;
}

function setPlain(reading: Reading, option: OptionDescription, capital: boolean): void {
  if (option.kind === 'none') {
    reading.special = option.letter === 'V' ? 'version' : 'help';
    return;
  }
  reading.settings.setNumber(option.letter, opposite(option, capital));
}

/** What a plain option's letter on a command line sets: the opposite of how it is without. */
function opposite(option: OptionDescription, capital: boolean): number {
  const initial = option.initial ?? 0;
  if (option.kind === 'truth') return initial === 0 ? 1 : 0;
  const wanted = capital ? 2 : 1;
  return initial === wanted ? 0 : wanted;
}

function takeValue(
  reading: Reading,
  option: OptionDescription,
  spelled: string,
  rest: string,
  left: string[],
  variable: boolean,
): string {
  const own = rest === '' && !variable ? left.shift() : rest;
  if (own === undefined || own === '') {
    const name = spelled.startsWith('--') ? spelled : `${spelled} (--${option.name})`;
    throw new LineError(`Value is required after ${name}`);
  }
  if (option.kind === 'number') {
    const found = /^\s*(-?\d+)/.exec(own);
    if (found) reading.settings.setNumber(option.letter, Number(found[1]));
    else reading.problems.push(`Number is required after ${spelled}`);
    return rest.slice(found?.[0].length ?? 0);
  }
  const end = variable && rest.includes('$') ? rest.indexOf('$') : rest.length;
  const text = rest === '' ? own : rest.slice(0, end);
  const value = text.replace(/^ +/, '');
  if (option.letter === 'p') reading.commands.push({ text: `/${value}`, always: true });
  else if (option.letter === 'P') setPrompt(reading.settings, value);
  else reading.settings.setText(option.letter, value);
  return rest === '' ? '' : rest.slice(end);
}

/** `-P` changes the short prompt, or the one its first letter names. */
export function setPrompt(settings: Settings, value: string): void {
  const which = /^[sMmh=w]/.exec(value)?.[0];
  settings.setText(`P${which ?? 's'}`, which === undefined ? value : value.slice(1));
}
