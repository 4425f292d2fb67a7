import { concatBytes } from './kernel/bytes.js';
import type { OutsideEvent } from './machine.js';

/** Where bytes belong, and with what they go outside when they are joined. */
interface Piece {
  readonly bytes: Uint8Array;
  readonly place: string;
  event(bytes: Uint8Array): OutsideEvent;
}

/** Joins what neighbouring events show at one terminal, or send over one line, so that a thousand small writes are one. */
export function joinOutput(events: readonly OutsideEvent[]): OutsideEvent[] {
  const joined: OutsideEvent[] = [];
  let pieces: Piece[] = [];
  const flush = (): void => {
    const [first] = pieces;
    if (first) joined.push(first.event(concatBytes(pieces.map(({ bytes }) => bytes))));
    pieces = [];
  };
  for (const event of events) {
    const piece = pieceOf(event);
    if (!piece || piece.place !== pieces[0]?.place) flush();
    if (piece) pieces.push(piece);
    else joined.push(event);
  }
  flush();
  return joined;
}

function pieceOf(event: OutsideEvent): Piece | undefined {
  if (event.kind === 'output')
    return { bytes: event.bytes, place: `terminal ${event.terminal}`, event: (bytes) => ({ ...event, bytes }) };
  if (event.kind !== 'line' || event.message?.kind !== 'data') return undefined;
  const { message, side, id } = event;
  const { bytes, stream } = message as { readonly bytes?: unknown; readonly stream?: number };
  if (!(bytes instanceof Uint8Array)) return undefined;
  return {
    bytes,
    place: `${side} ${id} ${stream}`,
    event: (all) => ({ ...event, message: { ...message, bytes: all } as typeof message }),
  };
}
