const BLOCK = 512;

/** A tar archive of files, as GNU tar writes it. */
export function tar(files: Readonly<Record<string, string>>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, text]) =>
    name.length > 100
      ? [...entry('././@LongLink', `${name}\0`, 'L'), ...entry(name.slice(0, 100), text)]
      : entry(name, text),
  );
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

/** A file of an archive: its header, its content, and what fills the last block. `fields` are written over the header's. */
export function entry(
  name: string,
  text: string,
  type = '0',
  fields: readonly (readonly [at: number, text: string])[] = [],
): Buffer[] {
  const content = Buffer.from(text);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0);
  header.write(`0000644\0${'0000000\0'.repeat(2)}`, 100);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.fill(' ', 148, 156);
  header.write(type, 156);
  header.write('ustar  \0', 257);
  for (const [at, field] of fields) header.write(field, at);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return [header, content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)];
}

const CONFIG = { architecture: 'amd64', config: { User: '1000', Entrypoint: ['/app'], Env: ['A=1'] } };

/** What `docker save` writes of an image of three layers. */
export const DOCKER_ARCHIVE = tar({
  'abc.json': JSON.stringify(CONFIG),
  'manifest.json': JSON.stringify([{ Config: 'abc.json', RepoTags: ['shop:1.2'], Layers: ['1', '2', '3'] }]),
});

const digest = (letter: string): string => letter.repeat(64);
const blob = (letter: string): string => `blobs/sha256/${digest(letter)}`;
const descriptor = (letter: string, more: object = {}): object => ({ digest: `sha256:${digest(letter)}`, ...more });
const named = (tag: string) => ({ annotations: { 'org.opencontainers.image.ref.name': tag } });

/** An OCI archive of two images: one of two layers, one that is told for each platform, and is there for the second. */
export const OCI_ARCHIVE = tar({
  './oci-layout': '{"imageLayoutVersion":"1.0.0"}',
  'manifest.json': '[]',
  'index.json': JSON.stringify({
    manifests: [descriptor('a', named('docker.io/library/shop:1.2')), descriptor('b', named('localhost/many:1'))],
  }),
  [blob('a')]: JSON.stringify({ config: descriptor('c'), layers: [{}, {}] }),
  [blob('b')]: JSON.stringify({ manifests: [descriptor('d'), descriptor('a')] }),
  [blob('c')]: JSON.stringify(CONFIG),
  [`${'folder/'.repeat(20)}long`]: 'x',
});

/** An OCI archive of an image without a tag that lacks all but its index. */
export const HOLLOW_ARCHIVE = tar({
  'oci-layout': '{"imageLayoutVersion":"1.0.0"}',
  'index.json': JSON.stringify({ manifests: [descriptor('a')] }),
});
