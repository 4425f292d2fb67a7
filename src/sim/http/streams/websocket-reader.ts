import type { WebSocket } from 'ws';
import { BACKLOG_BYTES_MAX, type Bridge } from '../backend.js';

/** What a one-way stream is: events, one a message, or bytes. */
export type Read = 'events' | 'bytes';

/** The protocols of a stream of bytes: as they are, or in base64 (wsstream.Reader). */
const BYTES = ['binary.k8s.io', 'base64.binary.k8s.io'];
/** How many bytes of a stream make one message. */
const MESSAGE_BYTES = 2048;
/** Before an event in protobuf comes its length, which a message has of itself. */
const LENGTH_BYTES = 4;
const NORMAL_CLOSURE = 1000;

/** Which one-way stream a request asks for over a WebSocket; undefined when it is for something else. */
export function readBy(target: string): Read | undefined {
  const [path = '', query = ''] = target.split('?');
  if (/\/pods\/[^/]+\/log$/.test(path)) return 'bytes';
  return ['1', 'true'].includes(new URLSearchParams(query).get('watch') ?? '') ? 'events' : undefined;
}

/**
 * The protocol to speak, `''` for none. A refusal is a status: watches want to know where their client comes from and
 * are not choosy about names, of which there may be one; for bytes one of the names must be known.
 */
export function chooseReader(read: Read, offered: readonly string[], origin: string | undefined): string | number {
  if (read === 'bytes') return offered.length === 0 ? '' : (offered.find((name) => BYTES.includes(name)) ?? 403);
  if (origin === undefined) return 403;
  return offered.length > 1 ? 400 : (offered[0] ?? '');
}

/** Sends what is streamed as messages; what the client says is not listened to. `type`: the answer's media type. */
export function bridgeReader(client: WebSocket, read: Read, type: string): Bridge {
  const send = (message: Uint8Array | string): void => {
    if (client.readyState !== client.OPEN) return;
    client.send(message);
    if (client.bufferedAmount > BACKLOG_BYTES_MAX) client.terminate();
  };
  const text = client.protocol === 'base64.binary.k8s.io';
  const sendBytes = (bytes: Uint8Array): void => send(text ? Buffer.from(bytes).toString('base64') : bytes);
  // An empty message tells the client that the connection stands.
  if (read === 'bytes') sendBytes(new Uint8Array(0));
  return {
    chunk(_, bytes) {
      if (read === 'bytes')
        for (let at = 0; at < bytes.length; at += MESSAGE_BYTES) sendBytes(bytes.subarray(at, at + MESSAGE_BYTES));
      else if (type.startsWith('application/json')) send(Buffer.from(bytes).toString());
      else send(bytes.subarray(LENGTH_BYTES));
    },
    end: () => client.close(NORMAL_CLOSURE),
  };
}
