import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { contentFolder } from '../../src/labs/content/find.js';

/** The page that shows how a first lab is written. */
export const AUTHORING_PAGE = readFileSync(join(dirname(contentFolder()), 'docs', 'authoring.md'), 'utf8');

/** The text of the lab on it, and what it is called there. */
export const PAGE_LAB = /```yaml\n(# yaml-language-server[\s\S]*?)```/.exec(AUTHORING_PAGE)?.[1] ?? '';
export const PAGE_LAB_FILE = 'my-labs/cka/labs/label-a-node.yaml';
