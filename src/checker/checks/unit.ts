import type { Verdict } from '../condition.js';
import { flag, map, orVariant, text } from '../schema/words.js';
import type { CheckKind } from '../subject.js';

interface UnitSubject {
  readonly unit: {
    readonly host: string;
    readonly name: string;
    readonly active?: boolean;
    readonly enabled?: boolean;
  };
}

/** A systemd unit's state. */
export const unit: CheckKind<UnitSubject> = {
  field: 'unit',
  schema: map(
    {
      host: text('The host it is on, by its base name.', { examples: ['controlplane', 'node01'] }),
      name: text('The name of the unit, such as kubelet.', { examples: ['kubelet', 'containerd'] }),
      active: orVariant(flag('Whether the unit must be running now.')),
      enabled: orVariant(flag('Whether the unit must start at boot.')),
    },
    ['host', 'name'],
    'The state of a systemd unit on a host.',
  ),
  needs: () => ['hosts', 'systemd'],
  async judge({ unit: { host: base, name, active, enabled } }, { cluster, host }) {
    const ask = async (question: string): Promise<string> =>
      (await cluster.run(host(base), 'root', ['systemctl', question, name])).stdout.trim() || 'unknown';
    const wanted: [string, boolean | undefined, string, string][] = [
      ['is-active', active, 'active', 'not active'],
      ['is-enabled', enabled, 'enabled', 'not enabled'],
    ];
    let last: Verdict = { passed: true, expected: `${name} is known`, found: 'it is' };
    for (const [question, want, word, otherwise] of wanted) {
      if (want === undefined) continue;
      const state = await ask(question);
      last = {
        passed: (state === word) === want,
        expected: `${name} ${want ? word : otherwise}`,
        found: `${name} ${state}`,
      };
      if (!last.passed) return last;
    }
    return last;
  },
};
