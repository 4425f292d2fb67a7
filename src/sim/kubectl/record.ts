import type { KubeObject } from '../api/object.js';
import type { Flags } from './cobra/flags.js';
import type { Session } from './session.js';

const CHANGE_CAUSE = 'kubernetes.io/change-cause';

/** An object with the command line noted on it, when `--record` asks for that; else the object itself. */
export function recorded(session: Session, object: KubeObject): KubeObject {
  if (!session.flags.bool('record')) return object;
  const annotations = { ...object.metadata.annotations, [CHANGE_CAUSE]: causeOf(session) };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** The command line, flags last and with their values. */
function causeOf({ path, flags }: Session): string {
  return ['kubectl', path, ...flags.args, ...flagWords(flags)].join(' ');
}

function flagWords(flags: Flags): string[] {
  return flags.inOrder().map(([name, value]) => `--${name}=${value}`);
}
