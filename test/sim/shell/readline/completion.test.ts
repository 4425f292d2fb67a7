import { describe, expect, test } from 'vitest';
import { openSession } from '../terminal.js';

const files = { 'alpha.txt': '', 'beta one': '', 'beta two': '' };

async function lineAfter(typed: readonly string[], before: readonly string[] = []): Promise<string> {
  const session = openSession({ files });
  for (const line of ['mkdir dir; touch dir/inner', ...before]) session.type(`${line}\r`);
  for (const keys of typed) session.type(keys);
  return (await session.screen()).at(-1)?.replace(/^\$ /, '') ?? '';
}

const rows: readonly (readonly [name: string, typed: string, line: string, before?: readonly string[]])[] = [
  ['a built-in', 'mapf\tX', 'mapfile X'],
  ['a program in PATH', 'basen\tX', 'basename X'],
  ['a function', 'my_fun\tX', 'my_function X', ['my_function() { :; }']],
  ['an alias', 'my_al\tX', 'my_alias X', ['alias my_alias=ls']],
  ['a command after a pipe', 'ls | basen\tX', 'ls | basename X'],
  ['a file', 'cat al\tX', 'cat alpha.txt X'],
  ['a directory gets a slash', 'ls di\tX', 'ls dir/X'],
  ['a file in a directory', 'ls dir/in\tX', 'ls dir/inner X'],
  ['blanks are quoted', 'cat be\tX', 'cat beta\\ X'],
  ['an open quote is closed', 'cat "beta o\tX', 'cat "beta one" X'],
  ['after a redirection', 'echo >al\tX', 'echo >alpha.txt X'],
  ['after an equals sign', 'x=al\tX', 'x=alpha.txt X'],
  ['a variable', 'echo $HISTFILES\tX', 'echo $HISTFILESIZE X'],
  ['a variable in braces', 'echo ${HISTFILES\tX', 'echo ${HISTFILESIZE} X'],
  ['a command in a substitution', 'echo $(basen\tX', 'echo $(basename X'],
  ['complete -W', 'fruit ban\tX', 'fruit banana X', ["complete -W 'apple banana' fruit"]],
  [
    'complete -F',
    'tool get po\tX',
    'tool get pods X',
    ['_tool() { COMPREPLY=($(compgen -W "pods services" -- "${COMP_WORDS[COMP_CWORD]}")); }; complete -F _tool tool'],
  ],
  [
    'complete -F with nospace',
    'tool a\tX',
    'tool a=X',
    ['_tool() { COMPREPLY=(a=); }; complete -o nospace -F _tool tool'],
  ],
  [
    'complete -F splits at =',
    'tool --ns=ku\tX',
    'tool --ns=kube-system X',
    ['_tool() { [ "$3" = = ] && COMPREPLY=($(compgen -W "kube-system default" -- "$2")); }; complete -F _tool tool'],
  ],
  ['complete -C', 'tool x\tX', 'tool xyz X', ["complete -C 'echo xyz #' tool"]],
  [
    'complete -o default falls back to files',
    'tool al\tX',
    'tool alpha.txt X',
    ['_tool() { :; }; complete -o default -F _tool tool'],
  ],
  [
    'complete -D sets up a command when its words are first completed',
    'tool ge\tX',
    'tool get=X',
    [`_load() { complete -o nospace -W 'get=' "$1"; return 124; }; complete -D -F _load`],
  ],
  [
    'complete -D that sets nothing up',
    'tool al\tX',
    'tool alpha.txt X',
    [`_load() { complete -o default "$1"; return 124; }; complete -D -F _load`],
  ],
  ['an alias with completion of its own', 'k ge\tX', 'k get X', ['alias k=tool; complete -W "get delete" k']],
];

describe('Tab', () => {
  test.each(rows.map((row) => [row[0], row] as const))('%s', async (_name, [, typed, line, before = []]) => {
    expect(await lineAfter([typed], before)).toBe(line);
  });

  test('lists what is possible when pressed twice', async () => {
    const session = openSession({ files });
    session.type('cat \t\t');
    expect(await session.screen()).toEqual(['$ cat ', 'alpha.txt  beta one   beta two', '$ cat ']);
  });

  test('asks before listing very many', async () => {
    const session = openSession();
    session.type('\t\t');
    expect((await session.screen()).at(-1)).toMatch(/^Display all \d+ possibilities\? \(y or n\)$/);
    session.type('n');
    expect((await session.screen()).at(-1)).toBe('$ ');
  });
});
