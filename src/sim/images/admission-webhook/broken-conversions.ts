/** Wrong answers to a ConversionReview, for those who want to see what becomes of such, by what is wrong. */
import type { JsonObject } from '../../api/object.js';

/** An answer before anything is spoilt. */
interface ConversionDraft {
  readonly head: { readonly kind: string; readonly apiVersion: string };
  readonly response: JsonObject;
  readonly objects: readonly JsonObject[];
}

type Spoil = (draft: ConversionDraft) => string;

const RIGHT: Spoil = ({ head, response }) => text({ ...head, response });

/** What `broken` may say of a conversion. */
export const BROKEN_CONVERSIONS = {
  'bad-label': withMetadata({ labels: { 'not a key': 'value' } }),
  empty: () => '',
  fewer: withObjects((objects) => objects.slice(1)),
  'label-number': withMetadata({ labels: { number: 1 } }),
  'no-metadata': withEach(({ metadata: _, ...one }) => one),
  'no-response': ({ head }) => text(head),
  'not-json': () => 'no JSON',
  'other-kind': withEach((one) => ({ ...one, kind: 'Another' })),
  'other-name': withMetadata({ name: 'another' }),
  'other-uid': withMetadata({ uid: 'another' }),
  'same-version': withEach((one) => ({ ...one, apiVersion: 'example.com/v0' })),
  'silent-failure': ({ head, response: { uid } }) =>
    text({ ...head, response: { uid, result: { status: 'Failure' } } }),
  'wrong-uid': ({ head, response }) => text({ ...head, response: { ...response, uid: 'another' } }),
  'wrong-version': ({ head, response }) => text({ ...head, apiVersion: 'apiextensions.k8s.io/v2', response }),
} as const satisfies Readonly<Record<string, Spoil>>;

/** The answer's text, with what is to be wrong with it. */
export function conversionText(draft: ConversionDraft, broken: keyof typeof BROKEN_CONVERSIONS | undefined): string {
  return (broken === undefined ? RIGHT : BROKEN_CONVERSIONS[broken])(draft);
}

function withObjects(spoilt: (objects: readonly JsonObject[]) => readonly JsonObject[]): Spoil {
  return ({ head, response, objects }) =>
    text({ ...head, response: { ...response, convertedObjects: spoilt(objects) } });
}

function withEach(spoilt: (object: JsonObject) => JsonObject): Spoil {
  return withObjects((objects) => objects.map(spoilt));
}

function withMetadata(more: object): Spoil {
  return withEach((one) => ({ ...one, metadata: { ...(one['metadata'] as object), ...more } }));
}

function text(value: object): string {
  return JSON.stringify(value);
}
