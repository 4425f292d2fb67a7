/** `npm run schema`: writes the JSON Schemas of labs, lessons and decks to where editors find them, and the page made of the first. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { DECK_SCHEMA } from '../src/labs/cards/schema.js';
import { LAB_SCHEMA } from '../src/labs/format/schema.js';
import { LESSON_SCHEMA } from '../src/labs/lesson/schema.js';
import { authoringReference, REFERENCE_FILE } from './authoring-reference.js';

const SCHEMAS = { lab: LAB_SCHEMA, lesson: LESSON_SCHEMA, deck: DECK_SCHEMA };
for (const [name, schema] of Object.entries(SCHEMAS)) {
  const file = `content/${name}.schema.json`;
  writeFileSync(file, `${JSON.stringify(schema, undefined, 2)}\n`);
  execFileSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', file]);
}
writeFileSync(REFERENCE_FILE, authoringReference());
