import type { FileTree } from '../file-tree/file-tree.js';

const FOLDER = '/usr/share/bash-completion';

/** Reads what is set up for all commands, and has the file of a command read when its words are first completed. */
const MAIN = `# Programmable completion for interactive shells of everybody.
_completion_loader()
{
    local name=\${1##*/} folder
    for folder in "\${XDG_DATA_HOME:-$HOME/.local/share}" /usr/local/share /usr/share; do
        [ -f "$folder/bash-completion/completions/$name" ] || continue
        . "$folder/bash-completion/completions/$name" && return 124
    done
    complete -o bashdefault -o default "\${1:-_EmptycmD_}" && return 124
}
complete -D -F _completion_loader

if [ -d /etc/bash_completion.d ] && [ -r /etc/bash_completion.d ] && [ -x /etc/bash_completion.d ]; then
    for i in /etc/bash_completion.d/*; do
        [ -f "$i" ] && [ -r "$i" ] && . "$i"
    done
    unset i
fi
`;

/** Put into everybody's .bashrc, as Ubuntu has it. */
export const READS_COMPLETION = `if ! shopt -oq posix; then
  if [ -f ${FOLDER}/bash_completion ]; then
    . ${FOLDER}/bash_completion
  elif [ -f /etc/bash_completion ]; then
    . /etc/bash_completion
  fi
fi
`;

/** The package bash-completion, and one file for each command that completes its words; `scripts` are their texts. */
export function putCompletion(tree: FileTree, scripts: Readonly<Record<string, string>>): void {
  tree.putDirectory('/etc/bash_completion.d');
  tree.putDirectory(`${FOLDER}/completions`);
  tree.put(`${FOLDER}/bash_completion`, MAIN);
  tree.put('/etc/bash_completion', `. ${FOLDER}/bash_completion\n`);
  for (const [command, text] of Object.entries(scripts)) tree.put(`/etc/bash_completion.d/${command}`, text);
}
