import { BadSetting } from '../config.js';
import { CommandError } from '../keyspace.js';
import { OK, type Reply } from '../resp.js';
import { type Commands, type Context, globPattern, integer, type Session } from './command.js';

const WRONG_PASSWORD = 'WRONGPASS invalid username-password pair or user is disabled.';
const NO_PASSWORD =
  'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?';

function authenticate({ server, session }: Context, words: readonly string[]): Reply {
  const [first, second, third] = words;
  if (third !== undefined) throw new CommandError('ERR syntax error');
  const wanted = server.config.get('requirepass');
  if (second === undefined && wanted === '') throw new CommandError(NO_PASSWORD);
  const [user, password] = second === undefined ? ['default', first] : [first, second];
  if (user !== 'default' || (wanted !== '' && password !== wanted)) throw new CommandError(WRONG_PASSWORD);
  session.authenticated = true;
  return OK;
}

function unknownPart(command: string, part: string): CommandError {
  return new CommandError(`ERR unknown subcommand '${part}'. Try ${command} HELP.`);
}

function configure({ server }: Context, [part = '', ...words]: readonly string[]): Reply {
  const { config } = server;
  switch (part.toLowerCase()) {
    case 'get': {
      const patterns = words.map((word) => globPattern(word.toLowerCase()));
      if (patterns.length === 0) throw new CommandError("ERR wrong number of arguments for 'config|get' command");
      return [...config.values].filter(([name]) => patterns.some((pattern) => pattern.test(name))).flat();
    }
    case 'set':
      return setSettings(config, words);
    case 'resetstat':
      server.resetStatistics();
      return OK;
    case 'rewrite':
      if (config.file === undefined) throw new CommandError('ERR The server is running without a config file');
      throw new CommandError('ERR CONFIG REWRITE is not simulated: change the file itself');
    default:
      throw unknownPart('CONFIG', part);
  }
}

function setSettings(config: Context['server']['config'], words: readonly string[]): Reply {
  if (words.length === 0 || words.length % 2 === 1)
    throw new CommandError("ERR wrong number of arguments for 'config|set' command");
  for (let at = 0; at < words.length; at += 2) {
    const [name, value] = [words[at]?.toLowerCase() ?? '', words[at + 1] ?? ''];
    if (!config.isKnown(name))
      throw new CommandError(`ERR Unknown option or number of arguments for CONFIG SET - '${words[at]}'`);
    const failed = `ERR CONFIG SET failed (possibly related to argument '${words[at]}')`;
    if (config.isFixed(name)) throw new CommandError(`${failed} - can't set immutable config`);
    try {
      config.set(name, [value]);
    } catch (error) {
      if (error instanceof BadSetting) throw new CommandError(`${failed} - ${error.message}`);
      throw error;
    }
  }
  return OK;
}

function sessionLine({ id, address, name, database, channels, patterns }: Session): string {
  return `id=${id} addr=${address} laddr=0.0.0.0:6379 fd=8 name=${name} age=0 idle=0 flags=N db=${database} sub=${channels.size} psub=${patterns.size} cmd=NULL user=default\n`;
}

function client({ server, session }: Context, [part = '', word]: readonly string[]): Reply {
  switch (part.toLowerCase()) {
    case 'getname':
      return session.name === '' ? null : session.name;
    case 'id':
      return session.id;
    case 'info':
      return sessionLine(session);
    case 'list':
      return [...server.sessions].map(sessionLine).join('');
    case 'setinfo':
      return OK;
    case 'setname':
      session.name = word ?? '';
      return OK;
    default:
      throw unknownPart('CLIENT', part);
  }
}

function saveInBackground({ server }: Context): Reply {
  server.saveInBackground();
  return { status: 'Background saving started' };
}

function shutDown({ server }: Context, [mode]: readonly string[]): Reply {
  const word = mode?.toLowerCase();
  if (word !== undefined && word !== 'save' && word !== 'nosave') throw new CommandError('ERR syntax error');
  server.shutdown(word);
  return OK;
}

/** Commands on the connection and on the server itself. */
export const serverCommands: Commands = {
  acl: {
    arity: -2,
    run: ({ server }, [part = '']) => {
      if (part.toLowerCase() === 'whoami') return 'default';
      if (part.toLowerCase() !== 'list') throw unknownPart('ACL', part);
      return [`user default on ${server.config.get('requirepass') === '' ? 'nopass' : '#'} ~* &* +@all`];
    },
  },
  auth: { arity: -2, run: authenticate },
  bgrewriteaof: {
    arity: 1,
    run: ({ server }) => {
      server.rewriteLog();
      return { status: 'Background append only file rewriting started' };
    },
  },
  bgsave: { arity: -1, run: saveInBackground },
  client: { arity: -2, run: client },
  cluster: {
    arity: -2,
    run: () => {
      throw new CommandError('ERR This instance has cluster support disabled');
    },
  },
  config: { arity: -2, run: configure },
  echo: { arity: 2, run: (_, [word = '']) => word },
  info: { arity: -1, run: ({ server }, [section]) => server.info(section?.toLowerCase()) },
  lastsave: { arity: 1, run: ({ server }) => server.lastSave() },
  ping: { arity: -1, run: (_, [word]) => word ?? { status: 'PONG' } },
  publish: { arity: 3, run: ({ server }, [channel = '', message = '']) => server.publish(channel, message) },
  replicaof: { arity: 3, run: follow },
  role: { arity: 1, run: () => ['master', 0, []] },
  save: {
    arity: 1,
    run: ({ server }) => {
      if (server.save() !== undefined) throw new CommandError('ERR');
      return OK;
    },
  },
  select: {
    arity: 2,
    run: ({ server, session }, [word]) => {
      const index = integer(word);
      if (!server.databases[index]) throw new CommandError('ERR DB index is out of range');
      session.database = index;
      return OK;
    },
  },
  shutdown: { arity: -1, run: shutDown },
  slaveof: { arity: 3, run: follow },
  time: { arity: 1, run: ({ server }) => timeOf(server.sys.now()) },
  wait: { arity: 3, run: () => 0 },
};

function timeOf(micros: number): Reply {
  return [String(Math.floor(micros / 1_000_000)), String(micros % 1_000_000)];
}

function follow(_: Context, [host = '', port = '']: readonly string[]): Reply {
  if (host.toLowerCase() === 'no' && port.toLowerCase() === 'one') return OK;
  throw new CommandError('ERR replication is not simulated');
}
