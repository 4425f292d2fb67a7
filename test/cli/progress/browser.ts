import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'] as const;
const START_MILLISECONDS = 30_000;

/** The chromium of this computer; undefined where there is none. */
export function findChromium(): string | undefined {
  return NAMES.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0);
}

type Parameters = Readonly<Record<string, unknown>>;
type Listener = (method: string, parameters: Readonly<Record<string, unknown>>) => void;

/** A page of a real browser without a window, spoken to by the DevTools protocol. */
export class BrowserPage {
  private readonly socket: WebSocket;
  private readonly waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  private readonly listeners = new Set<Listener>();
  private last = 0;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => this.take(String(data)));
  }

  /** Sends a command; resolves to its result. */
  send<Result = Parameters>(method: string, params: Parameters = {}): Promise<Result> {
    this.last += 1;
    const id = this.last;
    this.socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  /** Is told of every event. */
  onEvent(listener: Listener): void {
    this.listeners.add(listener);
  }

  /** Opens an address and waits until it is loaded. */
  async open(url: string): Promise<void> {
    await this.send('Page.enable');
    const loaded = new Promise<void>((resolve) =>
      this.onEvent((method) => method === 'Page.loadEventFired' && resolve()),
    );
    await this.send('Page.navigate', { url });
    await loaded;
  }

  /** The value of an expression on the page. */
  async evaluate<Value>(expression: string): Promise<Value> {
    const { result } = await this.send<{ result: { value: Value } }>('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    return result.value;
  }

  /** Shows the page as a device of this width does. */
  async show(width: number, scheme: 'light' | 'dark'): Promise<void> {
    const metrics = { width, height: 900, deviceScaleFactor: 1, mobile: width < 600 };
    await this.send('Emulation.setDeviceMetricsOverride', metrics);
    await this.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
  }

  /** The whole page as a PNG. */
  async screenshot(): Promise<Buffer> {
    const { data } = await this.send<{ data: string }>('Page.captureScreenshot', { captureBeyondViewport: true });
    return Buffer.from(data, 'base64');
  }

  /** The page as printed on A4. */
  async print(): Promise<Buffer> {
    const { data } = await this.send<{ data: string }>('Page.printToPDF', {
      preferCSSPageSize: true,
      paperWidth: 8.27,
      paperHeight: 11.69,
    });
    return Buffer.from(data, 'base64');
  }

  private take(text: string): void {
    const { id, result, error, method, params } = JSON.parse(text);
    if (id === undefined) for (const listener of this.listeners) listener(method, params);
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (error) waiting?.reject(new Error(error.message));
    else waiting?.resolve(result as never);
  }
}

/** Uses a page of a browser that is started for it and ended after it. */
export async function withBrowser(chromium: string, use: (page: BrowserPage) => Promise<void>): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), 'kubedrill-browser-'));
  const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
  const child = spawn(chromium, [...flags, `--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    const address = await addressOf(child);
    const targets = (await (await fetch(`http://${new URL(address).host}/json`)).json()) as readonly {
      type: string;
      webSocketDebuggerUrl: string;
    }[];
    const socket = new WebSocket(targets.find(({ type }) => type === 'page')?.webSocketDebuggerUrl ?? '');
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    await use(new BrowserPage(socket));
    socket.close();
  } finally {
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill();
    await ended;
    // Its other processes end a little later, and write until then.
    rmSync(profile, { recursive: true, force: true, maxRetries: 40, retryDelay: 50 });
  }
}

/** Where the browser listens, which it says when it does. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => reject(new Error(`the browser did not start: ${said}`)), START_MILLISECONDS);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the browser ended with ${code}: ${said}`)));
    child.stderr?.on('data', (data: Buffer) => {
      said += data.toString();
      const [, address] = /DevTools listening on (ws:\S+)/.exec(said) ?? [];
      if (address === undefined) return;
      clearTimeout(late);
      resolve(address);
    });
  });
}
