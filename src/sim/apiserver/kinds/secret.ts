import type { KubeObject } from '../../api/object.js';
import { buildKind, fields, section } from './build.js';

/** core/v1 Secret. */
export const SECRET = buildKind({
  group: '',
  version: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  namespaced: true,
  ...fields({ type: ['type'] }),
  applyDefaults: (object) => {
    foldStringData(object);
    object['type'] ||= 'Opaque';
  },
});

/** What is given as text is stored as data; it wins over data of the same key. */
function foldStringData(object: KubeObject): void {
  const texts = object['stringData'];
  if (typeof texts === 'object' && texts !== null) {
    const data = section(object, 'data');
    for (const [key, text] of Object.entries(texts)) data[key] = Buffer.from(String(text), 'utf8').toString('base64');
  }
  delete object['stringData'];
}
