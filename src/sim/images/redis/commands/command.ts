import type { Sys } from '../../../kernel/sys.js';
import type { RedisConfig } from '../config.js';
import { CommandError, type Database } from '../keyspace.js';
import type { Reply } from '../resp.js';

/** One client as the server knows it. */
export interface Session {
  readonly id: number;
  readonly address: string;
  database: number;
  name: string;
  authenticated: boolean;
  /** Commands kept since MULTI; undefined outside. */
  queued: string[][] | undefined;
  /** A kept command was wrong, so that EXEC refuses. */
  spoiled: boolean;
  readonly channels: Set<string>;
  readonly patterns: Set<string>;
  /** Sends something that nobody asked for just now. */
  push(reply: Reply): void;
}

/** What commands may know and do of their server. */
export interface Server {
  readonly sys: Sys;
  readonly config: RedisConfig;
  readonly databases: Database[];
  readonly sessions: ReadonlySet<Session>;
  /** Writes a dump. Gives what was wrong. */
  save(): string | undefined;
  saveInBackground(): void;
  rewriteLog(): void;
  lastSave(): number;
  info(section: string | undefined): string;
  resetStatistics(): void;
  /** Sends to all that listen. Gives how many they were. */
  publish(channel: string, message: string): number;
  shutdown(mode: 'save' | 'nosave' | undefined): void;
}

export interface Context {
  readonly server: Server;
  readonly session: Session;
  readonly database: Database;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/** A command as the server looks it up by its name in small letters. */
export interface Command {
  /** How many words, its name included; negative: at least so many. */
  readonly arity: number;
  /** Whether it may change what is kept. */
  readonly write?: true;
  run(context: Context, args: readonly string[]): Reply;
}

export type Commands = Readonly<Record<string, Command>>;

const NOT_INTEGER = 'ERR value is not an integer or out of range';

/** A word as a whole number. Throws `CommandError`. */
export function integer(word: string | undefined, problem = NOT_INTEGER): number {
  if (word === undefined || !/^-?(?:0|[1-9]\d{0,18})$/.test(word)) throw new CommandError(problem);
  return Number(word);
}

/** A word as a number with a fraction. Throws `CommandError`. */
export function decimal(word: string | undefined, problem = 'ERR value is not a valid float'): number {
  const text = (word ?? '').toLowerCase();
  if (/^[+-]?inf(?:inity)?$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new CommandError(problem);
  return value;
}

/** Words that a command does not take in that place. */
export function syntaxError(): CommandError {
  return new CommandError('ERR syntax error');
}

/** A number as Redis prints it. */
export function numberText(value: number): string {
  if (value === Infinity) return 'inf';
  return value === -Infinity ? '-inf' : String(value);
}

/** From where to where a range of places goes, negative ones counted from the end. */
export function rangeOf(from: number, to: number, length: number): [from: number, end: number] {
  const start = Math.max(from < 0 ? length + from : from, 0);
  return [start, Math.min((to < 0 ? length + to : to) + 1, length)];
}

/** A pattern of KEYS, PSUBSCRIBE and CONFIG GET as a regular expression. */
export function globPattern(glob: string): RegExp {
  const text = glob.replace(/\\(.)|\[(\^?)((?:\\.|[^\]])*)\]|[*?.+^${}()|\\[\]]/gs, (all, escaped, not, inside) => {
    if (escaped !== undefined) return /\w/.test(escaped) ? escaped : `\\${escaped}`;
    if (inside !== undefined) return `[${not}${inside}]`;
    return all === '*' ? '.*' : all === '?' ? '.' : `\\${all}`;
  });
  return new RegExp(`^${text}$`, 's');
}
