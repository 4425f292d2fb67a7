import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { askManager } from '../systemd/client.js';
import { completeName } from '../systemd/load-unit.js';

/** Whether a name fits a shell pattern. */
export function fits(name: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^$(){}|\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 's').test(name);
}

/** Puts the loaded units in place of patterns; plain names stay, with their suffix. */
export function* matchUnits(sys: Sys, operands: readonly string[]): Waiting<string[]> {
  if (!operands.some((operand) => /[*?[]/.test(operand))) return operands.map(completeName);
  const units = yield* askManager(sys, 'units', { all: true });
  return operands.flatMap((operand) => {
    if (!/[*?[]/.test(operand)) return [completeName(operand)];
    const pattern = /\.[a-z]+$/.test(operand) || operand.endsWith('*') ? operand : completeName(operand);
    return units.filter(({ name }) => fits(name, pattern)).map(({ name }) => name);
  });
}
