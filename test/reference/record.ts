/** `npm run reference`: asks a real kube-apiserver everything the tests compare with, and writes the answers down. */
import { type Answer, masked } from './masked.js';
import { DISCOVERY, tableRequests } from './reading.js';
import { REFERENCE_VERSION, type RealAnswer, type RealServer, startRealServer } from './real-server.js';
import { type Chapter, type Recorded, shortened, writeRecording } from './recording.js';
import {
  changedRequests,
  createRequests,
  type ReferenceRequest,
  SEED,
  SET_UP,
  storedObjects,
  wrongRequests,
} from './requests.js';

const SERVER = `kube-apiserver ${REFERENCE_VERSION}, seed ${SEED}`;
const JSON_BODY = { 'content-type': 'application/json' };

async function ask(server: RealServer, request: ReferenceRequest): Promise<Answer> {
  const headers = { ...(request.body === undefined ? {} : JSON_BODY), ...request.headers };
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const answer = await server.send(request.method, request.target, headers, body).catch(hungUp);
  const { status, text, warnings } = answer;
  return masked(request, status, parsed(text), warnings.join(', '));
}

/** A handler that panics ends the connection: the real server has such requests too. */
function hungUp(error: { code?: string }): RealAnswer {
  if (error.code !== 'ECONNRESET') throw error;
  return { status: 0, headers: {}, text: 'the server closed the connection', warnings: [] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
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

const server = await startRealServer();
try {
  const write = (chapter: Chapter, answers: readonly Recorded[]) => {
    writeRecording(chapter, SERVER, answers);
    console.log(`${chapter}: ${answers.length} answers`);
  };
  await setUp(server);
  write('discovery', await askAll(server, DISCOVERY));
  const creates = await askAll(server, createRequests());
  for (const { id, status, body } of creates)
    if (status >= 300) console.error(`${id}: ${status} ${JSON.stringify(body)}`);
  write('creates', creates);
  write('wrong', shortened(await askAll(server, wrongRequests()), byId(creates)));
  const stored = await store(server);
  write('tables', await askAll(server, tableRequests()));
  write('changed', shortened(await askAll(server, changedRequests()), byId(stored)));
} finally {
  await server.stop();
}
