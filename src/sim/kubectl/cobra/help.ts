import type { Command } from './command.js';
import { DEPRECATED_FLAGS } from './flag-table.js';
import { type FlagSpec, FlagTable } from './flags.js';
import { USAGE } from './usage-table.js';

const GLOBAL_HINT = 'Use "kubectl options" for a list of global command-line options (applies to all commands).\n';

/** What `--help` prints: what the command is for, how it is used, its flags with their defaults. */
export function helpText(command: Command, path: string): string {
  if (!command.run) return groupHelp(command, path);
  const parts = [`${command.short}\n`];
  if (command.commands) parts.push(commandList(command));
  const flags = new FlagTable(path).own.filter(({ name }) => DEPRECATED_FLAGS[name] === undefined);
  if (flags.length > 0) parts.push(`Options:\n${flags.map(flagText).join('')}`);
  parts.push(`Usage:\n  kubectl ${USAGE[path] ?? path}\n`, GLOBAL_HINT);
  return parts.join('\n');
}

/** What a group of commands prints of itself. */
export function groupHelp(command: Command, path: string): string {
  const own = path === '' ? 'kubectl' : `kubectl ${path}`;
  const aliases = command.aliases?.length ? [`Aliases:\n${[command.name, ...command.aliases].join(', ')}\n`] : [];
  const usage = path === '' ? '[flags] [options]' : (USAGE[path] ?? '').slice(path.length + 1);
  return [
    `${command.short}\n`,
    ...aliases,
    commandList(command),
    `Usage:\n  ${own} ${usage}\n`,
    `Use "${own} <command> --help" for more information about a given command.\n${GLOBAL_HINT}`,
  ].join('\n');
}

function commandList(group: Command): string {
  const commands = (group.commands ?? []).filter(({ hidden }) => !hidden);
  const width = Math.max(...commands.map(({ name }) => name.length)) + 3;
  const rows = commands.map(({ name, short }) => `  ${name.padEnd(width)}${short}\n`);
  return `Available Commands:\n${rows.join('')}`;
}

/** One flag as help lists it. */
export function flagText({ short, name, kind, default: value }: FlagSpec): string {
  const shown = kind === 's' ? `'${value}'` : kind === 'l' || kind === 'a' ? `[${value}]` : value;
  return `    ${short ? `-${short}, ` : ''}--${name}=${shown}\n`;
}
