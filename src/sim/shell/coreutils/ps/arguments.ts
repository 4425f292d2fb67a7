import type { Context } from '../command.js';
import { Exit } from '../command.js';

/** What one call of ps asks for. */
export interface PsRequest {
  /** Which processes: all, those with a terminal, only the own terminal's, or by lists. */
  everyone: boolean;
  withoutTerminal: boolean;
  onlyOwn: boolean;
  running: boolean;
  pids: number[] | undefined;
  parents: number[] | undefined;
  names: string[] | undefined;
  users: string[] | undefined;
  terminals: string[] | undefined;
  layout: 'plain' | 'full' | 'long' | 'user' | 'bsd' | 'jobs' | 'custom';
  columns: { name: string; heading: string | undefined }[];
  headings: boolean;
  forest: boolean;
  sort: string[];
  wide: boolean;
}

/** Reads ps's arguments, with dashes (Unix), without (BSD) and long ones (GNU). */
export function readPsArguments(context: Context, words: readonly string[]): PsRequest {
  const request: PsRequest = {
    everyone: false,
    withoutTerminal: false,
    onlyOwn: true,
    running: false,
    pids: undefined,
    parents: undefined,
    names: undefined,
    users: undefined,
    terminals: undefined,
    layout: 'plain',
    columns: [],
    headings: true,
    forest: false,
    sort: [],
    wide: false,
  };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as string;
    const following = () => words[++at] ?? fail(context, `list of arguments must follow ${word}`);
    if (word.startsWith('--')) longOption(context, request, word.slice(2), following);
    else if (word.startsWith('-')) unixOptions(context, request, word.slice(1), following);
    else if (/^\d/.test(word)) request.pids = [...(request.pids ?? []), ...numbers(word)];
    else bsdOptions(context, request, word, following);
  }
  return request;
}

function fail(context: Context, message: string): never {
  context.output.add(
    2,
    `error: ${message}\n\nUsage:\n ps [options]\n\n Try 'ps --help <simple|list|output|threads|misc|all>'\n  or 'ps --help <s|l|o|t|m|a>'\n for additional help text.\n\nFor more details see ps(1).\n`,
  );
  throw new Exit(1);
}

function numbers(text: string): number[] {
  return text
    .split(/[, ]+/)
    .filter((part) => part !== '')
    .map(Number);
}

function addColumns(request: PsRequest, text: string): void {
  request.layout = 'custom';
  for (const part of text.split(/[ ,](?![^=]*$)|[ ,]+/)) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    request.columns.push(
      equals < 0
        ? { name: part, heading: undefined }
        : { name: part.slice(0, equals), heading: part.slice(equals + 1) },
    );
  }
}

function longOption(context: Context, request: PsRequest, text: string, following: () => string): void {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  const value = () => (equals < 0 ? following() : text.slice(equals + 1));
  if (
    name === 'no-headers' ||
    name === 'no-heading' ||
    name === 'no-headings' ||
    name === 'noheader' ||
    name === 'noheaders'
  )
    request.headings = false;
  else if (name === 'forest') request.forest = true;
  else if (name === 'sort') request.sort.push(...value().split(','));
  else if (name === 'pid') request.pids = [...(request.pids ?? []), ...numbers(value())];
  else if (name === 'ppid') request.parents = numbers(value());
  else if (name === 'user' || name === 'User') request.users = value().split(',');
  else if (name === 'format') addColumns(request, value());
  else if (name === 'deselect') request.everyone = true;
  else if (name !== 'headers' && name !== 'cols' && name !== 'width' && name !== 'columns')
    fail(context, 'unknown gnu long option');
}

function unixOptions(context: Context, request: PsRequest, letters: string, following: () => string): void {
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters[at] as string;
    const rest = () => {
      const inline = letters.slice(at + 1);
      at = letters.length;
      return inline === '' ? following() : inline;
    };
    if (letter === 'e' || letter === 'A') request.everyone = true;
    else if (letter === 'a') {
      request.everyone = true;
      request.withoutTerminal = true;
    } else if (letter === 'd') request.everyone = true;
    else if (letter === 'f') request.layout = request.layout === 'long' ? 'long' : 'full';
    else if (letter === 'F') request.layout = 'full';
    else if (letter === 'l') request.layout = 'long';
    else if (letter === 'j') request.layout = 'jobs';
    else if (letter === 'H') request.forest = true;
    else if (letter === 'o') addColumns(request, rest());
    else if (letter === 'O') addColumns(request, `pid,${rest()},s,tty,time,cmd`);
    else if (letter === 'p') request.pids = [...(request.pids ?? []), ...numbers(rest())];
    else if (letter === 'C') request.names = rest().split(/[, ]+/);
    else if (letter === 'u' || letter === 'U') request.users = rest().split(/[, ]+/);
    else if (letter === 't') request.terminals = rest().split(/[, ]+/);
    else if (letter === 'w') request.wide = true;
    else if (!'LTyMcVNgGsZ'.includes(letter)) fail(context, 'unsupported SysV option');
  }
}

function bsdOptions(context: Context, request: PsRequest, letters: string, following: () => string): void {
  if (request.layout === 'plain') request.layout = 'bsd';
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters[at] as string;
    if (letter === 'a') {
      request.onlyOwn = false;
      if (request.everyone) request.withoutTerminal = false;
      else request.withoutTerminal = true;
      request.everyone ||= letters.includes('x');
    } else if (letter === 'x') {
      request.withoutTerminal = false;
      if (letters.includes('a')) request.everyone = true;
      else request.users = [String(context.sys.credentials.uid)];
    } else if (letter === 'u') request.layout = 'user';
    else if (letter === 'l') request.layout = 'long';
    else if (letter === 'j') request.layout = 'jobs';
    else if (letter === 'f') request.forest = true;
    else if (letter === 'h') request.headings = false;
    else if (letter === 'w') request.wide = true;
    else if (letter === 'r') request.running = true;
    else if (letter === 'o' || letter === 'p' || letter === 'U' || letter === 'k') {
      const value = letters.slice(at + 1) || following();
      at = letters.length;
      if (letter === 'o') addColumns(request, value);
      else if (letter === 'p') request.pids = [...(request.pids ?? []), ...numbers(value)];
      else if (letter === 'k') request.sort.push(...value.split(','));
      else request.users = value.split(',');
    } else if (!'ecgmnsSTvX'.includes(letter))
      fail(context, letter === '-' ? 'garbage option' : 'unsupported option (BSD syntax)');
  }
  if (letters.includes('a') && letters.includes('x')) {
    request.everyone = true;
    request.users = undefined;
  }
}
