import type { LabFile, VariantValue } from './lab.js';

/** Names that every lab has beside its variants and derived values. */
const BUILT_IN = ['answers'];

/** All names that a lab's texts may have in double braces. */
export function namesOf({ spec: { variants = {}, derive = {} } }: LabFile): string[] {
  return [...Object.keys(variants), ...Object.keys(derive), ...BUILT_IN];
}

/** Whether `{{path}}` stands for something in every draw of a lab or at least in some. */
export function isNamed({ spec: { variants = {}, derive = {} } }: LabFile, path: string): boolean {
  const [name = '', field, ...rest] = path.split('.');
  if (rest.length > 0) return false;
  if (field === undefined && (BUILT_IN.includes(name) || Object.hasOwn(derive, name))) return true;
  if (!Object.hasOwn(variants, name)) return false;
  return field === undefined || mapsOf(variants[name]).some((value) => Object.hasOwn(value, field));
}

function mapsOf(
  variant: NonNullable<LabFile['spec']['variants']>[string] | undefined,
): Extract<VariantValue, object>[] {
  const values = variant === undefined || 'number' in variant ? [] : 'draw' in variant ? variant.of : variant.oneOf;
  return values.filter((value) => typeof value === 'object');
}
