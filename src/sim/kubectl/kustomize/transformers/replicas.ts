import { type FieldSpec, visitField } from '../config/field-spec.js';
import { KustomizeError } from '../error.js';
import { gvkText, isSelected } from '../resource/resource-id.js';
import type { Transformer } from '../transformer.js';
import { setScalar } from '../tree/fields.js';
import { INTEGER, scalar } from '../tree/node.js';

interface Settings {
  readonly replica?: { readonly name?: string; readonly count?: number };
  readonly fieldSpecs?: readonly FieldSpec[];
}

/** `replicas`: how many pods a workload of a name has. */
export const replicas: Transformer = {
  kind: 'ReplicaCountTransformer',
  settings: (file, configuration) =>
    (file.replicas ?? []).map((replica) => ({ replica, fieldSpecs: configuration.replicas })),
  configure: (settings) => {
    const { replica: { name = '', count = 0 } = {}, fieldSpecs = [] } = settings as Settings;
    return (resources) => {
      let found = false;
      for (const spec of fieldSpecs) {
        for (const resource of resources.withAnyId((id) => id.name === name && isSelected(id, spec))) {
          found = true;
          visitField(resource.node, spec, (node) => setScalar(node, scalar(String(count), INTEGER)), {
            kind: 'scalar',
            tag: INTEGER,
          });
        }
      }
      if (found) return;
      const kinds = fieldSpecs.map(({ group = '', version = '', kind = '' }) => gvkText({ group, version, kind }));
      throw new KustomizeError(
        `resource with name ${name} does not match a config with the following GVK [${kinds.join(' ')}]`,
      );
    };
  },
};
