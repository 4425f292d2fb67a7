/**
 * The API server of a real cluster, as a workstation asks it: always as the cluster's administrator, who may act as
 * somebody else by `impersonate-…` headers. What a workstation's own users bring to identify themselves never gets here.
 */
export interface FarServer {
  /**
   * Begins a request. Never throws: one that cannot be made ends with an error. The answer may begin before the call
   * returns.
   */
  exchange(request: FarRequest, hears: FarListener): FarExchange;
}

export interface FarRequest {
  /** `GET`, `POST` …, as HTTP writes it. */
  readonly method: string;
  /** An absolute path of the API with its query: `/api/v1/pods?watch=true`. Nothing but such paths is ever asked. */
  readonly path: string;
  /**
   * Names in small letters. One that HTTP has several times (`impersonate-group`) has its values joined by newlines. There
   * is neither a host nor what only concerns a connection.
   */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
  /**
   * The request wants to be upgraded, and what is carried then.
   * - `process` (exec, attach): the streams of v5.channel.k8s.io: 0 stdin, 1 stdout, 2 stderr, 3 error, 4 resize.
   * - `ports` (port-forward): connection n has the streams 2n for its data and 2n+1 for what goes wrong. The first frame
   *   of its data is the port's number, two bytes, the lower one first.
   */
  readonly upgrade?: 'process' | 'ports' | undefined;
}

/** What comes back, in this order: at most one `response`, chunks, and `end` once. */
export interface FarListener {
  /**
   * Without `streaming` that is all, with its body, and no `end` follows. With it chunks follow: of stream 0 for a watch
   * or a log, of the streams above after status 101. Whoever answers may always stream.
   */
  response(response: FarResponse, streaming: boolean): void;
  /** `last`: nothing more comes on this stream of an upgraded connection. */
  chunk(stream: number, bytes: Uint8Array, last?: boolean): void;
  /** Nothing more comes. With an error, in Go's words where they are known, when no answer came or it broke off. */
  end(error?: string): void;
}

export interface FarResponse {
  readonly status: number;
  /** Names in small letters; warnings that came one by one are joined by commas. No transfer or content encoding. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
}

/** A request under way. */
export interface FarExchange {
  /** What goes to a stream of an upgraded connection; `last`: nothing more will. */
  frame(stream: number, bytes: Uint8Array, last?: boolean): void;
  /** Nobody listens any more; nothing is heard afterwards. */
  disconnect(): void;
}
