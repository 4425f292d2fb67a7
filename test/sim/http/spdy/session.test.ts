import { expect, test } from 'vitest';
import { CONTROL, controlFrame, dataFrame, FrameReader, type RawFrame } from '../../../../src/sim/http/spdy/frames.js';
import { HeaderReader, HeaderWriter, type SpdyHeaders } from '../../../../src/sim/http/spdy/header-block.js';
import { SpdySession } from '../../../../src/sim/http/spdy/session.js';

/** A client and what it and the session's user saw. */
function talk(accept = true) {
  const heard: RawFrame[] = [];
  const told: unknown[] = [];
  const frames = new FrameReader();
  const session = new SpdySession((bytes) => heard.push(...frames.read(bytes)), {
    opened(stream, headers) {
      told.push(['opened', stream, { ...headers }]);
      return accept;
    },
    data: (stream, bytes) => told.push(['data', stream, Buffer.from(bytes).toString()]),
    finished: (stream, reset) => told.push(['finished', stream, reset]),
    over: () => told.push(['over']),
  });
  const writer = new HeaderWriter();
  const open = (stream: number, headers: SpdyHeaders): Buffer =>
    controlFrame(CONTROL.synStream, [stream, 0], Buffer.concat([Buffer.alloc(2), writer.write(headers)]));
  const controls = (): [number, number][] =>
    heard.flatMap((frame) => (frame.kind === 'control' ? [[frame.type, frame.payload.readUInt32BE(0)]] : []));
  return { session, heard, told, open, controls };
}

test('a stream is opened, carries data both ways and ends on both sides', () => {
  const { session, heard, told, open, controls } = talk();
  session.receive(open(1, { streamtype: 'data' }));
  session.receive(dataFrame(1, Buffer.from('there'), true));
  session.data(1, Buffer.from('back'));
  session.data(1, Buffer.from('end'), true);
  session.data(1, Buffer.from('after the end'));
  expect(told).toEqual([
    ['opened', 1, { streamtype: 'data' }],
    ['data', 1, 'there'],
    ['finished', 1, false],
  ]);
  expect(controls()).toEqual([[CONTROL.synReply, 1]]);
  const [reply] = heard;
  expect(new HeaderReader().read((reply as { payload: Buffer }).payload.subarray(4))).toEqual({});
  expect(heard.flatMap((frame) => (frame.kind === 'data' ? [[frame.bytes.toString(), frame.fin]] : []))).toEqual([
    ['back', false],
    ['end', true],
  ]);
});

test('frames may come byte by byte', () => {
  const { session, told, open } = talk();
  const bytes = Buffer.concat([open(1, { a: 'b' }), open(3, { c: 'd' }), dataFrame(3, Buffer.from('x'))]);
  for (const byte of bytes) session.receive(Buffer.of(byte));
  expect(told).toEqual([
    ['opened', 1, { a: 'b' }],
    ['opened', 3, { c: 'd' }],
    ['data', 3, 'x'],
  ]);
});

test('long data is cut into frames, the last of which ends the stream', () => {
  const { session, heard, open } = talk();
  session.receive(open(1, {}));
  session.data(1, new Uint8Array(150_000), true);
  expect(heard.flatMap((frame) => (frame.kind === 'data' ? [[frame.bytes.length, frame.fin]] : []))).toEqual([
    [65_536, false],
    [65_536, false],
    [18_928, true],
  ]);
});

test('a ping comes back; a reset ends a stream for both; goodbye is passed on', () => {
  const { session, told, open, controls, heard } = talk();
  session.receive(controlFrame(CONTROL.ping, [7]));
  session.receive(open(1, {}));
  session.receive(controlFrame(CONTROL.rstStream, [1, 5]));
  session.data(1, Buffer.from('nobody listens'));
  session.receive(controlFrame(CONTROL.goAway, [0, 0]));
  expect(controls()).toEqual([
    [CONTROL.ping, 7],
    [CONTROL.synReply, 1],
  ]);
  expect(heard.some(({ kind }) => kind === 'data')).toBe(false);
  expect(told.slice(1)).toEqual([['finished', 1, true], ['over']]);
});

test('a stream that is not wanted is refused, and its data dropped', () => {
  const { session, told, open, controls } = talk(false);
  session.receive(Buffer.concat([open(1, {}), dataFrame(1, Buffer.from('x'))]));
  expect(controls()).toEqual([[CONTROL.rstStream, 1]]);
  expect(told).toHaveLength(1);
});

test.each([
  ['another version', () => Buffer.from([0x80, 2, 0, 1, 0, 0, 0, 0])],
  ['an even stream', ({ open }: ReturnType<typeof talk>) => open(2, {})],
  ['a stream twice', ({ open }: ReturnType<typeof talk>) => Buffer.concat([open(1, {}), open(1, {})])],
  ['a control frame without its numbers', () => controlFrame(CONTROL.rstStream, [])],
  ['a frame that is too long', () => Buffer.from([0, 0, 0, 1, 0, 0xff, 0xff, 0xff])],
])('%s ends the session with GOAWAY', (_, bytes) => {
  const one = talk();
  one.session.receive(bytes(one));
  expect(one.controls().at(-1)?.[0]).toBe(CONTROL.goAway);
  expect(one.told.at(-1)).toEqual(['over']);
  one.session.receive(one.open(5, {}));
  expect(one.told.at(-1)).toEqual(['over']);
});
