import { type Change, changedObjects, wrongObjects } from './changes.js';
import { SEEDS } from './seed.js';
import { type ValidObject, validObjects } from './valid-objects.js';

/** A request as it goes over the wire, without the host. */
export interface ReferenceRequest {
  /** Says what it is for; unique, and the key of its recording. */
  readonly id: string;
  readonly kind: string;
  readonly method: string;
  readonly target: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How many changes of one object are asked about, of those there are. */
const DRAWN = { creates: 34, updates: 14 };
const DRAWN_OF_KIND: Readonly<Record<string, typeof DRAWN>> = {
  Pod: { creates: 420, updates: 90 },
  Deployment: { creates: 90, updates: 40 },
  Service: { creates: 40, updates: 25 },
  CustomResourceDefinition: { creates: 70, updates: 30 },
  Job: { creates: 50, updates: 30 },
};

/** Objects that must be there before anything is asked, by collection: what the others refer to. */
export const SET_UP: readonly { readonly collection: string; readonly object: object }[] = [
  {
    collection: '/api/v1/namespaces/default/serviceaccounts',
    object: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'default' } },
  },
];

/** Every object created as it is: what it is defaulted to. Nothing is kept, `dryRun` runs all but the writing. */
export function createRequests(): ReferenceRequest[] {
  return validObjects().map((valid) => ({ ...creation(valid), body: valid.object }));
}

/** Each object made wrong in one place, as the draw by the seed has it. */
export function wrongRequests({ changes: seed } = SEEDS): ReferenceRequest[] {
  return validObjects().flatMap((valid) => {
    const drawn = draw(wrongObjects(valid.object), drawnOf(valid).creates, `${seed} ${valid.id}`);
    return drawn.map(({ id, object }) => {
      const strict = id.endsWith('with a field too many') ? '&fieldValidation=Strict' : '';
      const request = creation(valid);
      return { ...request, id: `${request.id}: ${id}`, target: request.target + strict, body: object };
    });
  });
}

/** Each object changed in one place after it was made; the objects themselves are made first, as `storedObjects` says. */
export function changedRequests({ changes: seed } = SEEDS): ReferenceRequest[] {
  return storedObjects().flatMap((valid) =>
    draw(changedObjects(valid.object), drawnOf(valid).updates, `${seed} ${valid.id}`).map(({ id, object }) => ({
      id: `update ${valid.id}: ${id}`,
      kind: kindOf(valid),
      method: 'PUT',
      target: `${valid.collection}/${valid.object.metadata.name}?dryRun=All`,
      body: object,
    })),
  );
}

/** The objects that are really made before updates are asked about. */
export function storedObjects(): readonly ValidObject[] {
  return validObjects().filter(({ review, object }) => !review && object.metadata.name !== undefined);
}

function creation(valid: ValidObject): ReferenceRequest {
  return { id: `create ${valid.id}`, kind: kindOf(valid), method: 'POST', target: `${valid.collection}?dryRun=All` };
}

function kindOf({ object }: ValidObject): string {
  return `${object.apiVersion} ${object.kind}`;
}

function drawnOf({ object }: ValidObject): typeof DRAWN {
  return DRAWN_OF_KIND[object.kind] ?? DRAWN;
}

/** Draws `count` changes, the same ones for the same seed and object, and keeps their order. */
function draw(changes: readonly Change[], count: number, name: string): Change[] {
  const ranked = changes.map((change, index) => ({ index, rank: hash(`${name} ${change.id}`) }));
  const kept = ranked.sort((a, b) => a.rank - b.rank || a.index - b.index).slice(0, count);
  return kept.sort((a, b) => a.index - b.index).map(({ index }) => changes[index] as Change);
}

/** FNV-1a with a last mixing, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}
