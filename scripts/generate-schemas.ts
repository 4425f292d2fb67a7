/**
 * Makes src/sim/api/generated: what Kubernetes says of its types and fields, and which are required. Names, types and
 * nesting stand in the fact table; here the table is compared with client-node's attribute maps, so that it cannot drift from
 * the release this project names.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { knownType, typeIdsOf } from '../src/sim/api/facts/fact-types.js';
import { FACT_PACKAGES } from '../src/sim/api/facts/index.js';
import type { FactPackage } from '../src/sim/api/facts/package.js';
import { compareAttributes } from './schemas/attributes.js';
import { clientText, type ModelFolders, modelText } from './schemas/models.js';

const root = process.cwd();
const folders: ModelFolders = {
  models: join(root, 'node_modules', 'kubernetes-models'),
  client: join(root, 'node_modules', 'k8s-client-schemas', 'dist', 'gen', 'models'),
};
const target = join(root, 'src', 'sim', 'api', 'generated');

/** One type: its description, its fields' descriptions, its required fields. */
type Entry = [description: string, fields: Record<string, string>, required: string[]];

const counts = { types: 0, fields: 0, described: 0 };

function describePackage(pack: FactPackage): Record<string, Entry> {
  const entries: Record<string, Entry> = {};
  for (const id of typeIdsOf(pack)) {
    const type = knownType(id);
    const model = modelText(folders, type);
    const client = clientText(folders, type);
    const fields: Record<string, string> = {};
    const required: string[] = [];
    for (const name of type.byName.keys()) {
      counts.fields += 1;
      const said = model?.fields.get(name);
      const description = said?.description || client?.fields.get(name)?.description || '';
      if (description !== '') {
        fields[name] = description;
        counts.described += 1;
      }
      const isTypeMeta = name === 'apiVersion' || name === 'kind';
      if ((said ?? client?.fields.get(name))?.required && !isTypeMeta) required.push(name);
    }
    counts.types += 1;
    entries[type.name] = [model?.description || client?.description || '', fields, required];
  }
  return entries;
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
mkdirSync(target, { recursive: true });
writeFileSync(
  join(target, 'descriptions.ts'),
  `/** Made by scripts/generate-schemas.ts. JSON by package; read when a package is first asked for. */\nexport const DESCRIPTIONS: Readonly<Record<string, string>> = {\n${lines.join('\n')}\n};\n`,
);
console.log(`schemas: ${counts.types} types, ${counts.described} of ${counts.fields} fields described`);
