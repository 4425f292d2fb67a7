import type { Verdict } from '../condition.js';
import { UndecidedError } from '../objects.js';
import { flag, map, orVariant, text } from '../schema/words.js';
import type { CheckKind, Report } from '../subject.js';
import { lastLine } from '../words.js';

interface UnitSubject {
  readonly unit: {
    readonly host: string;
    readonly name: string;
    readonly exists?: boolean;
    readonly active?: boolean;
    readonly enabled?: boolean;
    readonly masked?: boolean;
    readonly failed?: boolean;
    /** Systemd knows the unit's file as it is now. */
    readonly reloaded?: boolean;
  };
}

type Properties = Readonly<Record<string, string>>;

/** What a unit may be, how systemd says that it is, and the words for both. */
const STATES: readonly {
  readonly name: 'exists' | 'active' | 'enabled' | 'masked' | 'failed' | 'reloaded';
  readonly holds: (unit: Properties) => boolean;
  readonly words: readonly [yes: string, no: string];
  readonly found: (unit: Properties) => string;
}[] = [
  {
    name: 'exists',
    holds: ({ LoadState }) => LoadState !== 'not-found',
    words: ['exists', 'not there'],
    found: ({ LoadState = '' }) => (LoadState === 'not-found' ? 'not found' : LoadState),
  },
  {
    name: 'active',
    holds: ({ ActiveState }) => ActiveState === 'active',
    words: ['active', 'not active'],
    found: ({ ActiveState = '' }) => ActiveState,
  },
  {
    name: 'enabled',
    holds: ({ UnitFileState }) => UnitFileState === 'enabled' || UnitFileState === 'enabled-runtime',
    words: ['enabled', 'not enabled'],
    found: ({ UnitFileState = '' }) => UnitFileState,
  },
  {
    name: 'masked',
    holds: ({ UnitFileState, LoadState }) => LoadState === 'masked' || UnitFileState === 'masked',
    words: ['masked', 'not masked'],
    found: ({ UnitFileState = '' }) => UnitFileState,
  },
  {
    name: 'failed',
    holds: ({ ActiveState }) => ActiveState === 'failed',
    words: ['failed', 'not failed'],
    found: ({ ActiveState = '' }) => ActiveState,
  },
  {
    name: 'reloaded',
    holds: ({ NeedDaemonReload }) => NeedDaemonReload !== 'yes',
    words: ['known to systemd as it is', 'changed since systemd read it'],
    found: ({ NeedDaemonReload }) =>
      NeedDaemonReload === 'yes' ? 'changed since systemd read it' : 'known to systemd as it is',
  },
];

/** A systemd unit's state. */
export const unit: CheckKind<UnitSubject> = {
  field: 'unit',
  schema: map(
    {
      host: text('The host it is on, by its base name.', { examples: ['controlplane', 'node01'] }),
      name: text('The name of the unit, such as kubelet.', { examples: ['kubelet', 'containerd'] }),
      exists: orVariant(flag('Whether there must be such a unit.')),
      active: orVariant(flag('Whether the unit must be running now.')),
      enabled: orVariant(flag('Whether the unit must start at boot.')),
      masked: orVariant(flag('Whether the unit must be masked.')),
      failed: orVariant(flag('Whether the unit must have failed.')),
      reloaded: orVariant(flag('Whether systemd must have read its files as they are now.')),
    },
    ['host', 'name'],
    'The state of a systemd unit on a host.',
  ),
  needs: () => ['nodes-root'],
  lint,
  async judge({ unit: wanted }, { cluster, host }) {
    const { name } = wanted;
    const argv = ['systemctl', 'show', '-p', 'LoadState,ActiveState,UnitFileState,NeedDaemonReload', name];
    const { stdout, stderr } = await cluster.run(host(wanted.host), 'root', argv);
    const properties = Object.fromEntries(stdout.split('\n').map(property));
    if (properties['LoadState'] === undefined)
      throw new UndecidedError(`systemd on ${host(wanted.host)} does not tell of ${name}: ${lastLine(stderr)}`);
    const verdicts = STATES.filter((state) => wanted[state.name] !== undefined).map((state): Verdict => {
      const want = wanted[state.name] as boolean;
      return {
        passed: state.holds(properties) === want,
        expected: `${name} ${state.words[want ? 0 : 1]}`,
        found: `${name} ${state.found(properties) || (properties['LoadState'] === 'not-found' ? 'not found' : 'unknown')}`,
      };
    });
    return (
      verdicts.find(({ passed }) => !passed) ??
      verdicts.at(-1) ?? { passed: true, expected: `${name} is known`, found: 'it is' }
    );
  },
};

function property(line: string): [string, string] {
  const equals = line.indexOf('=');
  return [line.slice(0, equals), line.slice(equals + 1)];
}

function lint({ unit: wanted }: UnitSubject, path: string, report: Report): void {
  if (!STATES.some(({ name }) => name in wanted))
    report(`${path}/unit`, `says nothing of the unit: ${STATES.map(({ name }) => name).join(', ')}`);
}
