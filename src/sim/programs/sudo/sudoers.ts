import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { findGroup, type User } from '../../kernel/libc/accounts.js';
import type { Sys } from '../../kernel/sys.js';

/** One `who hosts=(runas) commands` of sudoers, for one command. */
export interface Rule {
  readonly who: string;
  readonly hosts: readonly string[];
  readonly users: readonly string[];
  readonly groups: readonly string[];
  readonly password: boolean;
  readonly command: string;
  /** The bracketed part as `sudo -l` shows it. */
  readonly runAs: string;
}

export interface Sudoers {
  readonly rules: readonly Rule[];
  readonly defaults: readonly string[];
  readonly securePath: string | undefined;
  /** The first line that cannot be understood. */
  readonly error: { readonly path: string; readonly line: number } | undefined;
}

/** Reads /etc/sudoers and what it includes. */
export function readSudoers(sys: Sys): Sudoers {
  const state = { rules: [] as Rule[], defaults: [] as string[], error: undefined as Sudoers['error'] };
  readFile(sys, '/etc/sudoers', state, 0);
  const path = state.defaults
    .map((entry) => /^secure_path\s*=\s*"?([^"]*)"?$/.exec(entry)?.[1])
    .findLast((value) => value !== undefined);
  return { ...state, securePath: path };
}

interface State {
  readonly rules: Rule[];
  readonly defaults: string[];
  error: Sudoers['error'];
}

function readFile(sys: Sys, path: string, state: State, depth: number): void {
  const text = readText(sys, path);
  if (text === undefined || depth > 8) return;
  const lines = text.replace(/\\\n/g, ' ').split('\n');
  for (const [at, raw] of lines.entries()) {
    const include = /^[@#]include(dir)?\s+(\S+)/.exec(raw);
    if (include) {
      for (const file of include[1] ? filesIn(sys, include[2] ?? '') : [include[2] ?? ''])
        readFile(sys, file, state, depth + 1);
      continue;
    }
    const line = raw.replace(/(^|\s)#.*$/, '').trim();
    if (line === '') continue;
    const defaults = /^Defaults\S*\s+(.*)$/.exec(line);
    if (defaults) state.defaults.push(...(defaults[1] ?? '').split(/,\s*(?=[a-z!])/));
    else if (/^\w+_Alias\s/.test(line)) continue;
    else if (!addRules(line, state.rules)) state.error ??= { path, line: at + 1 };
  }
}

function filesIn(sys: Sys, directory: string): string[] {
  try {
    const names = sys.readDirectory(directory).map(({ name }) => name);
    return names
      .filter((name) => !name.includes('.') && !name.endsWith('~'))
      .sort()
      .map((name) => `${directory}/${name}`);
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

function addRules(line: string, rules: Rule[]): boolean {
  const [, who, hosts, rest] = /^(\S+)\s+([^=]+?)\s*=\s*(.+)$/.exec(line) ?? [];
  if (who === undefined || hosts === undefined || rest === undefined) return false;
  let runAs = 'root';
  let password = true;
  for (const part of rest.split(/\s*,\s*/)) {
    const bracketed = /^\(([^)]*)\)\s*(.*)$/.exec(part);
    if (bracketed) runAs = (bracketed[1] ?? '').replace(/\s/g, '');
    let command = bracketed ? (bracketed[2] ?? '') : part;
    for (let tag = /^([A-Z]+):\s*(.*)$/.exec(command); tag; tag = /^([A-Z]+):\s*(.*)$/.exec(command)) {
      if (tag[1] === 'NOPASSWD') password = false;
      if (tag[1] === 'PASSWD') password = true;
      command = tag[2] ?? '';
    }
    if (command === '') return false;
    const [users = '', groups = ''] = runAs.split(':');
    rules.push({
      who,
      hosts: hosts.split(/\s*,\s*/),
      users: users.split(','),
      groups: groups.split(','),
      password,
      command,
      runAs,
    });
  }
  return true;
}

/** The rules for a person on this machine, in the order written; the last that fits a command decides. */
export function rulesFor(sys: Sys, { rules }: Sudoers, user: User, gids: readonly number[]): Rule[] {
  const host = sys.hostname();
  return rules.filter(({ who, hosts }) => {
    if (!hosts.some((name) => name === 'ALL' || name === host)) return false;
    if (who === 'ALL' || who === user.name || who === `#${user.uid}`) return true;
    if (!who.startsWith('%')) return false;
    const group = findGroup(sys, who.slice(1));
    return group !== undefined && gids.includes(group.gid);
  });
}

/** Whether a rule lets somebody run this command as that user. */
export function ruleAllows({ users, command }: Rule, target: User, path: string, args: readonly string[]): boolean {
  if (!users.some((name) => name === 'ALL' || name === target.name || (name === '' && target.uid === 0))) return false;
  const negated = command.startsWith('!');
  const [file = '', ...words] = command.replace(/^!/, '').split(/\s+/);
  const fitsFile = file === 'ALL' || file === path || (file.endsWith('/') && path.startsWith(file));
  const fits = fitsFile && (words.length === 0 || words.join(' ') === (args.length === 0 ? '""' : args.join(' ')));
  return fits && !negated;
}

function readText(sys: Sys, path: string): string | undefined {
  try {
    return decodeText(sys.readFile(path));
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}
