import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from './engine.js';
import type { KindHost } from './shape.js';

/**
 * A folder with an `ssh` that leads to the nodes' containers by any of their names, and to the person's own ssh for all
 * other hosts. Tasks say "ssh NODE", and one lands there as the user of tasks who may become root.
 */
export function sshShim(folder: string, engine: Pick<Engine, 'path'>, hosts: readonly KindHost[]): string {
  const programs = join(folder, 'bin');
  mkdirSync(programs, { recursive: true, mode: 0o700 });
  const file = join(programs, 'ssh');
  writeFileSync(file, shimText(programs, engine.path, hosts));
  chmodSync(file, 0o700);
  return programs;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function shimText(programs: string, engine: string, hosts: readonly KindHost[]): string {
  const cases = hosts.map(
    ({ name, base, container }) =>
      `  ${[...new Set([name, base])].map(quoted).join('|')}) container=${quoted(container)} ;;`,
  );
  return `#!/bin/sh
# kubedrill: nodes of this cluster are containers; every other host is your own ssh's.
original() {
  PATH=$(printf '%s' "$PATH" | tr ':' '\\n' | grep -vxF ${quoted(programs)} | paste -sd : -)
  export PATH
  exec ssh "$@"
}
user=candidate
found=0
skip=0
for argument do
  found=$((found + 1))
  if test "$skip" = 1; then skip=0; continue; fi
  case $argument in
    -l) skip=1 ;;
    -[BbcDEeFIiJLmOopQRSWw]) skip=1 ;;
    -*) ;;
    *) break ;;
  esac
done
target=\${argument-}
case $target in
  *@*) user=\${target%%@*}; target=\${target#*@} ;;
esac
container=
case $target in
${cases.join('\n')}
esac
test -n "$container" || original "$@"
if test "$1" = -l; then user=$2; fi
shift "$found"
case $user in root|candidate) ;; *) user=candidate ;; esac
home=/home/$user
test "$user" = candidate || home=/root
set_up() {
  if test -t 0 && test -t 1; then tty=-it; else tty=-i; fi
  exec ${quoted(engine)} exec "$tty" --user "$user" --workdir "$home" \\
    --env HOME="$home" --env USER="$user" --env LOGNAME="$user" --env KUBECONFIG="$home/.kube/config" \\
    --env TERM="\${TERM:-xterm}" "$container" bash -l "$@"
}
if test $# -eq 0; then set_up; else set_up -c "$*"; fi
`;
}
