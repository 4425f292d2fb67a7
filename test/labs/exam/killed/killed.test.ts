import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleScript } from '../../../../scripts/tooling/bundle-script.mjs';
import { chances } from '../../../../src/labs/exam/chance.js';
import { temporaryFolder } from '../../home-folder.js';
import { sitKilled } from './kill.js';

test('an exam that is killed again and again has lost nothing, and comes to the same', {
  timeout: 240_000,
}, async () => {
  const candidate = await bundleScript(join(import.meta.dirname, 'sit.ts'));
  await expect(sitKilled(candidate, temporaryFolder(), 3, chances('exam'))).resolves.toBeGreaterThan(0);
});
