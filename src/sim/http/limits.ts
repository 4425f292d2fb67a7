/** How long a door waits for its clients, and how much it keeps for them. */
export interface DoorLimits {
  /** For the handshake of TLS, and for the headers of a request (the real server's ReadHeaderTimeout). */
  readonly headersMilliseconds: number;
  /** For a whole request. */
  readonly requestMilliseconds: number;
  /** For an answer to be read. */
  readonly answerMilliseconds: number;
  /** What all clients together have not read yet; beyond it the one that is furthest behind is cut off. */
  readonly unreadBytes: number;
}

/** Those of every door, unless a caller knows better. */
export const DOOR_LIMITS: DoorLimits = {
  headersMilliseconds: 32_000,
  requestMilliseconds: 60_000,
  answerMilliseconds: 60_000,
  unreadBytes: 256 * 1024 * 1024,
};
