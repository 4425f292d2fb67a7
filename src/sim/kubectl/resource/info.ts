import { goQuote } from '../../api/go-text.js';
import type { KubeObject } from '../../api/object.js';
import { kindName } from '../output/name.js';
import type { Mapping } from './discovery.js';
import { apiVersionOf } from './mapper.js';

/** One object a command works on: what it is called, and the object itself once it is known. */
export interface Info {
  readonly mapping: Mapping;
  namespace: string;
  name: string;
  /** From a file or from the server; shared when it came from the server. */
  object: KubeObject | undefined;
  /** The file it came from. */
  readonly source: string | undefined;
}

/** `pod/web`, `deployment.apps/web`. */
export function shownName(info: Pick<Info, 'mapping' | 'name'>): string {
  return `${kindName(apiVersionOf(info.mapping), info.mapping.kind)}/${info.name}`;
}

/** The line kubectl prints for a thing done: `deployment.apps "web" deleted`. */
export function quotedName({ mapping, name }: Pick<Info, 'mapping' | 'name'>): string {
  return `${kindName(apiVersionOf(mapping), mapping.kind)} ${goQuote(name)}`;
}
