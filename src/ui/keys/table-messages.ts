import * as exams from './exam-tables.js';
import type { KeyTable } from './key-row.js';
import * as labs from './lab-tables.js';
import * as learn from './learn-tables.js';
import { LINEAR_KEYS } from './linear-tables.js';
import { PALETTE_KEYS } from './palette-rows.js';
import { CHECKS_KEYS, MOMENTS_KEYS } from './practice-tables.js';
import { ASK_KEYS } from './real-tables.js';
import * as replay from './replay-tables.js';
import { rowKey, titleKey } from './table-text.js';
import * as tables from './tables.js';
import { UNFINISHED_KEYS, WANTED_KEYS } from './unfinished-tables.js';

/** Every table of keys. */
function allTables(): KeyTable[] {
  const { TERMINAL_KEYS: _, ...others } = tables;
  return [
    others,
    labs,
    exams,
    learn,
    replay,
    { ASK_KEYS, CHECKS_KEYS, LINEAR_KEYS, MOMENTS_KEYS, PALETTE_KEYS, UNFINISHED_KEYS, WANTED_KEYS },
  ].flatMap((room): KeyTable[] => Object.values(room));
}

/** What the key tables say, each text once, by its key. */
export function tableMessages(): ReadonlyMap<string, string> {
  return new Map(
    allTables().flatMap(({ title, rows }): [string, string][] => [
      [titleKey(title), title],
      ...rows.flatMap(({ does, bar = does }): [string, string][] => [
        [rowKey(does), does],
        [rowKey(bar), bar],
      ]),
    ]),
  );
}
