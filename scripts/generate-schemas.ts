/**
 * Makes src/sim/api/generated: what Kubernetes says of its types and fields, and which are required. Names, types and
 * nesting stand in the fact table; here the table is compared with client-node's attribute maps, so that it cannot drift from
 * the release this project names.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { knownType, typeIdsOf } from '../src/sim/api/facts/fact-types.js';
import { FACT_PACKAGES } from '../src/sim/api/facts/index.js';
import { OPAQUE_TYPES, PATCH_TYPE } from '../src/sim/api/facts/opaque-types.js';
import type { FactPackage } from '../src/sim/api/facts/package.js';
import type { TypeKind } from '../src/sim/api/facts/type-text.js';
import { compareAttributes } from './schemas/attributes.js';
import type { TypeText } from './schemas/interface-text.js';
import { clientText, type ModelFolders, modelText, opaqueText } from './schemas/models.js';
import { parameterText } from './schemas/parameters.js';
import { QUANTITY } from './schemas/prose.js';

const root = process.cwd();
const folders: ModelFolders = {
  models: join(root, 'node_modules', 'kubernetes-models'),
  machinery: join(root, 'node_modules', '@kubernetes-models', 'apimachinery'),
  client: join(root, 'node_modules', 'k8s-client-schemas', 'dist', 'gen', 'models'),
};
const target = join(root, 'src', 'sim', 'api', 'generated');

/** One type: its description, its fields' descriptions, its required fields. */
type Entry = [description: string, fields: Record<string, string>, required: string[]];

const opaqueDescriptions = new Map(
  Object.entries(OPAQUE_TYPES).map(([kind, name]) => [
    kind as TypeKind,
    opaqueText(folders, name)?.description || (kind === 'quantity' ? QUANTITY : ''),
  ]),
);
const typeMeta = modelText(folders, knownType('meta.v1.Status'));
const counts = { types: 0, fields: 0, described: 0 };

function describePackage(pack: FactPackage): Record<string, Entry> {
  const entries: Record<string, Entry> = {};
  for (const id of typeIdsOf(pack)) {
    const type = knownType(id);
    const text = modelText(folders, type) ?? clientText(folders, type) ?? parameterText(folders, type);
    const fields: Record<string, string> = {};
    const required: string[] = [];
    for (const [name, field] of type.byName) {
      counts.fields += 1;
      // The packages are silent on kind and apiVersion where their value is fixed, and call them required.
      const isTypeMeta = type.inlined.get(name)?.[0] === 'TypeMeta';
      const description = ownWords(isTypeMeta ? typeMeta : text, name, field.type.kind);
      if (description !== '') {
        fields[name] = description;
        counts.described += 1;
      }
      if (text?.fields.get(name)?.required && !isTypeMeta) required.push(name);
    }
    counts.types += 1;
    entries[type.name] = [text?.description ?? '', fields, required];
  }
  return entries;
}

/** What is said of a field itself: a field of which nothing is said has the words of its type in the packages. */
function ownWords(text: TypeText | undefined, name: string, kind: TypeKind): string {
  const said = text?.fields.get(name)?.description ?? '';
  return said === opaqueDescriptions.get(kind) ? '' : said;
}

const differences = FACT_PACKAGES.flatMap((pack) =>
  typeIdsOf(pack).flatMap((id) => compareAttributes(folders, knownType(id))),
);
if (differences.length > 0) {
  console.error(`The fact table and k8s-client-schemas disagree:\n${differences.join('\n')}`);
  process.exit(1);
}
const lines = FACT_PACKAGES.map((pack) => {
  return `  '${pack.id}':\n    ${JSON.stringify(JSON.stringify(describePackage(pack)))},`;
});
const opaque = Object.fromEntries(
  Object.entries(OPAQUE_TYPES).map(([kind, name]) => [name, opaqueDescriptions.get(kind as TypeKind)]),
);
opaque[PATCH_TYPE] = opaqueText(folders, PATCH_TYPE)?.description;
lines.push(`  opaque:\n    ${JSON.stringify(JSON.stringify(opaque))},`);
const digest = createHash('sha256').update(lines.join('\n')).digest('hex');
mkdirSync(target, { recursive: true });
writeFileSync(
  join(target, 'descriptions.ts'),
  `/** Made by scripts/generate-schemas.ts. JSON by package; read when a package is first asked for. */\nexport const DIGEST = '${digest}';\nexport const DESCRIPTIONS: Readonly<Record<string, string>> = {\n${lines.join('\n')}\n};\n`,
);
console.log(`schemas: ${counts.types} types, ${counts.described} of ${counts.fields} fields described`);
