import { beforeAll, describe, expect, it } from 'vitest';
import { CommandLine } from './commands.js';

/** What a node has by which name, as Ubuntu has it: each row is a line and all that it prints. */
const ROWS: readonly (readonly [line: string, prints: string])[] = [
  ['readlink /bin/sh', 'dash\n'],
  ["sh -c 'echo $0; [[ a ]]'", 'sh\nsh: 1: [[: not found\n'],
  ["printf '#!/bin/sh\\nset -o pipefail\\n' > s; chmod +x s; ./s; rm s", './s: 2: set: Illegal option -o pipefail\n'],
  ["bash -c '[[ a ]] && echo $0'", 'bash\n'],
  ['getent passwd root | cut -d: -f7', '/bin/bash\n'],
  ['awk \'BEGIN { system("echo ${x^}") }\'', 'sh: 1: Bad substitution\n'],
  [
    'bash -ic "complete -p kubectl k; type -t __start_kubectl" 2>/dev/null',
    'complete -o default -F __start_kubectl kubectl\ncomplete -o default -F __start_kubectl k\nfunction\n',
  ],
  ['kubectl completion bash | cmp - /etc/bash_completion.d/kubectl && echo same', 'same\n'],
];

describe('programs of a node', () => {
  let commands: CommandLine;
  beforeAll(() => {
    commands = new CommandLine('host-programs');
  }, 120_000);
  it.each(ROWS)('%s', (line, prints) => {
    expect(commands.run(line)).toBe(prints);
  });
});
