/**
 * `node scripts/run.mjs test/reference/protobuf/record.ts`: has Go's types (k8s.io/api and its siblings, as go.mod pins them)
 * read and write every object of `filledObjects`, and writes their messages down. Fails when the table of facts lacks a
 * field that Go has, or when our decoder makes other JSON of an object.
 */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { decodeKind } from '../../../src/sim/api/decode.js';
import { type FilledObject, filledObjects } from './filled-objects.js';
import { writeMessages } from './recording.js';

interface GoAnswer {
  readonly error?: string;
  readonly protobuf: string;
  readonly json: unknown;
  readonly filled?: readonly string[];
  readonly empty?: readonly string[];
}

/** Fields that exclude each other, or that stand in the envelope. */
const NEVER_FILLED = /\.TypeMeta$|\.TypeMeta\.|RawExtension\.Object$/;

const objects = filledObjects();
const { status, stdout, stderr } = spawnSync('go', ['run', './protobuf'], {
  cwd: fileURLToPath(new URL('../go/', import.meta.url)),
  input: objects.map(({ object }) => `${JSON.stringify(object)}\n`).join(''),
  maxBuffer: 2 ** 28,
  encoding: 'utf8',
});
if (status !== 0) throw new Error(stderr);
const answers = stdout
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as GoAnswer);
const wrong = objects.flatMap((one, index) => {
  const { error, json } = answers[index] as GoAnswer;
  if (error !== undefined) return [`${one.id}: ${error}`];
  return isDeepStrictEqual(json, jsonOf(one)) ? [] : [`${one.id}: Go writes other JSON`];
});
const filled = new Set(answers.flatMap((one) => one.filled ?? []));
const empty = new Set(answers.flatMap((one) => one.empty ?? []).filter((name) => !filled.has(name)));
const missing = [...empty].filter((name) => !NEVER_FILLED.test(name)).sort();
if (wrong.length > 0 || missing.length > 0) throw new Error([...wrong, ...missing].join('\n'));
const size = writeMessages(
  answers.map(({ protobuf }, index) => ({
    id: objects[index]?.id as string,
    protobuf: Buffer.from(protobuf, 'base64').toString('hex'),
  })),
);
console.log(`${answers.length} objects, ${filled.size} fields filled, ${size} bytes`);

/** The JSON that our decoder makes of an object. */
function jsonOf({ object }: FilledObject): unknown {
  return JSON.parse(JSON.stringify(decodeKind(object.apiVersion, object.kind, object)?.object));
}
