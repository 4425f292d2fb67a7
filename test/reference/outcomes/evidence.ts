import { readFileSync } from 'node:fs';
import { scenesOf } from '../../clients/field/scene-files.js';
import { playCases } from './played.js';

const RECORDED = {
  admission: '../recorded/admission.jsonl',
  authentication: '../recorded/authentication.jsonl',
  authorization: '../authorization/recorded/answers.jsonl',
  creates: '../recorded/creates.jsonl',
  'image-policy': '../recorded/image-policy.jsonl',
  limits: '../recorded/limits.jsonl',
  'pod-security': '../recorded/pod-security.jsonl',
  resize: '../recorded/resize.jsonl',
} as const;

/**
 * Where a case is shown: a recording of the real server that ours is compared with, a scene of `test/clients/field`, or
 * `played.ts` beside this file.
 */
type Place = keyof typeof RECORDED | 'played' | 'scene';

/** A case by its name there, and words that only this outcome has. */
export type Evidence = readonly [place: Place, name: string, words: string];

/** What a server said to one request. */
export interface Said {
  readonly status: number;
  /** All of the answer. */
  readonly text: string;
  readonly warnings: string;
  /** Annotations of the audit event. */
  readonly audit: string;
}

interface Row {
  readonly id: string;
  readonly status: number | 'let through';
  readonly body?: unknown;
  readonly refusal?: unknown;
  readonly warnings?: string;
  readonly audit?: object;
  readonly annotations?: object;
}

const known = new Map<Place, ReadonlyMap<string, Said>>();

/** What was said in that case, or undefined when there is no such case. */
export function saidIn(place: Place, name: string): Said | undefined {
  const cases = known.get(place) ?? read(place);
  known.set(place, cases);
  return cases.get(name);
}

function read(place: Place): ReadonlyMap<string, Said> {
  if (place === 'scene') return readScenes();
  if (place === 'played') return new Map(playCases().map((row) => [row.id, said(row)]));
  const [, ...lines] = readFileSync(new URL(RECORDED[place], import.meta.url), 'utf8')
    .trim()
    .split('\n');
  return new Map(lines.map((line) => JSON.parse(line) as Row).map((row) => [row.id, said(row)]));
}

function said({ status, body, refusal, warnings, audit, annotations }: Row): Said {
  return {
    status: status === 'let through' ? 200 : status,
    text: JSON.stringify(refusal ?? body ?? ''),
    warnings: warnings ?? '',
    audit: JSON.stringify(audit ?? annotations ?? {}),
  };
}

/** Lines of scenes by `file: line`; one that ends without a word of failure is a success. */
function readScenes(): ReadonlyMap<string, Said> {
  const files = [
    ['access', 'can-i.txt'],
    ['access', 'certificates.txt'],
    ['webhooks', 'webhooks.txt'],
  ] as const;
  return new Map(
    files.flatMap(([setting, file]) =>
      scenesOf(setting, file).flatMap(({ steps }) =>
        steps.flatMap((step) => {
          if (step.kind !== 'command') return [];
          const { out, err, code } = step.said;
          const status = code === 0 ? 200 : 400;
          return [[`${file}: ${step.line}`, { status, text: out + err, warnings: err, audit: '' }] as const];
        }),
      ),
    ),
  );
}
