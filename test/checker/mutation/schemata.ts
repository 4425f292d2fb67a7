import ts from 'typescript';
import type { Mutant } from './mutants.js';

/**
 * A source with all of its mutants in it: each place asks `MUTANT(n)` whether it is to go wrong. So a file is compiled
 * once, however many mutants it has.
 */
export function withMutants(file: ts.SourceFile, mutants: readonly Mutant[], first: number): string {
  const places = new Map<ts.Node, { readonly n: number; readonly wrong: string }[]>();
  for (const [index, { at, wrong }] of mutants.entries())
    places.set(at, [...(places.get(at) ?? []), { n: first + index, wrong }]);

  const write = (node: ts.Node): string => {
    let text = '';
    let done = node.getStart(file);
    ts.forEachChild(node, (child) => {
      text += file.text.slice(done, child.getStart(file)) + write(child);
      done = child.getEnd();
    });
    text += file.text.slice(done, node.getEnd());
    const here = places.get(node);
    if (!here) return text;
    return `(${here.map(({ n, wrong }) => `MUTANT(${n}) ? (${wrong}) : `).join('')}(${text}))`;
  };
  return write(file);
}
