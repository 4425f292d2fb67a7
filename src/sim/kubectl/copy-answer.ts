import { type Bytes, encodeText } from '../kernel/bytes.js';
import type { HttpResponse } from '../kernel/network.js';
import type { Waiting } from '../kernel/wait.js';

/** Passes an answer's body on as it comes. A server is told when whoever takes it is gone. */
export function* copyAnswer(
  { body, object, stream }: HttpResponse,
  write: (bytes: Bytes) => Waiting<void>,
): Waiting<void> {
  if (object !== undefined) yield* write(encodeText(JSON.stringify(object)));
  if (body && body.length > 0) yield* write(body);
  if (!stream) return;
  try {
    for (let item = yield* stream.items.receive(); item !== 'end'; item = yield* stream.items.receive())
      yield* write(item instanceof Uint8Array ? item : encodeText(`${JSON.stringify(item.object)}\n`));
  } finally {
    stream.cancel();
  }
}
