import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { realClients } from './real-kubectl.js';

const { kubectl, helm, reason } = realClients();

test('the real clients are the versions that the recorded outputs speak of', (context) => {
  if (kubectl === undefined) return context.skip(reason);
  const asked = JSON.parse(execFileSync(kubectl, ['version', '--client', '-o', 'json'], { encoding: 'utf8' }));
  expect(asked.clientVersion.gitVersion).toMatch(/^v1\.36\./);
  expect(execFileSync(helm, ['version', '--short'], { encoding: 'utf8' })).toMatch(/^v4\.2\./);
});
