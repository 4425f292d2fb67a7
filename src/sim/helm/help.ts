import type { FlagSpec, FlagTable } from '../kubectl/cobra/flags.js';
import type { HelmCommand } from './command.js';
import { DEPRECATED_FLAGS } from './flag-table.js';

const TYPES: Readonly<Record<FlagSpec['kind'], string>> = {
  a: ' stringArray',
  b: '',
  d: ' duration',
  i: ' int',
  l: ' strings',
  s: ' string',
};

/** `helm install [NAME] [CHART] [flags]`. */
export function usageLine({ usage = '' }: Pick<HelmCommand, 'usage'>, path: string): string {
  return ['helm', path, usage, '[flags]'].filter((part) => part !== '').join(' ');
}

/** What `--help` prints: what the command is for, how it is used, its commands and flags. */
export function helpText(command: HelmCommand, path: string, table: FlagTable): string {
  const own = path === '' ? 'helm' : `helm ${path}`;
  const parts = [`\n${sentence(command.short)}\n`];
  parts.push(`Usage:\n  ${command.commands ? `${own} [command]` : usageLine(command, path)}\n`);
  if (command.aliases?.length) parts.push(`Aliases:\n  ${[command.name, ...command.aliases].join(', ')}\n`);
  if (command.commands) parts.push(commandList(command.commands));
  const shown = [...table.own, help(path)].filter(({ name }) => DEPRECATED_FLAGS[name] === undefined);
  parts.push(`Flags:\n${flagList(shown)}`);
  if (path !== '') {
    const mine = new Set(table.own.map(({ name }) => name));
    parts.push(`Global Flags:\n${flagList(table.all().filter(({ name }) => name !== 'help' && !mine.has(name)))}`);
  }
  if (command.commands) parts.push(`Use "${own} [command] --help" for more information about a command.\n`);
  return parts.join('\n');
}

function sentence(short: string): string {
  return `${short.charAt(0).toUpperCase()}${short.slice(1)}.`;
}

function help(path: string): FlagSpec {
  return { name: 'help', short: 'h', kind: 'b', default: `of ${path}`, alone: 'true' };
}

function commandList(commands: readonly HelmCommand[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length), 11);
  return `Available Commands:\n${commands.map(({ name, short }) => `  ${name.padEnd(width)} ${short}\n`).join('')}`;
}

function flagList(flags: readonly FlagSpec[]): string {
  return [...flags]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ short, name, kind, default: value, alone }) => {
      const letter = short ? `-${short}, ` : '    ';
      const bare = kind !== 'b' && alone !== undefined ? `[="${alone}"]` : '';
      const usual = kind === 'b' || value === '' ? '' : `   (default ${value})`;
      return `  ${letter}--${name}${TYPES[kind]}${bare}${usual}\n`;
    })
    .join('');
}
