import { expect, test } from 'vitest';
import { openSession } from '../terminal.js';

const SUSPEND = '\x1a';

// Typed at GNU bash 5.2.15 (--norc --noprofile, PS1='$ ') on Linux 6.18, in a real terminal.
test('what is sent to a stopped job takes effect when it goes on, and bash hears of it a prompt later', async () => {
  const session = openSession({ args: ['bash', '--norc', '--noprofile'] });
  const typed = [
    'sleep 3102\r',
    SUSPEND,
    'kill %1; echo $?\r',
    'echo a\r',
    'sleep 3103 &\r',
    'kill -HUP %1; echo $?\r',
    'echo b\r',
    'sleep 3104\r',
    SUSPEND,
    'kill -KILL %1\r',
    'echo c\r',
    'jobs\r',
  ];
  for (const text of typed) session.type(text);
  expect(await session.screen()).toEqual([
    '$ sleep 3102',
    '^Z',
    '[1]+  Stopped                 sleep 3102',
    '$ kill %1; echo $?',
    '0',
    '',
    '[1]+  Stopped                 sleep 3102',
    '$ echo a',
    'a',
    '[1]+  Terminated              sleep 3102',
    '$ sleep 3103 &',
    expect.stringMatching(/^\[1\] \d+$/),
    '$ kill -HUP %1; echo $?',
    '0',
    '$ echo b',
    'b',
    '[1]+  Hangup                  sleep 3103',
    '$ sleep 3104',
    '^Z',
    '[1]+  Stopped                 sleep 3104',
    '$ kill -KILL %1',
    '',
    '[1]+  Stopped                 sleep 3104',
    '$ echo c',
    'c',
    '[1]+  Killed                  sleep 3104',
    '$ jobs',
    '$ ',
  ]);
});
