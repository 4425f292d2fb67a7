/** What the grammar refuses, told as the server's parser tells it. */
import type { Issues } from './issues.js';
import type { Token, Unreadable } from './tokens.js';

/** Notes all mistakes. */
export function reportSyntax(tokens: readonly Token[], unreadable: readonly Unreadable[], issues: Issues): void {
  for (const { text, at } of unreadable) issues.add(at, `Syntax error: token recognition error at: '${text}'`);
  issues.add(tokens[0]?.at ?? 0, 'Syntax error: no viable alternative');
}
