import { stripTerminal } from '../labs/proof/plain-text.js';

/** So wide that no line is wrapped: readline would draw it anew, which plain text cannot show. */
export const PLAIN_COLUMNS = 1000;

/** Takes a terminal's bytes and gives what it would show, without what only a terminal understands. */
export function plainTerminal(write: (text: string) => void): (bytes: Uint8Array) => void {
  const decoder = new TextDecoder();
  /** A sequence that was cut, or a carriage return whose newline may follow. */
  let open = '';
  return (bytes) => {
    const text = open + decoder.decode(bytes, { stream: true });
    open = /(?:\x1b(?:\[[0-9;?]*|\][^\x07\x1b]*)?|\r)$/.exec(text)?.[0] ?? '';
    const plain = stripTerminal(text.slice(0, text.length - open.length));
    if (plain !== '') write(plain);
  };
}
