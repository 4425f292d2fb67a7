import type { GoFunction } from '../../api/go-template/go-types.js';
import type { Template } from '../../api/go-template/nodes.js';

/** The templates of a run, to which `tpl` adds more for itself. */
export interface ChartGroup {
  readonly name: string;
  readonly templates: Map<string, Template>;
  readonly functions: Map<string, GoFunction>;
  readonly missingKey: 'zero' | 'error';
}
