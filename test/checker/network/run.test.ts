import { expect, test } from 'vitest';
import { runThere } from '../../../src/checker/network/run.js';
import { proberOf } from './prober.js';

const NEVER = 'nothing could be tried from shop/a:';

test.each<[number, string, string]>([
  [0, '', 'ran: 0'],
  [1, 'refused', 'ran: 1'],
  [124, '', 'ran: 124'],
  // A program may speak of others that are not there.
  [0, 'sh: x: command not found', 'ran: 0'],
  [1, 'exec: "nc": executable file not found in $PATH', 'no program'],
  [255, 'exec failed: no such file or directory: unknown', 'no program'],
  // Some are built without what is asked of them.
  [1, "nc: invalid option -- 'v'\nBusyBox v1.35.0", 'no program'],
  [1, 'nc: bad address', 'ran: 1'],
  [126, '', 'no program'],
  [127, '', 'no program'],
  [255, 'container not found\n', `${NEVER} container not found`],
  [255, '', `${NEVER} it does not answer`],
])('what ends with %i and says %j: %s', async (code, stderr, outcome) => {
  const said = await runThere(
    proberOf(() => ({ code, stderr })),
    ['nc'],
    5,
  ).then(
    (result) => (result ? `ran: ${result.code}` : 'no program'),
    (error: Error) => error.message,
  );
  expect(said).toBe(outcome);
});
