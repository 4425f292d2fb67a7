/** `npm run schema`: writes the JSON Schema of labs to where editors find it, and the page made of it. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { LAB_SCHEMA } from '../src/labs/format/schema.js';
import { authoringReference, REFERENCE_FILE } from './authoring-reference.js';

const file = 'content/lab.schema.json';
writeFileSync(file, `${JSON.stringify(LAB_SCHEMA, undefined, 2)}\n`);
execFileSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', file]);
writeFileSync(REFERENCE_FILE, authoringReference());
