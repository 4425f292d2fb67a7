import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import type { OwnShell } from './real-cluster.js';

export interface OwnShellOptions {
  /** The attempt's folder: the shell begins there, and what it reads first is kept there. */
  readonly folder: string;
  readonly kubeconfig: string;
  /** The person's environment. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A folder of programs that come before all others. */
  readonly programs?: string;
}

const FOLDER = '.shell';

/**
 * The person's own shell, with all that is their own, and besides the cluster's KUBECONFIG. bash and zsh also get `k` and
 * kubectl's completion; of others only the environment is known.
 */
export function ownShell({ folder, kubeconfig, environment, programs }: OwnShellOptions): OwnShell {
  const command = environment['SHELL'] || '/bin/sh';
  const path = programs === undefined ? {} : { PATH: [programs, environment['PATH']].filter(Boolean).join(delimiter) };
  const added = { KUBECONFIG: kubeconfig, ...path };
  const place = join(folder, FOLDER);
  switch (basename(command)) {
    case 'bash': {
      mkdirSync(place, { recursive: true, mode: 0o700 });
      const file = join(place, 'bashrc');
      writeFileSync(file, bashrc(added), { mode: 0o600 });
      return { command, args: ['--rcfile', file, '-i'], environment: added, folder };
    }
    case 'zsh': {
      mkdirSync(place, { recursive: true, mode: 0o700 });
      const own = environment['ZDOTDIR'] || environment['HOME'] || homedir();
      writeFileSync(join(place, '.zshenv'), sourced(join(own, '.zshenv')), { mode: 0o600 });
      writeFileSync(join(place, '.zshrc'), zshrc(own, added), { mode: 0o600 });
      return { command, args: ['-i'], environment: { ...added, ZDOTDIR: place }, folder };
    }
    default:
      return { command, args: ['-i'], environment: added, folder };
  }
}

/** The person's own file may set what is set here, so it is set again. */
function bashrc(added: Readonly<Record<string, string>>): string {
  return `${sourced('~/.bashrc')}${exports(added)}alias k=kubectl
if type kubectl >/dev/null 2>&1; then
  source <(kubectl completion bash 2>/dev/null)
  complete -o default -F __start_kubectl k 2>/dev/null
fi
`;
}

function zshrc(own: string, added: Readonly<Record<string, string>>): string {
  return `ZDOTDIR=${quoted(own)}
${sourced(join(own, '.zshrc'))}${exports(added)}alias k=kubectl
if type kubectl >/dev/null 2>&1; then
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -u; }
  source <(kubectl completion zsh 2>/dev/null)
  compdef k=kubectl 2>/dev/null
fi
`;
}

function exports(added: Readonly<Record<string, string>>): string {
  return Object.entries(added)
    .map(([name, value]) => `export ${name}=${quoted(value)}\n`)
    .join('');
}

function sourced(path: string): string {
  const file = path.startsWith('~/') ? `~/${quoted(path.slice(2))}` : quoted(path);
  return `[ -r ${file} ] && source ${file}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
