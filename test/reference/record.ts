/**
 * `npm run reference`: asks a real kube-apiserver everything the tests compare with, and writes the answers down.
 * `npm run reference -- apply` asks only what belongs to server-side apply, `-- explain` only what the server and kubectl say
 * of kinds; `-- --seed N` draws by another seed, and writes beside the built servers, where `show.ts --seed N` finds it.
 */

import { setTimeout as after } from 'node:timers/promises';
import { APPLY_SET_UP, allAsked, type RawAnswer as RawAnswerText, recordedOf } from './apply/recording-apply.js';
import { SEQUENCES } from './by-hand/register.js';
import { type Played, play, type Sequence } from './by-hand/sequence.js';
import { type Answer, masked } from './masked.js';
import { recordOpenApi } from './openapi/record-openapi.js';
import { DISCOVERY, tableRequests } from './reading.js';
import { REFERENCE_VERSION, type RealAnswer, type RealServer, startRealServer } from './real-server.js';
import { type Chapter, type Recorded, readAnswer as read, shortened, writeRecording } from './recording.js';
import {
  changedRequests,
  createRequests,
  type ReferenceRequest,
  SET_UP,
  storedObjects,
  wrongRequests,
} from './requests.js';
import { readSeed, SEEDS } from './seed.js';

const { seeds, words } = readSeed(process.argv.slice(2));
const SERVER = `kube-apiserver ${REFERENCE_VERSION}, seed ${seeds.changes}`;
/** How long a write takes to the server's own cache, with room. */
const CACHE_LAG_MS = 15;
const JSON_BODY = { 'content-type': 'application/json' };

async function ask(server: RealServer, request: ReferenceRequest): Promise<Answer> {
  const headers = { ...(request.body === undefined ? {} : JSON_BODY), ...request.headers };
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const answer = await server.send(request.method, request.target, headers, body).catch(hungUp);
  const { status, text, warnings } = answer;
  return masked(request, status, read(text), warnings.join(', '));
}

/** Plays a sequence on the real server. */
async function playReal(server: RealServer, sequence: Sequence): Promise<Played[]> {
  const game = play(sequence);
  for (let next = game.next(); ; ) {
    if (next.done) return next.value;
    const { request, text } = next.value;
    const headers = { ...(text === undefined ? {} : JSON_BODY), ...request.headers };
    const answer = await server.send(request.method, request.target, headers, text).catch(hungUp);
    next = game.next({ status: answer.status, body: read(answer.text), warnings: answer.warnings.join(', ') });
  }
}

/** A handler that panics ends the connection: the real server has such requests too. */
function hungUp(error: { code?: string }): RealAnswer {
  if (error.code !== 'ECONNRESET') throw error;
  return { status: 0, headers: {}, text: 'the server closed the connection', warnings: [] };
}

/** What is applied, in sequences of its own. */
async function askApplies(server: RealServer): Promise<Recorded[]> {
  for (const { collection, object } of APPLY_SET_UP)
    await server.send('POST', collection, JSON_BODY, JSON.stringify(object));
  const asked = allAsked(seeds);
  const answers: RawAnswerText[] = [];
  for (const { request } of asked) {
    // Else the server begins with what its watch cache has, and warnings of a try on an old object stay in the answer.
    await after(CACHE_LAG_MS);
    const { status, text, warnings } = await server
      .send(request.method, request.target, { ...request.headers }, request.text === '' ? undefined : request.text)
      .catch(hungUp);
    answers.push({ status, text, warnings: warnings.join(', ') });
  }
  return recordedOf(asked, answers);
}

async function askAll(server: RealServer, requests: readonly ReferenceRequest[]): Promise<Recorded[]> {
  const answers: Recorded[] = [];
  for (const request of requests) answers.push({ id: request.id, ...(await ask(server, request)) });
  return answers;
}

async function setUp(server: RealServer): Promise<void> {
  for (const { collection, object } of SET_UP) await server.send('POST', collection, JSON_BODY, JSON.stringify(object));
}

async function store(server: RealServer): Promise<Recorded[]> {
  const made: Recorded[] = [];
  for (const valid of storedObjects()) {
    const request = {
      id: `update ${valid.id}`,
      kind: valid.object.kind,
      method: 'POST',
      target: valid.collection,
      body: valid.object,
    };
    const answer = await ask(server, request);
    if (answer.status >= 300) console.error(`${valid.id}: ${answer.status} ${JSON.stringify(answer.body)}`);
    made.push({ id: request.id, ...answer });
  }
  return made;
}

function byId(answers: readonly Recorded[]): ReadonlyMap<string, Recorded> {
  return new Map(answers.map((answer) => [answer.id, answer]));
}

async function askTheRest(
  server: RealServer,
  write: (chapter: Chapter, answers: readonly Recorded[]) => void,
): Promise<void> {
  await setUp(server);
  write('discovery', await askAll(server, DISCOVERY));
  const creates = await askAll(server, createRequests());
  for (const { id, status, body } of creates)
    if (status >= 300) console.error(`${id}: ${status} ${JSON.stringify(body)}`);
  write('creates', creates);
  write('wrong', shortened(await askAll(server, wrongRequests(seeds)), byId(creates)));
  const played: Recorded[] = [];
  for (const sequence of SEQUENCES) played.push(...(await playReal(server, sequence)));
  write('by-hand', played);
  const stored = await store(server);
  write('tables', await askAll(server, tableRequests()));
  write('changed', shortened(await askAll(server, changedRequests(seeds)), byId(stored)));
}

const server = await startRealServer();
try {
  const write = (chapter: Chapter, answers: readonly Recorded[]) => {
    writeRecording(chapter, seeds, SERVER, answers);
    console.log(`${chapter}: ${answers.length} answers`);
  };
  const [only] = words;
  if (only !== 'apply' && only !== 'explain') await askTheRest(server, write);
  if (only !== 'explain') write('apply', await askApplies(server));
  if (only !== 'apply' && seeds === SEEDS) {
    console.log(`openapi: ${await recordOpenApi(server, `kube-apiserver ${REFERENCE_VERSION}, kubectl v1.36`)}`);
  }
} finally {
  await server.stop();
}
