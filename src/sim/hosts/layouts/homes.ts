import type { FileTree } from '../file-tree/file-tree.js';
import type { Person } from './accounts.js';
import { READS_COMPLETION } from './bash-completion.js';

const PROFILE = `# ~/.profile: read by login shells.
if [ -n "$BASH_VERSION" ]; then
    if [ -f "$HOME/.bashrc" ]; then
	. "$HOME/.bashrc"
    fi
fi
if [ -d "$HOME/bin" ] ; then
    PATH="$HOME/bin:$PATH"
fi
if [ -d "$HOME/.local/bin" ] ; then
    PATH="$HOME/.local/bin:$PATH"
fi
`;

const BASHRC = `# ~/.bashrc: read by bash when it is interactive and no login shell.
case $- in
    *i*) ;;
      *) return;;
esac

HISTCONTROL=ignoreboth
HISTSIZE=1000
HISTFILESIZE=2000
shopt -s histappend
shopt -s checkwinsize

case "$TERM" in
    xterm-color|*-256color) color_prompt=yes;;
esac
if [ "$color_prompt" = yes ]; then
    PS1='\\[\\033[01;32m\\]\\u@\\h\\[\\033[00m\\]:\\[\\033[01;34m\\]\\w\\[\\033[00m\\]\\$ '
else
    PS1='\\u@\\h:\\w\\$ '
fi
unset color_prompt

alias ls='ls --color=auto'
alias grep='grep --color=auto'
alias ll='ls -alF'
alias la='ls -A'
alias l='ls -CF'

if [ -f ~/.bash_aliases ]; then
    . ~/.bash_aliases
fi

${READS_COMPLETION}`;

/** What the exam's hosts have set up: kubectl under its short name, completing like the long one, which is set up for all. */
const EXAM_ALIASES = `alias k=kubectl
complete -o default -F __start_kubectl k
`;

/** A pair as ssh-keygen makes it; what counts is that the server's list names the public half. */
export interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** A home directory: whose, where, and what is in it. */
interface Home {
  readonly path: string;
  readonly uid: number;
  readonly mode: number;
}

/** Puts the start files of bash, the ssh keys and the lists of accepted keys into everybody's home. */
export function putHomes(
  tree: FileTree,
  people: readonly Person[],
  options: { readonly exam: boolean; readonly key: KeyPair | undefined; readonly authorized: readonly string[] },
): void {
  for (const [name, text] of [
    ['.bashrc', BASHRC],
    ['.profile', PROFILE],
    ['.bash_logout', 'if [ "$SHLVL" = 1 ]; then\n    [ -x /usr/bin/clear ] && /usr/bin/clear -q\nfi\n'],
  ] as const)
    tree.put(`/etc/skel/${name}`, text);
  tree.putDirectory('/home');
  const homes: readonly Home[] = [
    { path: '/root', uid: 0, mode: 0o700 },
    ...people.map(({ name, uid }) => ({ path: `/home/${name}`, uid, mode: 0o750 })),
  ];
  for (const home of homes) putHome(tree, home, options);
}

function putHome(tree: FileTree, { path, uid, mode }: Home, options: Parameters<typeof putHomes>[2]): void {
  const own = { owner: uid, group: uid };
  tree.putDirectory(path, { ...own, mode });
  tree.put(`${path}/.bashrc`, BASHRC, own);
  tree.put(`${path}/.profile`, PROFILE, own);
  if (options.exam) tree.put(`${path}/.bash_aliases`, EXAM_ALIASES, own);
  tree.putDirectory(`${path}/.ssh`, { ...own, mode: 0o700 });
  const accepted = options.authorized.map((key) => `${key}\n`).join('');
  tree.put(`${path}/.ssh/authorized_keys`, accepted, { ...own, mode: 0o600 });
  if (!options.key) return;
  tree.put(`${path}/.ssh/id_ed25519`, options.key.privateKey, { ...own, mode: 0o600 });
  tree.put(`${path}/.ssh/id_ed25519.pub`, `${options.key.publicKey}\n`, own);
}
