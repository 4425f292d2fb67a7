import { expect, test } from 'vitest';
import { lintSubject } from '../../../src/checker/lint.js';
import type { Subject } from '../../../src/checker/rubric.js';
import { judged, saying } from '../graded.js';

const unit = (wanted: object): Subject => ({ unit: { host: 'node01', name: 'kubelet', ...wanted } });
const shown = (LoadState: string, ActiveState: string, UnitFileState: string, NeedDaemonReload = 'no') => ({
  run: () => ({
    stdout: Object.entries({ LoadState, ActiveState, UnitFileState, NeedDaemonReload })
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  }),
});
const WELL = shown('loaded', 'active', 'enabled');
const DEAD = shown('loaded', 'failed', 'disabled', 'yes');
const NONE = shown('not-found', 'inactive', '');
const MASKED = shown('masked', 'inactive', 'masked');

test.each<[object, ReturnType<typeof shown>, string]>([
  [{ active: true }, WELL, '✓ kubelet active / kubelet active'],
  [{ active: true }, DEAD, '✗ kubelet active / kubelet failed'],
  [{ active: true }, NONE, '✗ kubelet active / kubelet inactive'],
  [{ active: true }, shown('loaded', 'activating', 'enabled'), '✗ kubelet active / kubelet activating'],
  [{ active: false }, WELL, '✗ kubelet not active / kubelet active'],
  [{ active: false }, DEAD, '✓ kubelet not active / kubelet failed'],
  [{ enabled: true }, WELL, '✓ kubelet enabled / kubelet enabled'],
  [{ enabled: true }, MASKED, '✗ kubelet enabled / kubelet masked'],
  [{ enabled: true }, shown('loaded', 'active', 'enabled-runtime'), '✓ kubelet enabled / kubelet enabled-runtime'],
  [{ enabled: true }, NONE, '✗ kubelet enabled / kubelet not found'],
  [{ enabled: false }, DEAD, '✓ kubelet not enabled / kubelet disabled'],
  [{ enabled: false }, WELL, '✗ kubelet not enabled / kubelet enabled'],
  [{ active: true, enabled: true }, shown('loaded', 'active', 'disabled'), '✗ kubelet enabled / kubelet disabled'],
  [{ active: true, enabled: false }, shown('loaded', 'failed', 'disabled'), '✗ kubelet active / kubelet failed'],
  [{ masked: true }, MASKED, '✓ kubelet masked / kubelet masked'],
  [{ masked: true }, shown('masked', 'inactive', ''), '✓ kubelet masked / kubelet unknown'],
  [{ masked: true }, WELL, '✗ kubelet masked / kubelet enabled'],
  [{ masked: false }, MASKED, '✗ kubelet not masked / kubelet masked'],
  [{ failed: true }, DEAD, '✓ kubelet failed / kubelet failed'],
  [{ failed: false }, DEAD, '✗ kubelet not failed / kubelet failed'],
  [{ failed: false }, WELL, '✓ kubelet not failed / kubelet active'],
  [{ exists: true }, WELL, '✓ kubelet exists / kubelet loaded'],
  [{ exists: true }, NONE, '✗ kubelet exists / kubelet not found'],
  [{ exists: false }, NONE, '✓ kubelet not there / kubelet not found'],
  [{ exists: false }, WELL, '✗ kubelet not there / kubelet loaded'],
  [{ reloaded: true }, WELL, '✓ kubelet known to systemd as it is / kubelet known to systemd as it is'],
  [{ reloaded: true }, DEAD, '✗ kubelet known to systemd as it is / kubelet changed since systemd read it'],
  [{ reloaded: false }, DEAD, '✓ kubelet changed since systemd read it / kubelet changed since systemd read it'],
])('%j %#: %s', async (wanted, content, says) => {
  expect(await saying(unit(wanted), content)).toBe(says);
});

test('a host on which nobody tells of units leaves it undecided', async () => {
  const run = () => ({ code: 1, stderr: 'System has not been booted with systemd as init system\n' });
  const { result } = await judged(unit({ active: false }), { run });
  expect(result).toMatchObject({ undecided: true, passed: false });
  expect(result.found).toBe(
    'systemd on cka1-node1 does not tell of kubelet: System has not been booted with systemd as init system',
  );
});

test.each<[object, string]>([
  [{}, '/unit: says nothing of the unit: exists, active, enabled, masked, failed, reloaded'],
  [{ active: true }, ''],
])('lint %j: %s', (wanted, says) => {
  const problems: string[] = [];
  lintSubject(unit(wanted), '', (path, message) => problems.push(`${path}: ${message}`));
  expect(problems.join('\n')).toBe(says);
});
