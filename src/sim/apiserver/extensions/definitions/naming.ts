/** Accepts the names of definitions that take nobody else's, and establishes them (naming and establishing controllers). */
import { isTrue } from '../../../api/custom/custom-kind.js';
import { goQuote } from '../../../api/go-text.js';
import { semanticEqual } from '../../../api/object.js';
import { formatTime } from '../../../api/time.js';
import type { CustomResourceDefinition, CustomResourceNames } from '../../../api/types/custom-resource-definition.js';
import type { Store } from '../../../store/store.js';
import type { ServerParts } from '../../parts.js';
import type { ServedKind } from '../../served-kind.js';
import { allObjects } from '../../storage/get.js';
import { type NewCondition, withConditions, writeStatus } from './write-status.js';

const INITIAL = 'the initial names have been accepted';

/** Brings names and conditions of all definitions to where they stay; a name that becomes free is another's. */
export function settleNames(parts: ServerParts, store: Store, kind: ServedKind): void {
  for (let round = true; round; ) {
    round = false;
    const definitions = allObjects(store, kind) as CustomResourceDefinition[];
    for (const object of definitions) {
      const others = definitions.filter((other) => isRival(object, other));
      const named = nameOne(parts, store, kind, object, others) ?? object;
      if (named !== object) round = true;
      establish(parts, store, kind, named);
      if (round) break;
    }
  }
}

function isRival(object: CustomResourceDefinition, other: CustomResourceDefinition): boolean {
  return other.spec.group === object.spec.group;
}

/** The definition with the names it gets; undefined when nothing changes. */
function nameOne(
  parts: ServerParts,
  store: Store,
  kind: ServedKind,
  object: CustomResourceDefinition,
  all: readonly CustomResourceDefinition[],
): CustomResourceDefinition | undefined {
  const { names } = object.spec;
  const accepted = object.status?.acceptedNames ?? { plural: '', kind: '' };
  if (semanticEqual(names, accepted)) return undefined;
  const { given, conflict } = namesFor(names, accepted, all);
  const condition: NewCondition = conflict
    ? { type: 'NamesAccepted', status: 'False', ...conflict }
    : { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts', message: 'no conflicts found' };
  const before = object.status?.conditions ?? [];
  const old = before.find(({ type }) => type === 'NamesAccepted');
  const isSame =
    old?.status === condition.status && old.reason === condition.reason && old.message === condition.message;
  if (isSame && semanticEqual(accepted, given)) return undefined;
  const conditions = withConditions(before, [condition, establishing(object, !conflict)], formatTime(parts.now()));
  return writeStatus(parts, store, kind, object, { acceptedNames: given, conditions });
}

function establishing(object: CustomResourceDefinition, areAccepted: boolean): NewCondition {
  const old = object.status?.conditions?.find(({ type }) => type === 'Established');
  if (old?.status !== 'True' && areAccepted) {
    return { type: 'Established', status: 'False', reason: 'Installing', message: INITIAL };
  }
  return old ?? { type: 'Established', status: 'False', reason: 'NotAccepted', message: 'not all names are accepted' };
}

function establish(parts: ServerParts, store: Store, kind: ServedKind, object: CustomResourceDefinition): void {
  if (!isTrue(object, 'NamesAccepted') || isTrue(object, 'Established')) return;
  const condition = { type: 'Established', status: 'True', reason: 'InitialNamesAccepted', message: INITIAL };
  const conditions = withConditions(object.status?.conditions ?? [], [condition], formatTime(parts.now()));
  writeStatus(parts, store, kind, object, { conditions });
}

interface Naming {
  readonly given: CustomResourceNames;
  readonly conflict: { readonly reason: string; readonly message: string } | undefined;
}

/** Which of the names that are asked for a definition gets; of several conflicts the last is told. */
function namesFor(
  asked: CustomResourceNames,
  accepted: CustomResourceNames,
  all: readonly CustomResourceDefinition[],
): Naming {
  const taken = all.flatMap(({ status }) => (status ? [status.acceptedNames] : []));
  const resources = new Set(
    taken.flatMap(({ plural, singular = '', shortNames = [] }) => [plural, singular, ...shortNames]),
  );
  const kinds = new Set(taken.flatMap(({ kind, listKind = '' }) => [kind, listKind]));
  const given: CustomResourceNames = { ...accepted };
  let conflict: Naming['conflict'];
  const take = (field: 'plural' | 'singular' | 'kind' | 'listKind', names: ReadonlySet<string>) => {
    const name = asked[field] ?? '';
    if (name === (accepted[field] ?? '') || !names.has(name)) given[field] = name;
    else conflict = { reason: `${field[0]?.toUpperCase()}${field.slice(1)}Conflict`, message: inUse(name) };
  };
  take('plural', resources);
  take('singular', resources);
  const clashes = (asked.shortNames ?? []).filter(
    (name) => !accepted.shortNames?.includes(name) && name !== '' && resources.has(name),
  );
  if (clashes.length > 0) conflict = { reason: 'ShortNamesConflict', message: aggregate(clashes.map(inUse)) };
  else if (asked.shortNames) given.shortNames = asked.shortNames;
  else delete given.shortNames;
  take('kind', kinds);
  take('listKind', kinds);
  if (asked.categories) given.categories = asked.categories;
  else delete given.categories;
  return { given: withoutEmpty(given), conflict };
}

const inUse = (name: string): string => `${goQuote(name)} is already in use`;

function aggregate(texts: readonly string[]): string {
  return texts.length === 1 ? (texts[0] as string) : `[${texts.join(', ')}]`;
}

function withoutEmpty({ singular, listKind, ...names }: CustomResourceNames): CustomResourceNames {
  return { ...names, ...(singular ? { singular } : {}), ...(listKind ? { listKind } : {}) };
}
